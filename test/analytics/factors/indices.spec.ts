import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { indicesOf, type Indices, type MatchedItem } from '../../../analytics/factors/indices.js';
import { exact, fixed, type Exact } from '../../../analytics/kernel/exact.js';
import { Fraction } from '../../../analytics/kernel/fraction.js';
import { fraction, spelled } from './fractions.js';

const matched = (p0: string, q0: string, p1: string, q1: string): MatchedItem => ({
  ...{ basePrice: fraction(p0), baseQuantity: fraction(q0), actualPrice: fraction(p1), actualQuantity: fraction(q1) },
});
const shown = (index: Exact | null, places: number) => (index === null ? null : fixed(index, places));

/** Six products over five periods (Balk 2008, tables 3.1 to 3.6), against the first period. */
describe('six products (Balk 2008)', () => {
  const PRICES = ['1.0 1.2 1.0 0.8 1.0', '1.0 3.0 1.0 0.5 1.0', '1.0 1.3 1.5 1.6 1.6', '1.0 0.7 0.5 0.3 0.1'].concat(
    ...['1.0 1.4 1.7 1.9 2.0', '1.0 0.8 0.6 0.4 0.2'],
  );
  const QUANTITIES = [
    '1.0 0.8 1.0 1.2 0.9',
    '1.0 0.9 1.1 1.2 1.2',
    '2.0 1.9 1.8 1.9 2.0',
    '1.0 1.3 3.0 6.0 12.0',
  ].concat(...['4.5 4.7 5.0 5.6 6.5', '0.5 0.6 0.8 1.3 2.5']);
  const at = (rows: readonly string[], product: number, period: number) => rows[product]!.split(' ')[period]!;
  const between = (from: number, to: number) =>
    indicesOf(
      PRICES.map((_, product) =>
        matched(
          ...[at(PRICES, product, from), at(QUANTITIES, product, from)],
          ...([at(PRICES, product, to), at(QUANTITIES, product, to)] as const),
        ),
      ),
    );

  it.each([
    [0, '1.0000', '1.0000', '1.0000', '1.0000'],
    [1, '1.4200', '1.3824', '1.4011', '1.4052'],
    [2, '1.3450', '1.2031', '1.2721', '1.2890'],
    [3, '1.3550', '1.0209', '1.1762', '1.2268'],
    [4, '1.4400', '0.7968', '1.0712', '1.2477'],
  ])('prices of period %i', (period, laspeyres, paasche, fisher, tornqvist) => {
    const { price } = between(0, period);
    const names = ['laspeyres', 'paasche', 'fisher', 'tornqvist'] as const;
    expect(names.map((name) => shown(price[name], 4))).toEqual([laspeyres, paasche, fisher, tornqvist]);
  });

  it('from the second to the third period (gpindex, its examples)', () => {
    const { price, quantity } = between(1, 2);
    expect([shown(price.laspeyres, 6), shown(quantity.laspeyres, 6)]).toEqual(['0.960993', '1.175887']);
  });
});

it('the index system of 170,400 → 228,600: 134.15 % = 118.84 % × 112.89 %, 58,200 = 32,100 + 26,100 (wendadaohang)', () => {
  const { price, quantity } = indicesOf([
    ...[matched('25', '4000', '28', '5000'), matched('140', '500', '160', '550'), matched('0.5', '800', '0.6', '1000')],
  ]);
  expect([shown(quantity.laspeyres, 4), shown(price.paasche, 4)]).toEqual(['1.1884', '1.1289']);
});

