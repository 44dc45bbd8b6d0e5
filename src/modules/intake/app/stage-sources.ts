import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { copyBytes, copyRows } from '../../../platform/database/copy.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import {
  FileRefusal,
  openFile,
  type DocumentLines,
  type FileProblem,
  type HeaderSynonyms,
  type OpenedFile,
} from '../../formats/index.js';
import { stagingColumns } from '../../rules/check-sql.js';
import type { Kind } from '../../rules/columns.js';
import type { Problem } from '../../rules/problem.js';
import { columnsOf, type TableKind } from '../../rules/tables.js';
import { stagingTable, type Intake, type ReadFile, type Source, type Staged } from './source.js';

export interface Staging {
  readonly staged: readonly Staged[];
  readonly files: readonly ReadFile[];
  /** The first of them; what is beyond is said once these are corrected. */
  readonly problems: readonly Problem[];
}

/** Copies every source raw into staging tables of its own; what cannot be read as rows of a known table is said. */
export async function stageSources(tx: Tx, intake: Intake, headers: HeaderSynonyms): Promise<Staging> {
  const all: Staging[] = [];
  let before = 0;
  for (const source of intake.sources) {
    const onRows = (rows: number) => intake.onProgress('reading', before + rows);
    const staging =
      'path' in source
        ? await stageFile(tx, intake, source, headers, onRows)
        : await stageRow(tx, intake.importId, source);
    before += staging.staged.reduce((sum, { rows }) => sum + rows, 0);
    all.push(staging);
  }
  return {
    staged: all.flatMap(({ staged }) => staged),
    files: all.flatMap(({ files }) => files),
    problems: all.flatMap(({ problems }) => problems),
  };
}

const stagedColumns = (document: TableKind) => ['row_no', ...columnsOf(document).map(({ name }) => `"${name}"`)];

const createTable = (tx: Tx, importId: string, document: TableKind) =>
  tx.rows(`CREATE UNLOGGED TABLE ${stagingTable(importId, document)} (${stagingColumns(document)})`);

async function stageFile(
  tx: Tx,
  intake: Intake,
  source: Extract<Source, { path: string }>,
  headers: HeaderSynonyms,
  onRows: (rows: number) => void,
): Promise<Staging> {
  const { path, name: fileName, kind } = source;
  let file: OpenedFile | null = null;
  try {
    file = await openFile({ path, fileName, kind, headers, limits: intake.limits });
    for (const document of file.documents) await createTable(tx, intake.importId, document);
    await copyDocuments(tx, intake.importId, file, onRows);
    return stagingOf(fileName, intake.importId, file);
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error;
    // What was staged before the file broke off is an accident of buffers: it counts as without rows.
    const read = file === null ? [] : [readFileOf(fileName, file)];
    return { staged: [], files: read, problems: error.problems.map((p) => inFile(fileName, p)) };
  } finally {
    await file?.close();
  }
}

function stagingOf(name: string, importId: string, file: OpenedFile): Staging {
  const { documents, problems } = file.result;
  const staged = [...documents].map(([document, { rows, blank }]): Staged => ({
    ...{ source: { name }, document, table: stagingTable(importId, document), rows, blank },
    sheets: sheetsOf(file, document),
  }));
  return {
    staged,
    files: [readFileOf(name, file)],
    problems: problems.map((problem) => inFile(name, problem)),
  };
}

function sheetsOf(file: OpenedFile, document: TableKind): string[] {
  const names: string[] = [];
  for (const part of file.parts) {
    if (part.document === document && part.sheet !== null) names[part.sheetIndex] = part.sheet;
  }
  return names;
}

const readFileOf = (name: string, file: OpenedFile): ReadFile => ({
  ...{ name, format: file.format, container: file.container, encoding: file.encoding, delimiter: file.delimiter },
  ...{ parts: file.parts, skippedParts: file.result.skippedParts },
});

const inFile = (file: string, problem: FileProblem): Problem => ({ file, ...problem });

/**
 * A connection takes one COPY at a time: the bulk document flows straight into its table, whatever else the file holds
 * waits on disk until the bulk is through, so that the file is read once and memory does not grow with it.
 */
async function copyDocuments(
  tx: Tx,
  importId: string,
  file: OpenedFile,
  onRows: (rows: number) => void,
): Promise<void> {
  const [bulk, ...others] = file.documents;
  const folder = others.length > 0 ? await mkdtemp(join(tmpdir(), 'six-synergies-')) : null;
  const waiting = new Map<TableKind, WriteStream>();
  async function* bulkLines(lines: AsyncIterable<DocumentLines>): AsyncGenerator<Buffer> {
    for await (const { document, lines: bytes } of lines) {
      if (document === bulk) yield bytes;
      else await spool(document, bytes);
    }
  }
  async function spool(document: TableKind, bytes: Buffer): Promise<void> {
    const stream = waiting.get(document) ?? createWriteStream(join(folder!, document));
    waiting.set(document, stream);
    if (!stream.write(bytes)) await once(stream, 'drain');
  }
  try {
    await copyBytes(tx, stagingTable(importId, bulk!), stagedColumns(bulk!), bulkLines(file.read(onRows)));
    for (const [document, stream] of waiting) {
      stream.end();
      await finished(stream);
      const bytes = createReadStream(join(folder!, document));
      await copyBytes(tx, stagingTable(importId, document), stagedColumns(document), bytes);
    }
  } finally {
    for (const stream of waiting.values()) stream.destroy();
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  }
}

async function stageRow(tx: Tx, importId: string, source: Extract<Source, { values: unknown }>): Promise<Staging> {
  const document: Kind = source.kind;
  const table = stagingTable(importId, document);
  await createTable(tx, importId, document);
  const row = [1, ...columnsOf(document).map(({ name }) => source.values[name] ?? null)];
  await copyRows(tx, table, stagedColumns(document), [row]);
  const staged: Staged = { source, document, table, rows: 1, blank: 0, sheets: [] };
  return { staged: [staged], files: [], problems: [] };
}
