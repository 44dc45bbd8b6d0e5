import iconv from 'iconv-lite';

export const TEXT_ENCODINGS = ['utf-8', 'utf-8-bom', 'utf-16le', 'gb18030'] as const;
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];

const ENCODE: Readonly<Record<TextEncoding, (text: string) => Buffer>> = {
  'utf-8': (text) => Buffer.from(text),
  'utf-8-bom': (text) => Buffer.from(text),
  'utf-16le': (text) => Buffer.from(text, 'utf16le'),
  gb18030: (text) => iconv.encode(text, 'gb18030'),
};
const MARKED: readonly TextEncoding[] = ['utf-8-bom', 'utf-16le'];
const CHUNK_LENGTH = 128 * 1024;

/** Pieces of text, none of which ends within a character, as bytes in chunks; with a byte order mark where one belongs. */
// eslint-disable-next-line @typescript-eslint/require-await -- what is written may come from elsewhere: readers wait for it
export async function* encodedText(pieces: Iterable<string>, encoding: TextEncoding): AsyncGenerator<Buffer> {
  const encode = ENCODE[encoding];
  let chunk = MARKED.includes(encoding) ? '\ufeff' : '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield encode(chunk);
    chunk = '';
  }
  if (chunk !== '') yield encode(chunk);
}

/** A line of delimited text: quoted where it must be. */
export function delimitedLine(cells: readonly string[], delimiter: string): string {
  const shown = cells.map((cell) => (MUST_QUOTE.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
  return `${shown.join(delimiter)}\r\n`;
}

/** Any delimiter, so that it does not matter which one is used. */
const MUST_QUOTE = /[",;|\t\r\n]/;