/** Four products over twelve periods (IndexNumR, CES_sigma_2): published indices and indicators, nine digits. */
describe('four products (IndexNumR)', () => {
  const rows = readFileSync(join(import.meta.dirname, 'ces-sigma-2.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const between = (from: number, to: number) => {
    const of = (period: number) => rows.filter(([time]) => time === String(period));
    return indicesOf(of(from).map(([, , p0, q0], at) => matched(p0!, q0!, of(to)[at]![2]!, of(to)[at]![3]!)));
  };
  const PERIODS = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
  type Published = Readonly<Record<keyof Indices, string>>;
  /** Against the first period. */
  const PRICE: Published = {
    laspeyres:
      '0.967307693 1.099999999 1.157692307 1.151153847 1.276923077 1.210384615 1.053076924 1.201923077 1.223076924 1.271923076 1.326923077',
    paasche:
      '0.800763230 1.056344741 1.066383165 0.691251751 1.074985495 1.025647485 0.835852915 0.977373230 0.676168378 0.967148286 0.925948936',
    fisher:
      '0.880104785 1.077951397 1.111100169 0.892040981 1.171611619 1.114193850 0.938199028 1.083848439 0.909398669 1.109115965 1.108450725',
    tornqvist:
      '0.892571498 1.079161413 1.114402721 0.927673814 1.179918713 1.122942711 0.941143001 1.095575068 0.946187060 1.127140656 1.131549770',
  };
  const QUANTITY: Published = {
    laspeyres:
      '1.623451193 1.041326715 1.125299095 2.169976430 1.209318646 1.364991411 2.033850670 1.534725892 2.662058828 1.654348173 1.835954394',
    paasche:
      '1.343936402 0.999999999 1.036544860 1.303040432 1.018072291 1.156657141 1.614317029 1.248000003 1.471698113 1.257937709 1.281159433',
    fisher:
      '1.477096867 1.020454170 1.080010645 1.681537102 1.109582716 1.256513853 1.811982276 1.383957340 1.979329925 1.442590361 1.533672159',
    tornqvist:
      '1.460860396 1.019541871 1.077469425 1.632586240 1.103440636 1.248814570 1.807566892 1.372361424 1.921865276 1.424647623 1.509604691',
  };
  /** What is published was cut off or typed to nine digits. */
  const isNear = (value: Exact, published: string): boolean => {
    const apart = value - exact(published);
    return (apart < 0n ? -apart : apart) <= exact('0.000001');
  };

  it.each([
    ['price', PRICE],
    ['quantity', QUANTITY],
  ] as const)('%s indices', (side, published) => {
    for (const [name, texts] of Object.entries(published) as [keyof Indices, string][]) {
      const far = PERIODS.filter((period, at) => !isNear(between(1, period)[side][name]!, texts.split(' ')[at]!));
      expect([name, far]).toEqual([name, []]);
    }
  });

  it('Bennet indicators from period to period, which add up to the change', () => {
    const published = {
      price:
        '-1.780717371 2.771536213 0.372248874 -3.230835149 3.867877819 -0.667765465 -3.233054978 2.954459954 -2.763659088 3.286333205 0.082320982',
      quantity:
        '4.780717371 -4.771536213 0.627751126 6.230835149 -5.867877819 1.667765465 6.233054978 -4.954459954 5.763659088 -5.286333205 0.917679018',
    };
    for (const side of ['price', 'quantity'] as const) {
      const texts = PERIODS.map((period) => fixed(between(period - 1, period).bennet[side].rounded(9), 9));
      expect(texts).toEqual(published[side].split(' '));
    }
  });
});

describe('what has no index', () => {
  it('nothing matched', () => {
    const none = { laspeyres: null, paasche: null, fisher: null, tornqvist: null };
    expect(indicesOf([])).toMatchObject({ price: none, quantity: none });
  });

  it('a price of zero has no logarithm, and the others stand', () => {
    const { price, bennet } = indicesOf([matched('2', '3', '0', '3'), matched('2', '3', '4', '3')]);
    expect(price).toEqual({ laspeyres: exact('1'), paasche: exact('1'), fisher: exact('1'), tornqvist: null });
    expect(spelled(bennet.price)).toBe('0');
  });

  it('a basket that cost nothing', () => {
    expect(indicesOf([matched('0', '3', '1', '3')]).price.laspeyres).toBeNull();
  });
});

it('very long fractions keep their digits on the way to a binary number', () => {
  const long = 10n ** 400n;
  expect(Fraction.of(long, 3n * long + 1n).approximately()).toBeCloseTo(1 / 3, 12);
  expect(Fraction.of(2n * long, 1n * long).approximately()).toBe(2);
});
