/** Sums of what was read, by any place of the report, each with its source. */
import { ZERO, type Exact } from '../kernel/exact.js';
import { groupedBy } from '../kernel/grouped-by.js';
import { invariant } from '../kernel/invariant.js';
import type { PeriodRange } from '../synergy/compare.js';
import { sumOf, type Measure, type Measures } from '../synergy/measures.js';
import { REASON_WORDS, known, none, type Datum } from './datum.js';
import {
  PLACED_SPANS,
  type MonthSum,
  type PlaceSum,
  type PlanSum,
  type PlannedSum,
  type ReportInput,
} from './input.js';
import type { Place } from './model.js';
import { periodsIn } from './periods-in.js';

/** A place without items: what spans and plans are added up by. */
export type Where = Pick<Place, 'department' | 'category'>;

export class Facts {
  private readonly months: ReadonlyMap<string, readonly MonthSum[]>;
  private readonly placed: ReadonlyMap<string, RowsByPlace<PlaceSum>>;
  private readonly plans: RowsByPlace<PlanSum>;
  /** Asked for again and again. */
  private readonly sums = new Map<string, Exact>();

  constructor(readonly input: ReportInput) {
    const { months, plan, places, spans } = input;
    this.months = groupedBy(months, ({ period }) => period);
    this.plans = byPlace(plan);
    this.placed = new Map(
      PLACED_SPANS.flatMap((span) => {
        const periods = spans[span];
        return periods === null ? [] : [[rangeName(periods), byPlace(places[span])] as const];
      }),
    );
  }

  /**
   * Of a department or category in one of PLACED_SPANS alone. null: no such span. Missing, and not zero, where none of its
   * periods has any cell.
   */
  sum(measure: Measure, periods: PeriodRange | null, where: Where = {}): Datum {
    if (periods === null) return nowhere(measure, this.input.spans.now, where);
    const codes = periodsIn(this.input.spans, periods);
    const source = { kind: 'sum', measure, place: { periods, ...where } } as const;
    if (!codes.some((code) => this.input.spans.withData.has(code)))
      return { value: none(REASON_WORDS.missing), source };
    return { value: known(this.exactSum(measure, periods, where)), source };
  }

  private exactSum(measure: Measure, periods: PeriodRange, where: Where): Exact {
    const name = `${measure} ${rangeName(periods)} ${placeName(where)}`;
    const cells = () => this.cellsOf(periods, where);
    const sum = this.sums.get(name) ?? cells().reduce<Exact>((all, cell) => all + cell.measures[measure], ZERO);
    this.sums.set(name, sum);
    return sum;
  }

  private cellsOf(periods: PeriodRange, where: Where): readonly { readonly measures: Measures }[] {
    if (placeName(where) === placeName({})) return this.monthsOf(periods);
    const places = this.placed.get(rangeName(periods));
    invariant(places !== undefined, `no departments and categories are known of ${rangeName(periods)}`);
    return places.get(placeName(where)) ?? [];
  }

  /** Of the whole mine, zero where there is nothing. */
  total(periods: PeriodRange): Measures {
    return sumOf(this.monthsOf(periods).map(({ measures }) => measures));
  }

  private monthsOf(periods: PeriodRange): readonly MonthSum[] {
    return periodsIn(this.input.spans, periods).flatMap((code) => this.months.get(code) ?? []);
  }

  /** CMP-1: the plan of a measure in the span, or of the whole mine to date; none where nothing was planned there. */
  plan(measure: Measure, periods: PeriodRange, where: Where = {}): Datum {
    const planned = this.plansOf(periods, where).filter((plan) => plan.measure === measure);
    const source = { kind: 'plan', measure, place: { periods, ...where } } as const;
    if (planned.length === 0) return { value: none(REASON_WORDS.no_plan), source };
    return { value: known(planned.reduce<Exact>((sum, { amount }) => sum + amount, ZERO)), source };
  }

  private plansOf(periods: PeriodRange, where: Where): readonly PlannedSum[] {
    const { spans, cumulativePlan } = this.input;
    if (rangeName(periods) === rangeName(spans.now)) return this.plans.get(placeName(where)) ?? [];
    const isToDate = spans.cumulative !== null && rangeName(periods) === rangeName(spans.cumulative);
    invariant(isToDate && placeName(where) === placeName({}), `no plan is known of ${rangeName(periods)}`);
    return cumulativePlan;
  }
}

const nowhere = (measure: Measure, periods: PeriodRange, where: Where): Datum => ({
  value: none(REASON_WORDS.missing),
  source: { kind: 'sum', measure, place: { periods, ...where } },
});

const rangeName = ({ from, to }: PeriodRange): string => `${from}..${to}`;

/** Rows by every place that holds them: their own, those of the department and of the category, and the whole mine. */
type RowsByPlace<T> = ReadonlyMap<string, readonly T[]>;

function byPlace<T extends Required<Where>>(rows: readonly T[]): RowsByPlace<T> {
  const places = new Map<string, T[]>();
  for (const row of rows) {
    const { department, category } = row;
    for (const place of [{ department, category }, { department }, { category }, {}].map(placeName)) {
      const held = places.get(place);
      if (held) held.push(row);
      else places.set(place, [row]);
    }
  }
  return places;
}

const placeName = ({ department, category }: Where): string => `${department ?? ''}\u0000${category ?? ''}`;
