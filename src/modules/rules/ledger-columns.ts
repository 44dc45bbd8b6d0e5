/**
 * What a settlement or accounting centre hands over, column by column, as data: the same columns whatever the format (an
 * Excel journal, K/3, U8, GB/T 24589). Readers fill them as text; SQL checks them by the rules of columns; a mapping
 * profile turns them into records, volumes and baselines.
 */
import {
  amount,
  choice,
  code,
  ledgerDate,
  ledgerPeriod,
  may,
  measured,
  must,
  taxBasis,
  taxRate,
  text,
} from './columns.js';
import type { Column } from './columns.js';

export const LEDGER_KINDS = [
  'vouchers',
  'balances',
  'accounts',
  'settlements',
  'coal_settlements',
  'management',
] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

const direction = choice(['debit', 'credit'], ['借', '贷']);
const yesNo = choice(['no', 'yes'], ['否', '是']);

export const LEDGER_COLUMNS: Readonly<Record<LedgerKind, readonly Column[]>> = {
  /** 记账凭证、序时账: one entry of a voucher. */
  vouchers: [
    must('date', '凭证日期', ledgerDate),
    /** Ledger period as the books name it, where it is stated: 2023-03, or an adjustment period such as 2023-13. */
    may('period', '会计期间', ledgerPeriod),
    may('voucher_type', '凭证字', text),
    must('voucher_no', '凭证号', code),
    may('line_no', '分录号', code),
    may('summary', '摘要', text),
    must('account', '科目编码', code),
    may('account_name', '科目名称', text),
    /** Yuan, local currency. Where a book has one amount and a direction, the reader fills `amount` and `direction`. */
    may('debit', '借方金额', amount),
    may('credit', '贷方金额', amount),
    may('amount', '金额', amount),
    may('direction', '方向', direction),
    may('quantity', '数量', measured),
    may('unit', '计量单位', text),
    may('department', '部门', text),
    may('project', '项目', text),
    may('counterparty', '对方单位', text),
    /** Other auxiliary dimensions as `类别:代码:名称`, joined by `|`. */
    may('auxiliary', '辅助核算', text),
    /** A cancelled voucher is left out and counted. */
    may('is_void', '作废标志', yesNo),
  ],
  /** 科目余额表、科目余额及发生额: one account, department or other auxiliary dimension, and period. */
  balances: [
    must('period', '会计期间', ledgerPeriod),
    must('account', '科目编码', code),
    may('account_name', '科目名称', text),
    may('department', '核算部门', text),
    may('auxiliary', '辅助核算', text),
    may('opening_debit', '期初借方', amount),
    may('opening_credit', '期初贷方', amount),
    may('debit', '本期借方', amount),
    may('credit', '本期贷方', amount),
    may('closing_debit', '期末借方', amount),
    may('closing_credit', '期末贷方', amount),
  ],
  /** 会计科目. */
  accounts: [
    must('account', '科目编码', code),
    must('account_name', '科目名称', text),
    may('level', '科目级次', code),
    may('type', '科目类型', text),
    may('direction', '余额方向', direction),
  ],
  /** 内部结算单: what one unit of the mine delivered to another. */
  settlements: [
    must('id', '结算单号', code),
    must('date', '结算日期', ledgerDate),
    must('provider', '提供方', text),
    must('receiver', '接受方', text),
    may('project', '协同项目', text),
    must('service', '服务内容', text),
    may('quantity', '数量', measured),
    may('unit', '计量单位', text),
    may('unit_price', '单价', measured),
    must('amount', '金额', amount),
    may('tax_basis', '税口径', taxBasis),
    may('tax_rate', '税率', taxRate),
    may('summary', '备注', text),
  ],
  /** 各煤种结算汇总表: what was sold of one coal in a month and in the year so far; net and gross. */
  coal_settlements: [
    may('department', '单位编码', text),
    may('department_name', '单位名称', text),
    must('period', '日期', ledgerPeriod),
    must('name', '指标名称', text),
    must('code', '指标编码', code),
    may('quantity', '本月结算数量', measured),
    may('unit_price', '本月不含税单价', measured),
    may('income', '本月不含税销售收入', amount),
    may('tax', '本月税金', amount),
    may('price_incl', '本月含税单价', measured),
    may('total', '本月含税合计', amount),
    may('quantity_to_date', '累计结算数量', measured),
    may('unit_price_to_date', '累计不含税单价', measured),
    may('income_to_date', '累计不含税销售收入', amount),
    may('tax_to_date', '累计税金', amount),
    may('price_incl_to_date', '累计含税单价', measured),
    may('total_to_date', '累计含税合计', amount),
  ],
  /**
   * 煤炭生产经营情况月报: pairs of unit price and total against budget, last year and last month. Totals in 万元 have up to
   * six decimals, which is a fen; so has tonnage.
   */
  management: [
    may('department', '单位编码', text),
    may('department_name', '单位名称', text),
    must('period', '日期', ledgerPeriod),
    must('name', '指标名称', text),
    must('code', '指标编码', code),
    may('unit', '指标单位', text),
    may('budget_price', '本年预算单位价', measured),
    may('budget_total', '本年预算总额', measured),
    may('price', '本月实际单位价', measured),
    may('total', '本月实际总额', measured),
    may('last_year_price', '上年本月单位价', measured),
    may('last_year_total', '上年本月实际总额', measured),
    may('last_month_price', '上月实际单位价', measured),
    may('last_month_total', '上月实际总额', measured),
    may('to_date_price', '本年实际累计单位价', measured),
    may('to_date_total', '本年实际累计总额', measured),
    may('last_year_to_date_price', '上年同期实际累计单位价', measured),
    may('last_year_to_date_total', '上年同期实际累计总额', measured),
  ],
};
