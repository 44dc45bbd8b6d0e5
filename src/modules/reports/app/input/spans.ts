/** Which periods a report looks at and compares with (GRN-1, CMP-1). */
import { periodsIn } from '../../../../../analytics/report/periods-in.js';
import type { Chronology, PeriodRange } from '../../../../../analytics/synergy/compare.js';
import type { Spans } from '../../../../../analytics/report/input.js';

/** Spans before it is known which periods have data. */
export type SpansAsked = Omit<Spans, 'withData'>;

const PERIODS_OF_TREND = 12;

export function spansOf(order: Chronology, now: PeriodRange): SpansAsked {
  const year = { from: firstOfYear(order, now.to), to: now.to };
  const cumulative = year.from === now.from ? null : year;
  const trend = endingWith(order, now.to).map((period) => ({ period, lastYear: yearBefore(order, period) }));
  const spans = {
    ...{ now, previous: order.rangeBefore(now), lastYear: rangeYearBefore(order, now) },
    ...{ cumulative, cumulativeLastYear: cumulative && rangeYearBefore(order, cumulative), trend },
  };
  return { ...spans, order: backToFirst(order, now.to, beginningsOf(spans)) };
}

type Ranges = Omit<SpansAsked, 'order'>;

/** Every period that any of the spans holds. */
export function periodsOfSpans(spans: SpansAsked): ReadonlySet<string> {
  return new Set([...rangesOf(spans).flatMap((range) => periodsIn(spans, range)), ...trendOf(spans)]);
}

const rangesOf = ({ now, previous, lastYear, cumulative, cumulativeLastYear }: Ranges): PeriodRange[] =>
  [now, previous, lastYear, cumulative, cumulativeLastYear].filter((range) => range !== null);

const beginningsOf = (spans: Ranges): string[] => [...rangesOf(spans).map(({ from }) => from), ...trendOf(spans)];

const trendOf = ({ trend }: Ranges): string[] =>
  trend.flatMap(({ period, lastYear }) => (lastYear === null ? [period] : [period, lastYear]));

/** All up to the last one, from the first of some. */
function backToFirst(order: Chronology, last: string, some: readonly string[]): string[] {
  const wanted = new Set(some);
  const codes: string[] = [];
  for (let code: string | null = last; code !== null && wanted.size > 0; code = order.before(code)) {
    codes.push(code);
    wanted.delete(code);
  }
  return codes.reverse();
}

/** The year of a period is the first four digits of its code. */
function firstOfYear(order: Chronology, period: string): string {
  let first = period;
  for (let code = order.before(first); code?.slice(0, 4) === period.slice(0, 4); code = order.before(first))
    first = code!;
  return first;
}

function endingWith(order: Chronology, last: string): string[] {
  const codes: string[] = [];
  for (let code: string | null = last; code !== null && codes.length < PERIODS_OF_TREND; code = order.before(code)) {
    codes.push(code);
  }
  return codes.reverse();
}

/** A table of periods may not reach back so far. */
function yearBefore(order: Chronology, code: string): string | null {
  const then = order.lastYear(code);
  return then !== null && order.has(then) ? then : null;
}

/** None where the table has not both of its ends: a part of it would be compared with the whole. */
function rangeYearBefore(order: Chronology, range: PeriodRange): PeriodRange | null {
  const [from, to] = [yearBefore(order, range.from), yearBefore(order, range.to)];
  return from === null || to === null ? null : { from, to };
}
