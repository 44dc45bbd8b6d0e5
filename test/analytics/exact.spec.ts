import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ZERO, exact, fixed, magnitude, plain, quotient, rounded, times } from '../../analytics/kernel/exact.js';
import * as fraction from '../support/naive/fraction.js';

/** PROPERTY_RUNS=10000 widens the run, PROPERTY_SEED repeats one. */
const RUNS = {
  numRuns: Number(process.env.PROPERTY_RUNS ?? 300),
  seed: Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31),
};

describe('reading', () => {
  it.each([
    ['0', 0n],
    ['-0', 0n],
    ['-0.00', 0n],
    ['1', 10n ** 18n],
    ['007.50', 75n * 10n ** 17n],
    ['-12.5', -125n * 10n ** 17n],
    ['0.000001', 10n ** 12n],
    ['0.000000000000000001', 1n],
    // The largest figure of the door: 18 whole digits, 2 decimals (RND-4).
    ['999999999999999999.99', 99999999999999999999n * 10n ** 16n],
    // Beyond every binary float: 2^53 + 1.
    ['9007199254740993', 9007199254740993n * 10n ** 18n],
  ])('%s', (text, count) => {
    expect(exact(text)).toBe(count);
  });

  it.each([
    '',
    ' 1',
    '1 ',
    '+1',
    '1.',
    '.5',
    '1e3',
    '1,000',
    '0x1',
    'NaN',
    'Infinity',
    '−1',
    '１',
    '1.0000000000000000001',
    '1\n',
  ])('%j is a bug of ours, not a number', (text) => {
    expect(() => exact(text)).toThrow('invariant: not a decimal');
  });
});

describe('arithmetic', () => {
  it('is decimal: 0.1 + 0.2 = 0.3', () => {
    expect(exact('0.1') + exact('0.2')).toBe(exact('0.3'));
  });

  it.each([
    ['108', '200', '21600'],
    ['0.635', '-25000', '-15875'],
    // The longest product, 6 + 6 + 6 places: 0.000001³ = 10⁻¹⁸
    ['0.000001', '0.000000000001', '0.000000000000000001'],
    ['999999999999999999.999999', '0.000001', '999999999999.999999999999'],
    ['-3', '-4', '12'],
    ['0', '-4', '0'],
  ])('%s × %s = %s', (a, b, product) => {
    expect(times(exact(a), exact(b))).toBe(exact(product));
    expect(times(exact(b), exact(a))).toBe(exact(product));
  });

  it('a product that needs more than 18 places stops', () => {
    expect(() => times(exact('0.0000000001'), exact('0.000000001'))).toThrow('more than 18 places');
  });

  it.each([
    // 57,750 ÷ 1.13 = 51,106.194690…
    ['57750', '1.13', 2, '51106.19'],
    ['261030', '1.13', 6, '231000'],
    // 52,500 × 110 ÷ 105 to 12 decimals (BAS-1), and one that does not end: 1 ÷ 3
    ['5775000', '105', 12, '55000'],
    ['1', '3', 12, '0.333333333333'],
    ['2', '3', 12, '0.666666666667'],
    ['-2', '3', 12, '-0.666666666667'],
    ['2', '-3', 12, '-0.666666666667'],
    ['-2', '-3', 0, '1'],
    // Halves go away from zero: 1 ÷ 8 = 0.125
    ['1', '8', 2, '0.13'],
    ['-1', '8', 2, '-0.13'],
    ['0', '-7', 2, '0'],
  ])('%s ÷ %s to %i places = %s', (a, b, places, result) => {
    expect(quotient(exact(a), exact(b), places)).toBe(exact(result));
  });

  it('division by zero stops', () => {
    expect(() => quotient(exact('1'), ZERO, 2)).toThrow('division by zero');
  });

  it('knows magnitudes', () => {
    expect([exact('-3.5'), exact('3.5'), ZERO].map(magnitude)).toEqual([exact('3.5'), exact('3.5'), ZERO]);
  });
});

