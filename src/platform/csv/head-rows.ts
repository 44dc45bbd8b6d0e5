import { MAX_COLUMNS } from './header.js';
import { CsvRefusal } from './refusal.js';
import { type ByteChunks, CsvTokenizer, DEFAULT_MAX_FIELD_BYTES, type Delimiter } from './tokenizer.js';

export interface HeadRow {
  /** As a spreadsheet shows it, from 1. */
  readonly row: number;
  /** Trimmed; null where blank. */
  readonly fields: (string | null)[];
}

/**
 * The first rows of a text in UTF-8, read as if `delimiter` were its delimiter, to tell what the file is. Left out are
 * blank rows and those with a problem. It ends at row `maxRows`, or where a wrong guess makes reading on impossible (an
 * open quote); it reads no further than it must and refuses nothing.
 */
export async function headRows(chunks: ByteChunks, delimiter: Delimiter, maxRows: number): Promise<readonly HeadRow[]> {
  const tokenizer = new CsvTokenizer(DEFAULT_MAX_FIELD_BYTES, delimiter);
  const rows: HeadRow[] = [];
  try {
    for await (const chunk of chunks) {
      tokenizer.push(chunk);
      if (gather(tokenizer, maxRows, rows)) return rows;
    }
    tokenizer.end();
    gather(tokenizer, maxRows, rows);
  } catch (error) {
    if (!(error instanceof CsvRefusal)) throw error;
  }
  return rows;
}

/** True once `maxRows` rows have been seen. */
function gather(tokenizer: CsvTokenizer, maxRows: number, rows: HeadRow[]): boolean {
  while (tokenizer.row < maxRows && tokenizer.next()) {
    const { row, fieldCount, problem } = tokenizer;
    if (problem !== null || fieldCount > MAX_COLUMNS || tokenizer.isBlank()) continue;
    rows.push({ row, fields: Array.from({ length: fieldCount }, (_, field) => tokenizer.text(field)) });
  }
  return tokenizer.row >= maxRows;
}
