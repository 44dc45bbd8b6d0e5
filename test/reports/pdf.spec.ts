import { beforeAll, describe, expect, it } from '@jest/globals';
import { composeReport } from '../../analytics/report/compose.js';
import type { Block, Language, ReportModel, Section, Table } from '../../analytics/report/model.js';
import { drawCharts } from '../../src/modules/reports/render/draw-charts.js';
import { renderPdf } from '../../src/modules/reports/render/pdf/render-pdf.js';
import { fitted, standsOnOneLine } from '../../src/modules/reports/render/pdf/widths.js';
import { figuresOf, textOf } from '../../src/modules/reports/render/printed-report.js';
import { proofOf } from '../../analytics/report/proof.js';
import { aMine, type MineShape } from '../analytics/report/a-mine.js';
import type { Given } from '../analytics/report/an-input.js';
import { readPdf, type ReadPdf } from './read-pdf.js';

const SHA256 = 'ab'.repeat(32);
const SEALED: Given = { state: 'final', version: 1, date: '2024-01-05' };

const modelOf = (shape: MineShape, given: Given = SEALED): ReportModel =>
  composeReport({ ...aMine('2023-12', shape), ...given });

async function pdfOf(model: ReportModel, language: Language = 'zh'): Promise<Uint8Array> {
  const charts = await drawCharts(model, language);
  return renderPdf({ id: '12', model, sha256: SHA256, language, baseUrl: '', charts });
}

const sectionsOf = ({ restatement, sections, annexes }: ReportModel): readonly Section[] => [
  ...(restatement === null ? [] : [restatement]),
  ...sections,
  ...annexes,
];
const blocksOf = (model: ReportModel): readonly Block[] => sectionsOf(model).flatMap(({ blocks }) => blocks);
const tablesOf = (model: ReportModel): Table[] => blocksOf(model).filter((block) => block.kind === 'table');

/** As it is read from top to bottom, without spaces and without the two lines at the foot of each page. */
const bodyOf = ({ pages }: ReadPdf): string =>
  pages.map((texts) => spaceless(texts.join('').replace(/(溯源码|Trace code)：?.*— ?\d+ ?—$/u, ''))).join('');
const spaceless = (text: string): string => text.replace(/\s+/gu, '');

/** A sentence with the number of each figure behind it. */
function numbered(model: ReportModel, language: Language): string[] {
  const figures = figuresOf(model);
  const paragraphs = blocksOf(model).filter((block) => block.kind === 'paragraph');
  return paragraphs.map(({ text }) =>
    text[language].map((run) => (typeof run === 'string' ? run : textOf(figures, [run]) + run.figure)).join(''),
  );
}

/** A row as it is printed: its number and its cells. */
function rowsOf(model: ReportModel, language: Language): string[] {
  const figures = figuresOf(model);
  return tablesOf(model).flatMap(({ rows }) =>
    rows.map(({ no, cells }) =>
      [no, ...cells.map((cell) => ('figure' in cell ? figures.get(cell.figure)!.shown : cell.text[language]))].join(''),
    ),
  );
}

