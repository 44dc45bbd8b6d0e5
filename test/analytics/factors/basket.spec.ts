import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { basketEffects, type BasketItem, type Used } from '../../../analytics/factors/basket.js';
import { mixEffects } from '../../../analytics/factors/mix.js';
import type { Effect } from '../../../analytics/factors/orders.js';
import { Fraction, sumOf } from '../../../analytics/kernel/fraction.js';
import { fraction, spelled } from './fractions.js';

/** Per unit of the volume: consumption and price; null where the item was not used. */
type Use = readonly [consumption: string, price: string] | null;

const used = (use: Use, volume: Fraction): Used | null => {
  if (use === null) return null;
  const quantity = volume.times(fraction(use[0]));
  return { quantity, cost: quantity.times(fraction(use[1])) };
};

/** The mine of five items: three ordinary ones, one new, one dropped; 120,000 t became 126,500 t. */
describe('a basket of five items', () => {
  const volumes = { base: fraction('120000'), actual: fraction('126500') };
  const item = (code: string, base: Use, actual: Use): BasketItem => ({
    code,
    base: used(base, volumes.base),
    actual: used(actual, volumes.actual),
  });
  const effects = basketEffects(
    [
      item('坑木', ['0.012', '850'], ['0.0115', '820']),
      item('炸药', ['0.35', '9.80'], ['0.36', '9.45']),
      item('电', ['28.5', '0.62'], ['27.9', '0.645']),
      item('新材料', null, ['0.002', '1500']),
      item('停用材料', ['0.004', '300'], null),
    ],
    volumes,
  );
  const of = (which: keyof Effect) => ({
    volume: spelled(effects.volume[which]),
    consumption: spelled(effects.consumption[which]),
    price: spelled(effects.price[which]),
    dropped: spelled(effects.dropped[which]),
  });

  it('volume is the whole baseline at the actual volume, dropped items included; new and dropped stand apart (FAC-2)', () => {
    expect(of('inOrder')).toEqual({
      ...{ volume: '211250', consumption: '-176847/2', price: '114609/4', dropped: '-151800' },
    });
    expect([spelled(effects.new), spelled(effects.unsplit), spelled(effects.change)]).toEqual([
      ...['379500', '0', '1516715/4'],
    ]);
  });

  it('without an order, by Shapley (FAC-3)', () => {
    expect(of('shapley')).toEqual({
      ...{ volume: '1211509/6', consumption: '-259108/3', price: '337559/12', dropped: '-144000' },
    });
  });

  it('each item has its own line', () => {
    expect(
      effects.items.map(({ code, kind, ...line }) => [
        code,
        kind,
        ...Object.values(line).map((value) => spelled(value)),
      ]),
    ).toEqual([
      ['坑木', 'matched', '66300', '-107525/2', '-87285/2', '0'],
      ['炸药', 'matched', '22295', '12397', '-15939', '0'],
      ['电', 'matched', '114855', '-47058', '352935/4', '0'],
      ['新材料', 'new', '0', '0', '0', '379500'],
      ['停用材料', 'dropped', '7800', '0', '0', '-151800'],
    ]);
  });
});

it('a material with a norm: 200 pieces, 4 kg each at 0.40; 1,500 kg at 0.50 (app.ixiawen.com/question/1993209)', () => {
  const volume = fraction('200');
  const item = {
    code: '材料',
    base: used(['4', '0.4'], volume),
    actual: { quantity: fraction('1500'), cost: fraction('750') },
  };
  const { consumption, price, change } = basketEffects([item], { base: volume, actual: volume });
  expect([consumption.inOrder, price.inOrder, change].map(spelled)).toEqual(['280', '150', '430']);
});

describe('whatever the basket', () => {
  const amount = fc.integer({ min: 1, max: 10_000 }).map((value) => Fraction.of(BigInt(value), 100n));
  const use = fc.record({ quantity: fc.option(amount, { freq: 8 }), cost: amount });
  const item = fc.record({ code: fc.constant('x'), base: fc.option(use), actual: fc.option(use) });
  const baskets = fc.tuple(fc.array(item, { maxLength: 6 }), fc.record({ base: amount, actual: amount }));

  it('the parts add up to the change, over the basket and item by item', () => {
    fc.assert(
      fc.property(baskets, ([items, volumes]) => {
        const effects = basketEffects(items, volumes);
        const factors = [effects.volume, effects.consumption, effects.price, effects.dropped];
        const apart = effects.new.plus(effects.unsplit);
        for (const way of ['inOrder', 'shapley'] as const) {
          expect(spelled(sumOf(factors.map((factor) => factor[way])).plus(apart))).toBe(spelled(effects.change));
        }
        const lines = effects.items.flatMap(({ volume, consumption, price, rest }) => [
          volume,
          consumption,
          price,
          rest,
        ]);
        expect(spelled(sumOf(lines))).toBe(spelled(effects.change));
        const inLines = sumOf(effects.items.map(({ volume }) => volume));
        expect(spelled(inLines)).toBe(spelled(effects.volume.inOrder));
      }),
    );
  });
});

describe('inputs that stand for one another', () => {
  it('in total 310 for 300, at 3,620 for 3,950 (m.qiqiwenku.com/doc/245308.html, 10): mix and yield', () => {
    // The page gives totals alone; any two inputs with them do. It rounds average prices, and so misses its own total.
    const inputs = [
      { planned: '85', actual: '52', price: '20' },
      { planned: '215', actual: '258', price: '450/43' },
    ].map(({ planned, actual, price }) => ({
      ...{ planned: fraction(planned), actual: fraction(actual), price: fraction(price) },
    }));
    const cost = (which: 'planned' | 'actual') => sumOf(inputs.map((input) => input[which].times(input.price)));
    expect(spelled(cost('planned'))).toBe('3950');
    const effects = mixEffects(inputs)!;
    expect(spelled(effects.yield)).toBe('395/3');
    expect(spelled(effects.mix.plus(effects.yield))).toBe(spelled(cost('actual').minus(cost('planned'))));
  });

  it('are not split where none was planned', () => {
    expect(mixEffects([{ planned: fraction('0'), actual: fraction('5'), price: fraction('1') }])).toBeNull();
  });
});
