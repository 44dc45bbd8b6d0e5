import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { largestRemainder } from '../../analytics/kernel/largest-remainder.js';

/** PROPERTY_RUNS=10000 widens the run, PROPERTY_SEED repeats one. */
const RUNS = {
  numRuns: Number(process.env.PROPERTY_RUNS ?? 300),
  seed: Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31),
};

/** Units of the smallest step: fen, cents, or 5 Rappen where the step is 5. */
function units(amount: string, step = 1n): bigint {
  const [whole, decimals = ''] = amount.split('.');
  const cents = BigInt(whole! + decimals.padEnd(2, '0'));
  expect(cents % step).toBe(0n);
  return cents / step;
}

/** RND-2 is the “FloorToLargestRemainder” of brick/money: Hamilton's method, ties by index, the sign taken off first. */
describe('RND-2: the allocations published in brick/money 34feb8999558ecd864a2a5d008bcb9a3e88590ae (tests/MoneyTest.php, MIT)', () => {
  it.each<[amount: string, weights: bigint[], parts: string[]]>([
    ['1', [2n, 3n, 1n], ['0.33', '0.50', '0.17']],
    ['99.99', [100n], ['99.99']],
    ['99.99', [100n, 100n], ['50.00', '49.99']],
    ['100', [30n, 20n, 40n], ['33.33', '22.22', '44.45']],
    ['100', [30n, 20n, 40n, 40n], ['23.08', '15.38', '30.77', '30.77']],
    ['100', [30n, 20n, 40n, 0n, 0n, 40n], ['23.08', '15.38', '30.77', '0.00', '0.00', '30.77']],
    ['0.02', [1n, 1n, 1n, 1n], ['0.01', '0.01', '0.00', '0.00']],
    ['0.02', [1n, 1n, 3n, 1n], ['0.01', '0.00', '0.01', '0.00']],
    ['-100', [30n, 20n, 40n, 40n], ['-23.08', '-15.38', '-30.77', '-30.77']],
    ['0.03', [75n, 25n], ['0.02', '0.01']],
    // Ratios 1/3 and 2/3, × 3
    ['100', [1n, 2n], ['33.33', '66.67']],
    // Ratios 1/3 and 2/7, × 21
    ['100', [7n, 6n], ['53.85', '46.15']],
    ['100', [6n, 7n], ['46.15', '53.85']],
  ])('%s by %j', (amount, weights, parts) => {
    expect(largestRemainder(units(amount), weights)).toEqual(parts.map((part) => units(part)));
  });

  it('CHF 100 in steps of 0.05 by 1, 2, 3, 7', () => {
    const parts = ['7.70', '15.40', '23.05', '53.85'].map((part) => units(part, 5n));
    expect(largestRemainder(units('100', 5n), [1n, 2n, 3n, 7n])).toEqual(parts);
  });
});

describe('RND-2', () => {
  it.each<[bigint, bigint[], bigint[]]>([
    // Ties go to the smaller code, which is the earlier weight, on the absolute value: 5 ÷ 2 = 2.5 and 2.5
    [5n, [1n, 1n], [3n, 2n]],
    [-5n, [1n, 1n], [-3n, -2n]],
    [2n, [1n, 1n, 1n], [1n, 1n, 0n]],
    // 7 × 1/8 = 0.875, 7 × 2/8 = 1.75, 7 × 5/8 = 4.375: the two largest remainders are the first two
    [7n, [1n, 2n, 5n], [1n, 2n, 4n]],
    [0n, [1n, 2n], [0n, 0n]],
    [1n, [0n, 1n], [0n, 1n]],
    // Beyond every binary float: (10^20 + 1) ÷ 2
    [10n ** 20n + 1n, [1n, 1n], [5n * 10n ** 19n + 1n, 5n * 10n ** 19n]],
  ])('%d by %j is %j', (total, weights, parts) => {
    expect(largestRemainder(total, weights)).toEqual(parts);
  });

  it.each([[[]], [[0n, 0n]], [[3n, -1n]]])('stops on weights %j', (weights: bigint[]) => {
    expect(() => largestRemainder(100n, weights)).toThrow('weights must be positive in sum, none negative');
  });
});

describe(`RND-2: laws (seed ${RUNS.seed})`, () => {
  const weights = fc
    .array(fc.oneof(fc.bigInt(0n, 9n), fc.bigInt(0n, 10n ** 12n)), { minLength: 1, maxLength: 12 })
    .filter((all) => all.some((weight) => weight > 0n));
  const totals = fc.oneof(fc.bigInt(-40n, 40n), fc.bigInt(-(10n ** 15n), 10n ** 15n));
  const sum = (all: readonly bigint[]) => all.reduce((so, each) => so + each, 0n);

  it('the parts sum to the total, each within one unit of its exact share', () => {
    fc.assert(
      fc.property(totals, weights, (total, all) => {
        const parts = largestRemainder(total, all);
        const whole = sum(all);
        expect(sum(parts)).toBe(total);
        parts.forEach((part, i) => {
          const gap = part * whole - total * all[i]!;
          expect((gap < 0n ? -gap : gap) < whole).toBe(true);
        });
      }),
      RUNS,
    );
  });

  it('whoever got the unit had the larger remainder, or stood before an equal one', () => {
    fc.assert(
      fc.property(totals, weights, (total, all) => {
        const size = total < 0n ? -total : total;
        const remainders = all.map((weight) => (size * weight) % sum(all));
        const gotUnit = largestRemainder(total, all).map((part, i) => {
          const given = part < 0n ? -part : part;
          return given > (size * all[i]!) / sum(all);
        });
        remainders.forEach((mine, i) =>
          remainders.forEach((other, j) => {
            if (mine > other || (mine === other && i < j)) expect(!gotUnit[i] && gotUnit[j]).toBe(false);
          }),
        );
      }),
      RUNS,
    );
  });

  it('is fair: mirrored for what is owed, blind to the scale of weights, nothing for no weight, more for more', () => {
    fc.assert(
      fc.property(totals, weights, fc.bigInt(1n, 1000n), (total, all, k) => {
        const parts = largestRemainder(total, all);
        expect(largestRemainder(-total, all)).toEqual(parts.map((part) => -part));
        expect(
          largestRemainder(
            total,
            all.map((weight) => weight * k),
          ),
        ).toEqual(parts);
        const inSize = parts.map((part) => (total < 0n ? -part : part));
        all.forEach((weight, i) => {
          if (weight === 0n) expect(parts[i] === 0n).toBe(true);
          all.forEach((other, j) => {
            if (weight > other) expect(inSize[i]! >= inSize[j]!).toBe(true);
          });
        });
      }),
      RUNS,
    );
  });
});
