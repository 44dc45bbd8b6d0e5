import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { basketEffects } from '../../../analytics/factors/basket.js';
import { exact, magnitude, type Exact } from '../../../analytics/kernel/exact.js';
import { Fraction, sumOf } from '../../../analytics/kernel/fraction.js';
import { basketsOf } from '../../../analytics/report/sections/basket-groups.js';
import { factorAnalysis } from '../../../analytics/report/sections/factor-analysis.js';
import { anInput, basketLine, bought, month, type Given } from './an-input.js';
import { reportOf } from './one-section.js';
import { sentencesOf } from './read-out.js';
import { rowsOf, tableOfId } from './read-tables.js';

const NAMES: Given = {
  departments: new Map([
    ['CM1', { name: '采煤一区', parent: null }],
    ['JD', { name: '机电区', parent: null }],
  ]),
  items: new Map([
    ['0104', '配件'],
    ['02', '电力'],
  ]),
};
const months = [
  month('2023-11', 'CM1', 'resource', { explicit_actual: '1000', covered_actual: '1000' }),
  month('2023-12', 'CM1', 'resource', { explicit_actual: '1000', covered_actual: '1000' }),
];
const analysed = (given: Given) => reportOf(factorAnalysis, anInput('2023-12', { ...NAMES, months, ...given }));

/** 120 × 9 × 5 → 140 × 8 × 6 (ti.zuoweng.com/ti/4uclKKKQ), prices in 万元: 5,400 → 6,720. */
const TEXTBOOK = basketLine(
  { department: 'CM1', item: '0104' },
  { volume: '120', norm: '9', price: '50000' },
  { volume: '140', quantity: '1120', amount: '67200000' },
);

