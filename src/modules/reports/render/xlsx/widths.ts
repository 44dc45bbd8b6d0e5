/** How wide columns are and how many lines a text takes in them; in characters, of which a Chinese one counts two. */
import type { Cell, Language, Section, Table } from '../../../../../analytics/report/model.js';
import { displayWidth } from '../../../../platform/terminal/display-width.js';
import type { CellsBehind } from './cells-behind.js';

const NUMBER_WIDTH = { least: 12, most: 24 };
const WORDS_WIDTH = { least: 10, most: 40 };
const ROW_NUMBER_WIDTH = 7;
/** Sentences want as much, whatever the tables need. */
const PAGE_WIDTH = 110;

/** Of a section’s sheet: the numbers of the rows, the columns of its tables, and what is left of the page. */
export function columnWidths({ blocks }: Section, language: Language, cells: CellsBehind): readonly number[] {
  const tables = blocks.filter((block): block is Table => block.kind === 'table');
  const columns = Math.max(0, ...tables.map((table) => table.columns.length));
  const widths = [ROW_NUMBER_WIDTH];
  for (let at = 0; at < columns; at++) {
    const own = tables.flatMap((table) => (at < table.columns.length ? [columnWidth(table, at, language, cells)] : []));
    widths.push(Math.max(...own));
  }
  const rest = PAGE_WIDTH - widthOf(widths);
  return rest > 0 ? [...widths, rest] : widths;
}

export const widthOf = (widths: readonly number[]): number => widths.reduce((sum, width) => sum + width, 0);

function columnWidth({ columns, rows }: Table, at: number, language: Language, cells: CellsBehind): number {
  const { title, unit } = columns[at]!;
  const { least, most } = unit === null ? WORDS_WIDTH : NUMBER_WIDTH;
  const printed = (cell: Cell) => ('figure' in cell ? `${cells.figure(cell.figure).shown}-,,` : cell.text[language]);
  // A header may take two lines.
  const wanted = Math.max(
    displayWidth(title[language]) / 2 + 2,
    ...rows.map((row) => displayWidth(printed(row.cells[at]!)) + 2),
  );
  return Math.ceil(Math.min(most, Math.max(least, wanted)));
}

/** Of a text in a cell so wide, with a little room for words that do not break where the cell does. */
export const linesIn = (text: string, width: number): number =>
  text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(displayWidth(line) / (width * 0.95))), 0);
