import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Calendar, isDay, lastYearCode, naturalMonth } from '../../analytics/kernel/calendar.js';

/** PROPERTY_RUNS=10000 widens the run, PROPERTY_SEED repeats one. */
const RUNS = {
  numRuns: Number(process.env.PROPERTY_RUNS ?? 300),
  seed: Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31),
};

describe('GRN-1: natural months', () => {
  it.each([
    ['2023-01-31', '2023-01', '2023-01-31'],
    ['2023-02-01', '2023-02', '2023-02-28'],
    ['2024-02', '2024-02', '2024-02-29'],
    // A century is a leap year only every 400 years.
    ['1900-02', '1900-02', '1900-02-28'],
    ['2000-02', '2000-02', '2000-02-29'],
    ['2100-02', '2100-02', '2100-02-28'],
    ['2023-04-30', '2023-04', '2023-04-30'],
    ['2023-06', '2023-06', '2023-06-30'],
    ['2023-09', '2023-09', '2023-09-30'],
    ['2023-11', '2023-11', '2023-11-30'],
    ['2023-12-31', '2023-12', '2023-12-31'],
  ])('%s lies in %s, which ends on %s', (dateOrCode, code, end) => {
    expect(naturalMonth(dateOrCode)).toEqual({ code, start: `${code}-01`, end });
  });

  const months = new Calendar(null);

  it('every date lies in a month, every code of 01 to 12 is one', () => {
    expect(months.ofDate('2024-02-29')).toEqual(naturalMonth('2024-02'));
    expect(months.ofCode('2023-12')?.end).toBe('2023-12-31');
  });

  it.each(['2023-00', '2023-13', '2023-1', '2023-01-01', '23-01', ''])('%j is no month', (code) => {
    expect(months.ofCode(code)).toBeNull();
  });
});

describe('GRN-1: a table of periods', () => {
  // Cut on the 25th; December closes with a period of adjustment of one day; July is not there. Not in order.
  const table = [
    { code: '2023-08', start: '2023-07-26', end: '2023-08-25' },
    { code: '2023-06', start: '2023-05-26', end: '2023-06-25' },
    { code: '2023-13', start: '2023-12-31', end: '2023-12-31' },
  ];
  const calendar = new Calendar(table);

  it.each([
    ['2023-05-25', null],
    ['2023-05-26', '2023-06'],
    ['2023-06-25', '2023-06'],
    ['2023-06-26', null],
    ['2023-07-26', '2023-08'],
    ['2023-12-31', '2023-13'],
    ['2024-01-01', null],
  ])('%s lies in %s', (date, code) => {
    expect(calendar.ofDate(date)?.code ?? null).toBe(code);
  });

  it('has only its own codes', () => {
    expect(table.map(({ code }) => calendar.ofCode(code))).toEqual(table);
    expect(calendar.ofCode('2023-07')).toBeNull();
  });

  it('an empty table has no period at all', () => {
    expect([new Calendar([]).ofDate('2023-06-01'), new Calendar([]).ofCode('2023-06')]).toEqual([null, null]);
  });
});

describe('days', () => {
  it.each(['2023-01-01', '2024-02-29', '2000-02-29', '2023-12-31', '2023-10-10'])('%s is one', (text) => {
    expect(isDay(text)).toBe(true);
  });

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2023-04-31',
    '2023-00-10',
    '2023-13-01',
    '2023-01-00',
    '2023-01-32',
    '2023-1-1',
    '2023-01-01T00:00',
    ' 2023-01-01',
    '2023-01-01\n',
    '',
  ])('%j is none', (text) => {
    expect(isDay(text)).toBe(false);
  });

  it('“last year” goes by code', () => {
    expect(['2023-03', '2023-13', '2000-01', '1000-12'].map(lastYearCode)).toEqual([
      ...['2022-03', '2022-13', '1999-01', '0999-12'],
    ]);
  });
});

describe(`the calendar is that of JavaScript in UTC (seed ${RUNS.seed})`, () => {
  const DAY_MS = 86_400_000;
  const first = Date.parse('0001-01-01T00:00:00Z') / DAY_MS;
  const last = Date.parse('9999-12-31T00:00:00Z') / DAY_MS;
  const dateOf = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);
  const days = fc.integer({ min: first, max: last });

  it('every day of Date is a day, and lies in its month from the first to the last of it', () => {
    fc.assert(
      fc.property(days, (day) => {
        const date = dateOf(day);
        const { code, start, end } = naturalMonth(date);
        expect(isDay(date)).toBe(true);
        expect([code, start]).toEqual([date.slice(0, 7), `${date.slice(0, 7)}-01`]);
        // The day after the last of a month is the first of another; there is none after 9999-12-31.
        expect(end >= date && isDay(end)).toBe(true);
        if (end !== '9999-12-31') expect(dateOf(Date.parse(end) / DAY_MS + 1).slice(8)).toBe('01');
        expect(naturalMonth(code)).toEqual({ code, start, end });
      }),
      RUNS,
    );
  });

  it('what Date would carry over into another day is no day', () => {
    const part = (max: number) => fc.nat(max).map((number) => String(number).padStart(2, '0'));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), part(14), part(33), (year, month, day) => {
        const text = `${String(year).padStart(4, '0')}-${month}-${day}`;
        const moment = new Date(`${text}T00:00:00Z`).getTime();
        expect(isDay(text)).toBe(!Number.isNaN(moment) && dateOf(moment / DAY_MS) === text);
      }),
      RUNS,
    );
  });

  it('a table finds what looking at every period finds', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 19_000, max: 19_400 }), { minLength: 2, maxLength: 16 });
    fc.assert(
      fc.property(cuts, fc.integer({ min: 18_990, max: 19_410 }), fc.boolean(), (bounds, day, isReversed) => {
        const sorted = [...bounds].sort((a, b) => a - b);
        // Every second stretch is a hole.
        const table = sorted.slice(1).flatMap((end, i) => {
          const code = `2022-${String(i + 1).padStart(2, '0')}`;
          return i % 2 === 1 ? [] : [{ code, start: dateOf(sorted[i]! + 1), end: dateOf(end) }];
        });
        const found = sorted.slice(1).findIndex((end, i) => i % 2 === 0 && sorted[i]! < day && day <= end);
        const calendar = new Calendar(isReversed ? [...table].reverse() : table);
        const expected = found < 0 ? null : table[found / 2]!;
        expect(calendar.ofDate(dateOf(day))).toEqual(expected);
        if (expected) expect(calendar.ofCode(expected.code)).toEqual(expected);
      }),
      RUNS,
    );
  });
});
