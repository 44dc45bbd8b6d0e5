import { describe, expect, it } from '@jest/globals';
import { exact } from '../../../analytics/kernel/exact.js';
import { REASON_WORDS, known, none, type Datum } from '../../../analytics/report/datum.js';
import { Figures } from '../../../analytics/report/figures.js';
import { changeWords } from '../../../analytics/report/words/change.js';
import { readOut } from './read-out.js';

const datum = (value: string | null): Datum => ({
  value: value === null ? none(REASON_WORDS.missing) : known(exact(value)),
  source: { kind: 'stated', what: { zh: '试', en: 'test' } },
});

describe('a change in words', () => {
  it.each([
    // 785,000 − 810,100 = −25,100; ÷ 810,100 = −3.0984 %
    [
      'wan',
      '785000',
      '810100',
      '比上月减少2.51万元，下降3.10%',
      'down by 2.51 × 10,000 yuan from last month, a fall of 3.10%',
    ],
    [
      'wan',
      '150000',
      '100000',
      '比上月增加5.00万元，增长50.00%',
      'up by 5.00 × 10,000 yuan from last month, a rise of 50.00%',
    ],
    ['wan', '100000', '100000', '与上月持平', 'unchanged from last month'],
    // 49.99 yuan are 0.00 万元, and 50 are 0.01
    ['wan', '100049.99', '100000', '与上月基本持平', 'almost unchanged from last month'],
    ['wan', '99950.01', '100000', '与上月基本持平', 'almost unchanged from last month'],
    [
      'wan',
      '100050',
      '100000',
      '比上月增加0.01万元，增长0.05%',
      'up by 0.01 × 10,000 yuan from last month, a rise of 0.05%',
    ],
    ['wan', '49', '0', '与上月基本持平', 'almost unchanged from last month'],
    // 100 ÷ 10,000,000 is 0.001 %
    [
      ...(['wan', '10000100', '10000000', '比上月增加0.01万元，增长不足0.01%'] as const),
      'up by 0.01 × 10,000 yuan from last month, a rise of less than 0.01%',
    ],
    [
      ...(['wan', '9999900', '10000000', '比上月减少0.01万元，下降不足0.01%'] as const),
      'down by 0.01 × 10,000 yuan from last month, a fall of less than 0.01%',
    ],
    // 0.004 of 百分点
    ['percent', '0.02324', '0.0232', '与上月基本持平', 'almost unchanged from last month'],
    ['yuanPerTonne', '310.004', '310', '与上月基本持平', 'almost unchanged from last month'],
    ['wan', '100000', null, '与上月比较：没有对比数', 'against last month: nothing to compare with'],
    ['wan', null, '100000', '没有数据', 'no data'],
    [
      'wan',
      '100000',
      '0',
      '比上月增加10.00万元（对比数为零，不计增减率）',
      'up by 10.00 × 10,000 yuan from last month (compared with zero: no rate)',
    ],
    [
      'wan',
      '-10000',
      '20000',
      '比上月减少3.00万元，由正转负',
      'down by 3.00 × 10,000 yuan from last month, turned negative',
    ],
    [
      'wan',
      '10000',
      '-20000',
      '比上月增加3.00万元，由负转正',
      'up by 3.00 × 10,000 yuan from last month, turned positive',
    ],
    [
      'wan',
      '-30000',
      '-20000',
      '比上月减少1.00万元（对比数为负，不计增减率）',
      'down by 1.00 × 10,000 yuan from last month (compared with a negative figure: no rate)',
    ],
    ['percent', '0.0267', '0.0232', '比上月提高0.35个百分点', 'up by 0.35 percentage points from last month'],
    ['percent', '0.0200', '0.0232', '比上月降低0.32个百分点', 'down by 0.32 percentage points from last month'],
  ] as const)('%s: %s after %s', (unit, now, then, zh, en) => {
    const figures = new Figures();
    const name = { zh: '上月', en: 'last month' };
    const sentence = changeWords(figures, unit, { now: datum(now), then: datum(then), name });
    const report = { figures: figures.all() };
    expect([readOut(report, sentence.zh), readOut(report, sentence.en)]).toEqual([zh, en]);
  });
});
