/** The restatement table: what a second closing of a period reports otherwise than the first. */
import { ZERO, rounded, type Exact } from '../kernel/exact.js';
import { MEASURES, sumOf, type Measure, type Measures } from './measures.js';

/** The exact sums of one row of the table as one closing reported them. */
export interface ReportedSums {
  readonly department: string;
  readonly category: string;
  readonly measures: Measures;
}

/** A figure that differs, in yuan, exact. */
export interface Restated {
  readonly measure: Measure;
  readonly reported: Exact;
  readonly restated: Exact;
  readonly difference: Exact;
}

export type RestatedRow = Restated & Pick<ReportedSums, 'department' | 'category'>;

export interface RestatedTotal extends Restated {
  /** RND-3, 尾差: the total difference as shown less the shown differences of the rows. */
  readonly rounding: Exact;
}

export interface Restatement {
  /** In the order of the sums given, then of the measures. */
  readonly rows: readonly RestatedRow[];
  /** Of every measure that differs anywhere. */
  readonly totals: readonly RestatedTotal[];
}

const SHOWN_PLACES = 2;

/** Compares two closings by department and category; a row that one of them lacks is zero there. */
export function restate(before: readonly ReportedSums[], after: readonly ReportedSums[]): Restatement {
  const nameOf = ({ department, category }: ReportedSums) => `${department}\u0000${category}`;
  const nothing = sumOf([]);
  const were = new Map(before.map((sums) => [nameOf(sums), sums]));
  const are = new Map(after.map((sums) => [nameOf(sums), sums]));
  const places = [...new Map([...were, ...are]).values()];
  const rows = places.flatMap((place) => {
    const { department, category } = place;
    const [was, is] = [were.get(nameOf(place)), are.get(nameOf(place))];
    const changed = changes(was?.measures ?? nothing, is?.measures ?? nothing);
    return changed.map((change) => ({ department, category, ...change }));
  });
  return { rows, totals: totalsOf(rows, before, after) };
}

function changes(was: Measures, is: Measures): Restated[] {
  return MEASURES.filter((measure) => was[measure] !== is[measure]).map((measure) => ({
    ...{ measure, reported: was[measure], restated: is[measure], difference: is[measure] - was[measure] },
  }));
}

/** Totals come from exact sums, not from rounded rows. */
function totalsOf(
  rows: readonly RestatedRow[],
  before: readonly ReportedSums[],
  after: readonly ReportedSums[],
): RestatedTotal[] {
  const was = sumOf(before.map(({ measures }) => measures));
  const is = sumOf(after.map(({ measures }) => measures));
  return MEASURES.filter((measure) => rows.some((row) => row.measure === measure)).map((measure) => {
    const difference = is[measure] - was[measure];
    const shown = rows
      .filter((row) => row.measure === measure)
      .reduce((sum, row) => sum + rounded(row.difference, SHOWN_PLACES), ZERO);
    return {
      ...{ measure, reported: was[measure], restated: is[measure], difference },
      rounding: rounded(difference, SHOWN_PLACES) - shown,
    };
  });
}
