import { describe, expect, it } from '@jest/globals';
import { Calendar } from '../../analytics/kernel/calendar.js';
import { exact, plain, times, type Exact } from '../../analytics/kernel/exact.js';
import { computeSynergy } from '../../analytics/synergy/compute.js';
import { sumOf } from '../../analytics/synergy/measures.js';
import { DEFAULT_METHOD, type Baseline, type BaselineKind, type CostRecord } from '../../analytics/synergy/types.js';

/** What a textbook gives of one material, labour or other cost; prices and quantities as published. */
interface Given {
  readonly standardPrice: string;
  /** Left out where only the price is analysed. */
  readonly standardQuantity?: string;
  /** Or per unit of an output. */
  readonly norm?: string;
  readonly output?: string;
  readonly actualPrice: string;
  readonly actualQuantity: string;
}

/** A cost item against a baseline: the first of these figures that is given says what the baseline is (BAS-1). */
function computed(givens: readonly Given[]) {
  const kindOf = (given: Given): BaselineKind =>
    given.norm !== undefined ? 'norm' : given.standardQuantity !== undefined ? 'quantity' : 'price';
  const figure = (text: string | undefined): Exact | null => (text === undefined ? null : exact(text));
  const place = (at: number) =>
    ({
      department: 'CM1',
      category: 'resource',
      item: `item ${at}`,
      nature: 'explicit',
      project: null,
      unit: null,
    }) as const;
  const baselines = givens.map((given, at): Baseline => ({
    ...place(at),
    code: `B${at}`,
    kind: kindOf(given),
    ...{ validFrom: null, validTo: null, amount: null, plannedVolume: null, fixedAmount: null },
    unitPrice: exact(given.standardPrice),
    norm: figure(given.norm),
    driver: given.norm === undefined ? null : `output ${at}`,
    quantity: figure(given.standardQuantity),
  }));
  const records = givens.map((given, at): CostRecord => ({
    ...place(at),
    id: `R${at}`,
    date: '2023-03-15',
    quantity: exact(given.actualQuantity),
    amount: times(exact(given.actualPrice), exact(given.actualQuantity)),
    ...{ isInternal: false, voucher: null, correctsPeriod: null },
  }));
  const volumes = givens.flatMap(({ output }, at) =>
    output === undefined ? [] : { period: '2023-03', department: 'CM1', driver: `output ${at}`, actual: exact(output) },
  );
  const { cells, issues } = computeSynergy({
    ...{ calendar: new Calendar(null), baselines, records, volumes },
    ...{ projects: [], rates: [], adjustments: [], method: DEFAULT_METHOD },
  });
  expect(issues).toEqual([]);
  return sumOf(cells.map(({ measures }) => measures));
}

/**
 * A textbook's effect is actual − standard: positive means that the cost rises, unfavourable. Ours is a saving and has the
 * opposite sign: price_reduction = −(price effect), usage_saving = −(usage effect).
 */
function expectEffects(givens: readonly Given[], effects: { price: string; usage?: string; total?: string }): void {
  const total = computed(givens);
  const opposite = (saving: Exact) => plain(-saving);
  expect(opposite(total.price_reduction)).toBe(effects.price);
  expect(opposite(total.usage_saving)).toBe(effects.usage ?? '0');
  if (effects.total !== undefined) expect(opposite(total.explicit_saving)).toBe(effects.total);
}

const bought = (
  standardPrice: string,
  standardQuantity: string,
  actualPrice: string,
  actualQuantity: string,
): Given => ({
  ...{ standardPrice, standardQuantity, actualPrice, actualQuantity },
});

