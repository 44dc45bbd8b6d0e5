/** Who stands where by synergy value, who reported nothing, and who only has others below it. */
import { ZERO, type Exact } from '../../kernel/exact.js';
import { groupedBy } from '../../kernel/grouped-by.js';
import { byCodePoint } from '../../kernel/order.js';
import { MEASURES, type Measures } from '../../synergy/measures.js';
import type { MonthSum, ReportInput } from '../input.js';
import { periodsIn } from '../periods-in.js';

export interface Standing {
  readonly department: string;
  /** From 1; departments of equal value share it. */
  readonly rank: number;
  /** In the span before; null where it did not report then. */
  readonly rankBefore: number | null;
  /** Synergy value of the span, in yuan. */
  readonly value: Exact;
}

export interface Ranking {
  /** By rank, then by code. */
  readonly standings: readonly Standing[];
  /** Departments that reported nothing in the span, by code. */
  readonly silent: readonly string[];
  /** Above others, never with a cell of its own, and with a plan in the span: no reporter, but its plan counts. */
  readonly plannedAbove: readonly string[];
}

export function rankingOf({ months, plan, departments, spans }: ReportInput): Ranking {
  const within = new Set(periodsIn(spans, spans.now));
  const before = spans.previous === null ? [] : ranked(months, periodsIn(spans, spans.previous));
  const rankBefore = new Map(before.map(({ department, rank }) => [department, rank]));
  const now = ranked(months, [...within]);
  const reported = new Set(now.map(({ department }) => department));
  const planned = new Set(plan.filter(({ period }) => within.has(period)).map(({ department }) => department));
  const others = [...new Set([...departments.keys(), ...planned])]
    .filter((code) => !reported.has(code))
    .sort(byCodePoint);
  const isAbove = placesAbove({ departments, months });
  return {
    standings: now.map((each) => ({ ...each, rankBefore: rankBefore.get(each.department) ?? null })),
    silent: others.filter((code) => !isAbove(code)),
    plannedAbove: others.filter((code) => isAbove(code) && planned.has(code)),
  };
}

type Ranked = Omit<Standing, 'rankBefore'>;

function ranked(months: readonly MonthSum[], periods: readonly string[]): Ranked[] {
  const within = new Set(periods);
  const reports = months.filter(({ period, measures }) => within.has(period) && isReport(measures));
  const sums = [...groupedBy(reports, ({ department }) => department)].map(([department, cells]) => ({
    ...{ department, value: cells.reduce<Exact>((sum, { measures }) => sum + measures.synergy_value, ZERO) },
  }));
  sums.sort((a, b) => (a.value === b.value ? byCodePoint(a.department, b.department) : a.value > b.value ? -1 : 1));
  const ranks = new Map<Exact, number>();
  return sums.map((each, at) => {
    if (!ranks.has(each.value)) ranks.set(each.value, at + 1);
    return { ...each, rank: ranks.get(each.value)! };
  });
}

/** COV-3: a cell that only says what stands unreported is no report; one of zeros is. */
function isReport(measures: Measures): boolean {
  if (measures.unreported_baseline === ZERO) return true;
  return MEASURES.some((measure) => measure !== 'unreported_baseline' && measures[measure] !== ZERO);
}

/** Places of the tree that have others below them and no cell in any period that was read. */
function placesAbove({ departments, months }: Pick<ReportInput, 'departments' | 'months'>) {
  const parents = new Set([...departments.values()].map(({ parent }) => parent));
  const withCells = new Set(months.map(({ department }) => department));
  return (code: string): boolean => parents.has(code) && !withCells.has(code);
}
