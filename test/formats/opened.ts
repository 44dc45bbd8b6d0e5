/** Opens files as the door does and keeps what comes out as texts. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  FileRefusal,
  openFile,
  type FileProblem,
  type FormatLimits,
  type HeaderSynonyms,
  type OpenedFile,
} from '../../src/modules/formats/index.js';
import { rowPlace } from '../../src/modules/rules/row-number.js';
import { columnsOf, type TableKind } from '../../src/modules/rules/tables.js';

export const LIMITS: FormatLimits = {
  ...{ maxRows: 1_200_000, maxColumns: 256, maxCells: 40_000_000, maxEntries: 1000 },
  ...{ maxInflatedBytes: 2 ** 31, maxSharedStringBytes: 2 ** 28, maxXmlDepth: 64 },
};

export type Row = { readonly sheet: number; readonly row: number } & Readonly<Record<string, string | number>>;

/** A file that was read to its end. `rows` has the columns that are not null. */
export interface Opened {
  readonly file: OpenedFile;
  readonly rows: Readonly<Partial<Record<TableKind, Row[]>>>;
}

export interface Wanted {
  readonly kind?: TableKind;
  readonly headers?: HeaderSynonyms;
  readonly limits?: Partial<FormatLimits>;
}

/** Opens bytes as a file and reads them. @throws FileRefusal */
export async function opened(content: string | Buffer, wanted: Wanted = {}): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'formats-'));
  try {
    const path = join(folder, 'upload');
    await writeFile(path, content);
    return await openedAt(path, wanted);
  } finally {
    await rm(folder, { recursive: true });
  }
}

export async function openedAt(path: string, { kind, headers, limits }: Wanted = {}): Promise<Opened> {
  const file = await openFile({
    ...{ path, fileName: 'x', kind: kind ?? null, headers: headers ?? {}, limits: { ...LIMITS, ...limits } },
  });
  try {
    const texts = new Map<TableKind, string>();
    for await (const { document, lines } of file.read(() => undefined)) {
      texts.set(document, (texts.get(document) ?? '') + lines.toString());
    }
    const rows = [...texts].map(([document, text]) => [document, rowsOf(document, text)]);
    return { file, rows: Object.fromEntries(rows) as Opened['rows'] };
  } finally {
    await file.close();
  }
}

const UNESCAPED: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', '\\': '\\' };

function rowsOf(document: TableKind, text: string): Row[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => {
    const [rowNo, ...fields] = line.split('\t');
    const values = columnsOf(document).flatMap(({ name }, i) => {
      const field = fields[i]!;
      return field === '\\N' ? [] : [[name, field.replace(/\\(.)/g, (_, letter: string) => UNESCAPED[letter]!)]];
    });
    if (fields.length !== columnsOf(document).length) throw new Error(`a line of ${fields.length} columns: ${line}`);
    return { ...rowPlace(Number(rowNo)), ...(Object.fromEntries(values) as Record<string, string>) };
  });
}

/** What a file is refused for. A file that can be read is a failure of the test. */
export async function refusedFor(content: string | Buffer, wanted: Wanted = {}): Promise<readonly FileProblem[]> {
  try {
    const { file } = await opened(content, wanted);
    if (file.result.problemCount > 0) return file.result.problems;
  } catch (error) {
    if (error instanceof FileRefusal) return error.problems;
    throw error;
  }
  throw new Error('the file was read without a problem');
}
