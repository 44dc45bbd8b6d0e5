/** A table as rows of a sheet: caption, unit at the top right, header with the numbers of the columns, rows, total, 尾差. */
import type { Figure, Row, Table } from '../../../../../analytics/report/model.js';
import type { OutCell } from '../../../../platform/xlsx-out/cell-xml.js';
import type { OutRow } from '../../../../platform/xlsx-out/sheet-xml.js';
import { codeOf, linkOf, UNIT_WORDS, type PrintedReport } from '../printed-report.js';
import type { CellsBehind } from './cells-behind.js';
import { formulaOf, type TablePlace } from './table-formulas.js';
import { linesIn } from './widths.js';
import { COLUMN_NUMBER, ROW_NUMBER } from './words.js';

const LINE_HEIGHT = 15;
const TALLEST = 400;

export interface TableRows {
  readonly header: readonly OutRow[];
  readonly body: readonly OutRow[];
}

/** `above`: how many rows of the sheet stand above it. */
export function tableRows(
  report: PrintedReport,
  cells: CellsBehind,
  table: Table,
  above: number,
  widths: readonly number[],
): TableRows {
  const header = headerRows(report, table, widths);
  const place = { firstRow: above + header.length + 1, columnsBefore: 1 };
  return {
    header,
    body: table.rows.map((row) => bodyRow(report, cells, table, place, row, widths)),
  };
}

function headerRows({ language }: PrintedReport, { title, unit, columns }: Table, widths: readonly number[]): OutRow[] {
  const whole = (text: string, look: 'caption' | 'unit'): OutRow => ({
    cells: [ROW_NUMBER, ...columns].map((_, at) => ({ text: at === 0 ? text : '', look })),
    merged: [0, columns.length],
  });
  const unitWords = unit === null ? null : UNIT_WORDS[unit][language];
  const titles = columns.map((column) => column.title[language]);
  return [
    whole(title[language], 'caption'),
    ...(unitWords === null ? [] : [whole(language === 'zh' ? `单位：${unitWords}` : `Unit: ${unitWords}`, 'unit')]),
    withHeight(
      [ROW_NUMBER[language], ...titles].map((text) => ({ text, look: 'header' })),
      widths,
    ),
    {
      cells: [COLUMN_NUMBER[language], ...columns.map((_, at) => String(at + 1))].map((text) => ({
        ...{ text, look: 'header' },
      })),
    },
  ];
}

function bodyRow(
  report: PrintedReport,
  cells: CellsBehind,
  table: Table,
  place: TablePlace,
  row: Row,
  widths: readonly number[],
): OutRow {
  const written = row.cells.map((cell, column): OutCell => {
    if (!('figure' in cell)) {
      return { text: cell.text[report.language], look: cell.origin === 'office' ? 'ownWords' : `${row.kind}.words` };
    }
    const figure = cells.figure(cell.figure);
    return figureCell(report, figure, row.kind, formulaOf(cells, table, place, row, column));
  });
  return withHeight([{ text: String(row.no), look: `${row.kind}.code` }, ...written], widths);
}

function figureCell(report: PrintedReport, figure: Figure, kind: Row['kind'], formula: string | null): OutCell {
  const target = linkOf(report, figure.id);
  if (figure.exact === null) {
    const tip = figure.reason?.[report.language] ?? codeOf(report, figure.id);
    return { text: figure.shown, look: `${kind}.absent`, link: { target, tip } };
  }
  return {
    ...{ number: figure.shown, look: `${kind}.${figure.unit === 'number' ? 'count' : 'money'}` },
    ...(formula === null ? {} : { formula }),
    link: { target, tip: codeOf(report, figure.id) },
  };
}

/** Tall enough for the text that takes most lines. */
function withHeight(cells: readonly OutCell[], widths: readonly number[]): OutRow {
  const lines = cells.map((cell, at) => ('text' in cell ? linesIn(cell.text, widths[at]!) : 1));
  return { cells, height: Math.min(TALLEST, Math.max(...lines) * LINE_HEIGHT + 3) };
}
