/** The words of receipts, of returned workbooks and of what became of rows, in both languages of the house. */
import { columnTitle } from '../../rules/messages/column-words.js';
import { kindOfFile, sentenceOf, type Language } from '../../rules/messages.js';
import type { TableKind } from '../../rules/tables.js';

type Words = Readonly<Record<string, { readonly zh: string; readonly en: string }>>;

export interface Found {
  readonly file: string;
  readonly document: TableKind | null;
  readonly column: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
}

/** The sentence of a finding. `importKind` tells which table a file of any name holds. */
export function wordedFinding(found: Found, importKind: string, language: Language): string {
  const { code, column, params } = found;
  return sentenceOf({ code, column, params, kind: tableOf(found, importKind) }, language);
}

/** The column of a finding as its file heads it; '' where none is meant. */
export function wordedColumn(found: Found, importKind: string, language: Language): string {
  if (found.column === '') return '';
  return columnTitle(found.column, language, tableOf(found, importKind)).replace(/^[「“]|[」”]$/g, '');
}

const tableOf = ({ document, file }: Found, importKind: string): TableKind | undefined =>
  document ?? kindOfFile(importKind === 'folder' ? file : `${importKind}.csv`);

export const STATUSES: Words = {
  queued: { zh: '等待处理', en: 'queued' },
  running: { zh: '正在处理', en: 'running' },
  refused: { zh: '已拒收，没有写入任何数据', en: 'refused, nothing was written' },
  accepted: { zh: '已入账', en: 'accepted' },
};

/** An import that was checked and does not count yet, by the state of its submission. */
export const WAITING: Words = {
  submitted: { zh: '检查无误，等待审批，尚未计入', en: 'checked, waiting for approval, not counted yet' },
  reviewed: { zh: '检查无误，审批中，尚未计入', en: 'checked, on its way through approval, not counted yet' },
  posting: { zh: '已批准，正在入账', en: 'approved, being posted' },
};

export const FORMAT_NAMES: Words = {
  table: { zh: '本系统表格', en: 'table of this system' },
  journal: { zh: '序时账', en: 'journal' },
  k3: { zh: '金蝶 K/3 凭证', en: 'Kingdee K/3 vouchers' },
  u8: { zh: '用友 U8 凭证文本', en: 'Yonyou U8 voucher text' },
  gbt24589: { zh: 'GB/T 24589.1 会计核算软件数据', en: 'GB/T 24589.1 data' },
  balance_sheet: { zh: '科目余额表', en: 'account balances' },
  settlement: { zh: '结算单', en: 'settlement slips' },
  coal_settlement: { zh: '煤种结算汇总表', en: 'coal settlement summary' },
  management: { zh: '生产经营月报', en: 'monthly management table' },
};

export const DELIMITERS: Words = {
  ',': { zh: '逗号', en: 'comma' },
  '\t': { zh: '制表符', en: 'tab' },
  ';': { zh: '分号', en: 'semicolon' },
  '|': { zh: '竖线', en: 'bar' },
};

/** Why a row of books became no record, or a row of a file was passed over. Reasons of a mine's own profile stand as written. */
export const REASONS: Words = {
  blank: { zh: '空白行', en: 'blank' },
  imported: { zh: '已入账', en: 'imported' },
  carry_over: { zh: '结转凭证', en: 'carry-over' },
  other_side: { zh: '成本科目的另一方', en: 'other side of a cost account' },
  fund_spending: { zh: '使用专项储备（不再计成本）', en: 'spending of an accrued fund, no cost again' },
  fund_accrual: { zh: '计提专项储备的对方科目', en: 'accrual of a fund' },
  not_cost: { zh: '非成本科目', en: 'no cost account' },
  comparative: { zh: '只作对比的指标', en: 'kept as a comparative only' },
  zero: { zh: '金额和数量都为 0 的分录', en: 'entry of nothing' },
  known_department: { zh: '本矿已有的部门', en: 'department that the mine has already' },
  void: { zh: '作废凭证', en: 'cancelled voucher' },
  sales_income: { zh: '销售收入（不是成本）', en: 'sales income, no cost' },
};

export const TOTAL_KINDS: Words = {
  file_total: { zh: '文件中的合计行', en: 'total row of the file' },
  typed: { zh: '交件人填写的控制数', en: 'control total as typed' },
};

/** The word for a code; what has none (a clerk's own reason, say) stands as it is. */
export const wordOf = (words: Words, code: string, language: Language): string =>
  Object.hasOwn(words, code) ? words[code]![language] : code;
