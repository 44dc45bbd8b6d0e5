/**
 * The table a person reads: rows × columns of one measure, with shares and ranks. The figures come in computed and leave
 * untouched as texts; danfojs, which knows only binary numbers, lays them out by their places and adds up ratios.
 *
 * What was measured of danfojs and is kept out here: arithmetic between whole frames runs in single precision; texts sort
 * without regard to case, group by keys joined with '-' and are taken for numbers when they look like some. So a frame
 * gets whole numbers only: places of rows, columns and cells, and shares counted in 10⁻¹². Groups are read as they are,
 * since turning them into a frame again takes the square of their number (a minute and a half for 60,000).
 */
import { exact, fixed, quotient, rounded, type Exact } from '../kernel/exact.js';
import { invariant } from '../kernel/invariant.js';
import { byCodePoint } from '../kernel/order.js';

/** One figure in yuan with two decimals, at most one per row and column. */
export interface PivotCell {
  readonly row: string;
  readonly column: string;
  readonly amount: string;
}

/** Totals in yuan, each rounded from its own exact sum (RND-3); rows and columns without a total do not exist. */
export interface PivotTotals {
  readonly rows: ReadonlyMap<string, string>;
  /** In the order in which columns are shown. */
  readonly columns: ReadonlyMap<string, string>;
  readonly all: string;
}

export type PivotOrder = 'total' | 'code';

export interface PivotRow {
  readonly code: string;
  /** One per column; null where nothing stands there. */
  readonly cells: readonly (string | null)[];
  readonly total: string;
  /** 1 is the largest total; equal totals share a rank. */
  readonly rank: number;
  /** total ÷ total of all, six decimals; null while that is zero. */
  readonly share: number | null;
  /** The share of this row and of those that rank before it (equal ones by code); null like `share`. */
  readonly cumulativeShare: number | null;
  /** 尾差 (RND-3): the total less the cells shown. */
  readonly roundingDifference: string;
}

export interface PivotTable {
  readonly columns: readonly string[];
  readonly rows: readonly PivotRow[];
  readonly columnTotals: readonly string[];
  readonly total: string;
  /** 尾差 (RND-3) of each column's total against its cells, and of the total against the rows' totals. */
  readonly columnDifferences: readonly string[];
  readonly totalDifference: string;
}

/** Lays out computed figures. Loads danfojs (half a second, 150 MB) on first use; a table without rows needs none. */
export async function pivot(
  cells: readonly PivotCell[],
  totals: PivotTotals,
  order: PivotOrder = 'total',
): Promise<PivotTable> {
  const codes = [...totals.rows.keys()].sort(byCodePoint);
  const columns = [...totals.columns.keys()];
  const grid = codes.length === 0 ? [] : await arranged(cells, codes, columns);
  const ranking =
    codes.length === 0
      ? []
      : await ranked(
          codes.map((code) => totals.rows.get(code)!),
          totals.all,
        );
  const rows = ranking.map(({ place, ...standing }): PivotRow => {
    const total = totals.rows.get(codes[place]!)!;
    const amounts = grid[place]!;
    return { code: codes[place]!, cells: amounts, total, ...standing, roundingDifference: difference(total, amounts) };
  });
  if (order === 'code') rows.sort((a, b) => byCodePoint(a.code, b.code));
  const columnTotals = [...totals.columns.values()];
  const columnDifferences = columnTotals.map((total, c) =>
    difference(
      total,
      rows.map((row) => row.cells[c] ?? null),
    ),
  );
  const totalDifference = difference(
    totals.all,
    rows.map((row) => row.total),
  );
  return { columns, rows, columnTotals, total: totals.all, columnDifferences, totalDifference };
}

/** The amounts by row and column. */
async function arranged(
  cells: readonly PivotCell[],
  rows: readonly string[],
  columns: readonly string[],
): Promise<(string | null)[][]> {
  const grid = rows.map(() => columns.map((): string | null => null));
  if (cells.length === 0) return grid;
  const [rowPlaces, columnPlaces] = [placesOf(rows), placesOf(columns)];
  const { DataFrame } = await import('danfojs-node');
  const places = cells.map(({ row, column }, cell) => {
    const [r, c] = [rowPlaces.get(row), columnPlaces.get(column)];
    invariant(r !== undefined && c !== undefined, `no total for ${row}, ${column}`);
    return [r, c, cell];
  });
  const { colDict } = new DataFrame(places, { columns: ['row', 'column', 'cell'] }).groupby(['row', 'column']);
  for (const { row, column, cell } of Object.values(colDict as Record<string, PlacedGroup>)) {
    invariant(cell.length === 1, `two figures for ${rows[row[0]!]!}, ${columns[column[0]!]!}`);
    grid[row[0]!]![column[0]!] = cells[cell[0]!]!.amount;
  }
  return grid;
}

/** What danfojs keeps of a group: its rows, column by column. */
type PlacedGroup = Readonly<Record<'row' | 'column' | 'cell', readonly number[]>>;

interface Standing {
  readonly place: number;
  readonly rank: number;
  readonly share: number | null;
  readonly cumulativeShare: number | null;
}

/** Rows from the largest total to the smallest, equal ones in the order given. Exact comparison decides, also beyond 2⁵³. */
async function ranked(totals: readonly string[], all: string): Promise<Standing[]> {
  const amounts = totals.map(exact);
  const whole = exact(all);
  const descending = [...amounts].sort((a, b) => (a === b ? 0 : a > b ? -1 : 1));
  const ranks = new Map<Exact, number>();
  descending.forEach((amount, i) => ranks.has(amount) || ranks.set(amount, i + 1));
  const { DataFrame } = await import('danfojs-node');
  const sorted = new DataFrame(
    amounts.map((amount, place) => [place, ranks.get(amount)!, whole === 0n ? 0 : trillionths(amount, whole)]),
    { columns: ['place', 'rank', 'share'] },
  ).sortValues('rank');
  const cumulative = sorted.column('share').cumSum().values as number[];
  return (sorted.values as [number, number, number][]).map(([place, rank, share], i) => ({
    place,
    rank,
    share: whole === 0n ? null : sixDecimals(share),
    cumulativeShare: whole === 0n ? null : sixDecimals(cumulative[i]!),
  }));
}

const placesOf = (codes: readonly string[]) => new Map(codes.map((code, place) => [code, place]));

/** Whole numbers add up in a frame without the noise of binary fractions. */
const trillionths = (amount: Exact, whole: Exact): number => Number(quotient(amount, whole, 12) / 10n ** 6n);

/** RND-1 on a ratio: half away from zero. */
const sixDecimals = (share: number): number => Number(fixed(BigInt(share) * 10n ** 6n, 6));

function difference(total: string, parts: readonly (string | null)[]): string {
  return fixed(
    parts.reduce((rest, part) => rest - exact(part ?? '0'), rounded(exact(total), 2)),
    2,
  );
}
