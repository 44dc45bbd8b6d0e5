import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writeXlsxStream } from 'hucre';
import { sheetName } from './sheet-names.js';

/** A table to be written as a workbook of one sheet. */
export interface PlainSheet {
  /** Any text: what Excel does not allow in the name of a sheet is left out. */
  readonly name: string;
  readonly columns: readonly { readonly header: string; /** In characters. */ readonly width: number }[];
  /** Texts in the order of the columns; null leaves a cell empty. */
  readonly rows: AsyncIterable<readonly (string | null)[]>;
}

/** What Excel holds in one cell. */
const MAX_CELL_CHARACTERS = 32_767;

/**
 * Writes a workbook of text cells to `target`: nothing that a text begins with makes a formula or a number of it. The header
 * is row 1 and stays in view. Rows are written as they come; memory does not grow with them.
 */
export async function writePlainWorkbook(sheet: PlainSheet, target: string): Promise<void> {
  const stream = writeXlsxStream(rowsOf(sheet), {
    name: sheetName(sheet.name),
    columns: sheet.columns.map(({ width }) => ({ width })),
    freezePane: { rows: 1 },
  });
  await pipeline(Readable.fromWeb(stream), createWriteStream(target));
}

async function* rowsOf({ columns, rows }: PlainSheet): AsyncGenerator<(string | null)[], void, undefined> {
  yield columns.map(({ header }) => cellText(header));
  for await (const row of rows) yield row.map((text) => (text === null ? null : cellText(text)));
}

/** In a cell `_x0041_` is a way to write A; what looks like it and is not meant has its own underscore written that way. */
function cellText(text: string): string {
  return text
    .slice(0, MAX_CELL_CHARACTERS)
    .replaceAll('\0', '\ufffd')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
}