describe('volume, unit consumption and price', () => {
  it('says what they did in order, and the band and the Shapley value of the price (FAC-1, FAC-3)', () => {
    const report = analysed({ basket: [TEXTBOOK] });
    expect(sentencesOf(report, 'factor-analysis').slice(0, 2)).toEqual([
      // 1,320 ÷ 5,400 = 24.44 %
      '纳入分析的定额和数量基准项目，计划成本5400.00万元（基准单价×定额×计划业务量），实际成本6720.00万元，比计划增加1320.00万元，增长24.44%。以下影响额正数为成本上升，负数为成本下降。',
      // (140−120)·9·5 = 900; 140·(8−9)·5 = −700; 140·8·(6−5) = 1,120; price alone 120·8 = 960 to 140·9 = 1,260; 3,310 ÷ 3
      '按产量→单耗→价格的次序替代，产量影响900.00万元，单耗影响-700.00万元，价格影响1120.00万元；各种替代次序下价格影响在960.00至1260.00万元之间，沙普利值1103.33万元。',
    ]);
    expect(sentencesOf(report, 'factor-analysis', 'en').slice(0, 2)).toEqual([
      'Items under a norm or quantity baseline: planned cost 5400.00 (baseline price × norm × planned volume), actual cost 6720.00 (10,000 yuan), up by 1320.00 × 10,000 yuan from the plan, a rise of 24.44%. Below, a positive effect raises the cost and a negative one lowers it.',
      'Substituted in the order volume → unit consumption → price: volume 900.00, unit consumption -700.00, price 1120.00 (10,000 yuan); over all orders the effect of the price lies between 960.00 and 1260.00, and its Shapley value is 1103.33.',
    ]);
    expect(rowsOf(report, 'factors')).toEqual([
      '采煤一区 | raw_coal | 1320.00 | 900.00 | -700.00 | 1120.00',
      '合计 |  | 1320.00 | 900.00 | -700.00 | 1120.00',
    ]);
    // Bands and Shapley values: oracles/derived-decompositions, cn-5400-6720.
    // 933.33 − 716.67 + 1,103.33 = 1,319.99: one cent of 万元 is 尾差.
    expect(rowsOf(report, 'factor-band')).toEqual([
      '产量 | 900.00 | 800.00 | 1080.00 | 933.33',
      '单耗 | -700.00 | -840.00 | -600.00 | -716.67',
      '价格 | 1120.00 | 960.00 | 1260.00 | 1103.33',
      '合计 | 1320.00 | — | — | 1320.00',
      '尾差 | 0.00 |  |  | 0.01',
    ]);
  });

  it('every effect rests on the sums of its department and categories', () => {
    const report = analysed({ basket: [TEXTBOOK] });
    const change = tableOfId(report, 'factors')!.rows[0]!.cells[2]!;
    const figure = report.figures.find(({ id }) => 'figure' in change && id === change.figure)!;
    const place = { periods: { from: '2023-12', to: '2023-12' }, department: 'CM1', category: 'resource' };
    expect(figure.source).toEqual({
      ...{ kind: 'derived', rule: 'effect' },
      of: ['baseline', 'covered_actual'].map((measure) => ({ kind: 'sum', measure, place })),
    });
  });

  it('the band is of one order for the whole mine', () => {
    // CM1: volume 1 → 2, JD: 2 → 1, at one unit each for 1 → 2 万元. In any order the price makes 1 + 2 or 2 + 1 = 3.
    const basket = [
      basketLine(
        { department: 'CM1', item: '02' },
        { volume: '1', norm: '1', price: '10000' },
        { volume: '2', quantity: '2', amount: '40000' },
      ),
      basketLine(
        { department: 'JD', item: '02' },
        { volume: '2', norm: '1', price: '10000' },
        { volume: '1', quantity: '1', amount: '20000' },
      ),
    ];
    const report = analysed({ basket });
    expect(rowsOf(report, 'factor-band')[2]).toBe('价格 | 3.00 | 3.00 | 3.00 | 3.00');
    expect(rowsOf(report, 'factors')).toEqual([
      '采煤一区 | raw_coal | 3.00 | 1.00 | 0.00 | 2.00',
      '机电区 | raw_coal | 0.00 | -1.00 | 0.00 | 1.00',
      '合计 |  | 3.00 | 0.00 | 0.00 | 3.00',
    ]);
  });

  it('new, dropped and unsplit items stand apart (FAC-2)', () => {
    const [from, to] = ['120000', '126500'];
    const item = (code: string, norm: string, price: string, quantity: string | null, amount: string) =>
      basketLine({ department: 'CM1', item: code }, { volume: from, norm, price }, { volume: to, quantity, amount });
    const report = analysed({
      basket: [
        // 126,500 × 0.0115 = 1,454.75 × 820; × 0.36 = 45,540 × 9.45; × 27.9 = 3,529,350 × 0.645; × 0.002 = 253 × 1,500
        item('坑木', '0.012', '850', '1454.75', '1192895'),
        item('炸药', '0.35', '9.80', '45540', '430353'),
        item('电', '28.5', '0.62', '3529350', '2276430.75'),
        item('新材料', '0', '1500', '253', '379500'),
        item('停用材料', '0.004', '300', '0', '0'),
        // Planned 12,000; at the actual volume 12,650; 20,000 were spent.
        item('油脂', '0.1', '1', null, '20000'),
      ],
    });
    // oracles/derived-decompositions, the mine of five items: 211,250; −88,423.5; 28,652.25; −151,800; 379,500.
    // With 油脂: volume + 650, unsplit 20,000 − 12,650 = 7,350; change 379,178.75 + 8,000. Rounded 21.19 − 8.84 + 2.87 − 15.18 + 37.95 + 0.74 = 38.73.
    expect(rowsOf(report, 'factors')).toEqual([
      '采煤一区 | raw_coal | 38.72 | 21.19 | -8.84 | 2.87 | -15.18 | 37.95 | 0.74',
      '合计 |  | 38.72 | 21.19 | -8.84 | 2.87 | -15.18 | 37.95 | 0.74',
    ]);
    // Shapley 1,211,509/6 + 650 = 202,568.17; −259,108/3; 337,559/12; −144,000. 20.26 − 8.64 + 2.81 − 14.40 + 37.95 + 0.74 = 38.72.
    expect(
      rowsOf(report, 'factor-band').map((row) => row.split(' | ').filter((_, at) => at !== 2 && at !== 3)),
    ).toEqual([
      ...[
        ['产量', '21.19', '20.26'],
        ['单耗', '-8.84', '-8.64'],
        ['价格', '2.87', '2.81'],
      ],
      ...[
        ['停用项目', '-15.18', '-14.40'],
        ['新增项目', '37.95', '37.95'],
        ['缺数量未分解', '0.74', '0.74'],
      ],
      ...[
        ['合计', '38.72', '38.72'],
        ['尾差', '-0.01', '0.00'],
      ],
    ]);
    expect(sentencesOf(report, 'factor-analysis')[1]).toContain('，停用项目影响-15.18万元，新增项目影响37.95万元');
  });

  it('a fixed quantity has no volume effect', () => {
    // Planned 10 × 1 万元, used 8 for 9.6: consumption (8 − 10) × 1 = −2, price 8 × 0.2 = 1.6.
    const line = basketLine(
      { department: 'JD', item: '02' },
      { volume: '10', price: '10000' },
      { quantity: '8', amount: '96000' },
    );
    expect(rowsOf(analysed({ basket: [line] }), 'factors')[0]).toBe('机电区 | 固定数量 | -0.40 | 0.00 | -2.00 | 1.60');
  });

  it('baselines of other volumes are baskets of their own in one row', () => {
    // As TEXTBOOK, and for one month of two: 10 → 20 t, 1 per t at 1 万元; used 20 for 20: volume 10.
    const short = basketLine(
      { department: 'CM1', item: '02' },
      { volume: '10', norm: '1', price: '10000' },
      { volume: '20', quantity: '20', amount: '200000' },
    );
    expect(rowsOf(analysed({ basket: [TEXTBOOK, short] }), 'factors')[0]).toBe(
      '采煤一区 | raw_coal | 1330.00 | 910.00 | -700.00 | 1120.00',
    );
  });

  it('names what has no volumes, and analyses the rest', () => {
    const line = (department: string, volume: string | null, actual?: string) =>
      basketLine(
        { department, item: '02' },
        { volume, norm: '1', price: '1' },
        { ...(actual === undefined ? {} : { volume: actual }), quantity: '1', amount: '1' },
      );
    const basket = [TEXTBOOK, line('JD', null, '5'), line('CM1', '5'), line('X', '5', '0'), line('Y', '0', '5')];
    const report = analysed({ basket });
    expect(sentencesOf(report, 'factor-analysis')[2]).toBe(
      '未纳入因素分析：缺计划业务量的1项（机电区电力）；缺实际业务量的1项（采煤一区电力）；业务量不大于零的2项（X电力、Y电力）。',
    );
    expect(sentencesOf(report, 'factor-analysis', 'en')[2]).toBe(
      'Left out of the factor analysis: 1 without a planned volume (机电区 电力); 1 without an actual volume (采煤一区 电力); 2 with a volume not above zero (X 电力, Y 电力).',
    );
    expect(rowsOf(report, 'factors')).toHaveLength(2);
    const none = analysed({ basket: [line('JD', null, '5')] });
    expect([sentencesOf(none, 'factor-analysis')[0], tableOfId(none, 'factors')]).toEqual([
      '未纳入因素分析：缺计划业务量的1项（机电区电力）。',
      undefined,
    ]);
  });
});

