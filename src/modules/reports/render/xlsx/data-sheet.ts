/** The sheet of data: what stands behind every figure, one to a row. */
import { columnLetter } from '../../../../platform/xlsx/index.js';
import type { OutCell } from '../../../../platform/xlsx-out/cell-xml.js';
import type { OutRow, OutSheet } from '../../../../platform/xlsx-out/sheet-xml.js';
import { codeOf, linkOf, UNIT_WORDS, type PrintedReport } from '../printed-report.js';
import { FIRST_ROW, type CellBehind, type CellsBehind } from './cells-behind.js';
import { heldText } from './live-number.js';
import { sourceWords } from './source-words.js';
import { DATA, DATA_HEADERS, DATA_NOTE, VALUE_UNITS, type PageWords } from './words.js';

const WIDTHS = [22, 24, 20, 12, 14, 14, 26, 60, 24];

export function dataSheet(report: PrintedReport, cells: CellsBehind, name: string, page: PageWords): OutSheet {
  const { language } = report;
  const whole = (text: string, look: 'title' | 'words', height: number): OutRow => ({
    ...{ cells: WIDTHS.map((_, at) => ({ text: at === 0 ? text : '', look })), height },
    merged: [0, WIDTHS.length - 1],
  });
  const rows: OutRow[] = [
    whole(DATA[language], 'title', 24),
    whole(DATA_NOTE[language], 'words', 33),
    { cells: DATA_HEADERS.map((header) => ({ text: header[language], look: 'header' })) },
    ...cells.all.map((cell) => ({ cells: figureRow(report, cell) })),
  ];
  return {
    ...{ name, ...page, widths: WIDTHS, rows, frozen: { rows: FIRST_ROW - 1, columns: 1 } },
    repeated: [FIRST_ROW - 1, FIRST_ROW - 1],
    filter: `A${FIRST_ROW - 1}:${columnLetter(WIDTHS.length - 1)}${rows.length}`,
  };
}

function figureRow(report: PrintedReport, { figure, section }: CellBehind): OutCell[] {
  const { language } = report;
  const { id, unit, exact, shown, source, reason } = figure;
  const words = (text: string): OutCell => ({ text, look: 'body.words' });
  const [value, print]: OutCell[] =
    exact === null
      ? [
          { text: shown, look: 'body.absent' },
          { text: shown, look: 'body.absent' },
        ]
      : [
          { number: heldText(unit, exact), look: 'body.exact' },
          { number: shown, look: unit === 'number' ? 'body.count' : 'body.money' },
        ];
  return [
    { text: codeOf(report, id), look: 'body.code', link: { target: linkOf(report, id) } },
    ...[words(section), value!, words(VALUE_UNITS[unit][language]), print!, words(UNIT_WORDS[unit][language])],
    { text: exact ?? '', look: 'body.absent' },
    ...[words(sourceWords(source, language)), words(reason?.[language] ?? '')],
  ];
}