describe('RND-1: half away from zero, never -0.00', () => {
  it.each([
    ['-1.005', '-1.01'],
    ['1.005', '1.01'],
    ['-0.004', '0.00'],
    ['-0.005', '-0.01'],
    ['0.005', '0.01'],
    ['-0.004999999999999999', '0.00'],
    ['0.004999999999999999', '0.00'],
    // Half to even would say 0.02 and 2.68; a binary float says 2.67 and 1.11.
    ['0.025', '0.03'],
    ['2.675', '2.68'],
    ['1.115', '1.12'],
    // Once, not twice: by way of 3 decimals it would be 0.35.
    ['0.3446', '0.34'],
    ['99.995', '100.00'],
    ['-999.999', '-1000.00'],
    ['0', '0.00'],
    ['7', '7.00'],
    ['999999999999999999.995', '1000000000000000000.00'],
  ])('%s is shown as %s', (text, shown) => {
    expect(fixed(exact(text), 2)).toBe(shown);
    expect(rounded(exact(text), 2)).toBe(exact(shown));
  });

  it.each([
    ['0.5', 0, '1'],
    ['-0.5', 0, '-1'],
    ['-0.49', 0, '0'],
    ['12.3456785', 6, '12.345679'],
    ['-0.000000000000000001', 18, '-0.000000000000000001'],
  ])('%s with %i decimals is %s', (text, places, shown) => {
    expect(fixed(exact(text), places)).toBe(shown);
  });

  it.each([
    ['0', '0'],
    ['-0.00', '0'],
    ['100', '100'],
    ['-3.10', '-3.1'],
    ['0.000000000000000001', '0.000000000000000001'],
    ['10.01', '10.01'],
    ['-1000000', '-1000000'],
  ])('%s in full is %s', (text, full) => {
    expect(plain(exact(text))).toBe(full);
  });
});

/** RND-1 on the text itself, digit by digit. */
function roundedText(text: string, places: number): string {
  const [whole = '', decimals = ''] = text.replace('-', '').split('.');
  const digits = [...`0${whole}${decimals.padEnd(places + 1, '0').slice(0, places)}`].map(Number);
  if ((decimals[places] ?? '0') >= '5') {
    let at = digits.length - 1;
    for (; digits[at] === 9; at -= 1) digits[at] = 0;
    digits[at]! += 1;
  }
  const all = digits.join('');
  const kept = all.slice(0, all.length - places).replace(/^0+(?=\d)/, '');
  const shown = places === 0 ? kept : `${kept}.${all.slice(all.length - places)}`;
  return text.startsWith('-') && /[1-9]/.test(shown) ? `-${shown}` : shown;
}

describe(`laws of exact numbers (seed ${RUNS.seed})`, () => {
  /** Decimals as texts; halves, nines and zeros at the end are frequent. */
  const decimal = (maxPlaces: number) =>
    fc
      .tuple(
        fc.constantFrom('', '-'),
        fc.oneof(fc.nat(99), fc.bigInt(0n, 10n ** 18n - 1n)),
        fc.stringMatching(/^\d{0,18}$/).map((digits) => digits.slice(0, maxPlaces)),
        fc.constantFrom('', '5', '49', '50', '99', '995', '004999'),
      )
      .map(([sign, whole, digits, end]) => {
        const decimals = (digits.slice(0, Math.max(0, maxPlaces - end.length)) + end).slice(0, maxPlaces);
        return `${sign}${whole}${decimals === '' ? '' : `.${decimals}`}`;
      });
  /** The number of 10⁻¹⁸ as a fraction. */
  const asFraction = (count: bigint) => fraction.fraction(count, 10n ** 18n);

  it('RND-1: rounding is that of the digits', () => {
    fc.assert(
      fc.property(decimal(18), fc.nat(17), (text, places) => {
        expect(fixed(exact(text), places)).toBe(roundedText(text, places));
        expect(rounded(exact(text), places)).toBe(exact(roundedText(text, places)));
      }),
      RUNS,
    );
  });

  it('RND-1: rounding is odd, and at most half a unit away', () => {
    fc.assert(
      fc.property(decimal(18), fc.nat(18), (text, places) => {
        const value = exact(text);
        expect(rounded(-value, places)).toBe(-rounded(value, places));
        expect(2n * magnitude(rounded(value, places) - value) <= 10n ** BigInt(18 - places)).toBe(true);
      }),
      RUNS,
    );
  });

  it('sums, products and quotients are those of fractions', () => {
    fc.assert(
      fc.property(decimal(6), decimal(6), decimal(6), fc.nat(12), (a, b, c, places) => {
        const [x, y, z] = [fraction.parsed(a), fraction.parsed(b), fraction.parsed(c)];
        expect(asFraction(exact(a) + exact(b) - exact(c))).toEqual(fraction.minus(fraction.plus(x, y), z));
        expect(asFraction(times(times(exact(a), exact(b)), exact(c)))).toEqual(fraction.times(fraction.times(x, y), z));
        if (fraction.isZero(y)) return;
        expect(asFraction(quotient(exact(a), exact(b), places))).toEqual(
          fraction.rounded(fraction.divided(x, y), places),
        );
      }),
      RUNS,
    );
  });

  it('a number read, written in full and read again is the same number', () => {
    fc.assert(
      fc.property(decimal(18), (text) => {
        expect(exact(plain(exact(text)))).toBe(exact(text));
        expect(plain(exact(text))).toBe(fraction.exactDecimal(fraction.parsed(text)));
      }),
      RUNS,
    );
  });
});
