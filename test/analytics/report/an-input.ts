import { exact } from '../../../analytics/kernel/exact.js';
import { groupedBy } from '../../../analytics/kernel/grouped-by.js';
import { periodsIn } from '../../../analytics/report/periods-in.js';
import type { PeriodRange } from '../../../analytics/synergy/compare.js';
import { complete, sumOf, type StatedMeasures } from '../../../analytics/synergy/measures.js';
import { DEFAULT_METHOD, type Category } from '../../../analytics/synergy/types.js';
import type {
  BasketLine,
  BoughtItem,
  CorrectionSum,
  ItemSum,
  PlacedSpan,
  PlanSum,
  ReportInput,
  Spans,
} from '../../../analytics/report/input.js';

/** Yuan as texts. */
export type Stated = Readonly<Partial<Record<keyof StatedMeasures, string>>>;

export function measuresOf(stated: Stated, method = DEFAULT_METHOD) {
  const entries = Object.entries(stated).map(([name, yuan]) => [name, exact(yuan)]);
  return complete(Object.fromEntries(entries) as StatedMeasures, method);
}

/** What a report's sums by month, place and correction are made of here: cells of a period, department and category. */
export type PlacedMonth = CorrectionSum;

export const month = (period: string, department: string, category: Category, stated: Stated): PlacedMonth => ({
  ...{ period, priorPeriod: '', department, category, measures: measuresOf(stated) },
});

export const itemSum = (
  department: string,
  category: Category,
  item: string,
  stated: Stated,
  nature: ItemSum['nature'] = 'explicit',
): ItemSum => ({ department, category, item, nature, measures: measuresOf(stated) });

export interface PlacedPlan extends PlanSum {
  readonly period: string;
}

export const planned = (period: string, department: string, category: Category, yuan: string): PlacedPlan => ({
  ...{ period, department, category, measure: 'synergy_value', amount: exact(yuan) },
});

/** Numbers as texts; of a fixed quantity there is neither norm nor driver. */
export const basketLine = (
  place: Pick<BasketLine, 'department' | 'item'> & Partial<Pick<BasketLine, 'driver' | 'category' | 'baseline'>>,
  plan: { readonly volume: string | null; readonly norm?: string; readonly price: string },
  use: { readonly volume?: string; readonly quantity: string | null; readonly amount: string },
): BasketLine => ({
  ...{ category: 'resource', baseline: `B-${place.item}`, driver: plan.norm === undefined ? '' : 'raw_coal', ...place },
  ...{ plannedVolume: orNull(plan.volume), norm: orNull(plan.norm), price: exact(plan.price) },
  ...{ actualVolume: orNull(use.volume), quantity: orNull(use.quantity), amount: exact(use.amount) },
});

const orNull = (text: string | null | undefined) => (text == null ? null : exact(text));

export const bought = (
  department: string,
  item: string,
  quantity: string,
  amount: string,
  unit = '吨',
): BoughtItem => ({
  ...{ department, item, unit, quantity: exact(quantity), amount: exact(amount) },
});

/** Natural months. */
export function spansOf(period: string, withData: readonly string[]): Spans {
  const [year, number] = [Number(period.slice(0, 4)), Number(period.slice(5))];
  const one = (code: string) => ({ from: code, to: code });
  const backBy = (months: number) => codeOf(year * 12 + number - 1 - months);
  return {
    ...{ now: one(period), previous: one(backBy(1)), lastYear: one(backBy(12)) },
    cumulative: number === 1 ? null : { from: `${year}-01`, to: period },
    cumulativeLastYear: number === 1 ? null : { from: `${year - 1}-01`, to: backBy(12) },
    trend: Array.from({ length: 12 }, (_, at) => ({ period: backBy(11 - at), lastYear: backBy(23 - at) })),
    withData: new Set(withData),
    order: Array.from({ length: 36 }, (_, at) => backBy(35 - at)),
  };
}

const codeOf = (place: number) =>
  `${String(Math.floor(place / 12)).padStart(4, '0')}-${String((place % 12) + 1).padStart(2, '0')}`;

export interface Given extends Partial<
  Omit<ReportInput, 'months' | 'places' | 'corrections' | 'parentsWithCells' | 'plan' | 'cumulativePlan'>
> {
  readonly months?: readonly PlacedMonth[];
  readonly plan?: readonly PlacedPlan[];
}

/** A mine that has nothing but what the test gives it. */
export function anInput(period: string, { months = [], plan = [], ...given }: Given): ReportInput {
  const spans = given.spans ?? spansOf(period, [...new Set(months.map((sum) => sum.period))]);
  return {
    ...{ mine: { code: 'CHAILI', name: '柴里煤矿' }, state: 'draft', version: 0, date: null },
    basis: { method: DEFAULT_METHOD, methodVersion: 1, oldestMethodVersion: 1, dataVersion: '7', closings: [] },
    ...{ departments: new Map(), items: new Map(), now: [], previous: [], basket: [] },
    ...{ bought: { now: [], previous: [] }, output: null, controlItems: [], causes: [], issues: [], undeclared: [] },
    ...{ unreconciled: null, leftOut: [], officeTexts: [], baselines: [], restatement: null },
    ...given,
    ...{ spans, ...addedUp(months, spans), ...planOf(plan, spans) },
  };
}

/** The same months by every way in which a report has them. */
function addedUp(months: readonly PlacedMonth[], spans: Spans) {
  const within = (span: PlacedSpan) => {
    const range = spans[span];
    const codes = range === null ? [] : periodsIn(spans, range);
    return months.filter(({ period }) => codes.includes(period));
  };
  const places = (span: PlacedSpan) =>
    by(within(span), ({ department, category }) => [department, category]).map((sums) => ({
      ...{ department: sums[0]!.department, category: sums[0]!.category, measures: total(sums) },
    }));
  return {
    months: by(months, ({ period, priorPeriod }) => [period, priorPeriod]).map((sums) => ({
      ...{ period: sums[0]!.period, priorPeriod: sums[0]!.priorPeriod, measures: total(sums) },
    })),
    places: { now: places('now'), previous: places('previous'), lastYear: places('lastYear') },
    corrections: within('now').filter(({ priorPeriod }) => priorPeriod !== ''),
    parentsWithCells: new Set(months.map(({ department }) => department)),
  };
}

function planOf(plan: readonly PlacedPlan[], spans: Spans) {
  const within = (range: PeriodRange | null) => {
    const codes = range === null ? [] : periodsIn(spans, range);
    return plan.filter(({ period }) => codes.includes(period));
  };
  return { plan: within(spans.now), cumulativePlan: within(spans.cumulative) };
}

const by = (months: readonly PlacedMonth[], keyOf: (sum: PlacedMonth) => readonly string[]) => [
  ...groupedBy(months, (sum) => JSON.stringify(keyOf(sum))).values(),
];

const total = (sums: readonly PlacedMonth[]) => sumOf(sums.map(({ measures }) => measures));

/** Months that are the sums of their items: of the period, and of the one before. */
export function itemised(
  period: string,
  { now, previous }: { readonly now: readonly ItemSum[]; readonly previous: readonly ItemSum[] },
  given: Given = {},
): ReportInput {
  const before = spansOf(period, []).previous!.from;
  const months = [...monthsOf(period, now), ...monthsOf(before, previous), ...(given.months ?? [])];
  return anInput(period, { ...given, now, previous, months });
}

export const monthsOf = (period: string, items: readonly ItemSum[]): PlacedMonth[] =>
  items.map(({ department, category, measures }) => ({ period, priorPeriod: '', department, category, measures }));
