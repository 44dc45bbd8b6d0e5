/** A small 序时账 as cells of a workbook, any of which may be exchanged. */
import { BANK, COST, DEPARTMENT } from './hostile-file.js';
import {
  blank,
  number,
  packed,
  partsOf,
  sheetXml,
  styled,
  text,
  type RawCell,
  type SheetParts,
} from './raw-workbook.js';

export const HEADER = [
  ...['凭证日期', '凭证字号', '分录号', '摘要', '科目编码', '科目名称', '部门', '项目', '数量', '计量单位'],
  ...['借方金额', '贷方金额'],
];
export const COLUMN = Object.fromEntries(HEADER.map((name, i) => [name, i])) as Readonly<Record<string, number>>;

/** 2023-03-05 */
const DAY = '44990';
export const AMOUNT = '1234.56';

export type Rows = readonly (readonly RawCell[])[];

/** The two lines of a voucher: a cost and the bank. */
export function voucherRows(
  no: number,
  amount = number(AMOUNT),
  cost: Readonly<Record<string, RawCell>> = {},
): RawCell[][] {
  const own: Readonly<Record<string, RawCell>> = {
    ...{ 凭证日期: styled(1, DAY), 凭证字号: text(`记-${no}`), 摘要: text('检修') },
  };
  const debit = {
    ...{ ...own, 分录号: number('1'), 科目编码: text(COST.code), 科目名称: text(COST.name) },
    ...{ 部门: text(DEPARTMENT.code), 借方金额: amount, ...cost },
  };
  const credit = {
    ...{ ...own, 分录号: number('2'), 科目编码: text(BANK.code), 科目名称: text(BANK.name), 贷方金额: amount },
    ...('凭证日期' in cost ? { 凭证日期: cost.凭证日期 } : {}),
  };
  return [debit, credit].map((cells: Readonly<Record<string, RawCell>>) => HEADER.map((name) => cells[name] ?? blank));
}

export const headerRow = (names: readonly string[] = HEADER): RawCell[] => names.map(text);

/** A row of sums. */
export const totalRow = (label: string, debit: RawCell, credit: RawCell, at = '凭证日期'): RawCell[] =>
  HEADER.map((name) => {
    if (name === at) return text(label);
    if (name === '借方金额') return debit;
    return name === '贷方金额' ? credit : blank;
  });

export const journalXml = (rows: Rows, parts?: SheetParts): string => sheetXml([headerRow(), ...rows], parts);

/** The parts of a workbook that holds nothing but this journal. */
export const journalParts = (rows: Rows, parts?: SheetParts): Record<string, string> =>
  partsOf({ sheets: [{ name: '序时账', xml: journalXml(rows, parts) }] });

export const journalBook = (rows: Rows, parts?: SheetParts): Buffer => packed(journalParts(rows, parts));
