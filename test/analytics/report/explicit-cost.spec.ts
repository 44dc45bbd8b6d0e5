import { describe, expect, it } from '@jest/globals';
import { exact } from '../../../analytics/kernel/exact.js';
import { composeReport } from '../../../analytics/report/compose.js';
import type { ItemSum } from '../../../analytics/report/input.js';
import type { Chart, ReportModel } from '../../../analytics/report/model.js';
import { itemSum, itemised, month, type Given } from './an-input.js';
import { sentencesOf } from './read-out.js';
import { rowsOf } from './read-tables.js';

const items = new Map([
  ['0104', '配件'],
  ['02', '电力'],
]);

const NOW: readonly ItemSum[] = [
  // 225,720 − 193,000 = 32,720 = 23,000 + 9,720
  itemSum('CM1', 'resource', '0104', {
    ...{ explicit_actual: '193000', covered_actual: '193000', baseline: '225720' },
    ...{ price_base: '216000', price_reduction: '23000', usage_saving: '9720' },
  }),
  // 2,444,750 − 2,509,200 = −64,450 = 94,300 − 158,750
  itemSum('JD', 'management', '02', {
    ...{ explicit_actual: '2509200', covered_actual: '2509200', baseline: '2444750' },
    ...{ price_base: '2603500', price_reduction: '94300', usage_saving: '-158750' },
  }),
  // 725,000 − 640,000
  itemSum('GY', 'resource', '0101', {
    ...{ explicit_actual: '640000', covered_actual: '640000', baseline: '725000', amount_saving: '85000' },
  }),
  itemSum('CM1', 'industry', '10', { explicit_actual: '123000', internal_actual: '123000' }),
];
const PREVIOUS: readonly ItemSum[] = [
  itemSum('JD', 'management', '02', { explicit_actual: '2000000', covered_actual: '1800000' }),
  itemSum('CM1', 'resource', '0104', { explicit_actual: '200000', covered_actual: '180000' }),
];

const composed = (given: Given = {}, now = NOW, previous = PREVIOUS) =>
  composeReport(itemised('2023-12', { now, previous }, { items, ...given }));
const sentences = (report: ReportModel, language: 'zh' | 'en' = 'zh') => sentencesOf(report, 'explicit-cost', language);

function paretoOf(report: ReportModel): string[] {
  const { blocks } = report.sections.find(({ id }) => id === 'explicit-cost')!;
  const shown = new Map(report.figures.map((figure) => [figure.id, figure.shown]));
  const charts = blocks.filter((block): block is Extract<Chart, { shape: 'pareto' }> => block.kind === 'chart');
  return charts.flatMap(({ bars }) => bars.map(({ label, figure }) => `${label.zh} ${shown.get(figure)}`));
}

