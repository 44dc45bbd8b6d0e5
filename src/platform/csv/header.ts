import { CsvRefusal } from './refusal.js';
import { type ByteChunks, CsvTokenizer, DEFAULT_MAX_FIELD_BYTES } from './tokenizer.js';

/** More columns than any table known here, few enough to check by name. */
export const MAX_COLUMNS = 1024;

export interface CsvHeader {
  /** The first row that is not blank, as a spreadsheet counts. */
  readonly row: number;
  /** Trimmed; '' where a column has no name. */
  readonly names: string[];
}

/**
 * The header of a CSV file in UTF-8; reads no further than it must.
 * Throws CsvRefusal: empty_file, bad_header, too_many_columns, and as of CsvTokenizer.next.
 */
export async function readHeader(chunks: ByteChunks, maxFieldBytes = DEFAULT_MAX_FIELD_BYTES): Promise<CsvHeader> {
  const tokenizer = new CsvTokenizer(maxFieldBytes);
  for await (const chunk of chunks) {
    tokenizer.push(chunk);
    const header = nextHeader(tokenizer);
    if (header !== null) return header;
  }
  tokenizer.end();
  const header = nextHeader(tokenizer);
  if (header === null) throw new CsvRefusal('empty_file');
  return header;
}

/** The next record that is not blank, taken as the header; null when the tokenizer has none yet. */
export function nextHeader(tokenizer: CsvTokenizer): CsvHeader | null {
  while (tokenizer.next()) {
    if (tokenizer.isBlank()) continue;
    const { problem, fieldCount, row } = tokenizer;
    if (problem !== null) throw new CsvRefusal('bad_header', row, problem.column);
    if (fieldCount > MAX_COLUMNS) throw new CsvRefusal('too_many_columns', row);
    return { row, names: Array.from({ length: fieldCount }, (_, field) => tokenizer.text(field) ?? '') };
  }
  return null;
}

/** The line `sep=;` above a header, which spreadsheets write for themselves; its delimiter may have split it. */
export const isSepLine = (fields: readonly (string | null)[]): boolean =>
  fields.length <= 2 && /^sep=.?$/i.test(fields.map((field) => field ?? '').join(''));
