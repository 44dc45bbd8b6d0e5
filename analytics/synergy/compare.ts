/** Comparison of figures over time and with the plan (CMP-1), and the ratios of VAL-3, SAV-1 and COV-1. */
import { lastYearCode, type Period } from '../kernel/calendar.js';
import { ZERO, fixed, quotient, type Exact } from '../kernel/exact.js';
import { inYuan, type Measures } from './measures.js';

/** Why there is no rate: nothing stood there then, it was zero or negative, or the plan is not made by these dimensions. */
export const REASONS = ['missing', 'zero', 'negative', 'no_plan'] as const;
export type Reason = (typeof REASONS)[number];

/** Yuan with two decimals; the rate as a ratio with six. All three are null where nothing stood there then. */
export interface Comparison {
  readonly then: string | null;
  readonly amount: string | null;
  readonly rate: string | null;
  readonly reason?: Reason;
}

/** Most measures of most rows are zero, now as then. */
const STILL_ZERO: Comparison = { then: '0.00', amount: '0.00', rate: null, reason: 'zero' };

/** CMP-1: amount = now − then, rate = amount ÷ then, each from the unrounded figures and rounded once. */
export function compared(
  now: Exact,
  then: Exact | null,
  reasonForNothing: Reason = 'missing',
  print = inYuan,
): Comparison {
  if (then === null) return { then: null, amount: null, rate: null, reason: reasonForNothing };
  if (then === ZERO && now === ZERO) return STILL_ZERO;
  const change = now - then;
  const shown = { then: print(then), amount: print(change) };
  if (then > ZERO) return { ...shown, rate: ratio(change, then) };
  return { ...shown, rate: null, reason: then === ZERO ? 'zero' : 'negative' };
}

/** A ratio with six decimals; null (“—”) where the base is zero. */
export function ratio(part: Exact, base: Exact): string | null {
  return base === ZERO ? null : fixed(quotient(part, base, 6), 6);
}

export interface Ratios {
  /** VAL-3: synergy value ÷ turnover. */
  readonly valueRate: string | null;
  /** SAV-1: price reduction ÷ price base. */
  readonly priceReductionRate: string | null;
  /** COV-1: covered actual ÷ explicit actual. */
  readonly coverage: string | null;
}

/** Ratios of sums, never sums of ratios (CMP-1). */
export function ratiosOf(sums: Measures): Ratios {
  return {
    valueRate: ratio(sums.synergy_value, sums.turnover),
    priceReductionRate: ratio(sums.price_reduction, sums.price_base),
    coverage: ratio(sums.covered_actual, sums.explicit_actual),
  };
}

/** Codes of the first and the last period. */
export interface PeriodRange {
  readonly from: string;
  readonly to: string;
}

/**
 * The order of periods: “previous” goes by start date, “last year” by code (GRN-1). Natural months follow one another
 * whether the mine has seen them or not; a table of periods ends where it ends.
 */
export class Chronology {
  private readonly codes: readonly string[];
  private readonly places: ReadonlyMap<string, number>;

  /** `table` is null for natural months. */
  constructor(private readonly table: readonly Period[] | null) {
    this.codes = [...(table ?? [])].sort((a, b) => (a.start < b.start ? -1 : 1)).map(({ code }) => code);
    this.places = new Map(this.codes.map((code, place) => [code, place]));
  }

  has(code: string): boolean {
    return this.table === null ? /^\d{4}-(0[1-9]|1[0-2])$/.test(code) : this.places.has(code);
  }

  /** The period before; null before the first of a table, or of the calendar. */
  before(code: string): string | null {
    return this.at(this.placeOf(code) - 1);
  }

  lastYear(code: string): string | null {
    return code.startsWith('0000') ? null : lastYearCode(code);
  }

  /** True when a period lies in a range, both ends included. */
  isWithin(code: string, { from, to }: PeriodRange): boolean {
    const place = this.placeOf(code);
    return this.placeOf(from) <= place && place <= this.placeOf(to);
  }

  /** True when the same period a year later, by code, lies in a range. */
  isYearBefore(code: string, range: PeriodRange): boolean {
    return this.isWithin(`${String(Number(code.slice(0, 4)) + 1).padStart(4, '0')}${code.slice(4)}`, range);
  }

  /** As many periods as the range has, right before it; null where there are not that many. */
  rangeBefore({ from, to }: PeriodRange): PeriodRange | null {
    const [first, last] = [this.placeOf(from), this.placeOf(to)];
    const start = this.at(first - (last - first + 1));
    return start === null || last < first ? null : { from: start, to: this.at(first - 1)! };
  }

  /** A natural month's place is its number since year 0; a code that the table does not have lies nowhere. */
  private placeOf(code: string): number {
    if (this.table !== null) return this.places.get(code) ?? Number.NaN;
    return Number(code.slice(0, 4)) * 12 + Number(code.slice(5, 7)) - 1;
  }

  private at(place: number): string | null {
    if (place < 0) return null;
    if (this.table !== null) return this.codes[place] ?? null;
    const month = String((place % 12) + 1).padStart(2, '0');
    return `${String(Math.floor(place / 12)).padStart(4, '0')}-${month}`;
  }
}
