import { describe, expect, it } from '@jest/globals';
import { Facts } from '../../../analytics/report/facts.js';
import { Figures } from '../../../analytics/report/figures.js';
import type { ItemSum } from '../../../analytics/report/input.js';
import { partsOf, wholeOf } from '../../../analytics/report/item-facts.js';
import { measureMoves, moverWords } from '../../../analytics/report/words/movers.js';
import { Names } from '../../../analytics/report/words/names.js';
import { itemSum, itemised } from './an-input.js';
import { readOut } from './read-out.js';

const named = {
  departments: new Map([
    ['CM1', { name: '采煤一队', parent: null }],
    ['JD', { name: '机电队', parent: null }],
  ]),
  items: new Map([
    ['0104', '配件'],
    ['02', '电力'],
  ]),
};
const value = (department: string, item: string, yuan: string): ItemSum =>
  itemSum(department, 'resource', item, { price_reduction: yuan });

interface Case {
  readonly name: string;
  readonly now: readonly ItemSum[];
  readonly previous: readonly ItemSum[];
  readonly zh: string;
  readonly en: string;
}

const CASES: readonly Case[] = [
  {
    name: 'what went the other way is no cause: it is said apart',
    // CM1: 250,000 − 100,000 = 150,000; JD: 30,000 − 350,000 = −320,000, and 10,000 − 110,000 = −100,000
    now: [value('CM1', '0104', '250000'), value('JD', '02', '30000'), value('JD', '03', '10000')],
    previous: [value('CM1', '0104', '100000'), value('JD', '02', '350000'), value('JD', '03', '110000')],
    zh: '，主要是机电队电力影响减少32.00万元、机电队03影响减少10.00万元（采煤一队配件影响增加15.00万元，抵消一部分）',
    en: ', mainly 机电队, 电力: down by 32.00 × 10,000 yuan; 机电队, 03: down by 10.00 × 10,000 yuan (partly offset by 采煤一队, 配件: up by 15.00 × 10,000 yuan)',
  },
  {
    name: 'causes are named where the three that moved most all went the other way',
    // Three fell by 20,000 each, five rose by 19,000, 18,000, 17,000, 16,000 and 15,000: 25,000 more in all
    now: ['5', '6', '7', '8', '9'].map((code) => value('CM1', code, `1${code}000`)),
    previous: ['1', '2', '3'].map((code) => value('CM1', code, '20000')),
    zh: '，主要是采煤一队9影响增加1.90万元、采煤一队8影响增加1.80万元、采煤一队7影响增加1.70万元（采煤一队1影响减少2.00万元、采煤一队2影响减少2.00万元、采煤一队3影响减少2.00万元，抵消一部分）',
    en: ', mainly 采煤一队, 9: up by 1.90 × 10,000 yuan; 采煤一队, 8: up by 1.80 × 10,000 yuan; 采煤一队, 7: up by 1.70 × 10,000 yuan (partly offset by 采煤一队, 1: down by 2.00 × 10,000 yuan; 采煤一队, 2: down by 2.00 × 10,000 yuan; 采煤一队, 3: down by 2.00 × 10,000 yuan)',
  },
  {
    name: 'three at most, equal ones by code of department and item',
    now: ['B', 'A', 'C'].flatMap((code) => [value(code, '02', '10000'), value(code, '01', '10000')]),
    previous: [value('A', '01', '0')],
    zh: '，主要是A01影响增加1.00万元、A电力影响增加1.00万元、B01影响增加1.00万元',
    en: ', mainly A, 01: up by 1.00 × 10,000 yuan; A, 电力: up by 1.00 × 10,000 yuan; B, 01: up by 1.00 × 10,000 yuan',
  },
  {
    name: 'what stood only then fell by all of it',
    now: [value('CM1', '0104', '0')],
    previous: [value('JD', '02', '62000')],
    zh: '，主要是机电队电力影响减少6.20万元',
    en: ', mainly 机电队, 电力: down by 6.20 × 10,000 yuan',
  },
  {
    name: 'cells without an item are gains less inputs',
    now: [itemSum('JD', 'resource', '', { gains: '36000', inputs: '6000' }, '')],
    previous: [value('JD', '02', '0')],
    zh: '，主要是机电队增收减投入影响增加3.00万元',
    en: ', mainly 机电队, gains less inputs: up by 3.00 × 10,000 yuan',
  },
  {
    name: 'parts that cancel out are named, and none of them is the main cause',
    now: [value('CM1', '0104', '20000'), value('JD', '02', '10000')],
    previous: [value('CM1', '0104', '10000'), value('JD', '02', '20000')],
    zh: '，其中采煤一队配件影响增加1.00万元、机电队电力影响减少1.00万元',
    en: ', of which 采煤一队, 配件: up by 1.00 × 10,000 yuan; 机电队, 电力: down by 1.00 × 10,000 yuan',
  },
  {
    name: 'what would be printed as 0.00 is not named: 49.99 yuan is not, 50 is 0.01',
    now: [value('CM1', '0104', '49.99'), value('JD', '02', '50')],
    previous: [value('CM1', '0104', '0')],
    zh: '，主要是机电队电力影响增加0.01万元',
    en: ', mainly 机电队, 电力: up by 0.01 × 10,000 yuan',
  },
  {
    name: 'nothing moved',
    ...{ now: [value('CM1', '0104', '10000')], previous: [value('CM1', '0104', '10000')], zh: '', en: '' },
  },
  {
    name: 'a first month has nothing to move from',
    now: [value('CM1', '0104', '10000')],
    previous: [],
    zh: '',
    en: '',
  },
];

