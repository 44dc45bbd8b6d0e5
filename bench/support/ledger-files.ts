import { createWriteStream } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openFile } from '../../src/modules/formats/index.js';
import { loadConfig } from '../../src/platform/config/config.js';
import type { Books } from './books/books.js';
import { costLines } from './books/expected.js';
import { referencesOf } from './books/references.js';
import { Caller } from './http-client.js';
import { untilAccepted, type ImportState } from './mine-data.js';

/** Books in a file, and how many records they must become. */
export interface LedgerFile {
  readonly path: string;
  readonly books: Books;
  readonly records: number;
}

/** Writes books in one format; on disk when it answers, so that no later measurement pays for writing it. */
export async function writeLedger(path: string, books: Books, bytes: AsyncIterable<Buffer>): Promise<LedgerFile> {
  await pipeline(bytes, createWriteStream(path));
  const file = await open(path, 'r');
  await file.sync().finally(() => file.close());
  let records = 0;
  const lines = costLines(books);
  while (lines.next().done !== true) records += 1;
  return { path, books, records };
}

/**
 * The bare reader: the file is recognised and read as the service does, and its rows are counted and thrown away.
 * @returns milliseconds
 * @throws Error unless it has the lines of the books
 */
export async function readBare({ path, books }: LedgerFile): Promise<number> {
  const { fileLimits } = loadConfig({}, '/');
  const begun = performance.now();
  const opened = await openFile({ path, fileName: '', kind: null, headers: {}, limits: fileLimits });
  try {
    // Every piece is taken, as COPY would take it.
    for await (const piece of opened.read(() => undefined)) void piece;
    const rows = opened.result.documents.get('vouchers')?.rows;
    if (rows !== books.lines) throw new Error(`${rows} of ${books.lines} lines were read`);
  } finally {
    await opened.close();
  }
  return performance.now() - begun;
}

/** Makes a mine to which the books belong. */
export async function makeLedgerMine(port: number, code: string, books: Books, folder: string): Promise<void> {
  const caller = new Caller(port, code);
  try {
    await new Caller(port).post('/api/v1/mines', { code, name: `测量 ${code}` });
    for (const [kind, csv] of Object.entries(referencesOf(books))) {
      const path = join(folder, `${kind}.csv`);
      await writeFile(path, csv);
      await untilAccepted(caller, await caller.upload(kind, path), 10);
    }
  } finally {
    caller.close();
  }
}

const LOOK_EVERY_MS = 50;

/**
 * Hands the books in by HTTP and waits until they are posted.
 * @returns milliseconds from the first byte sent to the first look that found the import accepted
 * @throws Error when it is refused, or has another number of records
 */
export async function postLedger(port: number, mine: string, { path, records }: LedgerFile): Promise<number> {
  const caller = new Caller(port, mine);
  try {
    const begun = performance.now();
    const state = await untilAccepted(caller, await caller.upload(null, path), LOOK_EVERY_MS);
    const ms = performance.now() - begun;
    const posted = (state as ImportState & { readonly controlTotals: { readonly rows: number } }).controlTotals.rows;
    if (posted !== records) throw new Error(`${posted} records were posted, not ${records}`);
    return ms;
  } finally {
    caller.close();
  }
}
