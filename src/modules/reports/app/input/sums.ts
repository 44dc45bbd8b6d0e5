/** Stored cells and targets added up as a report needs them, as reported (COR-1). */
import { groupedBy } from '../../../../../analytics/kernel/grouped-by.js';
import type { CorrectionSum, ItemSum, MonthSum, PlaceSum, ReportInput } from '../../../../../analytics/report/input.js';
import { sumOf } from '../../../../../analytics/synergy/measures.js';
import type { Category, Nature } from '../../../../../analytics/synergy/types.js';
import type { Tx } from '../../../../platform/database/unit-of-work.js';
import { sumCells, sumTargets, type CellSum, type Standpoint } from '../../../synergy/index.js';

const OF_PLACES = ['department', 'category'] as const;
const OF_MONTHS = ['period', ...OF_PLACES] as const;
const OF_ITEMS = [...OF_PLACES, 'item', 'nature'] as const;

/** Periods that the mine has, in order: of any span of the report, and of those that are added up. */
export interface StoredPeriods {
  readonly all: readonly string[];
  readonly now: readonly string[];
  readonly previous: readonly string[];
  readonly lastYear: readonly string[];
  readonly cumulative: readonly string[];
}

export interface ReportSums extends Pick<ReportInput, 'months' | 'places' | 'corrections' | 'now' | 'previous'> {
  /** Those of `now`, with the methods that their cells were computed by. */
  readonly ofNow: readonly CellSum[];
}

/** Departments are told apart in three spans alone, and items in two: sums by month too would be ten times as many. */
export async function loadSums(
  tx: Tx,
  mine: string,
  { cells }: Standpoint,
  { all, now, previous, lastYear }: StoredPeriods,
): Promise<ReportSums> {
  const sums = (periods: readonly string[], by: typeof OF_PLACES | typeof OF_ITEMS | readonly ['period']) =>
    sumCells(tx, mine, { ...cells, periods, by });
  const months = (await sums(all, ['period'])).map(monthOf);
  const ofNow = await sums(now, OF_ITEMS);
  const items = { now: ofNow.map(itemOf), previous: (await sums(previous, OF_ITEMS)).map(itemOf) };
  const before = placesOf(items.previous);
  const isSame = lastYear.join() === previous.join();
  const places = {
    now: placesOf(items.now),
    previous: before,
    lastYear: isSame ? before : (await sums(lastYear, OF_PLACES)).map(placeOf),
  };
  const corrections = await sumCells(tx, mine, { ...cells, periods: now, by: OF_MONTHS, isOfCorrections: true });
  return { ...items, ofNow, months, places, corrections: corrections.map(correctionOf) };
}

const monthOf = ({ key, measures }: CellSum): MonthSum => ({ period: key[0]!, priorPeriod: key[1]!, measures });

const placeOf = ({ key, measures }: CellSum): PlaceSum => {
  const [department, category] = key as [string, Category];
  return { department, category, measures };
};

const itemOf = ({ key, measures }: CellSum): ItemSum => {
  const [department, category, item, nature] = key as [string, Category, string, Nature | ''];
  return { department, category, item, nature, measures };
};

const correctionOf = ({ key, measures }: CellSum): CorrectionSum => {
  const [period, department, category, priorPeriod] = key as [string, string, Category, string];
  return { period, priorPeriod, department, category, measures };
};

/** Items added up by their places. */
function placesOf(items: readonly ItemSum[]): PlaceSum[] {
  const places = groupedBy(items, ({ department, category }) => `${department}\u0000${category}`);
  return [...places.values()].map((sums) => {
    const { department, category } = sums[0]!;
    return { department, category, measures: sumOf(sums.map(({ measures }) => measures)) };
  });
}

/** Of the departments above others, those that have a cell in some periods. */
export async function loadParentsWithCells(
  tx: Tx,
  mine: string,
  { cells }: Standpoint,
  periods: readonly string[],
  departments: ReportInput['departments'],
): Promise<ReadonlySet<string>> {
  const parents = [...departments.values()].flatMap(({ parent }) => (parent === null ? [] : [parent]));
  const within = [...new Set(parents)];
  const sums = await sumCells(tx, mine, { ...cells, periods, by: ['department'], filter: { within } });
  return new Set(sums.map(({ key }) => key[0]!));
}

/** CMP-1: targets of the report's own periods by department, category and measure, and of the year to date by measure. */
export async function loadPlan(
  tx: Tx,
  mine: string,
  { now, cumulative }: Pick<StoredPeriods, 'now' | 'cumulative'>,
): Promise<Pick<ReportInput, 'plan' | 'cumulativePlan'>> {
  const plan = (await sumTargets(tx, mine, now, {}, OF_PLACES)).map(({ key, ...planned }) => {
    const [department, category] = key as [string, Category];
    return { department, category, ...planned };
  });
  const toDate = cumulative.length === 0 ? [] : await sumTargets(tx, mine, cumulative, {}, []);
  return { plan, cumulativePlan: toDate.map(({ measure, amount }) => ({ measure, amount })) };
}