describe('explicit cost', () => {
  it('says what it was, how much was measured, and what price and usage made of it', () => {
    expect(sentences(composed())).toEqual([
      // 193,000 + 2,509,200 + 640,000 + 123,000 = 3,465,200; before 2,200,000: 1,265,200 more, 57.51 %.
      // 3,342,200 ÷ 3,465,200 = 96.4504 %; before 1,980,000 ÷ 2,200,000 = 90 %.
      '2023年12月显性成本实际346.52万元，比上月增加126.52万元，增长57.51%；与上年同期比较：没有对比数。' +
        '其中已对基准334.22万元，覆盖率96.45%，比上月提高6.45个百分点。',
      // 3,395,470 − 3,342,200 = 53,270 = 117,300 − 149,030 + 85,000; 117,300 ÷ 2,819,500 = 4.16 %
      '与基准成本339.55万元相比，节约5.33万元：价格影响11.73万元，用量影响-14.90万元，金额影响8.50万元' +
        '（节约为正，超支为负）；降价率4.16%。',
      '没有给出产量，不计算吨煤成本。',
    ]);
    expect(sentences(composed(), 'en')).toEqual([
      'Explicit cost, 2023-12: 346.52 × 10,000 yuan; up by 126.52 × 10,000 yuan from the previous month, a rise of ' +
        '57.51%; against the same period last year: nothing to compare with. Measured against a baseline: 334.22 × ' +
        '10,000 yuan, coverage 96.45%, up by 6.45 percentage points from the previous month.',
      'Against the baseline of 339.55 × 10,000 yuan: saved 5.33; price effect 11.73, usage effect -14.90, amount effect ' +
        '8.50 (savings positive, overspending negative); price-reduction rate 4.16%.',
      'No output is given: the cost per tonne is not computed.',
    ]);
  });

  it('says an overspending, and why there is no rate', () => {
    const now = [
      itemSum('GY', 'resource', '0101', { baseline: '1000', covered_actual: '3000', amount_saving: '-2000' }),
    ];
    expect(sentences(composed({}, now, [])).slice(0, 2)).toEqual([
      '2023年12月显性成本实际0.00万元，与上月比较：没有对比数；与上年同期比较：没有对比数。' +
        '其中已对基准0.30万元，覆盖率—（分母为零）。',
      '与基准成本0.10万元相比，超支0.20万元：价格影响0.00万元，用量影响0.00万元，金额影响-0.20万元' +
        '（节约为正，超支为负）；降价率—（分母为零）。',
    ]);
  });

  it('stands by category, with rates of the sums and the rounding difference (RND-3)', () => {
    expect(rowsOf(composed(), 'explicit-categories')).toEqual([
      // 94,300 ÷ 2,603,500
      '管理协同 | 250.92 | 244.48 | 9.43 | -15.88 | 0.00 | -6.45 | 3.62 | 100.00',
      // 23,000 ÷ 216,000
      '资源协同 | 83.30 | 95.07 | 2.30 | 0.97 | 8.50 | 11.77 | 10.65 | 100.00',
      '业务协同 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | — | —',
      '人员协同 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | — | —',
      '市场协同 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | — | —',
      '产业协同 | 12.30 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | — | 0.00',
      '合计 | 346.52 | 339.55 | 11.73 | -14.90 | 8.50 | 5.33 | 4.16 | 96.45',
      // −14.90 + 15.88 − 0.97; 5.33 + 6.45 − 11.77
      '尾差 | 0.00 | 0.00 | 0.00 | 0.01 | 0.00 | 0.01 |  | ',
    ]);
  });

  it('lists the items with share, cumulative share and change', () => {
    expect(rowsOf(composed(), 'explicit-items')).toEqual([
      '电力 | 250.92 | 72.41 | 72.41 | 50.92 | 25.46',
      // (2,509,200 + 640,000) ÷ 3,465,200 = 90.88 %
      '0101 | 64.00 | 18.47 | 90.88 | 64.00 | —',
      '配件 | 19.30 | 5.57 | 96.45 | -0.70 | -3.50',
      '10 | 12.30 | 3.55 | 100.00 | 12.30 | —',
      '合计 | 346.52 | 100.00 | 100.00 | 126.52 | 57.51',
    ]);
    expect(paretoOf(composed())).toEqual(['电力 250.92', '0101 64.00', '配件 19.30', '10 12.30']);
  });

  it('prints ten items and fifteen bars, the rest as one', () => {
    // I01 160,000, I02 150,000 … I16 10,000, I17 nothing: 1,360,000 in all
    const now = Array.from({ length: 17 }, (_, at) =>
      itemSum('CM1', 'resource', `I${String(at + 1).padStart(2, '0')}`, { explicit_actual: `${(16 - at) * 10000}` }),
    );
    const dropped = [itemSum('CM1', 'resource', 'I99', { explicit_actual: '30000' })];
    const report = composed({}, now, dropped);
    const rows = rowsOf(report, 'explicit-items');
    // The ten largest are 1,150,000; 210,000 is left, of which nothing stood before but the 30,000 of the dropped item.
    expect([rows.length, ...rows.slice(9)]).toEqual([
      12,
      'I10 | 7.00 | 5.15 | 84.56 | 7.00 | —',
      '其余合计 | 21.00 | 15.44 | 100.00 | 18.00 | 600.00',
      '合计 | 136.00 | 100.00 | 100.00 | 133.00 | 4433.33',
    ]);
    const bars = paretoOf(report);
    // I15 and I16: 20,000 + 10,000
    expect([bars.length, ...bars.slice(13)]).toEqual([15, 'I14 3.00', '其余合计 3.00']);
    const fifteen = paretoOf(composed({}, now.slice(1), []));
    expect([fifteen.length, fifteen.at(-1)]).toEqual([15, 'I16 1.00']);
  });

  it('has no Pareto of nothing, and is absent where there is nothing explicit', () => {
    const nothing = composed({}, [itemSum('CM1', 'resource', '0104', { unreported_baseline: '15000' })], []);
    expect(paretoOf(nothing)).toEqual([]);
    const gains = composed({}, [itemSum('CM1', 'business', '', { gains: '1' }, '')], []);
    const section = gains.sections.find(({ id }) => id === 'explicit-cost')!;
    expect([section.absent?.zh, section.blocks]).toEqual(['本期没有显性成本的数据', []]);
  });
});