interface Use {
  readonly norm: string;
  readonly price: string;
  readonly quantity: string | null;
  readonly amount: string;
}

describe('the whole mine', () => {
  const amount = fc.integer({ min: 1, max: 99_999 }).map((value) => `${Math.floor(value / 100)}.${value % 100}`);
  const maybe = fc.oneof({ weight: 8, arbitrary: amount }, { weight: 1, arbitrary: fc.constantFrom('0', null) });
  const use: fc.Arbitrary<Use> = fc.record({
    norm: fc.oneof(amount, fc.constant('0')),
    price: amount,
    quantity: maybe,
    amount,
  });
  const lineOf = (department: string, [from, to]: readonly [string, string], given: Use) =>
    basketLine(
      { department, item: '02' },
      { volume: from, norm: given.norm, price: given.price },
      { volume: to, quantity: given.quantity, amount: given.quantity === '0' ? '0' : given.amount },
    );
  const group = fc.tuple(fc.tuple(amount, amount), fc.array(use, { minLength: 1, maxLength: 5 }));
  const isNear = (a: Exact, b: Exact) => magnitude(a - b) < exact('0.000000000000001');

  it('is, of one department, what its basket gives: effects, bands and Shapley values', () => {
    fc.assert(
      fc.property(group, ([volumes, uses]) => {
        const { whole } = basketsOf(uses.map((given) => lineOf('D', volumes, given)));
        const [from, to] = volumes.map((volume) => Fraction.of(exact(volume), exact('1')));
        const basket = basketEffects(itemsOf(uses, from!), { base: from!, actual: to! });
        for (const part of ['volume', 'consumption', 'price', 'dropped'] as const) {
          for (const which of ['inOrder', 'least', 'most', 'shapley'] as const) {
            const [own, theirs] = [whole.ordered[part][which], basket[part][which]];
            expect([part, which, isNear(own.rounded(18), theirs.rounded(18))]).toEqual([part, which, true]);
          }
        }
      }),
    );
  });

  const itemsOf = (uses: readonly Use[], from: Fraction) => {
    const of = (text: string) => Fraction.of(exact(text), exact('1'));
    return uses.map(({ norm, price, quantity, amount: spent }) => {
      const planned = from.times(of(norm));
      return {
        code: 'x',
        base: planned.isZero ? null : { quantity: planned, cost: planned.times(of(price)) },
        actual: quantity === '0' ? null : { quantity: quantity === null ? null : of(quantity), cost: of(spent) },
      };
    });
  };

  it('is the sum of its departments, and its parts are the change exactly', () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 4 }), (departments) => {
        const lines = departments.flatMap(([volumes, uses], at) =>
          uses.map((given) => lineOf(`D${at}`, volumes, given)),
        );
        const { groups, whole } = basketsOf(lines);
        const { ordered } = whole;
        for (const part of ['volume', 'consumption', 'price', 'dropped'] as const) {
          expect(ordered[part].inOrder).toEqual(sumOf(groups.map(({ parts }) => parts[part])));
        }
        const change = whole.actual.minus(whole.planned);
        for (const which of ['inOrder', 'shapley'] as const) {
          const parts = Object.values(ordered).map((effect) => effect[which]);
          expect(sumOf([...parts, whole.new, whole.unsplit])).toEqual(change);
        }
      }),
    );
  });
});

describe('without indices', () => {
  it('says so where nothing matches', () => {
    expect(sentencesOf(analysed({ basket: [TEXTBOOK] }), 'factor-analysis').at(-1)).toBe(
      '没有与上期可比的采购项目（同部门、同项目、同计量单位，两期数量均大于零），未计算价格与用量指数。',
    );
  });
});

it('the section is absent where there is neither a basket nor anything bought twice', () => {
  const { sections, figures } = analysed({ bought: { now: [bought('CM1', 'A', '1', '1')], previous: [] } });
  expect([sections[0]!.blocks, figures]).toEqual([[], []]);
  expect(sections[0]!.absent!.zh).toBe(
    '本期没有定额或数量基准项目的用量，也没有与上期可比的采购项目，无从作因素分析。',
  );
});
