import { describe, expect, it } from '@jest/globals';
import { ZERO, exact, fixed, magnitude, plain, quotient, rounded, times } from '../../analytics/kernel/exact.js';

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
