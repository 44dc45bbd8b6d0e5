import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exact, fixed } from '../../analytics/kernel/exact.js';
import { Chronology, compared, ratio, ratiosOf } from '../../analytics/synergy/compare.js';
import { complete } from '../../analytics/synergy/measures.js';
import { DEFAULT_METHOD } from '../../analytics/synergy/types.js';

describe('CMP-1: amount = now − then, rate = amount ÷ then', () => {
  it.each([
    // 120 − 100 = 20; 20 ÷ 100
    ['120', '100', { then: '100.00', amount: '20.00', rate: '0.200000' }],
    // 80 − 120 = −40; −40 ÷ 120 = −0.3333333…
    ['80', '120', { then: '120.00', amount: '-40.00', rate: '-0.333333' }],
    // From a gain to a loss: −50 − 100 = −150; −150 ÷ 100
    ['-50', '100', { then: '100.00', amount: '-150.00', rate: '-1.500000' }],
    // Rounded figures would say 0.01 − 0.00 and no rate: 0.005 − 0.004 = 0.001; 0.001 ÷ 0.004
    ['0.005', '0.004', { then: '0.00', amount: '0.00', rate: '0.250000' }],
    // 0.000001 ÷ 2 = 0.0000005, half away from zero
    ['2.000001', '2', { then: '2.00', amount: '0.00', rate: '0.000001' }],
    ['1.999999', '2', { then: '2.00', amount: '0.00', rate: '-0.000001' }],
    // −1.005 − 0 = −1.005 → −1.01 (RND-1)
    ['-1.005', '0', { then: '0.00', amount: '-1.01', rate: null, reason: 'zero' }],
    ['30', '-10', { then: '-10.00', amount: '40.00', rate: null, reason: 'negative' }],
    // Negative, though it shows as 0.00
    ['30', '-0.004', { then: '0.00', amount: '30.00', rate: null, reason: 'negative' }],
    ['0', '0', { then: '0.00', amount: '0.00', rate: null, reason: 'zero' }],
  ])('now %s, then %s', (now, then, expected) => {
    expect(compared(exact(now), exact(then))).toEqual(expected);
  });

  it('says why nothing is compared', () => {
    const nothing = { then: null, amount: null, rate: null };
    expect(compared(exact('5'), null)).toEqual({ ...nothing, reason: 'missing' });
    expect(compared(exact('5'), null, 'no_plan')).toEqual({ ...nothing, reason: 'no_plan' });
  });

  it('then and amount lead back to now, and the rate is the quotient to six decimals', () => {
    const fen = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
    fc.assert(
      fc.property(fen, fen, (nowFen, thenFen) => {
        const [now, then] = [nowFen * 10n ** 16n, thenFen * 10n ** 16n];
        const result = compared(now, then);
        expect(fixed(exact(result.then!) + exact(result.amount!), 2)).toBe(fixed(now, 2));
        expect(result.rate === null).toBe(thenFen <= 0n);
        if (result.rate === null) return;
        const millionths = exact(result.rate) / 10n ** 12n;
        const error = 2n * ((nowFen - thenFen) * 1_000_000n - millionths * thenFen);
        expect(error <= thenFen && error >= -thenFen).toBe(true);
      }),
    );
  });
});

describe('ratios', () => {
  it('of the worked month: 83,147 ÷ 186,000 and 56,730 ÷ 513,009.50', () => {
    const sums = complete(
      {
        price_reduction: exact('56730'),
        price_base: exact('513009.5'),
        amount_saving: exact('26417'),
        turnover: exact('186000'),
        covered_actual: exact('3'),
        explicit_actual: exact('8'),
      },
      DEFAULT_METHOD,
    );
    // 56,730 + 26,417 = 83,147; 83147/186000 = 0.44702688…; 56730/513009.5 = 0.11058275…; 3/8
    expect(ratiosOf(sums)).toEqual({ valueRate: '0.447027', priceReductionRate: '0.110583', coverage: '0.375000' });
  });

  it('are “—” over zero', () => {
    const nothing = { valueRate: null, priceReductionRate: null, coverage: null };
    expect(ratiosOf(complete({}, DEFAULT_METHOD))).toEqual(nothing);
    expect(ratio(exact('-1'), exact('-3'))).toBe('0.333333');
  });
});

describe('the order of periods', () => {
  const months = new Chronology(null);
  // By start date 2023-02 comes first: codes do not say the order (GRN-1).
  const table = new Chronology([
    { code: '2023-01', start: '2023-01-26', end: '2023-02-25' },
    { code: '2023-02', start: '2022-12-26', end: '2023-01-25' },
    { code: '2023-13', start: '2023-03-01', end: '2023-03-10' },
  ]);

  it.each([
    ['2023-03', '2023-02', '2022-03'],
    ['2023-01', '2022-12', '2022-01'],
    ['0001-01', '0000-12', '0000-01'],
    ['0000-01', null, null],
  ])('natural month %s: previous %s, last year %s', (code, previous, lastYear) => {
    expect(months.before(code)).toBe(previous);
    expect(months.lastYear(code)).toBe(lastYear);
  });

  const within = (order: Chronology, from: string, to: string, codes: readonly string[]) =>
    codes.filter((code) => order.isWithin(code, { from, to }));

  it('natural months follow one another without a table', () => {
    const codes = ['2022-10', '2022-11', '2023-01', '2023-02', '2023-03'];
    expect(within(months, '2022-11', '2023-02', codes)).toEqual(['2022-11', '2023-01', '2023-02']);
    expect(within(months, '2023-02', '2022-11', codes)).toEqual([]);
    expect(months.rangeBefore({ from: '2023-01', to: '2023-03' })).toEqual({ from: '2022-10', to: '2022-12' });
    expect(months.rangeBefore({ from: '2023-05', to: '2023-05' })).toEqual({ from: '2023-04', to: '2023-04' });
    expect(months.rangeBefore({ from: '0000-02', to: '0000-04' })).toBeNull();
    expect(months.rangeBefore({ from: '2023-03', to: '2023-01' })).toBeNull();
    const lastYear = codes.filter((code) => months.isYearBefore(code, { from: '2023-10', to: '2023-12' }));
    expect(lastYear).toEqual(['2022-10', '2022-11']);
    expect(['2023-12', '2023-13', '2023-00'].map((code) => months.has(code))).toEqual([true, false, false]);
  });

  it('a table goes by start date and ends', () => {
    const codes = ['2023-01', '2023-02', '2023-13'];
    expect(within(table, '2023-02', '2023-01', codes)).toEqual(['2023-01', '2023-02']);
    expect(within(table, '2023-01', '2023-02', codes)).toEqual([]);
    expect(table.before('2023-01')).toBe('2023-02');
    expect(table.before('2023-02')).toBeNull();
    expect(table.rangeBefore({ from: '2023-13', to: '2023-13' })).toEqual({ from: '2023-01', to: '2023-01' });
    expect(table.rangeBefore({ from: '2023-01', to: '2023-13' })).toBeNull();
    expect(['2023-13', '2023-03'].map((code) => table.has(code))).toEqual([true, false]);
    // By code, whether the table has it or not.
    expect(table.lastYear('2023-13')).toBe('2022-13');
    expect(table.isYearBefore('2022-13', { from: '2023-02', to: '2023-13' })).toBe(true);
    expect(table.isYearBefore('2022-12', { from: '2023-02', to: '2023-13' })).toBe(false);
  });
});
