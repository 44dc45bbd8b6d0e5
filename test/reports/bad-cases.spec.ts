/**
 * A correct document in each bad case (issue 6): written, read back by readers of their own, with every figure at its place,
 * nothing that no reader should see, each edition in its language alone, and a reason where a section is absent.
 * SAMPLE_REPORTS=1: all editions of all of them (`npm run test:reports`).
 */
import { describe, expect, it } from '@jest/globals';
import { exact } from '../../analytics/kernel/exact.js';
import { composeReport } from '../../analytics/report/compose.js';
import type { ReportInput } from '../../analytics/report/input.js';
import { LANGUAGES, type Language, type ReportModel } from '../../analytics/report/model.js';
import { canonicalJson } from '../../src/modules/reports/app/canonical-json.js';
import { renderDocx } from '../../src/modules/reports/render/docx/render-docx.js';
import { drawCharts } from '../../src/modules/reports/render/draw-charts.js';
import { renderHtml } from '../../src/modules/reports/render/html/render-html.js';
import { renderPdf } from '../../src/modules/reports/render/pdf/render-pdf.js';
import type { PrintedReport } from '../../src/modules/reports/render/printed-report.js';
import { renderXlsx } from '../../src/modules/reports/render/xlsx/render-xlsx.js';
import { aMine, type MineShape } from '../analytics/report/a-mine.js';
import { anInput, type Given } from '../analytics/report/an-input.js';
import { everySection } from '../analytics/report/read-tables.js';
import { IS_SAMPLE, expectSaid, type ReadBack } from './read-back.js';
import { readBackDocx } from './read-docx.js';
import { readHtml } from './read-html.js';
import { readBackPdf } from './read-pdf-figures.js';
import { readBackXlsx } from './read-xlsx.js';

/** 60 characters. Names are neither Chinese nor English here, so that whatever is one of the two is ours. */
const HOSTILE = `=1+1&<я>"'@+-{{ж}}#${'ы'.repeat(41)}`;
/** Of digits: it is broken over lines, and no word. */
const SHA256 = '01'.repeat(32);
const MINE = { mine: { code: 'К1', name: 'Шахта' } };

function mineOf(shape: MineShape, given: Given = {}): ReportInput {
  const { nameOf = (code: string) => `Участок ${code.replace(/\D/g, '')}` } = shape;
  const input = aMine('2023-12', { ...shape, nameOf });
  return {
    ...{ ...input, ...MINE, state: 'final', version: 1, date: '2024-01-05' },
    basket: input.basket.map((line) => ({ ...line, driver: 'тонны' })),
    bought: {
      now: input.bought.now.map((item) => ({ ...item, unit: 'шт' })),
      previous: input.bought.previous.map((item) => ({ ...item, unit: 'шт' })),
    },
    controlItems: input.controlItems.map((item) => ({ ...item, name: nameOf(item.code), measure: 'часы' })),
    ...given,
  };
}

/** In the ordinary run the editions take turns. */
const CASES: readonly (readonly [name: string, input: ReportInput])[] = [
  ['a month with no data', anInput('2023-12', MINE)],
  ['one department', mineOf({ departments: 1 })],
  ['negative totals', mineOf({ sign: -1 })],
  ['names of 60 characters, with signs', mineOf({ nameOf: () => HOSTILE })],
  ['zero turnover', mineOf({ hasTurnover: false }, { basket: [], bought: { now: [], previous: [] } })],
  ['no plan', mineOf({ hasPlan: false }, { unreconciled: null, officeTexts: [], causes: [] })],
  ['no last year', mineOf({ hasLastYear: false, hasPrevious: false }, { output: null, unreconciled: exact('0') })],
  ['200 departments', mineOf({ departments: 200 })],
];

type Format = 'page' | 'word' | 'pdf' | 'workbook';

const READ: Readonly<Record<Format, (report: PrintedReport) => Promise<ReadBack>>> = {
  page: async (report) => readHtml(await renderHtml(report)),
  word: async (report) => readBackDocx(await renderDocx(report)),
  pdf: async (report) => readBackPdf(await renderPdf(report)),
  workbook: async (report) => readBackXlsx(await renderXlsx(report)),
};

