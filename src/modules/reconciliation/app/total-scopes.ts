/**
 * Which rows above it a row of sums can be of. Books are laid out in several ways, so each reading that makes sense is
 * tried: a row that is missing or doubled agrees with none of them.
 */
import { ZERO, type Exact } from '../../../../analytics/kernel/exact.js';

/** A row of sums: per column what it states, where it states anything. */
export interface StatedTotal {
  readonly rowNo: number;
  readonly sheet: number;
  readonly label: string;
  readonly stated: ReadonlyMap<string, Exact>;
}

export type TotalClass = 'grand' | 'sub' | null;

/**
 * 合计, 总计, 共计 are of the whole sheet or of what follows the one before; 小计 and whatever has a word before it
 * (资产合计, 本月合计) of a part. Totals of pages and of the year so far cannot be compared: pages carry over, and the year
 * may have begun before the file.
 */
export function classOf(label: string): TotalClass {
  if (/^(本页|本季|本年|累计|过次页|承前页)|累计$|页$/.test(label)) return null;
  if (/^(借贷)?(合计|总计|共计)(数|金额)?$/.test(label)) return 'grand';
  return /(合计|总计|共计|小计|合计数)$/.test(label) ? 'sub' : null;
}

/** One reading: the rows after `after` (a row number; the rows from the start of the sheet: its first), of one basis. */
export interface Reading {
  readonly after: number;
  readonly basis: string;
}

/**
 * The row numbers after which the rows of each total may begin, the likeliest first. `totals` are those of one document in
 * order; `sheetStart` is the number below the first row of a sheet.
 */
export function startsOf(totals: readonly StatedTotal[], sheetStart: (sheet: number) => number): number[][] {
  const lastOf = { sheet: -1, any: 0, grand: 0, byLabel: new Map<string, number>() };
  return totals.map(({ rowNo, sheet, label }) => {
    const start = sheetStart(sheet);
    if (lastOf.sheet !== sheet) Object.assign(lastOf, { sheet, any: start, grand: start, byLabel: new Map() });
    const isGrand = classOf(label) === 'grand';
    const readings = isGrand
      ? [start, lastOf.grand]
      : [lastOf.any, lastOf.byLabel.get(label) ?? start, lastOf.grand, start];
    lastOf.any = rowNo;
    lastOf.byLabel.set(label, rowNo);
    if (isGrand) lastOf.grand = rowNo;
    return [...new Set(readings)];
  });
}

export interface Compared {
  readonly column: string;
  readonly stated: Exact;
  readonly found: Exact;
  readonly basis: string;
}

/**
 * The comparison of one row of sums under the reading that agrees in every column, or else in the most.
 * `foundIn(column, reading)` answers null where the column knows no such basis.
 */
export function bestReading(
  { stated }: StatedTotal,
  readings: readonly Reading[],
  foundIn: (column: string, reading: Reading) => Exact | null,
): Compared[] {
  let best: { readonly compared: Compared[]; readonly wrong: number } | null = null;
  for (const reading of readings) {
    const compared = [...stated].map(([column, amount]): Compared => {
      const found = foundIn(column, reading);
      const basis = found === null ? 'all' : reading.basis;
      return { column, stated: amount, found: found ?? foundIn(column, { ...reading, basis }) ?? ZERO, basis };
    });
    const wrong = compared.filter((one) => one.stated !== one.found).length;
    if (best === null || wrong < best.wrong) best = { compared, wrong };
    if (wrong === 0) break;
  }
  return best?.compared ?? [];
}
