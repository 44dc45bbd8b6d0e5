import { readFile } from 'node:fs/promises';
import { readXlsx } from 'hucre';
import { markCells, type Mark } from '../../src/platform/xlsx-out/mark-cells.js';
import { LIMITS, partsOf, stored, type Parts } from './workbooks.js';

/** A mark on a cell named as Excel does. */
export const mark = (sheetName: string, cell: string, comment = '有误'): Mark => {
  const [, letters, row] = /^([A-Z]+)(\d+)$/.exec(cell)!;
  const column = [...letters!].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { sheet: sheetName, row: Number(row), column, comment };
};

/** Marks a workbook and answers its parts as texts, and as a program reads it. */
export async function marked(parts: Parts, marks: readonly Mark[]) {
  const { source, target } = await stored(parts);
  await markCells(source, target, marks, '六大协同', LIMITS);
  const after = await partsOf(target);
  const read = await readXlsx(await readFile(target), { readStyles: true });
  const text = (name: string) => after.get(name)?.toString() ?? '';
  return { after, text, read, sheetOf: (name: string) => read.sheets.find((each) => each.name === name)! };
}
