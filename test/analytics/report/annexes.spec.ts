import { describe, expect, it } from '@jest/globals';
import { exact } from '../../../analytics/kernel/exact.js';
import { composeReport } from '../../../analytics/report/compose.js';
import type { LeftOut } from '../../../analytics/report/input.js';
import type { Language, Paragraph, ReportModel } from '../../../analytics/report/model.js';
import { proofOf } from '../../../analytics/report/proof.js';
import { anInput, month, type Given } from './an-input.js';
import { readOut, sentencesOf } from './read-out.js';
import { everySection, rowsOf, tableOfId } from './read-tables.js';

const departments = new Map([['JD', { name: '机电队', parent: null }]]);
const items = new Map([['02', '电力']]);
const composed = (given: Given) => composeReport(anInput('2023-12', { departments, items, ...given }));
const notesOf = (report: ReportModel, id: string, language: Language = 'zh') =>
  sentencesOf({ ...report, sections: report.annexes }, id, language);

/** 9,430 − 15,875 + 36,000 − 8,500 + 5,320 = 26,375 */
const JD = month('2023-12', 'JD', 'management', {
  ...{ explicit_actual: '300000', covered_actual: '250920', baseline: '244475', price_reduction: '9430' },
  ...{ usage_saving: '-15875', gains: '36000', inputs: '8500', implicit_opportunity_saving: '5320' },
});

describe('annex 1, the detailed tables', () => {
  it('lists departments and categories, in their order, with the total and its rounding difference', () => {
    const third = (department: string) => month('2023-12', department, 'resource', { price_reduction: '3350' });
    const report = composed({ months: [third('ZY'), JD, third('JD')] });
    expect(rowsOf(report, 'details')).toEqual([
      '机电队 | 管理协同 | 30.00 | 24.45 | 0.94 | -1.59 | 0.00 | 3.60 | 0.85 | 0.53 | 2.64',
      '机电队 | 资源协同 | 0.00 | 0.00 | 0.34 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.34',
      'ZY | 资源协同 | 0.00 | 0.00 | 0.34 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.34',
      // 9,430 + 2 × 3,350 = 16,130; 26,375 + 6,700 = 33,075 = 3.3075
      '合计 |  | 30.00 | 24.45 | 1.61 | -1.59 | 0.00 | 3.60 | 0.85 | 0.53 | 3.31',
      // 1.61 − (0.94 + 0.34 + 0.34) = −0.01; 3.31 − (2.64 + 0.34 + 0.34) = −0.01
      '尾差 |  | 0.00 | 0.00 | -0.01 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | -0.01',
    ]);
  });

  it('adds up the months of a span', () => {
    const report = composed({
      months: [
        month('2023-12', 'JD', 'resource', { price_reduction: '10000' }),
        month('2023-11', 'JD', 'resource', { price_reduction: '20000' }),
      ],
      spans: { ...anInput('2023-12', { months: [JD] }).spans, now: { from: '2023-11', to: '2023-12' } },
    });
    expect(rowsOf(report, 'details')[0]).toBe(
      '机电队 | 资源协同 | 0.00 | 0.00 | 3.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 3.00',
    );
  });

  it('shows twelve months beside those of the year before; what has no data is “—”', () => {
    const report = composed({ months: [JD, month('2022-12', 'JD', 'market', { turnover: '50000' })] });
    const rows = rowsOf(report, 'months');
    expect([rows.length, rows[0], rows[11]]).toEqual([
      12,
      '2023年1月 | — | — | — | — | — | —',
      '2023年12月 | 0.00 | 2.64 | 0.94 | 5.00 | 0.00 | 0.00',
    ]);
  });

  it('lists what corrects an earlier period by itself, each with its words for a source', () => {
    const correction = { ...month('2023-12', 'JD', 'management', { usage_saving: '2000' }), priorPeriod: '2023-10' };
    const report = composed({ months: [JD, correction] });
    expect(rowsOf(report, 'corrections')).toEqual([
      '2023年12月 | 2023年10月 | 机电队 | 管理协同 | 0.00 | 0.20 | 0.00 | 0.00 | 0.20',
    ]);
    const id = `${tableOfId(report, 'corrections')!.rows[0]!.no}.6`;
    expect(report.figures.find((figure) => figure.id === id)!.source).toMatchObject({
      what: { zh: '2023年12月报告的对2023年10月的更正：部门JD，管理协同，显性成本节约' },
    });
    // −15,875 + 2,000 = −13,875: it is within the table above.
    expect(rowsOf(report, 'details')[0]!.split(' | ')[5]).toBe('-1.39');
  });

  it('lists annualised, planned and claimed amounts without a total (GAI-1)', () => {
    const leftOut = (id: string, why: LeftOut['why'], yuan: string, kind: LeftOut['kind'] = 'gain'): LeftOut => ({
      ...{ id, period: '2023-12', department: 'JD', category: 'business', kind, why, amount: exact(yuan) },
    });
    const report = composed({
      months: [JD],
      leftOut: [
        leftOut('G3', 'planned', '5000', 'input'),
        leftOut('G2', 'claimed', '12000'),
        leftOut('G1', 'annualised', '90000'),
      ],
    });
    expect(rowsOf(report, 'left-out')).toEqual([
      '2023年12月 | G1 | 机电队 | 业务协同 | 增收 | 年化数 | 9.00',
      '2023年12月 | G2 | 机电队 | 业务协同 | 增收 | 财务尚未确认 | 1.20',
      '2023年12月 | G3 | 机电队 | 业务协同 | 投入 | 计划数 | 0.50',
    ]);
    expect(notesOf(report, 'method-notes')).toContain('年化、计划和财务尚未确认的增收和投入3笔，列于明细表，不计入。');
  });

  it('says where there is nothing to list', () => {
    expect(notesOf(composed({}), 'details')).toEqual([
      '本期没有数据，没有部门明细。',
      '本期没有更正以前期间的数据。',
      '没有未计入的增收和投入。',
    ]);
  });
});

