import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exact, plain, quotient, type Exact } from '../../analytics/kernel/exact.js';
import { shownIn } from '../../analytics/report/figures.js';
import { UNITS } from '../../analytics/report/model.js';
import {
  gives,
  heldText,
  minus,
  ofCell,
  over,
  printed,
  sumOfCells,
} from '../../src/modules/reports/render/xlsx/live-number.js';

/** PROPERTY_RUNS widens the run; fast-check prints the seed of a failure. */
const numRuns = Number(process.env.PROPERTY_RUNS ?? 2000);

const CENT: Exact = exact('0.01');
/** Up to 100 billion yuan either way. */
const fen = fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n }).map((count) => count * CENT);
/** Where rounding to 万元 turns: 50 yuan beyond a hundred, or a hair from it. */
const turning = fc
  .tuple(
    fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }),
    fc.constantFrom('0', '0.01', '-0.01', '0.000001', '-0.000000000000000001'),
  )
  .map(([hundreds, hair]) => exact('100') * hundreds + exact('50') + exact(hair));
/** Of quotients with twelve decimals, below a million: the halves of a hundredth of a percent among them. */
const ratio = fc.oneof(
  fc
    .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.bigInt({ min: 10n ** 9n, max: 10n ** 12n }))
    .map(([a, b]) => quotient(a, b, 12)),
  fc.bigInt({ min: -99_999_999n, max: 99_999_999n }).map((steps) => exact('0.0001') * steps + exact('0.00005')),
);
const prices = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).map((count) => exact('0.000001') * count);
const thousandths = fc
  .bigInt({ min: -(10n ** 10n), max: 10n ** 10n })
  .map((count) => exact('0.01') * count + exact('0.005'));

const own = (unit: (typeof UNITS)[number], value: Exact) => printed(unit, ofCell('A1', heldText(unit, plain(value))));

describe('the formulas of a workbook', () => {
  it.each([
    ['wan', '1234550', 'ROUND(A1/100,0)/100', '123.46'],
    ['wan', '-1234550', 'ROUND(A1/100,0)/100', '-123.46'],
    // One cent below the half.
    ['wan', '1234549.99', 'ROUND(A1/100,0)/100', '123.45'],
    ['percent', '0.02665', 'ROUND(ROUND(A1*10000,8),0)/100', '2.67'],
    ['yuan', '1.005', 'ROUND(ROUND(A1*100,4),0)/100', '1.01'],
    ['number', '12', 'ROUND(A1,0)', '12'],
  ] as const)('%s of %s: %s', (unit, value, formula, shown) => {
    const live = own(unit, exact(value));
    expect([live.formula, live.value, shownIn(unit, exact(value))]).toEqual([formula, Number(shown), shown]);
  });

  it('are needed: the plain ones round some halves the wrong way', () => {
    const naive = (yuan: string) => {
      const steps = Math.floor((Number(yuan) / 10_000) * 100 + 0.5);
      return steps / 100;
    };
    const wrong = Array.from({ length: 1000 }, (_, at) => exact('100') * BigInt(at) + exact('50')).filter(
      (yuan) => naive(plain(yuan)) !== Number(shownIn('wan', yuan)),
    );
    expect(wrong.length).toBeGreaterThan(0);
  });

  it.each([
    ['wan', fc.oneof(fen, turning, prices)],
    ['yuan', fc.oneof(fen, prices, thousandths)],
    ['yuanPerTonne', fc.oneof(prices, thousandths, ratio)],
    ['percent', ratio],
    ['points', ratio],
    ['index', ratio],
    ['number', fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }).map((count) => exact('1') * count)],
  ] as const)('give every figure in %s as it is printed (RND-1)', (unit, values) => {
    fc.assert(
      fc.property(values, (value) => {
        expect(own(unit, value).value === Number(shownIn(unit, value))).toBe(true);
      }),
      { numRuns },
    );
  });

  it('add up and compare cells of cents without a trace of binary sums', () => {
    const amounts = fc.array(
      fc.bigInt({ min: -(10n ** 11n), max: 10n ** 11n }).map((count) => count * CENT),
      {
        minLength: 2,
        maxLength: 200,
      },
    );
    fc.assert(
      fc.property(amounts, (parts) => {
        const cells = parts.map((part, at) => ofCell(`A${at + 1}`, plain(part)));
        const sum = parts.reduce((all, part) => all + part, 0n);
        expect(gives(printed('wan', sumOfCells('A1:A9', cells)), shownIn('wan', sum))).toBe(true);
        const change = parts[0]! - parts[1]!;
        expect(gives(printed('wan', minus(cells[0]!, cells[1]!)), shownIn('wan', change))).toBe(true);
      }),
      { numRuns: Math.ceil(numRuns / 10) },
    );
  });

  it('are put together so that a spreadsheet reckons them in the same order', () => {
    const [a, b] = [ofCell('A1', '120.5'), ofCell('A2', '100')];
    expect(printed('percent', over(minus(a, b), b)).formula).toBe('ROUND(ROUND(ROUND(A1-A2,2)/A2*10000,8),0)/100');
    expect(printed('wan', sumOfCells('A1:A2', [a, b])).formula).toBe('ROUND(ROUND(SUM(A1:A2),2)/100,0)/100');
  });

  it('look at what a spreadsheet can hold: 15 digits, the rest cut off', () => {
    expect(heldText('wan', '1234549.999999999999')).toBe('1234549.999999');
    expect(heldText('wan', '123456789012.987654')).toBe('123456789012.987');
    expect(heldText('percent', '-0.333333333333')).toBe('-0.333333333333');
    expect(heldText('wan', '-0.0000001')).toBe('0');
  });
});
