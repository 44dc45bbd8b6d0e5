import { describe, expect, it } from '@jest/globals';
import { composeReport } from '../../../analytics/report/compose.js';
import type { ItemSum } from '../../../analytics/report/input.js';
import type { Chart, ReportModel } from '../../../analytics/report/model.js';
import type { Method } from '../../../analytics/synergy/types.js';
import { anInput, itemSum, itemised, measuresOf, month, planned, type Stated, type Given } from './an-input.js';
import { sentencesOf } from './read-out.js';
import { rowsOf, tableOfId } from './read-tables.js';

const named = {
  departments: new Map([
    ['CM1', { name: '采煤一队', parent: null }],
    ['JD', { name: '机电队', parent: null }],
    ['ZY', { name: '政策研究室', parent: null }],
  ]),
  items: new Map([
    ['0104', '配件'],
    ['02', '电力'],
  ]),
};

/** Value CM1 200,000 − 50,000 = 150,000; JD 30,000; ZY 36,000 − 6,000 = 30,000. */
const NOW: readonly ItemSum[] = [
  itemSum('CM1', 'resource', '0104', {
    ...{ price_reduction: '200000', usage_saving: '-50000', turnover: '1000000' },
    ...{ baseline: '900000', covered_actual: '750000', explicit_actual: '800000' },
  }),
  itemSum('JD', 'resource', '02', {
    ...{ price_reduction: '30000', baseline: '330000', covered_actual: '300000', explicit_actual: '300000' },
  }),
  itemSum('JD', 'industry', '02', { unreported_baseline: '15000' }),
  itemSum('ZY', 'business', '', { gains: '36000', inputs: '6000' }, ''),
];
/** Value CM1 0, JD 62,000. */
const PREVIOUS: readonly ItemSum[] = [
  itemSum('CM1', 'resource', '0104', { price_reduction: '100000', usage_saving: '-100000' }),
  itemSum('JD', 'resource', '02', { price_reduction: '62000' }),
  itemSum('JD', 'personnel', '03', { amount_saving: '8000' }),
];

const composed = (given: Given = {}, now = NOW, previous = PREVIOUS) =>
  composeReport(itemised('2023-12', { now, previous }, { ...named, ...given }));
const resourceIn = (report: ReportModel) => sentencesOf(report, 'categories')[1];