describe('the cost per tonne', () => {
  const basis = { zh: '原煤产量', en: 'raw coal' };
  const tonnes = Object.entries({ '2023-12': '10000', '2023-11': '8000', '2022-12': '10000', '2023-10': '5000' });
  const months = [month('2022-12', 'CM1', 'resource', { explicit_actual: '3000000' })];
  const withTonnes = (given: readonly (readonly [string, string])[]) =>
    composed({ months, output: { basis, tonnes: new Map(given.map(([code, text]) => [code, exact(text)])) } });
  const sentenceOf = (report: ReportModel, language: 'zh' | 'en' = 'zh') => sentences(report, language).at(-1);

  it('is what ties to the ledger ÷ tonnes, to date a ratio of sums', () => {
    const report = withTonnes(tonnes);
    // (3,465,200 − 123,000) ÷ 10,000 = 334.22; a year ago 3,000,000 ÷ 10,000 = 300.
    // To date (3,342,200 + 2,200,000) ÷ 18,000 = 307.90 (not the mean of 334.22 and 275); October has no cost, so its
    // tonnes do not count.
    expect(rowsOf(report, 'cost-per-tonne')).toEqual([
      '本期 | 334.22 | 10000 | 334.22 | 300.00 | 34.22 | 11.41',
      '本年累计 | 554.22 | 18000 | 307.90 | 300.00 | 7.90 | 2.63',
    ]);
    expect(sentenceOf(report)).toBe(
      '按原煤产量计（显性成本扣除内部结算），2023年12月吨煤成本334.22元/吨，比上年同期增加34.22元/吨，增长11.41%；' +
        '本年累计吨煤成本307.90元/吨，比上年同期增加7.90元/吨，增长2.63%。',
    );
    expect(sentenceOf(report, 'en')).toBe(
      'Per tonne of raw coal (explicit cost less internal settlement), 2023-12: 334.22 yuan per tonne; up by 34.22 yuan ' +
        'per tonne from the same period last year, a rise of 11.41%; year to date: 307.90 yuan per tonne; up by 7.90 ' +
        'yuan per tonne from the same period last year, a rise of 2.63%.',
    );
  });

  it('is not made of a month without tonnes', () => {
    const report = withTonnes(tonnes.filter(([code]) => code === '2023-12'));
    expect(sentenceOf(report)).toBe(
      '按原煤产量计（显性成本扣除内部结算），2023年12月吨煤成本334.22元/吨，与上年同期比较：没有2022年12月的原煤产量；' +
        '本年累计不计算吨煤成本（没有2023年11月的原煤产量）。',
    );
    expect(rowsOf(report, 'cost-per-tonne')[1]).toBe('本年累计 | 554.22 | — | — | — | — | —');
  });

  it('is not infinite where nothing was mined, and stands once in the first month', () => {
    const now = [itemSum('CM1', 'resource', '0104', { explicit_actual: '1000' })];
    const output = { basis, tonnes: new Map([['2023-01', exact('0')]]) };
    const report = composeReport(itemised('2023-01', { now, previous: [] }, { output }));
    expect(sentenceOf(report)).toBe('按原煤产量计（显性成本扣除内部结算），2023年1月不计算吨煤成本（分母为零）。');
    expect(rowsOf(report, 'cost-per-tonne')).toEqual(['本期 | 0.10 | 0 | — | — | — | —']);
  });
});
