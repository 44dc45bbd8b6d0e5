import { describe, expect, it } from '@jest/globals';
import { exact } from '../../analytics/kernel/exact.js';
import { headline, inPercent, inWan, periodWords, valueRate } from '../../analytics/synergy/headline.js';
import { DEFAULT_METHOD, type Method } from '../../analytics/synergy/types.js';

const figures = (turnover: string, value: string, price: string, opportunity = '0') => ({
  turnover: exact(turnover),
  synergy_value: exact(value),
  price_reduction: exact(price),
  implicit_opportunity_saving: exact(opportunity),
});
const said = (of: ReturnType<typeof figures>, method: Partial<Method> = {}, codes = ['2023-03']) =>
  headline(of, { ...DEFAULT_METHOD, ...method }, periodWords(codes));

describe('the headline', () => {
  it('says what the mine said of itself', () => {
    // 108 ÷ 4,045 = 2.6699… %
    const { zh, en } = said(figures('40450000', '1080000', '830000'), {}, ['2023-01', '2023-12']);
    expect(zh).toBe('2023年，全矿协同4045.00万元，实现协同创效108.00万元（其中：价格降本83.00万元），创效率2.67%。');
    expect(en).toBe(
      '2023: synergy turnover of the whole mine 4045.00, synergy value created 108.00 ' +
        '(of which price reduction 83.00), value rate 2.67% (amounts in 10,000 yuan).',
    );
  });

  it.each([
    // VAL-2: the price reduction is part of the value from 0 to the whole of it, and not a fen beyond.
    ['100.00', '0', '（其中：价格降本0.00万元）'],
    ['50000', '50000', '（其中：价格降本5.00万元）'],
    ['50000', '50000.01', '，同期价格降本5.00万元，用量等因素影响0.00万元'],
    // 40,000 − 56,730 = −16,730
    ['40000', '56730', '，同期价格降本5.67万元，用量等因素影响-1.67万元'],
    ['40000', '-0.01', '，同期价格降本0.00万元，用量等因素影响4.00万元'],
    ['-40000', '-50000', '，同期价格降本-5.00万元，用量等因素影响1.00万元'],
  ])('of a value of %s with a price reduction of %s: %s', (value, price, part) => {
    expect(said(figures('100', value, price)).zh).toContain(`万元${part}，创效率`);
  });

  it('sets the price reduction beside the value where the method does', () => {
    expect(said(figures('100', '50000', '20000'), { priceReduction: 'beside' }).zh).toContain(
      '实现协同创效5.00万元，另有价格降本2.00万元（不计入协同创效），',
    );
  });

  it('shows the saving of opportunity losses as its own part (IMP-4)', () => {
    const of = figures('100', '50000', '20000', '5320');
    expect(said(of).zh).toContain('，账外机会损失节约0.53万元已计入，');
    expect(said(of, { opportunitySaving: 'beside' }).zh).toContain('，账外机会损失节约0.53万元未计入，');
  });

  it('has no rate without turnover (VAL-3)', () => {
    expect(said(figures('0', '50000', '0')).zh).toMatch(/，创效率—。$/);
    expect(valueRate(figures('-200', '50', '0'))).toBe('-25.00%');
  });

  it('rounds half away from zero, once, and never shows -0.00 (RND-1)', () => {
    expect(['50', '49.999999', '-50', '-49.99', '0'].map((yuan) => inWan(exact(yuan)))).toEqual([
      ...['0.01', '0.00', '-0.01', '0.00', '0.00'],
    ]);
    // 1 ÷ 16 = 6.25 %, 1 ÷ 20,000 = 0.005 %
    expect([inPercent(1n, 16n), inPercent(-1n, 20_000n), inPercent(1n, 0n)]).toEqual(['6.25%', '-0.01%', '—']);
  });
});

it.each([
  [[], '', ''],
  [['2023-03'], '2023年3月', '2023-03'],
  [['2023-12', '2023-02', '2023-05'], '2023年2月至12月', '2023-02 to 2023-12'],
  [['2023-01', '2023-12'], '2023年', '2023'],
  [['2022-01', '2023-12'], '2022年1月至2023年12月', '2022-01 to 2023-12'],
  [['2022-11', '2023-02'], '2022年11月至2023年2月', '2022-11 to 2023-02'],
  // Adjustment periods of a ledger.
  [['2023-13'], '2023年第13期', '2023-13'],
])('periods %j are %j', (codes, zh, en) => {
  expect(periodWords(codes)).toEqual({ zh, en });
});
