/** Sums by department, item and nature of the span and of the one before it, each with its source. Yuan. */
import { ZERO, magnitude, type Exact } from '../kernel/exact.js';
import { groupedBy } from '../kernel/grouped-by.js';
import { byTexts } from '../kernel/order.js';
import type { PeriodRange } from '../synergy/compare.js';
import type { Measure } from '../synergy/measures.js';
import { REASON_WORDS, difference, known, none, sumOfData, type Datum } from './datum.js';
import type { Facts, Where } from './facts.js';
import type { ItemSum, ReportInput } from './input.js';
import type { Place } from './model.js';
import { periodsIn } from './periods-in.js';

/** A place without its periods. */
export type ItemWhere = Pick<Place, 'department' | 'category' | 'item' | 'nature'>;

/** What parts are told apart by. */
export type Dimension = 'department' | 'item';

/** A measure in the span and in the one before, of some place or of what is left of it. */
export interface Sums {
  readonly now: (measure: Measure) => Datum;
  readonly previous: (measure: Measure) => Datum;
}

export interface Part extends Sums {
  readonly where: ItemWhere;
  /** Whether it has any cell in the span; else only in the one before. */
  readonly isNow: boolean;
}

interface Rows {
  readonly now: readonly ItemSum[];
  readonly previous: readonly ItemSum[];
}

/** What of a place has any cell in the span or in the one before it, by dimensions, in order of their codes. */
export function partsOf({ input }: Facts, where: ItemWhere, by: readonly Dimension[]): Part[] {
  const keyOf = (row: ItemSum) => JSON.stringify(by.map((dimension) => row[dimension]));
  const grouped = (rows: readonly ItemSum[]) =>
    groupedBy(
      rows.filter((row) => isIn(row, where)),
      keyOf,
    );
  const [now, previous] = [grouped(input.now), grouped(input.previous)];
  return [...new Set([...now.keys(), ...previous.keys()])]
    .map((key): [readonly string[], Rows] => [
      JSON.parse(key) as string[],
      { now: now.get(key) ?? [], previous: previous.get(key) ?? [] },
    ])
    .sort(([a], [b]) => byTexts(a, b))
    .map(([codes, rows]) => {
      const place = { ...where, ...Object.fromEntries(by.map((dimension, at) => [dimension, codes[at]!])) };
      return partOf(input, place, rows);
    });
}

function partOf({ spans }: ReportInput, where: ItemWhere, rows: Rows): Part {
  const of = (periods: PeriodRange | null, sums: readonly ItemSum[]) => {
    const place = { periods: periods ?? spans.now, ...where };
    // CMP-1: a span without any cell of the mine is missing; in one that has some, a place without is zero.
    const isThere = periods !== null && periodsIn(spans, periods).some((code) => spans.withData.has(code));
    const valueOf = (measure: Measure) =>
      isThere
        ? known(sums.reduce<Exact>((sum, { measures }) => sum + measures[measure], ZERO))
        : none(REASON_WORDS.missing);
    return (measure: Measure): Datum => ({ value: valueOf(measure), source: { kind: 'sum', measure, place } });
  };
  return {
    ...{ where, isNow: rows.now.length > 0 },
    ...{ now: of(spans.now, rows.now), previous: of(spans.previous, rows.previous) },
  };
}

/** Of a department or category as a whole. */
export const wholeOf = (facts: Facts, where: Where = {}): Sums => ({
  now: (measure) => facts.sum(measure, facts.input.spans.now, where),
  previous: (measure) => facts.sum(measure, facts.input.spans.previous, where),
});

/** What the parts leave of a whole. */
export const restOf = (whole: Sums, parts: readonly Sums[]): Sums => ({
  now: (measure) => difference(whole.now(measure), sumOfData(parts.map((part) => part.now(measure)))),
  previous: (measure) => difference(whole.previous(measure), sumOfData(parts.map((part) => part.previous(measure)))),
});

/** now − previous. */
export const changeOf = (sums: Sums, measure: Measure): Datum => difference(sums.now(measure), sums.previous(measure));

/** Largest first, equal ones in the order they came in; what has no value weighs nothing. */
export function largestFirst<T>(all: readonly T[], datumOf: (each: T) => Datum): T[] {
  return sortedBy(all, datumOf, (value) => value);
}

/** The same by magnitude, whatever the sign. */
export function weightiestFirst<T>(all: readonly T[], datumOf: (each: T) => Datum): T[] {
  return sortedBy(all, datumOf, magnitude);
}

function sortedBy<T>(all: readonly T[], datumOf: (each: T) => Datum, weightOf: (value: Exact) => Exact): T[] {
  const weights = new Map(all.map((each) => [each, weightOf(datumOf(each).value.exact ?? ZERO)]));
  return [...all].sort((one, other) => {
    const [a, b] = [weights.get(one)!, weights.get(other)!];
    return a === b ? 0 : a > b ? -1 : 1;
  });
}

function isIn(row: ItemSum, { department, category, item, nature }: ItemWhere): boolean {
  return (
    (department === undefined || row.department === department) &&
    (category === undefined || row.category === category) &&
    (item === undefined || row.item === item) &&
    (nature === undefined || row.nature === nature)
  );
}
