import { pivot, type PivotOrder, type PivotTable } from '../../../../analytics/frames/pivot.js';
import { ZERO, exact, fixed, type Exact } from '../../../../analytics/kernel/exact.js';
import { byCodePoint } from '../../../../analytics/kernel/order.js';
import type { PeriodRange } from '../../../../analytics/synergy/compare.js';
import type { Measure } from '../../../../analytics/synergy/measures.js';
import type { Dimension } from '../../../../analytics/synergy/roll-up.js';
import { CATEGORIES, NATURES } from '../../../../analytics/synergy/types.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import type { CellFilter } from '../db/cell-queries-filter.js';
import { sumCells } from '../db/cell-queries.js';
import { methodsUsed, takeStandpoint, type SynergyAnswer } from './answer-synergy.js';

export interface PivotQuestion {
  readonly periods: PeriodRange | null;
  readonly filter: CellFilter;
  readonly rows: Dimension;
  readonly columns: Dimension;
  readonly measure: Measure;
  readonly order: PivotOrder;
  /** Most cells of the table, and of its sums; absent: any number. */
  readonly maxRows?: number;
}

interface Summed extends Pick<SynergyAnswer, 'dataVersion' | 'method' | 'methodVersion' | 'oldestMethodVersion'> {
  readonly cells: readonly { readonly row: string; readonly column: string; readonly amount: Exact }[];
}

type PivotRow = PivotTable['rows'][number];

/** The table a person reads (`GET /synergy/pivot`); figures and shares as texts. */
export interface PivotAnswer
  extends
    Omit<PivotTable, 'rows'>,
    Pick<SynergyAnswer, 'dataVersion' | 'method' | 'methodVersion' | 'oldestMethodVersion'> {
  readonly by: { readonly rows: Dimension; readonly columns: Dimension };
  readonly measure: Measure;
  readonly rows: readonly (Omit<PivotRow, 'share' | 'cumulativeShare'> & {
    readonly share: string | null;
    readonly cumulativeShare: string | null;
  })[];
}

/** Loads the exact sums of a pivot. @throws AppError `no_such_period`, `period_range_reversed`, `answer_too_large` */
export async function sumPivot(tx: Tx, mine: string, question: PivotQuestion): Promise<Summed> {
  const { periods, filter, rows, columns, measure, maxRows } = question;
  const from = await takeStandpoint(tx, mine, {
    ...{ periods, filter, by: [rows, columns], view: 'known' },
    ...(maxRows === undefined ? {} : { maxRows }),
  });
  const sums = await sumCells(tx, mine, from.cells);
  return {
    ...{ dataVersion: from.dataVersion, ...(await methodsUsed(tx, mine, from, sums)) },
    cells: sums.map(({ key, measures }) => ({ row: key[0]!, column: key[1]!, amount: measures[measure] })),
  };
}

/** Lays summed cells out. @throws AppError `answer_too_large`. Every total is rounded from its own exact sum (RND-3). */
export async function layOut({ cells, ...facts }: Summed, question: PivotQuestion): Promise<PivotAnswer> {
  const { rows, columns, measure, order, maxRows } = question;
  if (maxRows !== undefined) refuseSparse(cells, maxRows * CELLS_PER_SUM);
  const table = await pivot(
    cells.map(({ row, column, amount }) => ({ row, column, amount: fixed(amount, 2) })),
    {
      rows: totals(cells.map(({ row, amount }) => [row, amount])),
      columns: inOrderOf(columns, totals(cells.map(({ column, amount }) => [column, amount]))),
      all: fixed(
        cells.reduce((sum, { amount }) => sum + amount, ZERO),
        2,
      ),
    },
    order,
  );
  return {
    by: { rows, columns },
    measure,
    ...facts,
    ...table,
    rows: table.rows.map((row) => ({
      ...row,
      share: shareText(row.share),
      cumulativeShare: shareText(row.cumulativeShare),
    })),
  };
}

/** Most cells of a table for each sum that may stand in it. */
const CELLS_PER_SUM = 10;

/** A few sums, each in a row and a column of its own, would make a table of their square. @throws AppError `answer_too_large` */
function refuseSparse(cells: Summed['cells'], maxCells: number): void {
  const [down, across] = [new Set(cells.map(({ row }) => row)), new Set(cells.map(({ column }) => column))];
  if (down.size * across.size > maxCells) throw new AppError('refused', 'answer_too_large', { max: String(maxCells) });
}

function totals(parts: readonly (readonly [code: string, amount: Exact])[]): Map<string, string> {
  const sums = new Map<string, Exact>();
  for (const [code, amount] of parts) sums.set(code, (sums.get(code) ?? ZERO) + amount);
  return new Map([...sums].map(([code, sum]) => [code, fixed(sum, 2)]));
}

/** The six synergies and the natures stand in the order in which the mine names them, all else by code. */
const NAMED_ORDER: Partial<Record<Dimension, readonly string[]>> = { category: CATEGORIES, nature: NATURES };

function inOrderOf(dimension: Dimension, all: ReadonlyMap<string, string>): Map<string, string> {
  const place = (code: string) => NAMED_ORDER[dimension]?.indexOf(code) ?? 0;
  return new Map([...all].sort(([a], [b]) => place(a) - place(b) || byCodePoint(a, b)));
}

/** Shares come with six decimals at most. */
const shareText = (share: number | null) => (share === null ? null : fixed(exact(String(share)), 6));