const factsOf = ({ now, previous }: Pick<Case, 'now' | 'previous'>) =>
  new Facts(itemised('2023-12', { now, previous }, named));

describe('what moved a figure, in words', () => {
  it.each(CASES)('$name', ({ zh, en, ...rows }) => {
    const [facts, figures] = [factsOf(rows), new Figures()];
    const parts = partsOf(facts, { category: 'resource' }, ['department', 'item']);
    const whole = wholeOf(facts, { category: 'resource' });
    const sentence = moverWords(figures, new Names(facts.input), 'synergy_value', { whole, parts });
    const report = { figures: figures.all() };
    expect([readOut(report, sentence.zh), readOut(report, sentence.en)]).toEqual([zh, en]);
  });

  it('traces each to the sums of that department and item in both spans', () => {
    const [facts, figures] = [factsOf(CASES[0]!), new Figures()];
    const parts = partsOf(facts, { category: 'resource' }, ['department', 'item']);
    const whole = wholeOf(facts, { category: 'resource' });
    moverWords(figures, new Names(facts.input), 'synergy_value', { whole, parts });
    const place = { category: 'resource', department: 'JD', item: '02' };
    const sum = (code: string) => ({
      ...{ kind: 'sum', measure: 'synergy_value', place: { periods: { from: code, to: code }, ...place } },
    });
    expect(figures.all()[0]).toMatchObject({
      // As it is: the sentence has a word for the sign.
      ...{ exact: '-320000', shown: '32.00' },
      source: { kind: 'derived', rule: 'difference', of: [sum('2023-12'), sum('2023-11')] },
    });
  });

  it('names measures that moved, each by its own amount', () => {
    const figures = new Figures();
    // Price reduction 50,000 − 20,000; usage saving 10,000 − 10,000; inputs 0 − 1,000
    const facts = factsOf({
      now: [itemSum('CM1', 'resource', '0104', { price_reduction: '50000', usage_saving: '10000' })],
      previous: [
        itemSum('CM1', 'resource', '0104', { price_reduction: '20000', usage_saving: '10000', inputs: '1000' }),
      ],
    });
    const sentence = measureMoves(figures, ['price_reduction', 'usage_saving', 'inputs'], wholeOf(facts));
    const report = { figures: figures.all() };
    expect(readOut(report, sentence.zh)).toBe('价格降本增加3.00万元、投入减少0.10万元');
    expect(readOut(report, sentence.en)).toBe(
      'price reduction up by 3.00 × 10,000 yuan; inputs down by 0.10 × 10,000 yuan',
    );
  });
});
