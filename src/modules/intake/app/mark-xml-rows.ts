import { openFile, FileRefusal, type FormatLimits } from '../../formats/index.js';
import { rowPlace } from '../../rules/row-number.js';
import { columnsOf, type TableKind } from '../../rules/tables.js';
import type { FindingRow } from '../db/import-answers.js';
import { ROW_NUMBER, ReturnedTable, type ReturnedRow, type TableLayout } from './mark-tables.js';
import type { FileToReturn } from './mark-file.js';

/** What stands before the columns: the element, and how-manieth of its name. */
const BEFORE = ['部分', ROW_NUMBER];

/**
 * The rows of an XML file as they were read: of each document that something is wrong with, under the columns of all of
 * them together. What an element has beside them is not read, and not given back.
 */
export const rowsOfXml = (file: FileToReturn, limits: FormatLimits): ReturnedTable =>
  new ReturnedTable(file, (): Promise<TableLayout> => {
    const parts = file.details.parts ?? [];
    const documents = new Set(file.findings.flatMap((finding) => documentOf(finding, file) ?? []));
    const columns = new Map<string, string>();
    for (const document of documents) {
      for (const { name, chinese } of columnsOf(document)) if (!columns.has(name)) columns.set(name, chinese);
    }
    const places = new Map([...columns.keys()].map((name, index) => [name, BEFORE.length + index]));
    const nameOf = (document: TableKind) => parts.find((part) => part.document === document)?.sheet ?? document;
    return Promise.resolve({
      headers: [...BEFORE, ...columns.values()],
      rows: readRows(file, limits, documents, places, nameOf),
      keyOf: (finding) => {
        const document = documentOf(finding, file);
        return document === null || finding.row === 0 ? null : keyOf(document, rowPlace(finding.row).row);
      },
      columnOf: ({ column }) => places.get(column) ?? 1,
    });
  });

const keyOf = (document: TableKind, row: number): string => `${document} ${row}`;

function documentOf({ document, sheet }: FindingRow, { details }: FileToReturn): TableKind | null {
  return document ?? details.parts?.find((part) => part.sheet === sheet)?.document ?? null;
}

async function* readRows(
  file: FileToReturn,
  limits: FormatLimits,
  documents: ReadonlySet<TableKind>,
  places: ReadonlyMap<string, number>,
  nameOf: (document: TableKind) => string,
): AsyncGenerator<ReturnedRow, void, undefined> {
  try {
    const opened = await openFile({ path: file.path, fileName: file.name, kind: null, headers: {}, limits });
    try {
      for await (const { document, lines } of opened.read(() => undefined)) {
        if (!documents.has(document)) continue;
        const indexes = columnsOf(document).map(({ name }) => places.get(name)!);
        for (const line of lines.toString().split('\n')) {
          if (line === '') continue;
          const [rowNo, ...values] = line.split('\t').map(copiedText);
          const { row } = rowPlace(Number(rowNo));
          const texts = [nameOf(document), String(row), ...Array.from({ length: places.size }, () => null)] as (
            string | null
          )[];
          indexes.forEach((index, i) => (texts[index] = values[i] ?? null));
          yield { key: keyOf(document, row), texts };
        }
      }
    } finally {
      await opened.close();
    }
  } catch (error) {
    // What was read before it broke off goes back; what is wrong stands among the findings.
    if (!(error instanceof FileRefusal)) throw error;
  }
}

const LETTERS: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r' };

/** A value of COPY text format. */
const copiedText = (value: string): string | null =>
  value === '\\N' ? null : value.replace(/\\(.)/g, (_, letter: string) => LETTERS[letter] ?? letter);
