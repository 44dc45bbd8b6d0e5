import { describe, expect, it } from '@jest/globals';
import { composeReport } from '../../../analytics/report/compose.js';
import { anInput, month, planned } from './an-input.js';
import { sentencesOf } from './read-out.js';

const months = [
  month('2023-11', 'CM1', 'resource', { price_reduction: '600000', turnover: '30000000' }),
  month('2023-12', 'CM1', 'resource', { price_reduction: '830000', usage_saving: '250000', turnover: '40450000' }),
];

describe('the overview', () => {
  it('says the mine’s published sentence, and what moved', () => {
    const report = composeReport(
      anInput('2023-12', { months, plan: [planned('2023-12', 'CM1', 'resource', '1000000')] }),
    );
    expect(sentencesOf(report, 'overview')).toEqual([
      '2023年12月，全矿协同4045.00万元，实现协同创效108.00万元（其中：价格降本83.00万元），创效率2.67%。',
      '2023年，全矿协同7045.00万元，实现协同创效168.00万元（其中：价格降本143.00万元），创效率2.38%。',
      // 1,080,000 − 600,000 = 480,000, a rise of 80 %
      '协同创效比上月增加48.00万元，增长80.00%；与上年同期比较：没有对比数；完成计划100.00万元的108.00%。',
    ]);
  });
});
