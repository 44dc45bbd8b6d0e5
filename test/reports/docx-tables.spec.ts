import { describe, expect, it } from '@jest/globals';
import type { Figure, Language, Section, Table } from '../../analytics/report/model.js';
import { renderDocx } from '../../src/modules/reports/render/docx/render-docx.js';
import { aModel, printed } from './a-printed-report.js';
import { readDocx, type ReadParagraph, type ReadTable } from './read-docx.js';

const isTable = (block: ReadParagraph | ReadTable): block is ReadTable => 'rows' in block;

describe('a table of the Word document', () => {
  it('repeats the heads of tables, keeps rows whole, and marks totals and 尾差', async () => {
    const said = (text: string) => ({ zh: text, en: text });
    const words = { title: said('项目'), unit: null };
    const row = (no: number, kind: 'body' | 'total' | 'tail', text: string) => ({
      no,
      kind,
      cells: [{ text: said(text) }],
    });
    const table: Table = {
      ...{ kind: 'table', id: 't', title: said('表'), unit: 'wan', columns: [words] },
      rows: [row(901, 'body', '甲'), row(902, 'total', '合计'), row(903, 'tail', '尾差')],
    };
    const section: Section = { id: 's', title: said('节'), absent: null, blocks: [table] };
    const { body } = await readDocx(await renderDocx(printed(aModel({}, { sections: [section], annexes: [] }))));
    const { rows, styles } = body.filter(isTable)[0]!;
    expect(rows.map(({ isHead, isWhole, isBold, isItalic }) => [isHead, isWhole, isBold, isItalic])).toEqual([
      ...[
        [true, true, false, false],
        [true, true, false, false],
      ],
      ...[
        [false, true, false, false],
        [false, true, true, false],
        [false, true, false, true],
      ],
    ]);
    expect(styles.at(-1)).toEqual(['协同-表头', '协同-表字']);
  });

  it('says why a figure is missing, by column, and by row where others of the column are there', async () => {
    const none = (reason: string | null) => (reason === null ? {} : { reason: { zh: reason, en: reason } });
    // Rows 901 to 904, columns 2 to 4; column 2 has nothing at all.
    const reasons = [
      ['没有计划', '对比数为零', '对比数为零'],
      ['没有计划', null, null],
      ['没有计划', '对比数为零', '对比数为零'],
      ['没有计划', '对比数为零', '对比数为零'],
    ];
    const name = { zh: '名', en: 'name' };
    const figures = reasons.flatMap((row, at) =>
      row.map((reason, column): Figure => {
        const [id, exact, shown] = [
          `${901 + at}.${column + 2}`,
          reason === null ? '1' : null,
          reason === null ? '1' : '—',
        ];
        return { ...{ id, exact, shown, unit: 'wan', source: { kind: 'stated', what: name } }, ...none(reason) };
      }),
    );
    const table: Table = {
      ...{ kind: 'table', id: 't', title: name, unit: 'wan' },
      columns: [null, 'wan', 'wan', 'wan'].map((unit) => ({ title: name, unit: unit as 'wan' | null })),
      rows: reasons.map((row, at) => ({
        ...{ no: 901 + at, kind: 'body' },
        cells: [{ text: name }, ...row.map((_, column) => ({ figure: `${901 + at}.${column + 2}` }))],
      })),
    };
    const sections: Section[] = [{ id: 's', title: name, absent: null, blocks: [table] }];
    const model = aModel({}, { sections, annexes: [], figures });
    const noteOf = async (language: Language) => {
      const { body } = await readDocx(await renderDocx(printed(model, language)));
      return (body[body.findIndex(isTable) + 1] as ReadParagraph).text;
    };
    expect(await noteOf('zh')).toBe('注：“—”表示没有计划（第2栏）；对比数为零（第3、4栏第901、903–904行）。');
    expect(await noteOf('en')).toBe(
      'Note: “—” means 没有计划 (column 2); 对比数为零 (column 3, 4 in row 901, 903–904).',
    );
  });
});