describe('the PDF of a sealed month', () => {
  const model = modelOf({ departments: 40 });
  let [bytes, read]: [Uint8Array, ReadPdf] = [new Uint8Array(), null as unknown as ReadPdf];
  beforeAll(async () => {
    bytes = await pdfOf(model);
    read = await readPdf(bytes);
  });

  it('says every sentence, with the number of each figure behind it', () => {
    const body = bodyOf(read);
    expect(numbered(model, 'zh').filter((sentence) => !body.includes(spaceless(sentence)))).toEqual([]);
  });

  it('prints every row of every table, with its number', () => {
    const body = bodyOf(read);
    expect(rowsOf(model, 'zh')).toHaveLength(tablesOf(model).reduce((sum, { rows }) => sum + rows.length, 0));
    expect(rowsOf(model, 'zh').filter((row) => !body.includes(spaceless(row)))).toEqual([]);
  });

  it('repeats the head of a table on each page that it goes on over', () => {
    const longest = tablesOf(model).reduce((most, table) => (table.rows.length > most.rows.length ? table : most));
    const numbers = longest.rows.map(({ no }) => String(no));
    const pages = read.pages.filter((texts) => texts.some((text) => numbers.includes(text)) && onPage(texts, longest));
    expect(pages.length).toBeGreaterThan(1);
    for (const texts of pages) expect(texts.slice(texts.indexOf(longest.title.zh))).toContain('栏次');
  });

  it('has bookmarks for sections, headings, annexes and the page of proof', () => {
    const headings = (section: Section) => section.blocks.filter((block) => block.kind === 'heading').length;
    expect(read.outline.filter((title) => !title.startsWith(' '))).toEqual([
      ...['一、总体情况', '二、六大协同分项', '三、显性成本', '四、隐性成本', '五、因素分析'],
      ...['六、部门完成情况与排名', '七、存在问题', '八、下步措施'],
      ...[...model.annexes.map(({ title }) => title.zh), proofOf(model, SHA256).title.zh],
    ]);
    const below = sectionsOf(model).reduce((sum, section) => sum + headings(section), 0);
    expect(read.outline.filter((title) => title.startsWith('  （'))).toHaveLength(below);
  });

  it('is on A4, and says at the foot of each page its number and how a figure is found again', () => {
    expect(read.size.map(Math.round)).toEqual([595, 842]);
    read.pages.forEach((texts, at) => {
      const foot = texts.slice(-4).join('').replace(/\s/gu, '');
      expect(foot).toContain(`—${at + 1}—`);
      expect(texts.join('')).toContain('溯源码：12-〔角标〕或 12-〔行次〕.〔栏次〕');
    });
  });

  it('draws every chart, and proves itself by its hash', () => {
    expect(read.images).toBe(blocksOf(model).filter(({ kind }) => kind === 'chart').length);
    expect(bodyOf(read)).toContain(SHA256);
  });

  it('is dated as the report is, and the same bytes each time', async () => {
    expect(read.info).toMatchObject({ Title: model.title.zh, CreationDate: 'D:20240105000000Z' });
    expect(bodyOf(read)).toContain('第1版2024年1月5日');
    expect(Buffer.compare(await pdfOf(model), bytes)).toBe(0);
  });

  it('embeds of its fonts what it uses: two of ten megabytes make less than one', () => {
    expect(bytes.length).toBeLessThan(1_000_000);
    expect(Buffer.from(bytes).includes('NotoSansSC-Bold')).toBe(true);
  });
});

describe('a draft', () => {
  it('says so on every page, and is dated the same on every day', async () => {
    const read = await readPdf(await pdfOf(modelOf({}, {})));
    for (const texts of read.pages) {
      // at the head, and across the page
      expect(texts.filter((text) => text === '未结账').length).toBeGreaterThanOrEqual(2);
    }
    expect(read.info).toMatchObject({ CreationDate: 'D:20000101000000Z' });
  });
});

describe('own words', () => {
  it('marks the office’s own words as the office’s', async () => {
    const officeTexts = [{ id: '1', cause: '', text: '抓好整改。', owner: null, due: null }];
    const read = await readPdf(await pdfOf(modelOf({}, { ...SEALED, officeTexts })));
    expect(bodyOf(read)).toContain('【综合办公室】抓好整改。');
  });
});

describe('columns of words', () => {
  const columnsOf = (signs: number): Table => ({
    ...{ kind: 'table', id: 'words', title: { zh: '', en: '' }, unit: null },
    columns: [1, 2, 3].map(() => ({ title: { zh: '部门', en: '' }, unit: null })),
    rows: [{ no: 1, kind: 'body', cells: [1, 2, 3].map(() => ({ text: { zh: '很'.repeat(signs), en: '' } })) }],
  });

  // 行次 2 × 1.08 and 3 × 14 × 1.08 are 47.52 ems; of 442.2 pt padding takes 24: 418.2 ÷ 47.52 is 8.8 pt a sign.
  // 3 × 16 × 1.08 and 2.16 are 54 ems, which 8.5 pt make 459: they stand on two lines, and large.
  it.each([
    [14, 8.5, true],
    [16, 10.5, false],
  ])('of %i signs are set in %d pt', (signs, size, isOneLine) => {
    const fit = fitted(columnsOf(signs), new Map(), 'zh');
    expect(fit.fontSize).toBe(size);
    expect(standsOnOneLine('很'.repeat(signs), fit, 1)).toBe(isOneLine);
  });
});

it('no date in a column is broken', () => {
  const day = '2023年12月31日';
  const texts = [...Array.from({ length: 7 }, () => '很'.repeat(30)), day];
  const table: Table = {
    ...{ kind: 'table', id: 'dates', title: { zh: '', en: '' }, unit: null },
    columns: texts.map(() => ({ title: { zh: '止', en: '' }, unit: null })),
    rows: [{ no: 1, kind: 'body', cells: texts.map((zh) => ({ text: { zh, en: '' } })) }],
  };
  expect(standsOnOneLine(day, fitted(table, new Map(), 'zh'), 8)).toBe(true);
});

const onPage = (texts: readonly string[], { title }: Table): boolean => texts.includes(title.zh);
