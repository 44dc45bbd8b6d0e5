import { describe, expect, it } from '@jest/globals';
import { composeReport } from '../../analytics/report/compose.js';
import type { Figure, Language, ReportModel, Section, Table } from '../../analytics/report/model.js';
import { proofOf } from '../../analytics/report/proof.js';
import { renderXlsx } from '../../src/modules/reports/render/xlsx/render-xlsx.js';
import { textOf, type PrintedReport } from '../../src/modules/reports/render/printed-report.js';
import { aMine, type MineShape } from '../analytics/report/a-mine.js';
import { printed } from './a-printed-report.js';
import { unzipped } from './read-docx.js';
import { readWorkbook, tagsOf, type ReadSheet } from './read-xlsx.js';
import { reckoned } from './reckon-xlsx.js';

const aReport = (shape: MineShape = {}, language: Language = 'zh'): PrintedReport => ({
  ...printed(composeReport(aMine('2023-12', shape)), language),
  baseUrl: 'https://mine.example',
});

const sectionsOf = ({ model, sha256 }: PrintedReport): readonly Section[] => [
  ...(model.restatement === null ? [] : [model.restatement]),
  ...[...model.sections, ...model.annexes, proofOf(model, sha256)],
];
const tablesOf = ({ blocks }: Section): Table[] => blocks.filter((block): block is Table => block.kind === 'table');
const figuresById = ({ figures }: ReportModel) => new Map(figures.map((figure) => [figure.id, figure]));

