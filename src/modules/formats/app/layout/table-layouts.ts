/** Headers of 结算单, 各煤种结算汇总表 and 煤炭生产经营情况月报. */
import type { LayoutData } from './layout.js';

/** Columns that the tables of a coal group share. */
const OF_A_GROUP = {
  department: ['单位编码', 'org_code', '单位代码', '组织编码'],
  department_name: ['单位名称', 'org_name', '单位', '组织名称'],
  period: ['日期', 'date', '期间', '月份', '年月', '会计期间'],
  name: ['指标名称', 'index_name', '煤种', '煤种名称'],
  code: ['指标编码', 'index_code', '指标代码', '煤种编码'],
};

const priced = (what: string, how: string) => [`${how}${what}`, `${what}(${how})`];

export const TABLE_LAYOUTS: Readonly<Record<'settlements' | 'coal_settlements' | 'management', LayoutData>> = {
  settlements: {
    headers: {
      id: ['结算单号', '结算单编号', '结算编号', '单据编号', '单据号', '单号', '结算号'],
      date: ['结算日期', '单据日期', '业务日期', '日期'],
      provider: ['提供方', '提供单位', '供方', '供应方', '服务方', '服务单位', '提供部门', '收款单位', '收款方'],
      receiver: [
        '接受方',
        '接收方',
        '接受单位',
        '接收单位',
        '受益单位',
        '需方',
        '使用单位',
        '接受部门',
        '付款单位',
        '付款方',
      ],
      project: ['协同项目', '项目编码', '项目编号', '项目', '项目名称'],
      service: ['服务内容', '结算内容', '服务项目', '结算项目', '业务内容', '服务名称', '结算事项'],
      quantity: ['数量', '结算数量', '工程量', '结算工程量'],
      unit: ['计量单位', '单位', '数量单位'],
      unit_price: ['单价', '结算单价'],
      unit_price_excl: [...priced('单价', '不含税'), ...priced('结算单价', '不含税'), '无税单价'],
      unit_price_incl: [...priced('单价', '含税'), ...priced('结算单价', '含税')],
      amount: ['金额', '结算金额', '结算额'],
      amount_excl: [...priced('金额', '不含税'), ...priced('结算金额', '不含税'), '无税金额'],
      amount_incl: [...priced('金额', '含税'), ...priced('结算金额', '含税'), '价税合计'],
      summary: ['备注', '摘要', '说明'],
    },
    signature: [
      ...[[['id']], [['date']], [['provider']], [['receiver']], [['service']]],
      [['amount'], ['amount_excl'], ['amount_incl']],
    ],
    feeds: {
      ...{ unit_price_excl: 'unit_price', unit_price_incl: 'unit_price' },
      ...{ amount_excl: 'amount', amount_incl: 'amount' },
    },
  },
  coal_settlements: {
    headers: {
      ...OF_A_GROUP,
      quantity: ['本月结算数量', 'amount_month'],
      unit_price: ['本月不含税单价', 'price_taxex_month'],
      income: ['本月不含税销售收入', 'income_taxex_month'],
      tax: ['本月税金', 'tax_month'],
      price_incl: ['本月含税单价', 'price_month'],
      total: ['本月含税合计', 'total_month'],
      quantity_to_date: ['累计结算数量', 'amount_acc'],
      unit_price_to_date: ['累计不含税单价', 'price_taxex_acc'],
      income_to_date: ['累计不含税销售收入', 'income_taxex_acc'],
      tax_to_date: ['累计税金', 'tax_acc'],
      price_incl_to_date: ['累计含税单价', 'price_acc'],
      total_to_date: ['累计含税合计', 'total_acc'],
    },
    signature: [[['name']], [['code']], [['quantity']], [['income'], ['total']]],
  },
  management: {
    headers: {
      ...OF_A_GROUP,
      unit: ['指标单位', 'unit', '计量单位'],
      budget_price: ['本年预算单位价', 'unit_price_pre'],
      budget_total: ['本年预算总额', 'total_amount_pre'],
      price: ['本月实际单位价', 'unit_price'],
      total: ['本月实际总额', 'total_amount'],
      last_year_price: ['上年本月单位价', '上年本月实际单位价', 'unit_price_lastyear'],
      last_year_total: ['上年本月实际总额', '上年本月总额', 'total_amount_lastyear'],
      last_month_price: ['上月实际单位价', 'unit_price_lastmonth'],
      last_month_total: ['上月实际总额', 'total_amount_lastmonth'],
      to_date_price: ['本年实际累计单位价', 'unit_price_acc'],
      to_date_total: ['本年实际累计总额', 'total_amount_acc'],
      last_year_to_date_price: ['上年同期实际累计单位价', 'unit_price_acc_lastyear'],
      last_year_to_date_total: ['上年同期实际累计总额', 'total_amount_acc_lastyear'],
    },
    signature: [
      ...[[['name']], [['code']]],
      [['budget_price'], ['budget_total'], ['last_year_price'], ['last_year_total']],
      [['price'], ['total'], ['to_date_price'], ['to_date_total']],
    ],
  },
};
