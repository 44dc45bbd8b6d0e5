import { describe, expect, it } from '@jest/globals';
import { exact } from '../../../analytics/kernel/exact.js';
import { composeReport } from '../../../analytics/report/compose.js';
import { titleLines } from '../../../analytics/report/words/title.js';
import { aMine } from './a-mine.js';
import { anInput } from './an-input.js';

describe('the report', () => {
  it('has its sections in their order, and its annexes', () => {
    const { sections, annexes } = composeReport(aMine('2023-12'));
    expect(sections.map(({ title }) => title.zh)).toEqual([
      ...['总体情况', '六大协同分项', '显性成本', '隐性成本', '因素分析', '部门完成情况与排名', '存在问题', '下步措施'],
    ]);
    expect(annexes.map(({ title }) => title.zh)).toEqual(['明细表', '口径说明']);
  });

  it('says in its title that it is a draft, and of which month', () => {
    const draft = composeReport(anInput('2023-12', {}));
    expect([draft.title, draft.version, draft.date]).toEqual([
      {
        zh: '柴里煤矿2023年12月成本协同情况报告（未结账）',
        en: '柴里煤矿: cost synergy report, 2023-12 (draft, not closed)',
      },
      ...[0, null],
    ]);
    const final = composeReport(anInput('2023-12', { state: 'final', version: 1, date: '2024-01-05' }));
    expect(final.title).toEqual({
      zh: '柴里煤矿2023年12月成本协同情况报告',
      en: '柴里煤矿: cost synergy report, 2023-12',
    });
  });

  it('sets the mark of a draft on a line of its own, where no line breaks within it', () => {
    const draft = composeReport(anInput('2023-12', {}));
    expect(titleLines(draft, 'zh')).toEqual(['柴里煤矿2023年12月成本协同情况报告', '（未结账）']);
    expect(titleLines(draft, 'en')).toEqual(['柴里煤矿: cost synergy report, 2023-12', '(draft, not closed)']);
    const final = composeReport(anInput('2023-12', { state: 'final', version: 1, date: '2024-01-05' }));
    expect(titleLines(final, 'zh')).toEqual([final.title.zh]);
  });

  it('prints closings in the order of their periods', () => {
    const { basis } = anInput('2023-12', {});
    const closing = (period: string) => ({
      ...{ period, version: 1, cellsSha256: null, auditEntries: null, auditHash: null },
    });
    const report = composeReport(
      anInput('2023-12', { basis: { ...basis, closings: [closing('2023-12'), closing('2023-11')] } }),
    );
    expect(report.basis.closings.map(({ period }) => period)).toEqual(['2023-11', '2023-12']);
  });

  it('counts the figures of a restatement first, as it stands in front', () => {
    const line = { measure: 'gains', reported: exact('0'), restated: exact('400') } as const;
    const lines = [{ ...line, department: '', category: '' } as const];
    const restatement = { period: '2023-12', closing: 2, reason: null, lines, causes: [] };
    const report = composeReport(anInput('2023-12', { restatement }));
    expect(report.restatement?.title.zh).toBe('重述说明');
    expect(report.figures.slice(0, 3).map(({ id, shown }) => `${id}: ${shown}`)).toEqual([
      ...['1.2: 0.00', '1.3: 400.00', '1.4: 400.00'],
    ]);
    expect(composeReport(anInput('2023-12', {})).restatement).toBeNull();
  });
});