const rowOf = (ref: string) => Number(/\d+$/.exec(ref)![0]);
const columnOf = (ref: string) =>
  /^[A-Z]+/
    .exec(ref)![0]
    .split('')
    .reduce((all, letter) => all * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** The cells of the row whose 行次 is `no`, by column from 0. */
function rowNumbered({ cells }: ReadSheet, no: number) {
  const [ref] = [...cells].find(([at, { value, type }]) => /^A\d+$/.test(at) && value === String(no) && type !== 'n')!;
  const row = [...cells].filter(([at]) => rowOf(at) === rowOf(ref));
  return new Map(row.map(([at, cell]) => [columnOf(at), { ...cell, ref: at }]));
}

describe('the workbook', () => {
  const language: Language = 'zh';
  it('has a sheet for each section and one of data, and says every text and figure of the model', async () => {
    const report = aReport();
    const sheets = await readWorkbook(await renderXlsx(report));
    const figures = figuresById(report.model);
    const sections = sectionsOf(report);
    expect(sheets).toHaveLength(sections.length + 1);
    expect(sheets.at(-1)!.name).toBe('数据');
    for (const [at, section] of sections.entries()) {
      const sheet = sheets[at]!;
      expect(sheet.name).toContain(section.title[language].slice(0, 8));
      const texts = [...sheet.cells.values()].map(({ value }) => value);
      if (section.absent !== null) expect(texts).toContain(section.absent[language]);
      for (const block of section.blocks) {
        if (block.kind === 'paragraph') {
          const words = textOf(figures, block.text[language]);
          expect(texts.some((text) => text.endsWith(words))).toBe(true);
        }
      }
      for (const table of tablesOf(section)) expectTable(sheet, table, figures, report);
      const charts = section.blocks.flatMap((block) => (block.kind === 'chart' ? [block.alt[language]] : []));
      expect(sheet.pictures).toEqual(charts);
    }
  });

  function expectTable(sheet: ReadSheet, table: Table, figures: ReadonlyMap<string, Figure>, report: PrintedReport) {
    for (const row of table.rows) {
      const found = rowNumbered(sheet, row.no);
      for (const [at, cell] of row.cells.entries()) {
        const read = found.get(at + 1)!;
        if (!('figure' in cell)) {
          expect([row.no, at, read.value, read.formula]).toEqual([row.no, at, cell.text[language], null]);
          continue;
        }
        const figure = figures.get(cell.figure)!;
        expect([figure.id, read.value]).toEqual([figure.id, figure.shown]);
        expect([figure.id, read.type]).toEqual([figure.id, figure.exact === null ? 'inlineStr' : 'n']);
        expect(read.isBold).toBe(row.kind === 'total');
        expect(sheet.links.get(read.ref)).toBe(`https://mine.example/api/v1/lines/${report.id}-${figure.id}`);
      }
    }
  }
});

describe('the sheet of data', () => {
  it('has each figure once, with its value, its exact text, its source and its link', async () => {
    const report = aReport();
    const data = (await readWorkbook(await renderXlsx(report))).at(-1)!;
    const rows = new Map<string, string[]>();
    for (const [ref, { value }] of data.cells) {
      const no = rowOf(ref);
      if (no <= 3) continue;
      rows.set(String(no), [...(rows.get(String(no)) ?? []), value]);
    }
    const read = new Map([...rows.values()].map((cells) => [cells[0]!, cells]));
    expect(read.size).toBe(report.model.figures.length);
    for (const figure of report.model.figures) {
      const [, , value, , shown, , exactText, source] = read.get(`12-${figure.id}`)!;
      expect([figure.id, shown, exactText]).toEqual([figure.id, figure.shown, figure.exact ?? '']);
      if (figure.exact !== null) expect(Math.abs(Number(value) - Number(figure.exact))).toBeLessThan(0.000001);
      expect(source).not.toBe('');
    }
    expect([...data.links.values()]).toEqual(
      expect.arrayContaining([`https://mine.example/api/v1/lines/12-${report.model.figures[0]!.id}`]),
    );
  });
});

describe('formulas', () => {
  it('stand behind all money and ratios of tables, and give just what they keep', async () => {
    const report = aReport();
    const sheets = await readWorkbook(await renderXlsx(report));
    const known = sectionsOf(report)
      .flatMap(tablesOf)
      .flatMap(({ rows }) => rows.flatMap(({ cells }) => cells))
      .filter((cell) => 'figure' in cell && figuresById(report.model).get(cell.figure)!.exact !== null);
    const formulas = sheets.flatMap((sheet) =>
      [...sheet.cells].flatMap(([ref, { formula, value }]) =>
        formula === null ? [] : [{ sheet, ref, formula, value }],
      ),
    );
    expect(formulas).toHaveLength(known.length);
    for (const { sheet, ref, formula, value } of formulas) {
      expect([sheet.name, ref, formula, reckoned(sheets, sheet, formula)]).toEqual([
        sheet.name,
        ref,
        formula,
        Number(value),
      ]);
    }
  });

  it('add totals up from their rows, print differences and ratios from their parts, and 尾差 from what is shown', async () => {
    const report = aReport();
    const sheets = await readWorkbook(await renderXlsx(report));
    const figures = figuresById(report.model);
    const rowsOf = (kind: string) =>
      sectionsOf(report).flatMap((section, at) =>
        tablesOf(section).flatMap((table) =>
          table.rows
            .filter((row) => row.kind === kind)
            .map((row) => ({ row, table, read: rowNumbered(sheets[at]!, row.no) })),
        ),
      );
    const formulasIn = (kind: string, unit: string) =>
      rowsOf(kind).flatMap(({ row, read }) =>
        row.cells.flatMap((cell, at) =>
          'figure' in cell && figures.get(cell.figure)!.unit === unit && figures.get(cell.figure)!.exact !== null
            ? [read.get(at + 1)!.formula!]
            : [],
        ),
      );
    expect(
      formulasIn('total', 'wan').filter((formula) => /SUM\('数据'!\$C\$\d+:\$C\$\d+\)/.test(formula)).length,
    ).toBeGreaterThan(5);
    expect(
      formulasIn('tail', 'wan').filter((formula) => /^ROUND\([A-Z]+\d+-SUM\([A-Z]+\d+:[A-Z]+\d+\),2\)$/.test(formula))
        .length,
    ).toBeGreaterThan(0);
    expect(
      formulasIn('body', 'percent').filter((formula) => /\$C\$\d+\/'数据'!\$C\$\d+/.test(formula)).length,
    ).toBeGreaterThan(5);
    expect(
      formulasIn('body', 'wan').filter((formula) => /\$C\$\d+-'数据'!\$C\$\d+/.test(formula)).length,
    ).toBeGreaterThan(5);
  });
});

describe('the page', () => {
  it('is A4 landscape as wide as the paper, its header frozen and repeated, the unit at the right above it', async () => {
    const bytes = await renderXlsx(aReport());
    const sheets = await readWorkbook(bytes);
    for (const { tags } of sheets) {
      const find = (name: string) => tags.find((tag) => tag.name === name)!.attributes;
      expect(find('pageSetup')).toMatchObject({
        paperSize: '9',
        orientation: 'landscape',
        fitToWidth: '1',
        fitToHeight: '0',
      });
      expect(find('pane')).toMatchObject({ state: 'frozen' });
      expect(tags.find((tag) => tag.name === 'oddHeader')!.text).toBe('&C未结账（草稿）');
    }
    const workbook = (await unzipped(bytes)).get('xl/workbook.xml')!.toString('utf8');
    expect(workbook.match(/_xlnm\.Print_Titles/g)).toHaveLength(sheets.length);
    const first = [...sheets[0]!.cells.values()].map(({ value }) => value);
    expect(first).toContain('单位：万元');
  });

  it('keeps the header of a table in view, and on every page, where the sheet has one table', async () => {
    const report = aReport();
    const bytes = await renderXlsx(report);
    const sheets = await readWorkbook(bytes);
    const titles = tagsOf((await unzipped(bytes)).get('xl/workbook.xml')!.toString('utf8')).filter(
      ({ name }) => name === 'definedName',
    );
    let kept = 0;
    for (const [at, section] of sectionsOf(report).entries()) {
      const [sheet, count] = [sheets[at]!, tablesOf(section).length];
      const pane = sheet.tags.find(({ name }) => name === 'pane')!.attributes;
      const repeated = Number(/\$(\d+)$/.exec(titles[at]!.text)![1]);
      if (count !== 1) {
        expect([sheet.name, pane.topLeftCell, repeated]).toEqual([sheet.name, 'A2', 1]);
        continue;
      }
      expect(sheet.cells.get(`A${repeated}`)!.value).toBe('栏次');
      if (pane.topLeftCell === `C${repeated + 1}`) kept += 1;
      // So much stands above it that it would fill the screen.
      else expect(pane.topLeftCell).toBe('A2');
    }
    expect(kept).toBeGreaterThan(0);
  });
});

describe('bad cases', () => {
  const HOSTILE = '=HYPERLINK("http://x")&<a>\'+-@\t\r\n\u0000\ud800_x0041_#REF!';

  it('keeps any name a text: no formula but ours, no XML broken, none longer than a sheet allows', async () => {
    const names = [HOSTILE, '#N/A', '+1', '-1', '@x', '名'.repeat(60)];
    const nameOf = (code: string) => names[code.charCodeAt(code.length - 1) % names.length]!;
    const report = aReport({ departments: 6, nameOf });
    const sheets = await readWorkbook(await renderXlsx(report));
    const texts = sheets.flatMap(({ cells }) => [...cells.values()].filter(({ type }) => type === 'inlineStr'));
    expect(texts.filter(({ formula }) => formula !== null)).toEqual([]);
    for (const name of names) {
      const kept = name.replace(/[\u0000\ud800]/g, '\ufffd');
      expect(texts.some(({ value }) => value.includes(kept))).toBe(true);
    }
    const own = /^(ROUND|SUM|[-+*/(),:!$'\dA-Z]|数据)*$/;
    for (const { formula } of sheets.flatMap(({ cells }) => [...cells.values()]))
      if (formula !== null) expect(formula).toMatch(own);
    for (const { name } of sheets) expect(name.length).toBeLessThanOrEqual(31);
    expect(new Set(sheets.map(({ name }) => name.toLowerCase())).size).toBe(sheets.length);
  });

  it.each([
    ['one department', { departments: 1 }],
    ['negative totals', { sign: -1 }],
    ['no turnover', { hasTurnover: false }],
    ['no plan, no last year', { hasPlan: false, hasLastYear: false, hasPrevious: false }],
    ['200 departments', { departments: 200 }],
  ] as const)('%s: formulas hold', async (_, shape) => {
    const sheets = await readWorkbook(await renderXlsx(aReport(shape)));
    for (const sheet of sheets) {
      for (const [ref, { formula, value }] of sheet.cells) {
        if (formula !== null)
          expect([ref, formula, reckoned(sheets, sheet, formula)]).toEqual([ref, formula, Number(value)]);
      }
    }
  });

  it('gives the same bytes for the same report, in any time zone', async () => {
    const before = process.env.TZ;
    const first = await renderXlsx(aReport());
    process.env.TZ = 'America/New_York';
    const second = await renderXlsx(aReport());
    process.env.TZ = before;
    expect(Buffer.compare(first, second)).toBe(0);
  });

  it('says of every part what it is', async () => {
    const parts = await unzipped(await renderXlsx(aReport()));
    const types = parts.get('[Content_Types].xml')!.toString('utf8');
    for (const name of parts.keys()) {
      if (/\.(rels|png)$/.test(name) || name === '[Content_Types].xml') continue;
      expect(types).toContain(`PartName="/${name}"`);
    }
  });
});
