import { describe, expect, it } from '@jest/globals';
import { exact } from '../../../analytics/kernel/exact.js';
import { composeReport } from '../../../analytics/report/compose.js';
import type { RestatedLine, Restatement } from '../../../analytics/report/input.js';
import type { Language, ReportModel } from '../../../analytics/report/model.js';
import type { Measure } from '../../../analytics/synergy/measures.js';
import type { Category } from '../../../analytics/synergy/types.js';
import { anInput, month } from './an-input.js';
import { sentencesOf } from './read-out.js';
import { rowsOf, tableOfId } from './read-tables.js';

const line = (
  [department, category, measure]: [string, Category | '', Measure],
  reported: string,
  now: string,
): RestatedLine => ({ department, category, measure, reported: exact(reported), restated: exact(now) });

const RESTATEMENT: Restatement = {
  ...{ period: '2023-12', closing: 2, reason: '补记12月电费' },
  lines: [
    line(['JD', 'management', 'price_reduction'], '9430', '9030.005'),
    line(['', '', 'price_reduction'], '9430', '9030.01'),
    line(['', '', 'explicit_actual'], '250920', '251320'),
    line(['CM1', 'resource', 'price_reduction'], '0', '0.005'),
    line(['JD', 'management', 'explicit_actual'], '250920', '251320'),
  ],
  causes: [{ zh: '新增单据V-9：电力400.00元。', en: 'New record V-9: electricity 400.00 yuan.' }],
};
const composed = (restatement: Restatement | null) =>
  composeReport(
    anInput('2023-12', {
      ...{ months: [month('2023-12', 'JD', 'management', { explicit_actual: '251320' })], restatement },
      departments: new Map([['JD', { name: '机电队', parent: null }]]),
    }),
  );
const sentences = (report: ReportModel, language: Language = 'zh') =>
  sentencesOf({ ...report, sections: [report.restatement!] }, 'restated', language);

describe('a restated report', () => {
  it('says in front which closing differs from which, why, and by what', () => {
    const report = composed(RESTATEMENT);
    expect(sentences(report)).toEqual([
      '2023年12月重新开账后作第2次结账，下列各数与第1次结账的报告不同。',
      '重新开账的理由：补记12月电费',
      '新增单据V-9：电力400.00元。',
    ]);
    expect(sentences(report, 'en')[0]).toBe(
      '2023-12 was reopened; closing 2 reports the figures below otherwise than closing 1.',
    );
    expect(rowsOf(report, 'restated')).toEqual([
      'CM1 | 资源协同 | 价格降本 | 0.00 | 0.01 | 0.01',
      '机电队 | 管理协同 | 显性成本实际 | 250920.00 | 251320.00 | 400.00',
      // 9,030.005 is printed 9,030.01; −399.995 is printed −400.00
      '机电队 | 管理协同 | 价格降本 | 9430.00 | 9030.01 | -400.00',
    ]);
    // RND-3: −399.99 of the mine against −400.00 + 0.01: none. Exactly: −399.995 + 0.005 = −399.99.
    expect(rowsOf(report, 'restated-totals')).toEqual([
      '显性成本实际 | 250920.00 | 251320.00 | 400.00',
      '价格降本 | 9430.00 | 9030.01 | -399.99',
    ]);
  });

  it('prints the rounding difference where the places do not add up to the mine', () => {
    const lines = [
      ...[line(['', '', 'gains'], '0', '0.01'), line(['A', 'business', 'gains'], '0', '0.005')],
      line(['B', 'business', 'gains'], '0', '0.005'),
    ];
    // 0.01 − (0.01 + 0.01) = −0.01
    expect(rowsOf(composed({ ...RESTATEMENT, lines }), 'restated-totals')).toEqual([
      '增收 | 0.00 | 0.01 | 0.01 | -0.01',
    ]);
  });

  it('lets the figure of now be traced, and names the closing of the one before', () => {
    const report = composed(RESTATEMENT);
    const { no } = tableOfId(report, 'restated')!.rows[2]!;
    const sourceOf = (column: number) => report.figures.find(({ id }) => id === `${no}.${column}`)!.source;
    expect(sourceOf(4)).toEqual({
      kind: 'stated',
      what: { zh: '2023年12月第1次结账报告的价格降本', en: 'price reduction as closing 1 of 2023-12 reported it' },
    });
    const place = { periods: { from: '2023-12', to: '2023-12' }, department: 'JD', category: 'management' };
    expect(sourceOf(5)).toEqual({ kind: 'sum', measure: 'price_reduction', place });
  });

  it('says so where there is no reason, no cause or no difference', () => {
    expect(sentences(composed({ ...RESTATEMENT, reason: null, lines: [], causes: [] })).slice(1)).toEqual([
      '重新开账时没有写明理由。',
      '各数与上一次结账相同。',
      '两次结账之间没有找到变动的单据和资料。',
    ]);
  });

  it('is not there where nothing was restated', () => {
    expect(composed(null).restatement).toBeNull();
  });
});
