import { COLUMNS, VALUES, type FileName } from '../naive/words.js';
import type { Random } from './random.js';
import type { Fields } from './world.js';

/** RFC 4180: quotes where they are needed. */
export function csvText(rows: readonly (readonly string[])[], lineEnd = '\n'): string {
  const cell = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return rows.map((row) => row.map(cell).join(',') + lineEnd).join('');
}

function chinese(column: string, value: string): string {
  const words = Object.entries(VALUES[column] ?? {});
  return words.find(([, code]) => code === value)?.[0] ?? value;
}

/**
 * A file as some department might hand it in: rows in any order; columns in any order sometimes; headers and values in
 * Chinese or in codes; blanks around cells sometimes; optional columns left out where nothing stands in them.
 */
export function dressed(random: Random, file: FileName, rows: readonly Fields[]): string {
  const isFilled = (code: string): boolean => rows.some((row) => (row[code] ?? '') !== '');
  const leavesOut = random.chance(50);
  const kept = COLUMNS[file].filter(({ code, optional }) => !(optional && leavesOut && !isFilled(code)));
  const columns = random.chance(35) ? random.shuffled(kept) : kept;
  const isChineseHeader = random.chance(35);
  const chineseValues = random.pick([0, 0, 50, 100]);
  const blanks = random.chance(20) ? 10 : 0;
  const header = columns.map((column) => (isChineseHeader ? column.chinese : column.code));
  const body = random.shuffled(rows).map((row) =>
    columns.map(({ code }) => {
      const value = row[code] ?? '';
      const word = random.chance(chineseValues) ? chinese(code, value) : value;
      return random.chance(blanks) ? random.pick([` ${word}`, `${word} `, `\t${word} `]) : word;
    }),
  );
  return csvText([header, ...body], random.chance(20) ? '\r\n' : '\n');
}
