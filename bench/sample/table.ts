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
