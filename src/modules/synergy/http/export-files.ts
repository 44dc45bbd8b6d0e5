/** The exported table as a file: a workbook with real numbers, or a CSV file that spreadsheets of finance read. */
import { writeCsv, type CsvCell, type WrittenEncoding } from '../../../platform/csv/write-csv.js';
import type { Language } from '../../../platform/http/language.js';
import { columnLetter } from '../../../platform/xlsx/index.js';
import type { OutCell } from '../../../platform/xlsx-out/cell-xml.js';
import { sheetNames } from '../../../platform/xlsx-out/sheet-names.js';
import type { OutRow, OutSheet } from '../../../platform/xlsx-out/sheet-xml.js';
import { writeWorkbook } from '../../../platform/xlsx-out/workbook-out.js';
import { issueSentence } from '../../rules/messages.js';
import type { SynergyAnswer } from '../app/answer-synergy.js';
import type { ExportCell, ExportColumn, ExportTable } from './export-table.js';
import * as words from './export-words.js';

export const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Whoever asks twice gets the same bytes. */
const NO_DAY = '2000-01-01';

export async function writeExportCsv(table: ExportTable, encoding: WrittenEncoding, target: string): Promise<void> {
  await writeCsv(csvRows(table), encoding, target);
}

/** All rows are of one length, as RFC 4180 wants them. */
function* csvRows({
  title,
  facts,
  unit,
  columns,
  rows,
  hasTail,
  tailTitle,
}: ExportTable): Generator<readonly CsvCell[]> {
  const whole = (text: string): CsvCell[] => columns.map((_, at) => (at === 0 ? { text } : null));
  for (const line of [title, ...facts, unit]) yield whole(line);
  yield columns.map((column) => ({ text: column.title }));
  for (const row of rows) yield columns.map(({ ofRow }) => ofRow(row));
  yield columns.map(({ ofTotal }) => ofTotal);
  if (!hasTail) return;
  yield columns.map(({ added }, at) => (at === 0 ? { text: tailTitle } : added ? { number: added.tail } : null));
}

export async function writeExportWorkbook(
  table: ExportTable,
  { issues, asOf }: SynergyAnswer,
  language: Language,
  target: string,
): Promise<void> {
  const names = sheetNames([table.title, words.ISSUES_SHEET[language]]);
  const page = { header: table.title, footer: table.title };
  const sheets = [{ ...figureSheet(table), name: names[0]!, ...page }];
  if (asOf === 'known') sheets.push({ ...issueSheet(issues, language), name: names[1]!, ...page });
  await writeWorkbook({ title: table.title, date: NO_DAY, sheets }, target);
}

type Body = Omit<OutSheet, 'name' | 'header' | 'footer'>;

const WIDTHS: Readonly<Record<ExportColumn['kind'], number>> = { code: 14, words: 20, money: 16, ratio: 16 };

function figureSheet(table: ExportTable): Body {
  const headerRow = table.facts.length + 3;
  return {
    widths: table.columns.map(({ kind }) => WIDTHS[kind]),
    rows: figureRows(table, headerRow),
    frozen: { rows: headerRow, columns: table.keys },
    repeated: [headerRow, headerRow],
    filter: `A${headerRow}:${columnLetter(table.columns.length - 1)}${headerRow + table.rows.length}`,
  };
}

function* figureRows(table: ExportTable, headerRow: number): Generator<OutRow> {
  const { title, facts, unit, columns, rows, hasTail, tailTitle } = table;
  yield { cells: [{ text: title, look: 'title' }], height: 24 };
  for (const fact of facts) yield { cells: [{ text: fact, look: 'plain' }] };
  yield { cells: columns.map((_, at) => ({ text: at === columns.length - 1 ? unit : '', look: 'unit' })) };
  yield { cells: columns.map((column) => ({ text: column.title, look: 'header' })), height: 45 };
  for (const row of rows) yield { cells: columns.map(({ kind, ofRow }) => shown('body', kind, ofRow(row))) };
  const totals = columns.map((column, at) => {
    const cell = shown('total', column.kind, column.ofTotal);
    const formula = sumFormula(table, column, at, headerRow);
    return formula === null ? cell : { ...cell, formula };
  });
  yield { cells: totals };
  if (!hasTail) return;
  yield {
    cells: columns.map(({ kind, added }, at): OutCell => {
      if (at === 0) return { text: tailTitle, look: 'tail.words' };
      if (added === undefined) return { text: '', look: 'tail.words' };
      const [total, range] = [headerRow + rows.length + 1, rangeOf(table, at, headerRow)];
      const formula = `ROUND(${columnLetter(at)}${total}-SUM(${range}),2)`;
      return { ...shown('tail', kind, { number: added.tail }), ...(added.isLive ? { formula } : {}) };
    }),
  };
}

function shown(row: 'body' | 'total' | 'tail', kind: ExportColumn['kind'], cell: ExportCell): OutCell {
  if ('number' in cell) return { number: cell.number, look: `${row}.${kind === 'ratio' ? 'ratio' : 'money'}` };
  const isNumeric = kind === 'money' || kind === 'ratio';
  return { text: cell.text, look: isNumeric ? `${row}.absent` : kind === 'code' ? `${row}.code` : `${row}.words` };
}

const rangeOf = ({ rows }: ExportTable, at: number, headerRow: number): string =>
  `${columnLetter(at)}${headerRow + 1}:${columnLetter(at)}${headerRow + rows.length}`;

/** Live where the rows as printed add up to the total as printed; else the total stands, and 尾差 below it. */
function sumFormula(table: ExportTable, { added }: ExportColumn, at: number, headerRow: number): string | null {
  return added?.isLive && added.tail === '0.00' ? `ROUND(SUM(${rangeOf(table, at, headerRow)}),2)` : null;
}

function issueSheet(issues: SynergyAnswer['issues'], language: Language): Body {
  const keys = ['department', 'period', 'category', 'item', 'nature'] as const;
  const headers = [
    ...[words.ISSUE_WORDS.code, words.ISSUE_WORDS.says, ...keys.map((key) => words.KEY_WORDS[key]), words.BASELINE],
  ];
  const rows: OutRow[] = [
    { cells: headers.map((header) => ({ text: header[language], look: 'header' })) },
    ...issues.map((issue): OutRow => ({
      cells: [issue.code, issueSentence(issue.code, language), ...keys.map((key) => issue[key]), issue.baseline].map(
        (text) => ({ text, look: 'body.words' }),
      ),
    })),
  ];
  return { widths: [24, 60, 14, 12, 16, 14, 24, 14], rows, frozen: { rows: 1, columns: 0 }, repeated: [1, 1] };
}