describe('annex 2, the notes on method', () => {
  it('prints the formulas as the switches of the method have them', () => {
    const { basis } = anInput('2023-12', {});
    const values = (method: typeof basis.method) => notesOf(composed({ basis: { ...basis, method } }), 'method-notes');
    const within = values({ priceReduction: 'within', opportunitySaving: 'within' });
    expect(within.slice(1, 3)).toEqual([
      '协同创效＝基准成本－已对基准的实际成本＋财务确认的已实现增收－新增投入，再加账外机会损失的节约（单独列示）。',
      '价格降本＝（基准单价－实际单价）×实际数量。它是协同创效的其中数，不与协同创效相加。',
    ]);
    const beside = values({ priceReduction: 'beside', opportunitySaving: 'beside' });
    expect(beside.slice(1, 3)).toEqual([
      '协同创效＝基准成本－已对基准的实际成本＋财务确认的已实现增收－新增投入，再减去价格降本；账外机会损失的节约单独列示，不计入。',
      '价格降本＝（基准单价－实际单价）×实际数量。它与协同创效并列，不计入协同创效，两者不相加。',
    ]);
  });

  it('names versions, what is left out and that a draft is one', () => {
    const { basis } = anInput('2023-12', {});
    const report = composed({ months: [JD], basis: { ...basis, methodVersion: 3, oldestMethodVersion: 2 } });
    const notes = notesOf(report, 'method-notes');
    expect(notes).toEqual(
      expect.arrayContaining([
        '方法第3版，数据版本7。',
        '其中有的期间按方法第2版及以后各版计算。',
        '本报告是草稿：有期间未结账，各数可能变动。',
        // 300,000 − 250,920 = 49,080
        '没有对基准的显性成本4.91万元，不计节约；应报未报的基准0.00万元，不算节约。',
        '本期没有用到基准。',
      ]),
    );
    expect(notesOf(composed({ months: [JD], state: 'final' }), 'method-notes')).toContain(
      '本报告各期间均已结账，各数取自封存的单元。',
    );
  });

  it('lists the baselines', () => {
    const baseline = { code: 'B1', kind: 'norm', basis: 'budget', department: 'JD', category: 'management' } as const;
    const report = composed({
      baselines: [
        { ...baseline, code: 'B2', kind: 'price', department: null, item: '02', validFrom: null, validTo: null },
        { ...baseline, item: '02', validFrom: '2023-01-01', validTo: '2023-12-31' },
      ],
    });
    expect(rowsOf(report, 'baselines')).toEqual([
      'B1 | 定额 | 预算 | 机电队 | 管理协同 | 电力 | 2023年1月1日 | 2023年12月31日',
      'B2 | 单价 | 预算 | 不分部门 | 管理协同 | 电力 | 不限 | 不限',
    ]);
    expect(rowsOf(report, 'baselines', 'en')[0]).toBe(
      'B1 | norm | budget | 机电队 | Management | 电力 | 2023-01-01 | 2023-12-31',
    );
  });
});

describe('the page of proof', () => {
  const SHA = 'ab'.repeat(32);
  const closing = { period: '2023-12', version: 2, cellsSha256: 'cd'.repeat(32), auditEntries: '812', auditHash: null };
  const sentences = (report: ReportModel) =>
    proofOf(report, SHA)
      .blocks.filter((block): block is Paragraph => block.kind === 'paragraph')
      .map(({ text }) => readOut(report, text.zh));

  it('prints hash, version and closings, on rows that no other table has', () => {
    const { basis } = anInput('2023-12', {});
    const report = composed({
      ...{ months: [JD], state: 'final', version: 2, date: '2024-01-05' },
      basis: { ...basis, closings: [closing] },
    });
    const proof = proofOf(report, SHA);
    expect(rowsOf({ ...report, sections: [proof], annexes: [] }, 'proof')).toEqual([
      `报告哈希（SHA-256） | ${SHA}`,
      '报告版本 | 2',
      '方法版本 | 1',
      '数据版本 | 7',
      `2023年12月第2次结账单元的SHA-256 | ${'cd'.repeat(32)}`,
      '2023年12月第2次结账时的审计条数 | 812',
      '2023年12月第2次结账时的审计链头 | 没有锚定',
    ]);
    expect(sentences(report)[0]).toBe('本报告取自下列各次结账封存的数。');
    const numbers = [...everySection(report), proof].flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'table' ? block.rows.map(({ no }) => no) : [])),
    );
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('says of a draft that there is no closing to check it against', () => {
    const report = composed({ months: [JD] });
    expect(sentences(report)[0]).toBe('本报告是草稿，期间未结账，没有结账可核对；以下哈希只证明这一份草稿。');
    expect(rowsOf({ ...report, sections: [proofOf(report, SHA)], annexes: [] }, 'proof')[1]).toBe('报告版本 | 草稿');
  });
});