describe('Chinese textbook cases', () => {
  it('直接材料 200 件: price +150, usage +280, total +430', () => {
    // https://app.ixiawen.com/question/1993209/207552e4e0feb9eefb9b83943c7cb02f.html
    // 1,500·(0.5 − 0.4); (1,500 − 200·4)·0.4
    const given = { standardPrice: '0.4', norm: '4', output: '200', actualPrice: '0.5', actualQuantity: '1500' };
    expectEffects([given], { price: '150', usage: '280', total: '430' });
  });

  it('制造费用 4000/3672: efficiency +80, rate −408, total −328', () => {
    // https://m.qiqiwenku.com/doc/245308.html (answer 12): 500 hours at 8, actual 510 at 7.2
    expectEffects([bought('8', '500', '7.2', '510')], { price: '-408', usage: '80', total: '-328' });
  });

  it('丙产品人工: efficiency +3, rate −10, total −7', () => {
    // https://m.docduoduo.com/p-6392277.html: 18 hours at 1.5, actual 20 at 1
    expectEffects([bought('1.5', '18', '1', '20')], { price: '-10', usage: '3', total: '-7' });
  });

  it('指数体系 170400: quantity effect +32100, price effect +26100, change +58200', () => {
    // https://55.wendadaohang.com/zd/R8LLQccL.html (data), https://juduo.cc/club/4998846.html (answers)
    const goods = [
      bought('25', '4000', '28', '5000'),
      bought('140', '500', '160', '550'),
      bought('0.5', '800', '0.6', '1000'),
    ];
    expectEffects(goods, { price: '26100', usage: '32100', total: '58200' });
  });

  // 连环替代法, 产量 → 单耗 → 单价: against a norm at the actual volume the last two are ours; that of the volume is nobody's saving.
  it.each([
    // https://ti.zuoweng.com/ti/4uclKKKQ: 120·9·5 to 140·8·6, effects 900, −700, 1120
    ['140', ['9', '8'], ['5', '6'], '-700', '1120'],
    // http://gaojiufeng.cn/?id=1002868: 500·10·20 to 550·9·22, effects 10000, −11000, 9900
    ['550', ['10', '9'], ['20', '22'], '-11000', '9900'],
    // https://epsq.cn/post/323833.html: 400·30·13 to 410·31·11, effects 3900, 5330, −25420
    ['410', ['30', '31'], ['13', '11'], '5330', '-25420'],
  ] as const)(
    '连环替代法, actual volume %s, 单耗 %j, 单价 %j: %s and %s',
    (output, consumption, prices, usage, price) => {
      const actualQuantity = plain(times(exact(output), exact(consumption[1])));
      const [standardPrice, actualPrice] = prices;
      expectEffects([{ standardPrice, norm: consumption[0], output, actualPrice, actualQuantity }], { price, usage });
    },
  );

  it('混凝土 504000: price and loss rate in the other order, so only their sum is ours: 35700 − 10880', () => {
    // https://ahxmx.laixue.com/test/3069879: 800·600·1.05 to 850·640·1.03, 产量 → 单价 → 损耗率
    const given = { standardPrice: '600', norm: '1.05', output: '850', actualPrice: '640', actualQuantity: '875.5' };
    // ours, consumption before price: 600·850·(1.03 − 1.05) and 875.5·40
    expectEffects([given], { price: '35020', usage: '-10200', total: '24820' });
  });
});

describe('English textbook cases', () => {
  it('Blue Rail steel pipe: price 41,000 U, usage 12,000 F, total 29,000 U', () => {
    // https://ebrary.net/651/accounting/an_illustration_direct_material_variance_calculations
    // (principlesofaccounting.com, Blue Rail Manufacturing): 3,400 sections of 1.25 pieces at 80, actual 4,100 at 90
    const given = { standardPrice: '80', norm: '1.25', output: '3400', actualPrice: '90', actualQuantity: '4100' };
    expectEffects([given], { price: '41000', usage: '-12000', total: '29000' });
    const { baseline, covered_actual } = computed([given]);
    expect([baseline, covered_actual].map(plain)).toEqual(['340000', '369000']);
  });

  it('185,000 lb: price −36,640 F, usage −10,800 F, total −47,440 F', () => {
    // https://qammunity.org/8059627 (a Warren exercise)
    const given = bought('6.00', '185000', '5.80', '183200');
    expectEffects([given], { price: '-36640', usage: '-10800', total: '-47440' });
  });

  it.each([
    ['cookie mix', bought('0.02', '2250000', '0.02', '2325000'), '0', '1500'],
    ['milk chocolate', bought('0.15', '1125000', '0.20', '1330000'), '66500', '30750'],
    ['almonds', bought('0.50', '225000', '0.50', '240000'), '0', '7500'],
  ])('Case 11-55 Chocolate Nut Supreme, %s', (_, given, price, usage) => {
    // https://www.coursehero.com/file/5869063/CASE-11-55/
    expectEffects([given], { price, usage });
  });

  it('materials A and B, prices only: 354 A, 180 F, together 174 A on an actual cost of 10,294', () => {
    // https://acowtancy.com/blog/read/standard-costing-materials
    const a = { standardPrice: '4.00', actualPrice: '4.30', actualQuantity: '1180' };
    const b = { standardPrice: '6.00', actualPrice: '5.80', actualQuantity: '900' };
    expectEffects([a], { price: '354' });
    expectEffects([b], { price: '-180' });
    expectEffects([a, b], { price: '174', total: '174' });
    expect(plain(computed([a, b]).explicit_actual)).toBe('10294');
  });

  it('chemical mixture A and B, its price part: 300 F', () => {
    // https://www.transtutors.com/questions/accountancy-50696.htm: 125 at 27 for 25, 275 at 34 for 36. Its mix and yield
    // go by shares of an input and are no usage against a quantity of each material.
    const a = { standardPrice: '25', actualPrice: '27', actualQuantity: '125' };
    const b = { standardPrice: '36', actualPrice: '34', actualQuantity: '275' };
    expectEffects([a, b], { price: '-300', total: '-300' });
  });

  it('volume 100,000 and price 36,000', () => {
    // GitHub, MasteryEducation/CPAExamsMastery.com, content/bar/2/5/4/index.md: 10,000 at 50, actual 12,000 at 53.
    // There it is revenue, and the rise is favourable; as a cost the same rise is overspent.
    expectEffects([bought('50', '10000', '53', '12000')], { price: '36000', usage: '100000', total: '136000' });
  });
});
