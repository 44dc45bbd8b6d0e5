/** Who stands where by synergy value, who reported nothing, and who only has others below it. */
import { ZERO, type Exact } from '../../kernel/exact.js';
import { groupedBy } from '../../kernel/grouped-by.js';
import { byCodePoint } from '../../kernel/order.js';
import { MEASURES, type Measures } from '../../synergy/measures.js';
import type { PlaceSum, ReportInput } from '../input.js';

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

export function rankingOf({ places, parentsWithCells, plan, departments }: ReportInput): Ranking {
  const rankBefore = new Map(ranked(places.previous).map(({ department, rank }) => [department, rank]));
  const now = ranked(places.now);
  const reported = new Set(now.map(({ department }) => department));
  const planned = new Set(plan.map(({ department }) => department));
  const others = [...new Set([...departments.keys(), ...planned])]
    .filter((code) => !reported.has(code))
    .sort(byCodePoint);
  const isAbove = placesAbove({ departments, parentsWithCells });
  return {
    standings: now.map((each) => ({ ...each, rankBefore: rankBefore.get(each.department) ?? null })),
    silent: others.filter((code) => !isAbove(code)),
    plannedAbove: others.filter((code) => isAbove(code) && planned.has(code)),
  };
}

type Ranked = Omit<Standing, 'rankBefore'>;

function ranked(places: readonly PlaceSum[]): Ranked[] {
  const reports = places.filter(({ measures }) => isReport(measures));
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

/** COV-3: where nothing is said but what stands unreported there is no report; sums of nothing but zeros are one. */
function isReport(measures: Measures): boolean {
  if (measures.unreported_baseline === ZERO) return true;
  return MEASURES.some((measure) => measure !== 'unreported_baseline' && measures[measure] !== ZERO);
}

/** Places of the tree that have others below them and no cell in any period that was read. */
function placesAbove({ departments, parentsWithCells }: Pick<ReportInput, 'departments' | 'parentsWithCells'>) {
  const parents = new Set([...departments.values()].map(({ parent }) => parent));
  return (code: string): boolean => parents.has(code) && !parentsWithCells.has(code);
}