/** Those whose documents the ordinary run writes: all of them take long. */
const ORDINARY: ReadonlySet<string> = new Set(['a month with no data', 'names of 60 characters, with signs']);
const FORMATS = Object.keys(READ) as Format[];

describe.each(CASES)('%s', (name, input) => {
  const model = composeReport(input);
  const all = model.figures.length;
  const place = CASES.findIndex(([each]) => each === name);
  const editions = IS_SAMPLE ? LANGUAGES : [LANGUAGES[place % 2]!];

  it('as JSON: the model, whole, each language in its own words', () => {
    const text = canonicalJson(model);
    const read = JSON.parse(text) as ReportModel;
    expect(canonicalJson(read) === text).toBe(true);
    for (const language of LANGUAGES) expectClean(wordsOf(read, language), language);
  });

  const written = IS_SAMPLE || ORDINARY.has(name) ? it : it.skip;

  written.each(editions)(`as ${FORMATS.join(', ')}: %s`, async (language) => {
    const charts = await drawCharts(model, language);
    const report = { id: '12', model, sha256: SHA256, language, baseUrl: '', charts };
    const { drawings } = readHtml(await renderHtml(report));
    const said = saidOf(model, language);
    for (const format of FORMATS) {
      const read = await READ[format](report);
      expect([format, expectSaid(model, language, read, drawings)]).toEqual([format, all]);
      expectClean(read.words, language);
      const text = spaceless(read.words.join(''));
      expect([format, said.filter((words) => !text.includes(spaceless(words)))]).toEqual([format, []]);
    }
  });
});

/** Every word that stands by itself in each document: titles, sentences, cells; and why what is absent is. */
function saidOf(model: ReportModel, language: Language): string[] {
  return everySection(model).flatMap(({ title, absent, blocks }) => [
    ...[title[language], absent?.[language] ?? ''],
    ...blocks.flatMap((block) => {
      switch (block.kind) {
        case 'heading':
          return [block.text[language]];
        case 'paragraph':
          return block.text[language].flatMap((run) => (typeof run === 'string' ? [run] : []));
        case 'table':
          return [
            ...[block.title, ...block.columns.map((column) => column.title)].map((said) => said[language]),
            ...block.rows.flatMap(({ cells }) =>
              cells.flatMap((cell) => ('text' in cell ? [cell.text[language]] : [])),
            ),
          ];
        case 'chart':
          return [block.title[language], block.alt[language]];
      }
    }),
  ]);
}

const spaceless = (text: string): string => text.replace(/\s+/gu, '');

/** All that is said in a language, and what is the same in both. */
function wordsOf(value: unknown, language: Language): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap((each) => wordsOf(each, language));
  if (typeof value !== 'object' || value === null) return [];
  const said = value as Readonly<Record<string, unknown>>;
  if ('zh' in said && 'en' in said) return wordsOf(said[language], language);
  return Object.entries(said).flatMap(([name, each]) => (CODED.has(name) ? [] : wordsOf(each, language)));
}
/** Members of the model whose values are codes, and not words. */
const CODED = new Set([
  'schema',
  'kind',
  'origin',
  'id',
  'unit',
  'role',
  'shape',
  'state',
  'source',
  'method',
  'figure',
]);

const BROKEN = /NaN|undefined|\bnull\b|Infinity|\[object/u;
/** What a Chinese edition has of its own: names of formats and algorithms, and of the command that verifies. */
const LATIN = /\b(SHA-256|JSON|verify)\b/g;
const FOREIGN: Readonly<Record<Language, RegExp>> = {
  zh: /[A-Za-z]{2,}/gu,
  en: /[\p{Script=Han}，。；：！？、（）【】〔〕《》]/gu,
};

function expectClean(words: readonly string[], language: Language): void {
  const text = words.join('\n').replace(LATIN, '');
  expect([...(text.match(BROKEN) ?? []), ...(text.match(FOREIGN[language]) ?? [])]).toEqual([]);
}
