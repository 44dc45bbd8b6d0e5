/** Headers of 序时账 and K/3 vouchers, 科目余额表 and 会计科目表. */
import type { LayoutData } from './layout.js';

const ACCOUNT = ['科目编码', '科目代码', '科目编号', '会计科目编码', '会计科目代码', '会计科目编号', '科目号'];
const ACCOUNT_NAME = ['科目名称', '会计科目名称', '科目全称', '科目全名', '会计科目', '科目'];
const AUXILIARY = [
  '辅助核算',
  '核算项目',
  '辅助核算项',
  '辅助核算项目',
  '辅助核算信息',
  '核算维度',
  '辅助项',
  '辅助项目',
  '辅助信息',
];
const DEPARTMENT = [
  '部门编码',
  '部门代码',
  '部门编号',
  '部门',
  '部门名称',
  '核算部门',
  '责任部门',
  '责任单位',
  '责任中心',
  '成本中心',
];
const YEAR = ['会计年度', '会计年', '年度', '年份', '年', 'FYear'];
const PERIOD = ['会计期间', '期间', '会计期间号', '期间号', '会计月份', '会计月', '月份', '记账期间', 'FPeriod'];

const side = (side: string, field: string) => [
  ...[
    `${side}方本币`,
    `${side}方本币金额`,
    `本币${side}方`,
    `本币${side}方金额`,
    `${side}方(本币)`,
    `${side}方金额(本币)`,
  ],
  ...[`${side}方本位币`, `${side}方本位币金额`, `本位币${side}方`, `本位币${side}方金额`, `${side}方(本位币)`],
  ...[`${side}方金额`, `${side}方`, `${side}方发生额`, `${side}方发生金额`, `${side}金额`, field],
];

const turnover = (side: string) => [
  ...[`本期${side}方`, `本期${side}方发生额`, `本期${side}方发生`, `本期${side}方金额`, `本期发生额${side}方`],
  ...[`本期发生${side}方`, `本期发生${side}`, `本期发生额${side}`, `本期发生额(${side}方)`, `本期发生${side}方金额`],
  ...[`本期${side}方本币`, `本期${side}方发生额本币`, `本期发生${side}方本币`, `本期发生额${side}方本币`],
  ...[`本月${side}方`, `本月${side}方发生额`, `本月发生额${side}方`, `本月发生${side}方`, `本期发生额${side}方金额`],
  ...[`发生额${side}方`, `${side}方发生额`, `${side}方本币金额`, `${side}方本币`, `${side}方金额`, `${side}方`],
];

const balance = (when: string, side: string) => [
  ...[`${when}${side}方`, `${when}${side}方余额`, `${when}余额${side}方`, `${when}余额(${side}方)`, `${when}${side}`],
  ...[`${side}方${when}余额`, `${when}余额${side}`, `${when}${side}方金额`, `${when}余额${side}方金额`],
];

export const BOOK_LAYOUTS: Readonly<Record<'vouchers' | 'balances' | 'accounts', LayoutData>> = {
  vouchers: {
    headers: {
      date: [
        ...['凭证日期', '制单日期', '制证日期', '记账日期', '日期', '入账日期', '会计日期', '过账日期', '业务日期'],
        ...['记账凭证日期', 'FDate'],
      ],
      // In place of a date; two columns of the same paper.
      month: ['月'],
      day: ['日'],
      year: YEAR,
      period: PERIOD,
      voucher_type: ['凭证字', '凭证类别', '凭证类别字', '凭证类型', '凭证种类', '记账凭证类型编号', 'FGroupID'],
      voucher_no: ['凭证字号', '凭证号', '凭证编号', '凭证号码', '凭证号数', '记账凭证号', '记账凭证编号', 'FNumber'],
      line_no: ['分录号', '分录行号', '分录序号', '行号', '凭证行号', '记账凭证行号', '分录编号', 'FEntryID'],
      summary: ['摘要', '凭证摘要', '分录摘要', '记账凭证摘要', '摘要说明', 'FExplanation'],
      account: [...ACCOUNT, '明细科目编码', 'FAccountNum'],
      account_name: [...ACCOUNT_NAME, '明细科目名称', 'FAccountName'],
      debit: side('借', 'FDebit'),
      credit: side('贷', 'FCredit'),
      amount: ['本币金额', '本位币金额', '金额', '发生额', '发生金额'],
      direction: ['方向', '借贷方向', '借贷', '借/贷', '借贷标志', '记账方向', '分录方向'],
      quantity: ['数量', '发生数量', 'FQuantity'],
      debit_quantity: ['借方数量', '数量借方'],
      credit_quantity: ['贷方数量', '数量贷方'],
      unit: ['计量单位', '数量单位', 'FMeasureUnitID'],
      department: DEPARTMENT,
      project: ['项目编码', '项目代码', '项目编号', '项目', '项目名称', '协同项目', '工程项目', '项目核算'],
      counterparty: ['对方单位', '往来单位', '往来单位名称', '往来', '客商', '客商名称', '内部单位', '往来户'],
      customer: ['客户', '客户名称', '客户编码'],
      supplier: ['供应商', '供应商名称', '供应商编码'],
      auxiliary: [...AUXILIARY, 'FItem'],
      is_void: ['作废标志', '作废', '是否作废'],
    },
    signature: [
      [['date'], ['month', 'day'], ['period', 'day']],
      [['voucher_no']],
      [['account']],
      [
        ['debit', 'credit'],
        ['amount', 'direction'],
      ],
    ],
    feeds: {
      ...{ year: 'period', debit_quantity: 'quantity', credit_quantity: 'quantity' },
      ...{ customer: 'counterparty', supplier: 'counterparty', month: 'date', day: 'date' },
    },
    insteadOf: { date: ['month', 'day'] },
  },
  balances: {
    headers: {
      year: YEAR,
      period: [...PERIOD, '月'],
      account: ACCOUNT,
      account_name: ACCOUNT_NAME,
      department: ['核算部门', ...DEPARTMENT],
      auxiliary: AUXILIARY,
      opening_debit: balance('期初', '借'),
      opening_credit: balance('期初', '贷'),
      debit: turnover('借'),
      credit: turnover('贷'),
      closing_debit: balance('期末', '借'),
      closing_credit: balance('期末', '贷'),
      // 用友 prints one amount and a direction; the first 方向 is the opening balance's (match-header).
      opening_direction: ['期初方向', '期初余额方向', '余额方向', '方向'],
      opening_amount: ['期初余额', '期初金额', '期初本币余额', '期初余额本币', '期初本币', '期初余额金额'],
      closing_direction: ['期末方向', '期末余额方向', '方向'],
      closing_amount: ['期末余额', '期末金额', '期末本币余额', '期末余额本币', '期末本币', '期末余额金额'],
    },
    signature: [
      [['account']],
      [['debit', 'credit']],
      [['opening_debit'], ['closing_debit'], ['opening_amount'], ['closing_amount']],
    ],
    feeds: {
      ...{ year: 'period', opening_amount: 'opening_debit', opening_direction: 'opening_debit' },
      ...{ closing_amount: 'closing_debit', closing_direction: 'closing_debit' },
    },
  },
  accounts: {
    headers: {
      account: ACCOUNT,
      account_name: ACCOUNT_NAME,
      level: ['科目级次', '级次', '科目级别', '科目层级'],
      type: ['科目类型', '科目类别', '科目性质'],
      direction: ['余额方向', '方向', '科目方向', '借贷方向'],
    },
    signature: [[['account']], [['account_name']], [['direction'], ['type'], ['level']]],
  },
};
