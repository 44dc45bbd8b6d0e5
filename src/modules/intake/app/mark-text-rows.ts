import { createReadStream } from 'node:fs';
import { detectEncoding, utf8Chunks } from '../../../platform/csv/decode.js';
import { headRows } from '../../../platform/csv/head-rows.js';
import { CsvRefusal } from '../../../platform/csv/refusal.js';
import { CsvTokenizer, DEFAULT_MAX_FIELD_BYTES, type Delimiter } from '../../../platform/csv/tokenizer.js';
import type { Part } from '../../formats/index.js';
import { rowPlace } from '../../rules/row-number.js';
import { columnIndex, partOf } from './mark-places.js';
import { ROW_NUMBER, ReturnedTable, type ReturnedRow, type TableLayout } from './mark-tables.js';
import type { FileToReturn } from './mark-file.js';
import { wordedColumn } from './receipt-words.js';

/** More columns are no table's. */
const MAX_COLUMNS = 1024;
const DELIMITERS: readonly Delimiter[] = [',', '\t', ';', '|'];

/** The rows of a delimited text as its sender wrote them, also those that could not be taken, with their numbers before them. */
export const rowsOfText = (file: FileToReturn): ReturnedTable =>
  new ReturnedTable(file, async (): Promise<TableLayout> => {
    const part = file.details.parts?.[0];
    const header = await headerOf(file, part);
    return {
      headers: [ROW_NUMBER, ...header.texts],
      rows: withoutHeader(rawRows(file), header.row),
      keyOf: ({ row }) => {
        const { row: place } = rowPlace(row);
        return place === 0 || place === header.row ? null : String(place);
      },
      // What is wrong with a row or the file as a whole stands at its number.
      columnOf: (finding) => {
        const own = partOf(finding, file.details.parts ?? []) ?? part;
        return (columnIndex(finding.column, own) ?? indexOfHeader(header.texts, finding.column)) + 1;
      },
    };
  });

/** Of a header that stands twice the second is the one too many; -1 where there is none. */
const indexOfHeader = (texts: readonly string[], header: string): number =>
  header === '' ? -1 : texts.lastIndexOf(header);

/** A format without a header of its own gets the names of the columns that are read from it. */
async function headerOf(file: FileToReturn, part: Part | undefined): Promise<{ row: number; texts: string[] }> {
  const last = Math.max(-1, ...Object.values(part?.columns ?? {}));
  for await (const { key, texts } of rawRows(file)) {
    const isHeader = part === undefined || part.headerRow === 0 ? true : key === String(part.headerRow);
    if (!isHeader) continue;
    const fields = texts.slice(1).map((text) => text ?? '');
    if (part === undefined || (part.headerRow > 0 && fields.length > last)) return { row: Number(key), texts: fields };
    break;
  }
  const texts = Array.from({ length: last + 1 }, () => '');
  for (const [name, index] of Object.entries(part?.columns ?? {})) {
    const named = { file: file.name, document: part!.document, column: name, code: '', params: {} };
    texts[index] = wordedColumn(named, file.importKind, 'zh');
  }
  return { row: 0, texts };
}

async function* withoutHeader(rows: AsyncIterable<ReturnedRow>, header: number): AsyncGenerator<ReturnedRow> {
  for await (const row of rows) if (row.key !== String(header)) yield row;
}

/** Of a file that was refused before its delimiter was known: the one that cuts its first row into the most fields. */
async function likelyDelimiter(path: string): Promise<Delimiter> {
  let best: { readonly delimiter: Delimiter; readonly fields: number } = { delimiter: ',', fields: 0 };
  for (const delimiter of DELIMITERS) {
    const fields = (await headRows(chunksOf(path), delimiter, 1))[0]?.fields.length ?? 0;
    if (fields > best.fields) best = { delimiter, fields };
  }
  return best.delimiter;
}

/** Rows that are not blank, as far as the text can be cut into rows. */
async function* rawRows({ path, delimiter }: FileToReturn): AsyncGenerator<ReturnedRow, void, undefined> {
  const known = DELIMITERS.find((each) => each === delimiter) ?? (await likelyDelimiter(path));
  const tokenizer = new CsvTokenizer(DEFAULT_MAX_FIELD_BYTES, known);
  try {
    for await (const chunk of chunksOf(path)) {
      tokenizer.push(chunk);
      yield* nextRows(tokenizer);
    }
    tokenizer.end();
    yield* nextRows(tokenizer);
  } catch (error) {
    if (!(error instanceof CsvRefusal)) throw error;
  }
}

function* nextRows(tokenizer: CsvTokenizer): Generator<ReturnedRow, void, undefined> {
  while (tokenizer.next()) {
    if (tokenizer.isBlank()) continue;
    const count = Math.min(tokenizer.fieldCount, MAX_COLUMNS);
    const fields = Array.from({ length: count }, (_, field) => tokenizer.text(field));
    yield { key: String(tokenizer.row), texts: [String(tokenizer.row), ...fields] };
  }
}

/** UTF-8, whatever the file is in; bytes that are no text become U+FFFD. */
async function* chunksOf(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const detected = await detectEncoding(path).catch((error: unknown) => {
    if (error instanceof CsvRefusal) return null;
    throw error;
  });
  if (detected !== null) return yield* utf8Chunks(path, detected);
  const decoder = new TextDecoder('gb18030');
  for await (const chunk of createReadStream(path)) {
    yield Buffer.from(decoder.decode(chunk as Buffer, { stream: true }).replaceAll('\0', '\ufffd'));
  }
  yield Buffer.from(decoder.decode());
}
