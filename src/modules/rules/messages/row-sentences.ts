/** What is wrong with a row in itself, or with a record among the tables around it. */
import type { Sentences } from './sentence.js';

export const ROW_SENTENCES: Sentences = {
  value_missing: {
    zh: '{column}必须填写，请补上。',
    en: '{column} must be filled in; please add it.',
  },
  hidden_character: {
    zh: '{column}中有看不见的字符（零宽字符、全角空格或换行等），请删去后重新填写。',
    en: '{column} holds characters that cannot be seen (zero-width marks, wide spaces, line ends); please type it again without them.',
  },
  text_too_long: {
    zh: '{column}过长[，最多 {maxLength} 个字]，请缩短。',
    en: '{column} is too long[, at most {maxLength} characters]; please shorten it.',
  },
  invalid_number: {
    zh: '{column}不是规范的数字，请只填数字，如 1234.50 或 1,234.50，不带单位和货币符号。',
    en: '{column} is not a number; please write digits only, like 1234.50 or 1,234.50, without unit or currency sign.',
  },
  too_many_decimals: {
    zh: '{column}小数位过多[，最多 {decimals} 位]，请核对原始数字后改正，系统不代为四舍五入。',
    en: '{column} has too many decimals[, at most {decimals}]; please correct it, nothing is rounded for you.',
  },
  number_out_of_range: {
    zh: '{column}数字过大，整数部分最多 18 位，请核对后改正。',
    en: '{column} is too large, at most 18 digits before the point; please correct it.',
  },
  tax_rate_range: {
    zh: '{column}应不小于 0 且小于 1（13% 填 0.13），请改正。',
    en: '{column} must be at least 0 and below 1 (write 0.13 for 13 %); please correct it.',
  },
  invalid_date: {
    zh: '{column}不是有效日期，请按 2023-03-05 的样式填写（1900 年至 2199 年）。',
    en: '{column} is not a date; please write it like 2023-03-05 (years 1900 to 2199).',
  },
  invalid_period: {
    zh: '{column}应写成“年-月”，如 2023-03，请改正。',
    en: '{column} must be year and month like 2023-03; please correct it.',
  },
  unknown_choice: {
    zh: '{column}填的内容不在可选范围内，请改正[，只能填：{choices}]。',
    en: '{column} is not one of the values allowed; please correct it[, allowed are: {choices}].',
  },
  unknown_department: {
    zh: '{column}填的部门编码不存在，请改正，或先在部门表 departments.csv 中登记该部门。',
    en: '{column} names a department that does not exist; please correct it or add the department to departments.csv first.',
  },
  unknown_item: {
    zh: '{column}填的成本项目编码不存在，请改正，或先在成本项目表 items.csv 中登记该项目。',
    en: '{column} names a cost item that does not exist; please correct it or add the item to items.csv first.',
  },
  unknown_project: {
    zh: '{column}填的协同项目编码不存在，请改正，或先在协同项目表 projects.csv 中登记该项目。',
    en: '{column} names a project that does not exist; please correct it or add the project to projects.csv first.',
  },
  unknown_period: {
    zh: '{column}所填不属于任何期间，请改正，或先在期间表 periods.csv 中设立该期间（没有期间表时按自然月，01 至 12）。',
    en: '{column} lies in no period; please correct it or add the period to periods.csv first (without that table, periods are the months 01 to 12).',
  },
  duplicate_key: {
    zh: '本文件前面已有[{key}]相同的一行，请只保留一行。',
    en: 'An earlier row of this file has the same [{key} ]already; please keep only one.',
  },
  date_order: {
    zh: '{column}早于与它对应的开始日期，请改正其中之一。',
    en: '{column} is earlier than the date it should follow; please correct one of them.',
  },
  item_not_implicit: {
    zh: '{column}是显性成本项目，而费率只用于隐性成本，请改填隐性成本项目。',
    en: '{column} is an explicit cost item, but rates are for implicit cost; please name an implicit item.',
  },
  tax_rate_missing: {
    zh: '税口径为含税时必须填写{column}，请补上，或把税口径改为不含税。',
    en: 'With tax included, {column} is needed; please add it or state the amounts without tax.',
  },
  nature_mismatch: {
    zh: '{column}与成本项目不符，请改正其中之一：显性项目填显性，隐性项目填账内隐性或账外机会损失。',
    en: '{column} does not fit the cost item; please correct one of them: explicit items are explicit, implicit items are implicit_booked or implicit_opportunity.',
  },
  norm_without_driver: {
    zh: '填了单耗定额就要填写{column}，请补上定额所依据的动因（如产量）。',
    en: 'A norm needs a driver; please fill in {column} with what the norm is per unit of (such as output).',
  },
  baseline_mixture: {
    zh: '基准的填法混在了一起，请只用以下一种：单价；单价、单耗定额和动因；单价和数量；金额（随产量折算时另填动因和计划产量，可加固定金额）。隐性成本的基准不填单价。',
    en: 'The baseline mixes several kinds; please use one: unit price; unit price, norm and driver; unit price and quantity; amount (with driver and planned volume where it follows output, and a fixed amount if any). Implicit cost has no unit price.',
  },
  planned_volume_not_positive: {
    zh: '{column}必须大于 0，请改正。',
    en: '{column} must be above 0; please correct it.',
  },
  department_missing: {
    zh: '{column}必须填写，请补上：只有价格基准可以不分部门。',
    en: '{column} must be filled in, please add it: only price baselines may leave it empty.',
  },
  amount_missing: {
    zh: '显性成本记录必须填写{column}，请补上，没有发生额时填 0。',
    en: 'A record of explicit cost needs {column}; please add it, 0 where nothing was spent.',
  },
  quantity_and_amount: {
    zh: '隐性成本记录的数量和金额只能填一项，请删去其中一项。',
    en: 'A record of implicit cost gives a quantity or an amount, not both; please delete one.',
  },
  quantity_or_amount_missing: {
    zh: '隐性成本记录要填数量或金额中的一项，请补上一项。',
    en: 'A record of implicit cost needs a quantity or an amount; please add one.',
  },
  product_mismatch: {
    zh: '数量乘以单价与{column}相差超过 0.01 元，请核对这三项。',
    en: 'Quantity times unit price differs from {column} by more than 0.01 yuan; please check all three.',
  },
  rate_missing: {
    zh: '该项目在此日期没有有效的费率，请先在费率表 rates.csv 中补上，或改填金额。',
    en: 'No rate of this item is in force on that date; please add it to rates.csv first, or give an amount instead.',
  },
  unit_mismatch: {
    zh: '记录、基准[ {baseline} ]与费率的计量单位不一致，请核对{column}并统一单位。',
    en: 'Record, baseline[ {baseline}] and rate do not have the same unit; please check {column} and use one unit.',
  },
  duplicate_record: {
    zh: '此单据号已由导入 {import_id}[（文件 {file_name}）]收入，请删去这一行；若是另一张单据，请改用新的单据号。',
    en: 'This record id was already taken in by import {import_id}[ (file {file_name})]; please delete the row, or give another document an id of its own.',
  },
};