describe('the six synergies', () => {
  it('says of each its figures, what moved it and why, or that there is nothing', () => {
    expect(sentencesOf(composed(), 'categories')).toEqual([
      '本期没有管理协同的数据。',
      // Value 180,000; price reduction 230,000 is more, so the rest is −50,000. Before: 62,000; 118,000 more, 190.32 %.
      // CM1 150,000 − 0, JD 30,000 − 62,000; price 230,000 − 162,000 = 68,000, usage −50,000 + 100,000 = 50,000.
      '资源协同本期协同额100.00万元，实现协同创效18.00万元，同期价格降本23.00万元，用量等因素影响-5.00万元。' +
        '协同创效比上月增加11.80万元，增长190.32%，主要是采煤一队配件影响增加15.00万元（机电队电力影响减少3.20万元，抵消一部分）；' +
        '与上年同期比较：没有对比数。按构成看，价格降本增加6.80万元、用量节约增加5.00万元。',
      '业务协同本期协同额0.00万元，实现协同创效3.00万元（其中：价格降本0.00万元）。' +
        '协同创效比上月增加3.00万元（对比数为零，不计增减率），主要是政策研究室增收减投入影响增加3.00万元；' +
        '与上年同期比较：没有对比数。按构成看，增收增加3.60万元、投入增加0.60万元。',
      '本期没有人员协同的数据，上月协同创效0.80万元。',
      '本期没有市场协同的数据。',
      '产业协同本期协同额0.00万元，实现协同创效0.00万元（其中：价格降本0.00万元）。' +
        '协同创效与上月持平；与上年同期比较：没有对比数。',
    ]);
    expect(sentencesOf(composed(), 'categories', 'en').slice(0, 2)).toEqual([
      'Nothing in management this period.',
      'Resource: turnover 100.00, synergy value created 18.00, price reduction of the same time 23.00, ' +
        'effect of usage and other factors -5.00 (10,000 yuan). Synergy value: ' +
        'up by 11.80 × 10,000 yuan from the previous month, a rise of 190.32%, mainly 采煤一队, 配件: up by ' +
        '15.00 × 10,000 yuan (partly offset by 机电队, 电力: down by 3.20 × 10,000 yuan); against the same period last year: nothing to ' +
        'compare with. By component: price reduction up by 6.80 × 10,000 yuan; usage saving up by 5.00 × 10,000 yuan.',
    ]);
  });

  it('heads each category, and gives one without anything no table', () => {
    const report = composed();
    const { blocks } = report.sections.find(({ id }) => id === 'categories')!;
    expect(blocks.flatMap((block) => (block.kind === 'heading' ? [block.text.zh] : []))).toEqual([
      ...['管理协同', '资源协同', '业务协同', '人员协同', '市场协同', '产业协同'],
    ]);
    expect([tableOfId(report, 'personnel-departments'), tableOfId(report, 'personnel-items')]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it.each<[string, Partial<Method>, Stated, string]>([
    // 10,000 within 30,000
    [
      'price within the value',
      {},
      { price_reduction: '10000', gains: '20000' },
      '3.00万元（其中：价格降本1.00万元）。',
    ],
    // Value 20,000
    [
      'price beside the value',
      { priceReduction: 'beside' },
      { price_reduction: '10000', gains: '20000' },
      '2.00万元，另有价格降本1.00万元（不计入协同创效）。',
    ],
    [
      'a price that rose',
      {},
      { price_reduction: '-10000', gains: '20000' },
      '1.00万元，同期价格降本-1.00万元，用量等因素影响2.00万元。',
    ],
    [
      'opportunity within the value',
      {},
      { implicit_opportunity_saving: '5320' },
      '0.53万元（其中：价格降本0.00万元），账外机会损失节约0.53万元已计入。',
    ],
    [
      'opportunity beside the value',
      { opportunitySaving: 'beside' },
      { implicit_opportunity_saving: '5320' },
      '0.00万元（其中：价格降本0.00万元），账外机会损失节约0.53万元未计入。',
    ],
  ])('VAL-2, IMP-4: %s', (_, change, stated, said) => {
    const { basis } = anInput('2023-12', {});
    const method = { ...basis.method, ...change };
    const now = [{ ...itemSum('CM1', 'resource', '0104', {}), measures: measuresOf(stated, method) }];
    const report = composed({ basis: { ...basis, method } }, now, []);
    expect(resourceIn(report)).toContain(`本期协同额0.00万元，实现协同创效${said}`);
  });

  it('by a method that leaves them out, neither price nor opportunity is among what moved the value', () => {
    const { basis } = anInput('2023-12', {});
    const method: Method = { priceReduction: 'beside', opportunitySaving: 'beside' };
    const stated = { price_reduction: '10000', implicit_opportunity_saving: '20000', gains: '30000' };
    const now = [{ ...itemSum('CM1', 'resource', '0104', {}), measures: measuresOf(stated, method) }];
    const report = composed({ basis: { ...basis, method } }, now, [itemSum('CM1', 'resource', '0104', {})]);
    expect(resourceIn(report)).toMatch(/按构成看，增收增加3\.00万元。$/);
  });

  it('compares the six in one table, with plan and total', () => {
    const months = [month('2022-12', 'CM1', 'resource', { price_reduction: '90000' })];
    const report = composed({ months, plan: [planned('2023-12', 'CM1', 'resource', '200000')] });
    expect(rowsOf(report, 'categories')).toEqual([
      '管理协同 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | — | —',
      // 180,000 − 62,000; 180,000 − 90,000; 180,000 ÷ 200,000
      '资源协同 | 100.00 | 18.00 | 23.00 | 11.80 | 9.00 | 20.00 | 90.00',
      '业务协同 | 0.00 | 3.00 | 0.00 | 3.00 | 3.00 | — | —',
      '人员协同 | 0.00 | 0.00 | 0.00 | -0.80 | 0.00 | — | —',
      '市场协同 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | — | —',
      '产业协同 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | — | —',
      // 210,000 ÷ 200,000
      '合计 | 100.00 | 21.00 | 23.00 | 14.00 | 12.00 | 20.00 | 105.00',
    ]);
  });

  it('lists the largest departments and items with their share', () => {
    const report = composed();
    expect(rowsOf(report, 'resource-departments')).toEqual([
      '采煤一队 | 15.00 | 20.00 | 83.33',
      '机电队 | 3.00 | 3.00 | 16.67',
      '合计 | 18.00 | 23.00 | 100.00',
    ]);
    expect(rowsOf(report, 'business-items')).toEqual([
      '增收减投入 | 3.00 | 0.00 | 100.00',
      '合计 | 3.00 | 0.00 | 100.00',
    ]);
    // No share of nothing.
    expect(rowsOf(report, 'industry-departments')).toEqual(['机电队 | 0.00 | 0.00 | —', '合计 | 0.00 | 0.00 | —']);
  });

  it('prints five of seven, equal ones by code, and what the others leave of the whole', () => {
    const values = ['10000', '50000', '20000', '10000', '-70000', '30000', '40000'];
    const now = values.map((price, at) => itemSum(`D${at + 1}`, 'resource', '02', { price_reduction: price }));
    // All: 90,000. The five largest: 50 + 40 + 30 + 20 + 10 (D1 before D4) = 150; left: 90 − 150 = −60 = 10 − 70.
    expect(rowsOf(composed({}, now, []), 'resource-departments')).toEqual([
      'D2 | 5.00 | 5.00 | 55.56',
      'D7 | 4.00 | 4.00 | 44.44',
      'D6 | 3.00 | 3.00 | 33.33',
      'D3 | 2.00 | 2.00 | 22.22',
      'D1 | 1.00 | 1.00 | 11.11',
      '其余合计 | -6.00 | -6.00 | -66.67',
      '合计 | 9.00 | 9.00 | 100.00',
    ]);
  });

  it('does not list who stood there only in the period before', () => {
    const now = [itemSum('CM1', 'resource', '0104', { price_reduction: '10000' })];
    const report = composed({}, now, [itemSum('JD', 'resource', '02', { price_reduction: '20000' })]);
    expect(rowsOf(report, 'resource-departments')).toEqual([
      '采煤一队 | 1.00 | 1.00 | 100.00',
      '合计 | 1.00 | 1.00 | 100.00',
    ]);
  });

  it('gives no shares of a loss', () => {
    const report = composed({}, [itemSum('CM1', 'resource', '0104', { price_reduction: '-100' })], []);
    expect(rowsOf(report, 'resource-items')).toEqual(['配件 | -0.01 | -0.01 | —', '合计 | -0.01 | -0.01 | —']);
    expect(report.figures.flatMap(({ reason }) => reason?.zh ?? [])).toContain('合计为负');
  });

  it('leads from the baseline through the savings to what was measured, the rest beside it', () => {
    const report = composed();
    const { blocks } = report.sections.find(({ id }) => id === 'categories')!;
    const chart = blocks.find((block): block is Extract<Chart, { shape: 'bridge' }> => block.kind === 'chart')!;
    const shown = new Map(report.figures.map((figure) => [figure.id, figure.shown]));
    // 1,230,000 − 180,000 = 1,050,000; of 1,100,000 spent 50,000 was measured against nothing.
    expect(chart.bars.map(({ role, label, figure }) => `${role} ${label.zh} ${shown.get(figure)}`)).toEqual([
      ...['level 基准成本 123.00', 'step 管理协同 0.00', 'step 资源协同 18.00', 'step 业务协同 0.00'],
      ...['step 人员协同 0.00', 'step 市场协同 0.00', 'step 产业协同 0.00', 'level 已对基准的实际 105.00'],
      ...['gap 未对基准 5.00', 'gap 应报未报 1.50'],
    ]);
    // Whoever cannot see it reads it.
    expect(chart.alt.zh).toBe(
      '桥图：从基准到实际（万元），经六大协同，节约向下，超支（负数）向上：基准成本123.00、管理协同0.00、资源协同18.00、业务协同0.00、' +
        '人员协同0.00、市场协同0.00、产业协同0.00、已对基准的实际105.00；另用刻度单列：未对基准5.00、应报未报1.50。',
    );
    expect(chart.alt.en).toContain(
      'covered actual 105.00; apart, on a scale of their own: uncovered 5.00, not reported 1.50.',
    );
  });

  it('is absent without data', () => {
    const section = composeReport(anInput('2023-12', named)).sections.find(({ id }) => id === 'categories')!;
    expect([section.absent?.zh, section.blocks]).toEqual(['本期没有数据', []]);
  });
});
