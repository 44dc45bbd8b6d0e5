/** What is wrong with a workbook: as a file, as XML inside it, or in one of its sheets and cells. */
import type { Sentences } from './sentence.js';

const WORKBOOKS: Sentences = {
  old_or_encrypted_workbook: {
    zh: '这是旧格式（.xls）或设有密码的工作簿，请在 Excel 或 WPS 中去掉密码并另存为 .xlsx 后再交。',
    en: 'This is a workbook of the old format (.xls) or one with a password; please remove the password and save it as .xlsx.',
  },
  not_a_workbook: {
    zh: '这个压缩包不是 XLSX 工作簿（可能是 .xlsb、.ods 或 .docx），请在 Excel 或 WPS 中另存为 .xlsx 后再交。',
    en: 'This archive is no XLSX workbook (perhaps .xlsb, .ods or .docx); please save it as .xlsx.',
  },
  broken_workbook: {
    zh: '工作簿内部结构有误[（{entry}）]，请用 Excel 或 WPS 打开后另存为 .xlsx 再交。',
    en: 'The inner structure of the workbook is wrong[ ({entry})]; please open it in Excel or WPS and save it as .xlsx.',
  },
  doctype_forbidden: {
    zh: '文件[（{entry}）]含有 DOCTYPE 或实体定义，出于安全不予读取，请重新导出。',
    en: 'The file[ ({entry})] holds a DOCTYPE or entities, which is not safe to read; please export it again.',
  },
  malformed_xml: {
    zh: '文件[（{entry}）]从此处起不是规范的 XML，可能已损坏，请重新导出。',
    en: 'From here on the file[ ({entry})] is not well-formed XML and may be damaged; please export it again.',
  },
  too_deep: {
    zh: '文件[（{entry}）]的 XML 嵌套过深，请重新导出。',
    en: 'The XML of the file[ ({entry})] is nested too deeply; please export it again.',
  },
  shared_strings_too_large: {
    zh: '工作簿中的文字总量过大，请按月份拆分后再交。',
    en: 'The workbook holds too much text; please split it by month.',
  },
  too_many_sheets: {
    zh: '工作簿中的工作表过多，请只保留需要的工作表。',
    en: 'The workbook has too many sheets; please keep only those needed.',
  },
  too_many_rows: {
    zh: '行数过多，请按月份拆分后再交。',
    en: 'There are too many rows; please split the file by month.',
  },
  too_many_cells: {
    zh: '单元格过多，请清除表格以外的格式和内容，或按月份拆分后再交。',
    en: 'There are too many cells; please clear formats and contents outside the table, or split the file by month.',
  },
  too_many_merges: {
    zh: '合并的单元格过多，请取消合并后再交。',
    en: 'There are too many merged cells; please unmerge them.',
  },
};

const CELLS: Sentences = {
  doubled_cell: {
    zh: '文件中此处的行或单元格重复或次序颠倒，请用 Excel 或 WPS 打开后另存为 .xlsx 再交。',
    en: 'A row or cell stands here twice or out of order; please open the file in Excel or WPS and save it as .xlsx.',
  },
  formula_cell: {
    zh: '{column}是公式，其结果可能不是最新的，请选中后“粘贴为数值”再交。',
    en: 'There is a formula in {column}, whose result may be stale; please paste it as a value.',
  },
  hidden_row: {
    zh: '本行被隐藏或筛选掉，却有内容，请取消隐藏和筛选；不需要的行请删除。',
    en: 'The row is hidden or filtered out but has content; please show it, or delete it if it is not wanted.',
  },
  hidden_sheet: {
    zh: '此工作表被隐藏，却像是有数据的表，请取消隐藏；不需要的请删除。',
    en: 'The sheet is hidden but looks like a table with data; please show it, or delete it if it is not wanted.',
  },
  merged_cells: {
    zh: '{column}处的单元格[（{range}）]与其他单元格合并，无法确定各行的值，请取消合并并逐行填写。',
    en: 'Cells are merged at {column}[ ({range})], so that the value of each row is unknown; please unmerge and fill them in.',
  },
  float_tail: {
    zh: '{column}的数[ {value} ]多于 15 位有效数字，带有浮点误差，请四舍五入到需要的小数位后再交。',
    en: 'The number[ {value}] in {column} has more than 15 digits, left over by binary arithmetic; please round it.',
  },
  bad_date_cell: {
    zh: '{column}是日期格式，但其中的值[ {value} ]不是 1900 至 2199 年的日期，请重新填写。',
    en: 'The cell in {column} is formatted as a date, but its value[ {value}] is no day from 1900 to 2199; please enter it again.',
  },
  error_cell: {
    zh: '{column}是错误值[ {value} ]，请改正后再交。',
    en: 'There is an error value[, {value},] in {column}; please correct it.',
  },
};

export const WORKBOOK_SENTENCES: Sentences = { ...WORKBOOKS, ...CELLS };
