/** Which periods a report compares, of natural months and of a table of periods. */
import { describe, expect, it } from '@jest/globals';
import { periodsIn } from '../../analytics/report/periods-in.js';
import { Chronology, type PeriodRange } from '../../analytics/synergy/compare.js';
import { periodsOfSpans, spansOf } from '../../src/modules/reports/app/input/spans.js';

const MONTHS = new Chronology(null);
/** From the 26th to the 25th, and an adjustment period after December. */
const TABLE = new Chronology([
  { code: '2022-12', start: '2022-11-26', end: '2022-12-25' },
  { code: '2022-13', start: '2022-12-26', end: '2022-12-31' },
  { code: '2023-01', start: '2023-01-01', end: '2023-01-25' },
  { code: '2023-02', start: '2023-01-26', end: '2023-02-25' },
  { code: '2023-12', start: '2023-02-26', end: '2023-12-31' },
]);

const range = (text: string | null): PeriodRange | null => {
  if (text === null) return null;
  const [from, to] = text.split('..') as [string, string?];
  return { from, to: to ?? from };
};

interface Case {
  readonly name: string;
  readonly order: Chronology;
  readonly now: string;
  readonly previous: string | null;
  readonly lastYear: string | null;
  readonly cumulative: string | null;
  readonly cumulativeLastYear: string | null;
}

const CASES: readonly Case[] = [
  {
    ...{ name: 'a month', order: MONTHS, now: '2023-03', previous: '2023-02', lastYear: '2022-03' },
    ...{ cumulative: '2023-01..2023-03', cumulativeLastYear: '2022-01..2022-03' },
  },
  {
    ...{ name: 'January, which is all of its year so far', order: MONTHS, now: '2023-01', previous: '2022-12' },
    ...{ lastYear: '2022-01', cumulative: null, cumulativeLastYear: null },
  },
  {
    ...{ name: 'a year', order: MONTHS, now: '2023-01..2023-12', previous: '2022-01..2022-12' },
    ...{ lastYear: '2022-01..2022-12', cumulative: null, cumulativeLastYear: null },
  },
  {
    ...{ name: 'a range within a year', order: MONTHS, now: '2023-04..2023-05', previous: '2023-02..2023-03' },
    ...{ lastYear: '2022-04..2022-05', cumulative: '2023-01..2023-05', cumulativeLastYear: '2022-01..2022-05' },
  },
  {
    ...{ name: 'the first period of a table', order: TABLE, now: '2022-12', previous: null, lastYear: null },
    ...{ cumulative: null, cumulativeLastYear: null },
  },
  {
    ...{ name: 'after an adjustment period', order: TABLE, now: '2023-01', previous: '2022-13', lastYear: null },
    ...{ cumulative: null, cumulativeLastYear: null },
  },
  {
    // The year before has its December, and no January to add it up from.
    ...{ name: 'a table that begins in the year before', order: TABLE, now: '2023-12', previous: '2023-02' },
    ...{ lastYear: '2022-12', cumulative: '2023-01..2023-12', cumulativeLastYear: null },
  },
];

describe('the spans of a report', () => {
  it.each(CASES)('$name', ({ order, now, ...expected }) => {
    const { order: all, trend, now: asked, ...spans } = spansOf(order, range(now)!);
    expect(asked).toEqual(range(now));
    expect(spans).toEqual(
      Object.fromEntries(
        Object.entries(expected)
          .slice(1)
          .map(([name, text]) => [name, range(text)]),
      ),
    );
    expect(trend.at(-1)!.period).toBe(asked.to);
    expect(periodsIn({ order: all }, asked)[0]).toBe(asked.from);
  });

  it('twelve months over the turn of the year, each with that of the year before', () => {
    const { trend } = spansOf(MONTHS, range('2023-02')!);
    expect(trend).toHaveLength(12);
    expect([trend[0], trend[10]]).toEqual([
      { period: '2022-03', lastYear: '2021-03' },
      { period: '2023-01', lastYear: '2022-01' },
    ]);
  });

  it('of a table, those that it has', () => {
    const { trend, order } = spansOf(TABLE, range('2023-12')!);
    expect(trend.map(({ period, lastYear }) => [period, lastYear])).toEqual([
      ...[
        ['2022-12', null],
        ['2022-13', null],
      ],
      ...[
        ['2023-01', null],
        ['2023-02', null],
        ['2023-12', '2022-12'],
      ],
    ]);
    expect(periodsIn({ order }, { from: '2022-13', to: '2023-02' })).toEqual(['2022-13', '2023-01', '2023-02']);
  });

  it('all of their periods', () => {
    const all = periodsOfSpans(spansOf(MONTHS, range('2023-02')!));
    expect([all.size, all.has('2021-03'), all.has('2023-02'), all.has('2021-02')]).toEqual([24, true, true, false]);
  });
});
