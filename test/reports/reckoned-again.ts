/**
 * Every figure of a report against `GET /synergy`: sums and plans to the fen, and what is reckoned from them anew from the
 * answers. An answer has two decimals, so it stands for all values that round to it, and what follows from it lies in a range.
 */
import { ZERO, exact, fixed, plain, quotient, type Exact } from '../../analytics/kernel/exact.js';
import type { Figure, Place, ReportModel, Source } from '../../analytics/report/model.js';
import type { Measure } from '../../analytics/synergy/measures.js';

/** What the service answers of a place, as reported; yuan with two decimals. */
export interface Answered {
  readonly total: Readonly<Record<Measure, string>>;
  /** Of the measures that are planned there. */
  readonly plan: Readonly<Partial<Record<Measure, string>>>;
  /** Whether any of its periods has a cell, anywhere in the mine (CMP-1). */
  readonly hasData: boolean;
}

/** `effect`: FAC-1 to FAC-3, IDX-1 and 尾差, `stated`: counted or looked up; no question to `/synergy` answers these two. */
export const KINDS = ['sum', 'missing', 'plan', 'unplanned', 'derived', 'underivable', 'effect', 'stated'] as const;
export type Tally = Record<(typeof KINDS)[number], number>;

interface Range {
  readonly low: Exact;
  readonly high: Exact;
}

/** null: there is no value; undefined: it does not follow from answers. */
type Reckoned = Range | null | undefined;

const HALF_FEN = exact('0.005');
/** Of quotients that do not end. */
const [PLACES, LAST_PLACE] = [12, exact('0.000000000001')];

/** @throws Error of the first figure that is another one than the answers say */
export async function reckonedAgain(
  { figures }: Pick<ReportModel, 'figures'>,
  ask: (place: Place) => Promise<Answered>,
): Promise<Tally> {
  const answers = new Map<string, Answered>();
  for (const place of figures.flatMap(({ source }) => placesIn(source))) {
    const key = JSON.stringify(place);
    if (!answers.has(key)) answers.set(key, await ask(place));
  }
  const again = new Reckoning(figures, answers);
  const tally = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Tally;
  for (const figure of figures) tally[again.check(figure)] += 1;
  return tally;
}

function placesIn(source: Source): Place[] {
  if (source.kind === 'derived') return source.of.flatMap(placesIn);
  return source.kind === 'stated' ? [] : [source.place];
}

class Reckoning {
  private readonly stated: ReadonlyMap<string, string | null>;

  constructor(
    figures: readonly Figure[],
    private readonly answers: ReadonlyMap<string, Answered>,
  ) {
    const own = figures.filter(({ source }) => source.kind === 'stated');
    this.stated = new Map(own.map(({ source, exact: value }) => [JSON.stringify(source), value]));
  }

  check(figure: Figure): keyof Tally {
    const { exact: value, source } = figure;
    if (source.kind === 'stated') return 'stated';
    const range = this.reckon(source);
    if (range === undefined) return 'effect';
    if (!this.isRight(figure, range))
      throw new Error(`figure ${figure.id} is ${value}, and not ${textOf(range)}: ${JSON.stringify(source)}`);
    const [there, none] = NAMES[source.kind];
    return value === null ? none : there;
  }

  /** A sum to the fen, all others within their range. */
  private isRight({ exact: value, source }: Figure, range: Range | null): boolean {
    if (value === null) return range === null || this.hasNegativeWhole(source);
    if (source.kind === 'sum' && fixed(exact(value), 2) !== this.answerTo(source.place).total[source.measure])
      return false;
    return range !== null && range.low <= exact(value) && exact(value) <= range.high;
  }

  private answerTo(place: Place): Answered {
    return this.answers.get(JSON.stringify(place))!;
  }

  private reckon(source: Source): Reckoned {
    switch (source.kind) {
      case 'sum': {
        const { total, hasData } = this.answerTo(source.place);
        return hasData ? around(total[source.measure]) : null;
      }
      case 'plan': {
        const planned = this.answerTo(source.place).plan[source.measure];
        return planned === undefined ? null : around(planned);
      }
      case 'stated': {
        const value = this.stated.get(JSON.stringify(source));
        return value == null ? value : { low: exact(value), high: exact(value) };
      }
      case 'derived': {
        const parts = source.of.map((part) => this.reckon(part));
        if (parts.includes(null)) return null;
        return parts.includes(undefined) ? undefined : derived(source.rule, parts as Range[]);
      }
    }
  }

  /** There is no share of a negative total. */
  private hasNegativeWhole(source: Source): boolean {
    if (source.kind !== 'derived' || source.rule !== 'ratio') return false;
    const whole = this.reckon(source.of[1]!);
    return whole != null && whole.low < ZERO;
  }
}

const around = (yuan: string): Range => ({ low: exact(yuan) - HALF_FEN, high: exact(yuan) + HALF_FEN });
const NAMES = { sum: ['sum', 'missing'], plan: ['plan', 'unplanned'], derived: ['derived', 'underivable'] } as const;
const textOf = (range: Range | null): string =>
  range === null ? 'none' : `${plain(range.low)} to ${plain(range.high)}`;

type Derived = Extract<Source, { kind: 'derived' }>;

function derived(rule: Derived['rule'], parts: readonly Range[]): Reckoned {
  const [first, second] = [parts[0]!, parts[1]!];
  switch (rule) {
    case 'difference':
      return { low: first.low - second.high, high: first.high - second.low };
    case 'sum':
      return { low: sumOf(parts.map(({ low }) => low)), high: sumOf(parts.map(({ high }) => high)) };
    case 'ratio':
      return second.low <= ZERO && ZERO <= second.high ? null : over(first, second);
    case 'rate': {
      if (second.low <= ZERO) return null;
      const { low, high } = over(first, second);
      return { low: low - exact('1'), high: high - exact('1') };
    }
    case 'effect':
    case 'tail':
      return undefined;
  }
}

const sumOf = (all: readonly Exact[]): Exact => all.reduce((sum, each) => sum + each, ZERO);

function over(a: Range, b: Range): Range {
  const corners = [a.low, a.high].flatMap((one) => [b.low, b.high].map((other) => quotient(one, other, PLACES)));
  const low = corners.reduce((least, each) => (each < least ? each : least));
  const high = corners.reduce((most, each) => (each > most ? each : most));
  return { low: low - LAST_PLACE, high: high + LAST_PLACE };
}
