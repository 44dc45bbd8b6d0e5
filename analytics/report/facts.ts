/** Sums of what was read, by any place of the report, each with its source. */
import { ZERO, type Exact } from '../kernel/exact.js';
import { groupedBy } from '../kernel/grouped-by.js';
import type { PeriodRange } from '../synergy/compare.js';
import { sumOf, type Measure, type Measures } from '../synergy/measures.js';
import { REASON_WORDS, known, none, type Datum } from './datum.js';
import type { MonthSum, PlanSum, ReportInput } from './input.js';
import type { Place } from './model.js';

/** A place without items: what months and plans are added up by. */
export type Where = Pick<Place, 'department' | 'category'>;

export class Facts {
  private readonly months: ReadonlyMap<string, readonly MonthSum[]>;
  private readonly plans: ReadonlyMap<string, readonly PlanSum[]>;

  constructor(readonly input: ReportInput) {
    this.months = groupedBy(input.months, ({ period }) => period);
    this.plans = groupedBy(input.plan, ({ period }) => period);
  }

  /** null: no such span. Missing, and not zero, where none of its periods has any cell. */
  sum(measure: Measure, periods: PeriodRange | null, where: Where = {}): Datum {
    if (periods === null) return nowhere(measure, this.input.spans.now, where);
    const codes = this.input.spans.within(periods);
    const source = { kind: 'sum', measure, place: { periods, ...where } } as const;
    if (!codes.some((code) => this.input.spans.withData.has(code)))
      return { value: none(REASON_WORDS.missing), source };
    const cells = this.cellsOf(periods).filter((cell) => isIn(cell, where));
    return { value: known(cells.reduce<Exact>((sum, cell) => sum + cell.measures[measure], ZERO)), source };
  }

  /** Of the whole mine, zero where there is nothing. */
  total(periods: PeriodRange): Measures {
    return sumOf(this.cellsOf(periods).map(({ measures }) => measures));
  }

  /** CMP-1: the plan of a measure; none where nothing was planned there. */
  plan(measure: Measure, periods: PeriodRange, where: Where = {}): Datum {
    const planned = this.input.spans
      .within(periods)
      .flatMap((code) => this.plans.get(code) ?? [])
      .filter((plan) => plan.measure === measure && isIn(plan, where));
    const source = { kind: 'plan', measure, place: { periods, ...where } } as const;
    if (planned.length === 0) return { value: none(REASON_WORDS.no_plan), source };
    return { value: known(planned.reduce<Exact>((sum, { amount }) => sum + amount, ZERO)), source };
  }

  private cellsOf(periods: PeriodRange): readonly MonthSum[] {
    return this.input.spans.within(periods).flatMap((code) => this.months.get(code) ?? []);
  }
}

const nowhere = (measure: Measure, periods: PeriodRange, where: Where): Datum => ({
  value: none(REASON_WORDS.missing),
  source: { kind: 'sum', measure, place: { periods, ...where } },
});

const isIn = (at: { readonly department: string; readonly category: string }, { department, category }: Where) =>
  (department === undefined || at.department === department) && (category === undefined || at.category === category);
