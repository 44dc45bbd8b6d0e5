/** A table: title in the middle, unit at the top right, 行次 and 栏次 by which every figure in it is found, its head on every page. */
import type { CellOptions, Node, TableLayout, Text } from 'pdfmake';
import type { Cell, Column, Figure, Language, Row, Table } from '../../../../../analytics/report/model.js';
import { UNIT_WORDS } from '../printed-report.js';
import { bare } from './text.js';
import { PADDING, fitted, standsOnOneLine, type Fitted } from './widths.js';
import { PAGE_WORDS } from './words.js';

type PdfCell = Text & CellOptions;

interface Printing {
  readonly figures: ReadonlyMap<string, Figure>;
  readonly language: Language;
}

/** Rows of the head: title, unit, names of the columns, numbers of the columns. */
const HEAD_ROWS = 4;
/** Tall enough for a head and a row below it. */
export const HEAD_HEIGHT = 120;
const SHADE = '#ececec';
/** Behind the office's own words. */
const OFFICE_SHADE = '#dedede';
const LINE_HEIGHT = 0.92;

export function tableNodes(table: Table, printing: Printing): Node[] {
  const fit = fitted(table, printing.figures, printing.language);
  const body = [...headOf(table, printing), ...table.rows.map((row) => rowOf(table.columns, row, printing, fit))];
  if (table.rows.length === 0) body.push(emptyRow(table, printing));
  const node: Node = {
    ...{ fontSize: fit.fontSize, lineHeight: LINE_HEIGHT, alignment: 'left', margin: [0, 6, 0, 4], layout: LAYOUT },
    table: { widths: fit.widths, headerRows: HEAD_ROWS, keepWithHeaderRows: 1, dontBreakRows: true, body },
  };
  const reasons = reasonsOf(table, printing);
  return reasons === null ? [node] : [node, reasons];
}

/** Lines above and below the head, below the table, and thin ones between rows. */
const LAYOUT: TableLayout = {
  hLineWidth: (line, { table }) =>
    line < 2 ? 0 : line === 2 || line === table.body.length ? 1 : line <= 4 ? 0.6 : 0.25,
  vLineWidth: () => 0,
  paddingLeft: () => PADDING,
  paddingRight: () => PADDING,
  paddingTop: () => 1.5,
  paddingBottom: () => 1.5,
};

function headOf({ title, unit, columns }: Table, { language }: Printing): PdfCell[][] {
  const across = (cell: PdfCell): PdfCell[] => [{ ...cell, colSpan: columns.length + 1 }, ...columns.map(() => EMPTY)];
  const named = (text: string): PdfCell => ({ text, bold: true, alignment: 'center', fillColor: SHADE });
  const unitText = unit === null ? '' : PAGE_WORDS.unit[language] + UNIT_WORDS[unit][language];
  return [
    across({ text: bare(title[language]), bold: true, alignment: 'center', fontSize: 12 }),
    across({ text: unitText, alignment: 'right', fontSize: 9 }),
    [PAGE_WORDS.rowNo[language], ...columns.map((column) => columnTitle(column, unit, language))].map(named),
    [PAGE_WORDS.columnNo[language], ...columns.map((_, at) => String(at + 1))].map(named),
  ];
}

const EMPTY: PdfCell = { text: '' };

/** With its own unit where that is neither the table's nor said by the title. */
function columnTitle({ title, unit }: Column, ofTable: Table['unit'], language: Language): string {
  const name = bare(title[language]);
  if (unit === null || unit === ofTable || unit === 'number') return name;
  const word = UNIT_WORDS[unit][language];
  return name.includes(word) ? name : language === 'zh' ? `${name}（${word}）` : `${name} (${word})`;
}

function rowOf(columns: readonly Column[], { no, kind, cells }: Row, printing: Printing, fit: Fitted): PdfCell[] {
  const isTotal = kind === 'total';
  const texts = cells.map((cell, at): PdfCell => {
    const text = textOfCell(cell, printing);
    // What fits is not taken apart for breaking lines: most of the time of a long table would go there.
    const fits = 'figure' in cell || standsOnOneLine(text, fit, at + 1);
    const written: PdfCell = {
      text,
      bold: isTotal,
      noWrap: fits,
      alignment: columns[at]!.unit === null ? 'left' : 'right',
    };
    return 'text' in cell && cell.origin === 'office' ? { ...written, fillColor: OFFICE_SHADE } : written;
  });
  return [{ text: String(no), alignment: 'center', noWrap: true, color: '#404040' }, ...texts];
}

const textOfCell = (cell: Cell, { figures, language }: Printing): string =>
  'figure' in cell ? figures.get(cell.figure)!.shown : bare(cell.text[language]);

const emptyRow = ({ columns }: Table, { language }: Printing): PdfCell[] => [
  { text: PAGE_WORDS.nothing[language], colSpan: columns.length + 1, alignment: 'center' },
  ...columns.map(() => EMPTY),
];

/** Below the table, why some figures have no value: each reason once, with the columns it is in. */
function reasonsOf({ rows }: Table, { figures, language }: Printing): Text | null {
  const columnsBy = new Map<string, Set<number>>();
  for (const { cells } of rows) {
    cells.forEach((cell, at) => {
      const reason = 'figure' in cell ? figures.get(cell.figure)!.reason : undefined;
      if (reason === undefined) return;
      columnsBy.set(reason[language], (columnsBy.get(reason[language]) ?? new Set()).add(at + 1));
    });
  }
  if (columnsBy.size === 0) return null;
  const parts = [...columnsBy].map(([reason, columns]) => {
    const numbers = [...columns].sort((a, b) => a - b);
    return language === 'zh' ? `${reason}（栏次${numbers.join('、')}）` : `${reason} (column ${numbers.join(', ')})`;
  });
  const text = PAGE_WORDS.absentValue[language] + parts.join(language === 'zh' ? '；' : '; ');
  return { text: bare(text), fontSize: 8, lineHeight: 1, alignment: 'left', margin: [0, 0, 0, 6] };
}
