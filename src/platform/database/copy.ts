import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Tx } from './unit-of-work.js';

/**
 * Streams bytes in COPY text format into a table. `columns` are SQL names, already quoted where they must be.
 * A COPY whose source fails is ended, not cut off: PostgreSQL would wait for its rest for ever. The failure is thrown
 * afterwards, and the caller's transaction undoes what came before it. Answers how many rows it took in.
 */
export async function copyBytes(
  tx: { readonly client: pg.ClientBase },
  table: string,
  columns: readonly string[],
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<number> {
  let failure: { readonly error: unknown } | null = null;
  const untilFailure = async function* (): AsyncGenerator<Buffer> {
    try {
      yield* bytes;
    } catch (error) {
      failure = { error };
    }
  };
  const sink = tx.client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
  await pipeline(Readable.from(untilFailure()), sink);
  if (failure !== null) throw (failure as { readonly error: unknown }).error;
  return sink.rowCount;
}

const ROWS_PER_CHUNK = 500;

/** Copies rows of texts (null is NULL) into a table. */
export async function copyRows(
  tx: Tx,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): Promise<void> {
  if (rows.length === 0) return;
  const chunks = function* (): Generator<Buffer> {
    for (let from = 0; from < rows.length; from += ROWS_PER_CHUNK) {
      const part = rows.slice(from, from + ROWS_PER_CHUNK);
      yield Buffer.from(part.map((row) => row.map(copyText).join('\t') + '\n').join(''));
    }
  };
  await copyBytes(tx, table, columns, chunks());
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A value in COPY text format; null is `\N`. */
export function copyText(value: string | number | null): string {
  return value === null ? '\\N' : String(value).replace(/[\\\t\n\r]/g, (character) => ESCAPES[character]!);
}
