/** 科目余额及发生额 of the books: what stood on each account and department, and what moved, month by month. */
import type { Books } from './books.js';
import type { Account } from './chart.js';
import { yuan } from './decimals.js';
import { delimitedLine, encodedText, type TextEncoding } from './encoded-text.js';
import type { Department } from './voucher.js';

export interface Balance {
  /** 2023-03 */
  readonly period: string;
  readonly account: Account;
  readonly department: Department | null;
  /** Fen; on the debit side, a credit balance is negative. */
  readonly opening: bigint;
  readonly debit: bigint;
  readonly credit: bigint;
  readonly closing: bigint;
}

interface Movement {
  readonly account: Account;
  readonly department: Department | null;
  opening: bigint;
  debit: bigint;
  credit: bigint;
}

/** By month, then account and department. */
export function* balancesOf(books: Books): Generator<Balance> {
  const standing = new Map<string, Movement>();
  let period = books.months[0]!;
  for (const voucher of books.vouchers()) {
    const month = voucher.date.slice(0, 7);
    if (month !== period) {
      yield* closed(period, standing);
      period = month;
    }
    for (const { account, department, debit, credit } of voucher.lines) {
      const key = `${account.code} ${department?.code ?? ''}`;
      const found = standing.get(key) ?? { account, department, opening: 0n, debit: 0n, credit: 0n };
      found.debit += debit;
      found.credit += credit;
      standing.set(key, found);
    }
  }
  yield* closed(period, standing);
}

/** What stands at the month's end; the next month begins with it. */
function* closed(period: string, standing: ReadonlyMap<string, Movement>): Generator<Balance> {
  for (const [, movement] of [...standing].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const closing = movement.opening + movement.debit - movement.credit;
    yield { period, ...movement, closing };
    movement.opening = closing;
    movement.debit = 0n;
    movement.credit = 0n;
  }
}

const HEADER = [
  '科目编码',
  '科目名称',
  '期初借方',
  '期初贷方',
  '本期借方',
  '本期贷方',
  '期末借方',
  '期末贷方',
  '核算部门',
];
/** Fen on the side on which they stand; a balance on the other side stands there, never negative here. */
const sides = (fen: bigint): [debit: bigint, credit: bigint] => (fen < 0n ? [0n, -fen] : [fen, 0n]);

/** 科目余额表 of one month: title rows, a unit line and a row of sums, as centres lay it out. */
export function balanceSheet(books: Books, period: string, encoding: TextEncoding): AsyncIterable<Buffer> {
  function* lines(): Generator<string> {
    const line = (...cells: string[]) => delimitedLine(cells, ',');
    yield line('科目余额表', ...Array.from({ length: HEADER.length - 1 }, () => ''));
    yield line(
      '单位：示例煤矿',
      '',
      `期间：${period.slice(0, 4)}年${period.slice(5)}月`,
      '',
      '',
      '',
      '',
      '单位：元',
      '',
    );
    yield line(...HEADER);
    const totals = [0n, 0n, 0n, 0n, 0n, 0n];
    for (const balance of balancesOf(books)) {
      if (balance.period !== period) continue;
      const { account, department, opening, debit, credit, closing } = balance;
      const figures = [...sides(opening), debit, credit, ...sides(closing)];
      for (const [i, fen] of figures.entries()) totals[i]! += fen;
      yield line(account.code, account.name, ...figures.map(shown), department?.name ?? '');
    }
    yield line('合计', '', ...totals.map(shown), '');
  }
  return encodedText(lines(), encoding);
}

const shown = (fen: bigint): string => (fen === 0n ? '' : yuan(fen));
