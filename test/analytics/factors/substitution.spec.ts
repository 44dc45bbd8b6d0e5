import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { productEffects } from '../../../analytics/factors/orders.js';
import { Fraction, sumOf } from '../../../analytics/kernel/fraction.js';
import { fraction, spelled } from './fractions.js';

interface Case {
  readonly name: string;
  readonly base: readonly string[];
  readonly actual: readonly string[];
  /** As published. */
  readonly inOrder: readonly string[];
  /** Over all orders, derived with exact fractions. */
  readonly least: readonly string[];
  readonly most: readonly string[];
  readonly shapley: readonly string[];
}

/** Chinese textbook cases of 连环替代法 (FAC-1), each with its source; bands and Shapley values (FAC-3) derived. */
const CASES: readonly Case[] = [
  {
    name: '5400 → 6720: volume, consumption, price (ti.zuoweng.com/ti/4uclKKKQ)',
    ...{ base: ['120', '9', '5'], actual: ['140', '8', '6'], inOrder: ['900', '-700', '1120'] },
    ...{ least: ['800', '-840', '960'], most: ['1080', '-600', '1260'], shapley: ['2800/3', '-2150/3', '3310/3'] },
  },
  {
    name: '100000 → 108900: volume, consumption, price (gaojiufeng.cn/?id=1002868)',
    ...{ base: ['500', '10', '20'], actual: ['550', '9', '22'], inOrder: ['10000', '-11000', '9900'] },
    ...{ least: ['9000', '-12100', '9000'], most: ['11000', '-10000', '11000'] },
    shapley: ['29900/3', '-33100/3', '29900/3'],
  },
  {
    name: '156000 → 139810: volume, consumption, price (epsq.cn/post/323833.html)',
    ...{ base: ['400', '30', '13'], actual: ['410', '31', '11'], inOrder: ['3900', '5330', '-25420'] },
    ...{ least: ['3300', '4400', '-25420'], most: ['4030', '5330', '-24000'] },
    shapley: ['10975/3', '14575/3', '-74120/3'],
  },
  {
    name: '504000 → 560320: volume, price, loss (ahxmx.laixue.com/test/3069879)',
    ...{ base: ['800', '600', '1.05'], actual: ['850', '640', '1.03'], inOrder: ['31500', '35700', '-10880'] },
    ...{ least: ['30900', '32960', '-10880'], most: ['33600', '35700', '-9600'] },
    shapley: ['96710/3', '102950/3', '-30700/3'],
  },
  {
    name: 'overhead 4000 → 3672: hours, rate (m.qiqiwenku.com/doc/245308.html, 12)',
    ...{ base: ['500', '8'], actual: ['510', '7.2'], inOrder: ['80', '-408'] },
    ...{ least: ['72', '-408'], most: ['80', '-400'], shapley: ['76', '-404'] },
  },
  {
    name: 'labour 27 → 20: hours, rate (m.docduoduo.com/p-6392277.html)',
    ...{ base: ['18', '1.5'], actual: ['20', '1'], inOrder: ['3', '-10'] },
    ...{ least: ['2', '-10'], most: ['3', '-9'], shapley: ['5/2', '-19/2'] },
  },
];

it.each(CASES)('$name', ({ base, actual, inOrder, least, most, shapley }) => {
  const effects = productEffects(base.map(fraction), actual.map(fraction));
  const told = (which: 'inOrder' | 'least' | 'most' | 'shapley') => effects.map((effect) => spelled(effect[which]));
  expect([told('inOrder'), told('least'), told('most'), told('shapley')]).toEqual([inOrder, least, most, shapley]);
});

describe('whatever the factors', () => {
  const level = fc.integer({ min: -1_000, max: 1_000 }).map((value) => Fraction.of(BigInt(value), 8n));
  const levels = fc.integer({ min: 2, max: 4 }).chain((count) => {
    const side = fc.array(level, { minLength: count, maxLength: count });
    return fc.tuple(side, side);
  });
  const product = (factors: readonly Fraction[]) => factors.reduce((all, each) => all.times(each), Fraction.ONE);

  it('effects add up to the change, in order and by Shapley; both lie within the band', () => {
    fc.assert(
      fc.property(levels, ([base, actual]) => {
        const effects = productEffects(base, actual);
        const change = spelled(product(actual).minus(product(base)));
        expect(spelled(sumOf(effects.map(({ inOrder }) => inOrder)))).toBe(change);
        expect(spelled(sumOf(effects.map(({ shapley }) => shapley)))).toBe(change);
        for (const { inOrder, shapley, least, most } of effects) {
          for (const value of [inOrder, shapley]) {
            expect(value.isLessThan(least) || most.isLessThan(value)).toBe(false);
          }
        }
      }),
    );
  });

  it('by Shapley the order in which factors are named does not matter', () => {
    fc.assert(
      fc.property(levels, ([base, actual]) => {
        const forth = productEffects(base, actual).map(({ shapley }) => spelled(shapley));
        const back = productEffects(base.toReversed(), actual.toReversed()).map(({ shapley }) => spelled(shapley));
        expect(back.toReversed()).toEqual(forth);
      }),
    );
  });
});
