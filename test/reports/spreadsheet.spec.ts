/**
 * The workbook opened by LibreOffice, which reckons every formula anew. It is not on every machine, so this runs only with
 * SAMPLE_REPORTS=1 (`npm run test:reports`): on the sample’s December 2023 and on its whole year, and on a mine whose
 * names would be formulas.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readXlsx } from 'hucre';
import { composeReport } from '../../analytics/report/compose.js';
import { renderXlsx } from '../../src/modules/reports/render/xlsx/render-xlsx.js';
import { aMine } from '../analytics/report/a-mine.js';
import { zipOf } from '../support/zip.js';
import { printed } from './a-printed-report.js';
import { reckonedByLibreOffice } from './libre-office.js';
import { IS_SAMPLE } from './read-back.js';
import { unzipped } from './read-docx.js';
import type { SealedMine } from './sealed-mine.js';

interface Cells {
  /** Values of formulas by sheet and place: `一、总体情况 3,4`. */
  readonly formulas: ReadonlyMap<string, unknown>;
  /** Every other cell that has something in it. */
  readonly texts: ReadonlyMap<string, unknown>;
}

async function cellsOf(bytes: Uint8Array): Promise<Cells> {
  const { sheets } = await readXlsx(bytes);
  const [formulas, texts] = [new Map<string, unknown>(), new Map<string, unknown>()];
  for (const { name, rows, cells } of sheets) {
    for (const [row, values] of rows.entries()) {
      for (const [column, value] of (values ?? []).entries()) {
        const place = `${name} ${row},${column}`;
        if (cells?.get(`${row},${column}`)?.formula !== undefined) formulas.set(place, value);
        else if (value !== null && value !== undefined && value !== '') texts.set(place, value);
      }
    }
  }
  return { formulas, texts };
}

/** Answers how many formulas were reckoned: each gives what the file keeps, and no text has become one. */
async function expectReckoned(bytes: Uint8Array): Promise<number> {
  const [kept, anew] = [await cellsOf(bytes), await cellsOf(await reckonedByLibreOffice(bytes))];
  expect([...anew.formulas.keys()].filter((place) => !kept.formulas.has(place))).toEqual([]);
  const other = [...kept.formulas].filter(([place, value]) => anew.formulas.get(place) !== value);
  expect(other.map(([place, value]) => [place, value, anew.formulas.get(place)])).toEqual([]);
  expect([...kept.texts].filter(([place, value]) => anew.texts.get(place) !== value)).toEqual([]);
  return kept.formulas.size;
}

const whenAsked = IS_SAMPLE ? describe : describe.skip;

whenAsked('reckoned by LibreOffice', () => {
  let sample: SealedMine;
  beforeAll(async () => {
    // The whole service, which is loaded only when it is asked for.
    sample = await (await import('./sealed-mine.js')).openSample();
  }, 600_000);
  afterAll(() => sample.stop());

  it.each(['2023-12', '2023-01..2023-12'])(
    'the report of %s',
    async (period) => {
      for (const language of ['zh', 'en'] as const) {
        const { model, bytes } = await sample.report(period, language);
        const formulas = await expectReckoned(bytes.xlsx);
        console.log(`${period} ${language}: ${formulas} formulas, ${model.figures.length} figures`);
        expect(formulas).toBeGreaterThan(500);
      }
    },
    600_000,
  );

  it('names that would be formulas', async () => {
    const names = ['=HYPERLINK("http://x")', '+1', '-1+2', '@SUM(A1)', '=1+1', '#N/A', '\t=2', "'=3"];
    const nameOf = (code: string) => names[code.charCodeAt(code.length - 1) % names.length]!;
    const bytes = await renderXlsx(printed(composeReport(aMine('2023-12', { departments: 8, nameOf }))));
    expect(await expectReckoned(bytes)).toBeGreaterThan(200);
  }, 300_000);

  it('is no copy of what was kept: a wrong value is put right', async () => {
    const bytes = await renderXlsx(printed(composeReport(aMine('2023-12'))));
    const parts = await unzipped(bytes);
    const sheet = parts.get('xl/worksheets/sheet1.xml')!.toString('utf8');
    const spoiled = sheet.replace(/(<\/f><v>)[^<]*/, '$1123456.78');
    expect(spoiled).not.toBe(sheet);
    parts.set('xl/worksheets/sheet1.xml', Buffer.from(spoiled));
    const file = zipOf([...parts].map(([name, content]) => ({ name, content })));
    const [kept, anew] = [await cellsOf(bytes), await cellsOf(await reckonedByLibreOffice(file))];
    expect([...(await cellsOf(file)).formulas.values()]).toContain(123456.78);
    expect([...anew.formulas]).toEqual([...kept.formulas]);
  }, 300_000);
});
