import { describe, expect, it } from '@jest/globals';
import { Calendar, isDay, lastYearCode, naturalMonth } from '../../analytics/kernel/calendar.js';

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
