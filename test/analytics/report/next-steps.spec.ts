import { describe, expect, it } from '@jest/globals';
import { composeReport } from '../../../analytics/report/compose.js';
import type { OfficeText, OpenCause } from '../../../analytics/report/input.js';
import type { Paragraph } from '../../../analytics/report/model.js';
import { anInput, type Given } from './an-input.js';
import { readOut, sentencesOf } from './read-out.js';
import { rowsOf, tableOfId } from './read-tables.js';

const departments = new Map([['JD', { name: '机电队', parent: null }]]);
const composed = (given: Given) => composeReport(anInput('2023-12', { departments, ...given }));
const stepsOf = (given: Given) => {
  const report = composed(given);
  return { report, section: report.sections.find(({ id }) => id === 'next-steps')! };
};

const text = (id: string, cause: string, words: string, more: Partial<OfficeText> = {}): OfficeText => ({
  ...{ id, cause, text: words, owner: null, due: null, ...more },
});
const missing: OpenCause = {
  ...{ code: 'missing_volume', title: { zh: '缺业务量', en: 'missing volumes' }, count: 2, departments: ['JD'] },
  waived: null,
};
const waived: OpenCause = {
  ...{ code: 'unreconciled', title: { zh: '与账面有差异', en: 'differences to the books' }, count: 1, departments: [] },
  waived: '次月调账',
};

describe('the next steps', () => {
  it('keeps the office’s words as they are and marked, and says owner and day apart from them', () => {
    const { report, section } = stepsOf({
      officeTexts: [
        // The tenth text was written after the second.
        text('10', '', '三、其他。'),
        text('2', '', '一、抓配件领用。\n\n二、抓电耗。', { owner: '张三', due: '2024-01-05' }),
      ],
    });
    const paragraphs = section.blocks.filter((block): block is Paragraph => block.kind === 'paragraph');
    expect(paragraphs.map(({ origin, text: said }) => [origin, readOut(report, said.zh)])).toEqual([
      ['office', '一、抓配件领用。'],
      ['office', '二、抓电耗。'],
      ['computed', '上述措施责任人：张三；完成时限：2024年1月5日。'],
      ['office', '三、其他。'],
    ]);
    expect(sentencesOf(report, 'next-steps', 'en')).toEqual([
      ...['一、抓配件领用。', '二、抓电耗。', 'Owner of the above: 张三; due: 2024-01-05.', '三、其他。'],
    ]);
  });

  it('lists open matters with what the office set for them, and what is still to be set', () => {
    const { report } = stepsOf({
      causes: [waived, missing, { ...missing, code: 'not_declared', title: { zh: '未声明报齐', en: 'not declared' } }],
      officeTexts: [
        text('1', 'missing_volume', '补报业务量', { owner: '李四', due: '2024-01-31' }),
        text('2', 'missing_volume', '以后按旬报'),
      ],
    });
    expect(sentencesOf(report, 'next-steps')).toEqual(['综合办公室没有填写下步措施。']);
    expect(rowsOf(report, 'follow-ups')).toEqual([
      '缺业务量 | 2 | 机电队 | 补报业务量 | 李四 | 2024年1月31日',
      '缺业务量 |  |  | 以后按旬报 | 待定 | 待定',
      '未声明报齐 | 2 | 机电队 | 待定 | 待定 | 待定',
    ]);
    const marks = tableOfId(report, 'follow-ups')!.rows.map(({ cells }) =>
      cells.map((cell) => ('text' in cell && cell.origin === 'office' ? '办' : '-')).join(''),
    );
    expect(marks).toEqual(['---办办办', '---办--', '------']);
  });

  it('loses no measure of a matter that was waived or settled since', () => {
    const { report } = stepsOf({
      causes: [waived],
      officeTexts: [text('1', 'unreconciled', '调账'), text('2', 'not_reported', '补报')],
    });
    expect(rowsOf(report, 'follow-ups')).toEqual([
      '与账面有差异 | 1 | 全矿 | 调账 | 待定 | 待定',
      '已了结的事项 |  |  | 补报 | 待定 | 待定',
    ]);
  });

  it('is absent and says why where nothing was written and nothing is open', () => {
    const { report, section } = stepsOf({ causes: [waived] });
    expect(section.absent?.zh).toBe('综合办公室没有填写，结账清单上也没有未了结的事项。');
    expect([section.blocks, tableOfId(report, 'follow-ups')]).toEqual([[], undefined]);
  });
});
