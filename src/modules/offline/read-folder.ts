import { parseCsv } from '../../platform/csv/csv-text.js';
import { decodeBytes } from '../../platform/csv/encoding.js';
import { isSepLine, nextHeader, type CsvHeader } from '../../platform/csv/header.js';
import { CsvRefusal } from '../../platform/csv/refusal.js';
import { CsvTokenizer, DELIMITERS, type Delimiter } from '../../platform/csv/tokenizer.js';
import type { RawRow } from '../rules/check-rows.js';
import { COLUMNS, KINDS, type Kind } from '../rules/columns.js';
import { refusalProblem, rowShapeProblem } from '../rules/file-problems.js';
import { readHeaderOf } from '../rules/header.js';
import type { Problem } from '../rules/problem.js';

export type RawTables = ReadonlyMap<Kind, readonly RawRow[]>;

export const fileOf = (kind: Kind) => `${kind}.csv`;

/** Files that no table is read from: a misspelt name must not lose its rows silently. */
export function unknownFiles(files: ReadonlyMap<string, Uint8Array>): Problem[] {
  return [...files.keys()]
    .filter((name) => name.endsWith('.csv') && !KINDS.some((kind) => fileOf(kind) === name))
    .map((file) => ({ file, row: 0, column: '', code: 'unknown_file', params: {} }));
}

/** Reads the CSV files of a folder (name → bytes) into rows of texts; nothing is judged yet but headers and row shapes. */
export function readTables(files: ReadonlyMap<string, Uint8Array>): { tables: RawTables; problems: Problem[] } {
  const tables = new Map<Kind, readonly RawRow[]>();
  const problems: Problem[] = [];
  for (const kind of KINDS) {
    const bytes = files.get(fileOf(kind));
    if (bytes) tables.set(kind, readTable(kind, bytes, problems));
  }
  return { tables, problems };
}

function readTable(kind: Kind, bytes: Uint8Array, problems: Problem[]): RawRow[] {
  const file = fileOf(kind);
  try {
    const { row, names, delimiter } = headerOf(kind, bytes);
    const header = readHeaderOf(kind, names);
    problems.push(...header.problems.map((problem) => ({ file, row, ...problem, params: {} })));
    // Under a header that does not fit, rows mean nothing: neither their cells nor how many they are.
    if (header.problems.length > 0) return [];
    const csv = parseCsv(bytes, undefined, { delimiter, headerRow: row });
    problems.push(...csv.errors.map((error) => rowShapeProblem(file, error)));
    return csv.rows.map(({ rowNo, fields }) => ({
      rowNo,
      values: Object.fromEntries(COLUMNS[kind].map((column, i) => [column.name, fields[header.sources[i]!] ?? null])),
    }));
  } catch (error) {
    if (!(error instanceof CsvRefusal)) throw error;
    problems.push(refusalProblem(file, error));
    return [];
  }
}

interface Delimited extends CsvHeader {
  readonly delimiter: Delimiter;
}

/**
 * The header under the delimiter that makes it one of `kind`, else under the comma.
 * @throws CsvRefusal where the file has no header that can be read, or is in no known encoding.
 */
function headerOf(kind: Kind, bytes: Uint8Array): Delimited {
  const text = decodeBytes(Buffer.from(bytes));
  for (const delimiter of DELIMITERS) {
    const header = headerUnder(text, delimiter);
    if (header !== null && readHeaderOf(kind, header.names).problems.length === 0) return header;
  }
  const header = firstHeader(text, ',');
  if (header === null) throw new CsvRefusal('empty_file');
  return header;
}

function firstHeader(text: Buffer, delimiter: Delimiter): Delimited | null {
  const tokenizer = new CsvTokenizer(undefined, delimiter);
  tokenizer.push(text);
  tokenizer.end();
  let header = nextHeader(tokenizer);
  if (header?.row === 1 && isSepLine(header.names)) header = nextHeader(tokenizer);
  return header === null ? null : { ...header, delimiter };
}

/** Under a wrong delimiter a file may read as anything. */
function headerUnder(text: Buffer, delimiter: Delimiter): Delimited | null {
  try {
    return firstHeader(text, delimiter);
  } catch (error) {
    if (error instanceof CsvRefusal) return null;
    throw error;
  }
}
