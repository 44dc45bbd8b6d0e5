import { describe, expect, it } from '@jest/globals';
import type { ReportInput } from '../../../analytics/report/input.js';
import { factorAnalysis } from '../../../analytics/report/sections/factor-analysis.js';
import { anInput, bought, month, type Given } from './an-input.js';
import { reportOf } from './one-section.js';
import { sentencesOf } from './read-out.js';
import { rowsOf } from './read-tables.js';

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
const months = ['2023-11', '2023-12'].map((period) => month(period, 'CM1', 'resource', { explicit_actual: '1000' }));
const analysed = (given: Pick<ReportInput, 'bought'>) =>
  reportOf(factorAnalysis, anInput('2023-12', { ...NAMES, months, ...given }));

/** 170,400 → 228,600 (wendadaohang), amounts × 100: 134.15 % = 118.84 % × 112.89 %, 58,200 = 32,100 + 26,100. */
const INDEX_SYSTEM = {
  previous: [
    ...[bought('CM1', 'A', '4000', '10000000'), bought('CM1', 'B', '500', '7000000')],
    bought('CM1', 'C', '800', '40000'),
  ],
  now: [
    ...[bought('CM1', 'A', '5000', '14000000'), bought('CM1', 'B', '550', '8800000')],
    bought('CM1', 'C', '1000', '60000'),
  ],
};

describe('price and quantity indices', () => {
  it('over what was bought in both periods (IDX-1)', () => {
    const report = analysed({ bought: INDEX_SYSTEM });
    // Σ p1·q0 = 28·4,000 + 160·500 + 0.6·800 = 192,480 ÷ 170,400 = 112.96; Paasche 228,600 ÷ 202,500 = 112.89;
    // q: 202,500 ÷ 170,400 = 118.84; 228,600 ÷ 192,480 = 118.77. Fisher √(112.9577 · 112.8889) = 112.92, √(118.8380 · 118.7656) = 118.80.
    // Bennet prices (3·9,000 + 20·1,050 + 0.1·1,800) ÷ 2 = 24,090, quantities 58,200 − 24,090 = 34,110; × 100 yuan.
    expect(rowsOf(report, 'indices')).toEqual([
      '价格 | 112.96 | 112.89 | 112.92 | 112.92 | 240.90',
      '用量 | 118.84 | 118.77 | 118.80 | 118.80 | 341.10',
      '成本变动 | — | — | — | — | 582.00',
    ]);
    expect(sentencesOf(report, 'factor-analysis')).toEqual([
      '本期没有定额或数量基准项目的用量，未作产量、单耗、价格的因素分析。',
      '与上期可比的采购项目3项（同部门、同项目、同计量单位），以上期为100，费雪价格指数112.92，费雪用量指数118.80；其成本变动中，价格影响240.90万元，用量影响341.10万元（贝内特指标，正数为成本上升）。',
      '没有本期新购或上期有而本期未购的项目。',
    ]);
  });

  it('lists what was bought in one of them alone: ten by name', () => {
    const many = Array.from({ length: 12 }, (_, at) => bought('JD', `N${String(at + 1).padStart(2, '0')}`, '1', '10'));
    const report = analysed({
      bought: {
        // Another unit is another item; what was sent back whole was not bought.
        now: [...INDEX_SYSTEM.now, ...many, bought('CM1', '02', '5', '10', '度'), bought('CM1', '0104', '0', '0')],
        previous: [...INDEX_SYSTEM.previous, bought('CM1', '02', '5', '10', ''), bought('CM1', '0104', '-1', '-5')],
      },
    });
    expect(sentencesOf(report, 'factor-analysis')[2]).toBe(
      '本期新购13项：采煤一区电力（度）、机电区N01（吨）、机电区N02（吨）、机电区N03（吨）、机电区N04（吨）、机电区N05（吨）、机电区N06（吨）、机电区N07（吨）、机电区N08（吨）、机电区N09（吨）等；上期有而本期未购1项：采煤一区电力。不可比的项目只列名，不推算价格。',
    );
    expect(sentencesOf(report, 'factor-analysis', 'en')[2]).toContain(
      '; 1 bought in the previous period alone: 采煤一区 电力.',
    );
  });

  it('adds up what came twice, and has no index where a price is not above zero', () => {
    const report = analysed({
      bought: {
        previous: [bought('CM1', 'A', '1', '10000')],
        now: [bought('CM1', 'A', '3', '10000'), bought('CM1', 'A', '1', '-10000')],
      },
    });
    // 1 at 1 万元, then 4 for nothing: quantities at the old price 4 ÷ 1 = 400. Bennet prices −1 · (1 + 4) ÷ 2 = −2.5, quantities 3 · (1 + 0) ÷ 2 = 1.5.
    expect(rowsOf(report, 'indices')).toEqual([
      ...['价格 | — | — | — | — | -2.50', '用量 | 400.00 | — | — | — | 1.50', '成本变动 | — | — | — | — | -1.00'],
    ]);
    expect(report.figures.find(({ unit, exact: value }) => unit === 'index' && value === null)!.reason!.zh).toBe(
      '有单价不大于零的项目',
    );
  });

  it('of a thousand items takes no longer than a reader waits', () => {
    // Quantities 1,009 to 2,008 and one more each now, at 7 yuan each time: many denominators, and no change of prices.
    const at = (more: number) =>
      Array.from({ length: 1000 }, (_, i) =>
        bought('CM1', `N${i}`, String(1009 + i + more), String(7 * (1009 + i + more))),
      );
    const report = analysed({ bought: { previous: at(0), now: at(1) } });
    // Σ quantities 1,508,500 → 1,509,500: 100.07; 7,000 yuan.
    expect(rowsOf(report, 'indices')[1]).toBe('用量 | 100.07 | 100.07 | 100.07 | 100.07 | 0.70');
    // Amounts of odd fen have prices without end.
    const odd = (items: ReturnType<typeof at>, fen: bigint) =>
      items.map((item) => ({ ...item, amount: item.amount + fen * 10n ** 16n }));
    const start = performance.now();
    expect(rowsOf(analysed({ bought: { previous: odd(at(0), 1n), now: odd(at(1), 1n) } }), 'indices')).toHaveLength(3);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
