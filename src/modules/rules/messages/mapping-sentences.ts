/** What is wrong with vouchers and slips, or not said by the profile that maps them. */
import type { Sentences } from './sentence.js';

export const MAPPING_SENTENCES: Sentences = {
  voucher_unbalanced: {
    zh: '凭证 {voucher}（{period}）借贷不平：借方 {debit} 元，贷方 {credit} 元，相差 {difference} 元。请在账套中核对此凭证，重新导出整张凭证。',
    en: 'Voucher {voucher} ({period}) does not balance: debit {debit}, credit {credit}, difference {difference} yuan; please check it in the ledger and export the whole voucher again.',
  },
  both_sides: {
    zh: '这条分录借方、贷方都有金额，请只留一方；红字请用负数填在原来的一方。',
    en: 'This entry has an amount on both sides; please leave one only, and write red letters as negative amounts on their own side.',
  },
  no_amount: {
    zh: '这条分录借方、贷方都没有金额，请补上；没有发生额时填 0。',
    en: 'This entry has no amount on either side; please add it, 0 where nothing was booked.',
  },
  no_direction: {
    zh: '这条分录有金额而没有借贷方向，请补上“借”或“贷”。',
    en: 'This entry has an amount but no direction; please say whether it is debit or credit.',
  },
  period_differs_from_date: {
    zh: '会计期间 {period} 与凭证日期 {date} 不在同一个月，请核对这两列。',
    en: 'The ledger period {period} and the voucher date {date} are different months; please check both.',
  },
  too_many_accounts: {
    zh: '文件中的科目编码超过 50000 个，不像科目表：请核对「科目编码」取自哪一列。',
    en: 'The file has more than 50,000 account codes, which no chart has: please check which column holds the account.',
  },
  unmapped_account: {
    zh: '成本科目 {text}[（{name}）]没有对应的成本项目：{lines} 条分录，合计 {amount} 元。请在映射方案 {profile} 中补上这个科目，再重新导入。',
    en: 'The cost account {text}[ ({name})] leads to no cost item: {lines} entries, {amount} yuan; please add it to the mapping profile {profile} and send the file again.',
  },
  unmapped_department: {
    zh: '部门“{text}”[（{name}）]在本矿没有对应的部门：{lines} 行，合计 {amount} 元。请在映射方案 {profile} 中补上，或先建立这个部门。',
    en: 'The department “{text}”[ ({name})] is none of the mine’s: {lines} rows, {amount} yuan; please add it to the mapping profile {profile}, or make the department first.',
  },
  no_department: {
    zh: '成本分录没有部门：{lines} 行，合计 {amount} 元。请补上部门，或在映射方案 {profile} 中指定没有部门时（空白）归入哪个部门。',
    en: 'Cost without a department: {lines} rows, {amount} yuan; please add the department, or say in the mapping profile {profile} where rows without one belong.',
  },
  unmapped_project: {
    zh: '项目“{text}”在本矿没有对应的协同项目：{lines} 行，合计 {amount} 元。请在映射方案 {profile} 中补上（不属于协同项目的，对应为空白），或先建立这个项目。',
    en: 'The project “{text}” is none of the mine’s: {lines} rows, {amount} yuan; please add it to the mapping profile {profile} (blank where it is no synergy project), or make the project first.',
  },
  unmapped_service: {
    zh: '服务内容“{text}”没有对应的成本项目：{lines} 行，合计 {amount} 元。请在映射方案 {profile} 中补上，再重新导入。',
    en: 'The service “{text}” leads to no cost item: {lines} rows, {amount} yuan; please add it to the mapping profile {profile} and send the file again.',
  },
  invalid_profile_name: {
    zh: '方案名称只能用汉字、字母、数字、_、. 和 -，最多 64 个字，请改正。',
    en: 'A profile’s name has letters, digits, Chinese characters, _, . and -, at most 64; please correct it.',
  },
  format_taken: {
    zh: '格式[ {format} ]已由本矿的方案[「{profile}」]负责，请从其中一个方案的 formats 中去掉它；不列入 formats 的方案可在导入时指名使用。',
    en: 'The mine’s profile[ {profile}] has this format[ ({format})] already; please take it out of one of the two: a profile without it can still be asked for by name.',
  },
  reserved_source: {
    zh: '来源 direct 留给直接录入的记录，请改用别的来源名称。',
    en: 'The source direct is kept for records handed in as they are; please name another.',
  },
  rule_without_condition: {
    zh: '这条规则没有任何条件，会套用到所有科目：请填写科目编码、科目名称、部门或项目。',
    en: 'This rule has no condition and would be about every account: please give an account, a name, a department or a project.',
  },
};
