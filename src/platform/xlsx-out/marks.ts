import { SHEET_COLUMNS, SHEET_ROWS } from '../xlsx/cell-place.js';
import type { CellComment } from './comments-part.js';

/** A cell to be coloured and commented. Rows count from 1, columns from 0. */
export interface Mark {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
  readonly comment: string;
}

/** More would neither be read by anybody nor opened smoothly. */
export const MAX_MARKS = 5000;
export const MAX_COMMENT_CHARACTERS = 1000;

/** By sheet, one comment a cell, within the caps; a place outside of any sheet is the nearest inside. */
export function gathered(marks: readonly Mark[]): Map<string, CellComment[]> {
  const byCell = new Map<string, { mark: Mark; lines: Set<string> }>();
  for (const given of marks) {
    const mark = {
      ...given,
      row: Math.min(Math.max(given.row, 1), SHEET_ROWS),
      column: Math.min(Math.max(given.column, 0), SHEET_COLUMNS - 1),
    };
    const key = `${mark.row} ${mark.column} ${mark.sheet}`;
    const known = byCell.get(key);
    if (known !== undefined) known.lines.add(mark.comment);
    else if (byCell.size < MAX_MARKS) byCell.set(key, { mark, lines: new Set([mark.comment]) });
  }
  const bySheet = new Map<string, CellComment[]>();
  for (const { mark, lines } of byCell.values()) {
    const { sheet, row, column } = mark;
    const comments = bySheet.get(sheet) ?? [];
    comments.push({ row, column, text: cut([...lines].join('\n')) });
    bySheet.set(sheet, comments);
  }
  return bySheet;
}

function cut(text: string): string {
  const characters = [...text];
  if (characters.length <= MAX_COMMENT_CHARACTERS) return text;
  return `${characters.slice(0, MAX_COMMENT_CHARACTERS - 1).join('')}…`;
}

/** Columns in ascending order, by row. */
export function columnsByRow(comments: readonly CellComment[]): Map<number, number[]> {
  const columns = new Map<number, number[]>();
  for (const { row, column } of comments) {
    const ofRow = columns.get(row);
    if (ofRow === undefined) columns.set(row, [column]);
    else ofRow.push(column);
  }
  for (const ofRow of columns.values()) ofRow.sort((a, b) => a - b);
  return columns;
}
