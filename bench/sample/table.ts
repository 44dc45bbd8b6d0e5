import { Year } from './calendar.js';

/** Reads the generator's own tables: one row a line, cells between bars, blank lines ignored. */
export function table(text: string, width: number): string[][] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const cells = line.split('|').map((cell) => cell.trim());
      if (cells.length !== width) throw new Error(`expected ${width} cells: ${line}`);
      return cells;
    });
}

export function cell(row: readonly string[], index: number): string {
  const value = row[index];
  if (value === undefined) throw new Error(`no cell ${index} in: ${row.join(' | ')}`);
  return value;
}

/** “a、b” → [a, b] */
export const listed = (text: string): string[] => text.split('、').filter((part) => part !== '');

/** “2022's、2023's”, or one value for both. */
export function inYear(year: Year, text: string): string {
  const values = listed(text);
  const value = values.length === 1 ? values[0] : values[year === 2022 ? 0 : 1];
  if (value === undefined) throw new Error(`no value for ${year} in “${text}”`);
  return value;
}
