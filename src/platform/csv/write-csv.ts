import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gb18030Bytes } from './gb18030-bytes.js';

export const WRITTEN_ENCODINGS = ['utf8', 'gb18030'] as const;
export type WrittenEncoding = (typeof WRITTEN_ENCODINGS)[number];

/** The charset of a Content-Type. */
export const CHARSETS: Readonly<Record<WrittenEncoding, string>> = { utf8: 'utf-8', gb18030: 'gb18030' };

/** A number is written as it is; a text never as what a spreadsheet would take for a formula. null is blank. */
export type CsvCell = { readonly text: string } | { readonly number: string } | null;

const PIECE = 2 ** 16;
const MARK = '\ufeff';
/** What makes a formula in one spreadsheet or another, the full-width forms too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** Writes a CSV file (RFC 4180) to `target`, row by row: UTF-8 with a byte order mark, which Excel needs, or GB18030. */
export async function writeCsv(
  rows: Iterable<readonly CsvCell[]> | AsyncIterable<readonly CsvCell[]>,
  encoding: WrittenEncoding,
  target: string,
): Promise<void> {
  await pipeline(Readable.from(piecesOf(rows, encoding), { objectMode: false }), createWriteStream(target));
}

async function* piecesOf(
  rows: Iterable<readonly CsvCell[]> | AsyncIterable<readonly CsvCell[]>,
  encoding: WrittenEncoding,
): AsyncGenerator<Buffer, void, undefined> {
  const encode = encoding === 'utf8' ? (text: string) => Buffer.from(text) : gb18030Bytes;
  let text = encoding === 'utf8' ? MARK : '';
  for await (const row of rows) {
    text += `${row.map(fieldOf).join(',')}\r\n`;
    if (text.length < PIECE) continue;
    yield encode(text);
    text = '';
  }
  yield encode(text);
}

function fieldOf(cell: CsvCell): string {
  if (cell === null) return '';
  if ('number' in cell) return cell.number;
  const text = FORMULA.test(cell.text) ? `'${cell.text}` : cell.text;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
