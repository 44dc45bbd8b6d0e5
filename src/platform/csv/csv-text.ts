import { rowError } from './csv-to-copy.js';
import { decodeBytes } from './encoding.js';
import { nextHeader } from './header.js';
import { CsvRefusal, type CsvRowError } from './refusal.js';
import { CsvTokenizer, DEFAULT_MAX_FIELD_BYTES, type Delimiter } from './tokenizer.js';

export interface CsvRow {
  /** As a spreadsheet shows it, the header's row being 1 unless blank lines precede it. */
  readonly rowNo: number;
  /** One per column of the header, trimmed; null where blank. */
  readonly fields: (string | null)[];
}

export interface ParsedCsv {
  readonly header: string[];
  readonly rows: CsvRow[];
  readonly errors: CsvRowError[];
}

export interface CsvLayout {
  readonly delimiter?: Delimiter;
  /** Rows above it are nothing; the header is the first from it on that is not blank. */
  readonly headerRow?: number;
}

/**
 * A whole CSV file in memory, for small files; the rules (encoding, rows, blanks, errors) are those of `copyRows`.
 * Throws CsvRefusal where the file as a whole cannot be read, empty_file where it has no header.
 */
export function parseCsv(
  input: string | Uint8Array,
  maxFieldBytes = DEFAULT_MAX_FIELD_BYTES,
  { delimiter = ',', headerRow = 1 }: CsvLayout = {},
): ParsedCsv {
  const tokenizer = new CsvTokenizer(maxFieldBytes, delimiter);
  tokenizer.push(decodeBytes(bytesOf(input)));
  tokenizer.end();
  let header = nextHeader(tokenizer);
  while (header !== null && header.row < headerRow) header = nextHeader(tokenizer);
  if (header === null) throw new CsvRefusal('empty_file');
  const columns = header.names.length;
  const rows: CsvRow[] = [];
  const errors: CsvRowError[] = [];
  while (tokenizer.next()) {
    if (tokenizer.isBlank()) continue;
    const error = rowError(tokenizer, columns);
    if (error !== null) errors.push(error);
    else rows.push({ rowNo: tokenizer.row, fields: Array.from({ length: columns }, (_, k) => tokenizer.text(k)) });
  }
  return { header: header.names, rows, errors };
}

function bytesOf(input: string | Uint8Array): Buffer {
  if (typeof input !== 'string') return Buffer.from(input.buffer, input.byteOffset, input.byteLength);
  // A lone surrogate has no UTF-8; Buffer.from would put U+FFFD in its place without a word.
  if (/\p{Surrogate}/u.test(input)) throw new CsvRefusal('invalid_encoding');
  return Buffer.from(input, 'utf8');
}
