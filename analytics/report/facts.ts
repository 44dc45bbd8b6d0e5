/** Sums of what was read, by any place of the report, each with its source. */
import { ZERO, type Exact } from '../kernel/exact.js';
import { groupedBy } from '../kernel/grouped-by.js';
import type { PeriodRange } from '../synergy/compare.js';
import { sumOf, type Measure, type Measures } from '../synergy/measures.js';
import { REASON_WORDS, known, none, type Datum } from './datum.js';
import type { MonthSum, PlanSum, ReportInput } from './input.js';
import type { Place } from './model.js';
import { periodsIn } from './periods-in.js';

/** A place without items: what months and plans are added up by. */
export type Where = Pick<Place, 'department' | 'category'>;

export class Facts {
  private readonly cells: RowsByPlace<MonthSum>;
  private readonly plans: RowsByPlace<PlanSum>;
  /** Those of the whole mine are asked for again and again. */
  private readonly sums = new Map<string, Exact>();

  constructor(readonly input: ReportInput) {
    this.cells = new RowsByPlace(input.months, input.spans);
    this.plans = new RowsByPlace(input.plan, input.spans);
  }

  /** null: no such span. Missing, and not zero, where none of its periods has any cell. */
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
    const cells = () => this.cells.of(periods, where);
    const sum = this.sums.get(name) ?? cells().reduce<Exact>((all, cell) => all + cell.measures[measure], ZERO);
    this.sums.set(name, sum);
    return sum;
  }

  /** Of the whole mine, zero where there is nothing. */
  total(periods: PeriodRange): Measures {
    return sumOf(this.cells.of(periods, {}).map(({ measures }) => measures));
  }

  /** CMP-1: the plan of a measure; none where nothing was planned there. */
  plan(measure: Measure, periods: PeriodRange, where: Where = {}): Datum {
    const planned = this.plans.of(periods, where).filter((plan) => plan.measure === measure);
    const source = { kind: 'plan', measure, place: { periods, ...where } } as const;
    if (planned.length === 0) return { value: none(REASON_WORDS.no_plan), source };
    return { value: known(planned.reduce<Exact>((sum, { amount }) => sum + amount, ZERO)), source };
  }
}

const nowhere = (measure: Measure, periods: PeriodRange, where: Where): Datum => ({
  value: none(REASON_WORDS.missing),
  source: { kind: 'sum', measure, place: { periods, ...where } },
});

/** Of a period, department and category. */
type Placed = Required<Where> & { readonly period: string };

/** Rows of a range of periods by every place that holds them; a report asks for each place once for every measure. */
class RowsByPlace<T extends Placed> {
  private readonly byPeriod: ReadonlyMap<string, readonly T[]>;
  private readonly known = new Map<string, ReadonlyMap<string, readonly T[]>>();

  constructor(
    rows: readonly T[],
    private readonly spans: Pick<ReportInput['spans'], 'order'>,
  ) {
    this.byPeriod = groupedBy(rows, ({ period }) => period);
  }

  of(periods: PeriodRange, where: Where): readonly T[] {
    const name = rangeName(periods);
    const places = this.known.get(name) ?? this.placesOf(periods);
    this.known.set(name, places);
    return places.get(placeName(where)) ?? [];
  }

  private placesOf(periods: PeriodRange): ReadonlyMap<string, readonly T[]> {
    const places = new Map<string, T[]>();
    for (const row of periodsIn(this.spans, periods).flatMap((code) => this.byPeriod.get(code) ?? [])) {
      for (const place of holding(row)) {
        const rows = places.get(place);
        if (rows) rows.push(row);
        else places.set(place, [row]);
      }
    }
    return places;
  }
}

const rangeName = ({ from, to }: PeriodRange): string => `${from}..${to}`;

/** Its own place, those of its department and of its category, and the whole mine. */
const holding = ({ department, category }: Placed): string[] =>
  [{ department, category }, { department }, { category }, {}].map(placeName);

const placeName = ({ department, category }: Where): string => `${department ?? ''}\u0000${category ?? ''}`;
