import { exact } from '../../../analytics/kernel/exact.js';
import { complete, type StatedMeasures } from '../../../analytics/synergy/measures.js';
import { DEFAULT_METHOD, type Category } from '../../../analytics/synergy/types.js';
import type {
  BasketLine,
  BoughtItem,
  ItemSum,
  MonthSum,
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

export const month = (period: string, department: string, category: Category, stated: Stated): MonthSum => ({
  ...{ period, priorPeriod: '', department, category, measures: measuresOf(stated) },
});

export const itemSum = (
  department: string,
  category: Category,
  item: string,
  stated: Stated,
  nature: ItemSum['nature'] = 'explicit',
): ItemSum => ({ department, category, item, nature, measures: measuresOf(stated) });

export const planned = (period: string, department: string, category: Category, yuan: string): PlanSum => ({
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

/** A mine that has nothing but what the test gives it. */
export function anInput(period: string, given: Partial<ReportInput>): ReportInput {
  const months = given.months ?? [];
  return {
    ...{ mine: { code: 'CHAILI', name: '柴里煤矿' }, state: 'draft', version: 0, date: null },
    basis: { method: DEFAULT_METHOD, methodVersion: 1, oldestMethodVersion: 1, dataVersion: '7', closings: [] },
    spans: spansOf(period, [...new Set(months.map((sum) => sum.period))]),
    ...{ departments: new Map(), items: new Map(), months, now: [], previous: [], plan: [], basket: [] },
    ...{ bought: { now: [], previous: [] }, output: null, controlItems: [], causes: [], issues: [], undeclared: [] },
    ...{ unreconciled: null, leftOut: [], officeTexts: [], baselines: [], restatement: null },
    ...given,
  };
}

/** Months that are the sums of their items: of the period, and of the one before. */
export function itemised(
  period: string,
  { now, previous }: { readonly now: readonly ItemSum[]; readonly previous: readonly ItemSum[] },
  given: Partial<ReportInput> = {},
): ReportInput {
  const before = spansOf(period, []).previous!.from;
  const months = [...monthsOf(period, now), ...monthsOf(before, previous), ...(given.months ?? [])];
  return anInput(period, { ...given, now, previous, months });
}

const monthsOf = (period: string, items: readonly ItemSum[]): MonthSum[] =>
  items.map(({ department, category, measures }) => ({ period, priorPeriod: '', department, category, measures }));
