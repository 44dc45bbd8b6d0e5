/** The imports of records that people enter one by one: each is an import of one row, kept with its body. */
import { createHash } from 'node:crypto';
import type { Finding } from '../../../platform/errors/app-error.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

const FILE = 'records.json';

/** One row as it was sent, and whom it is about. */
export interface Entry {
  readonly mine: string;
  readonly actor: string;
  readonly body: object;
  /** Null: not known to be of any department. */
  readonly department: string | null;
  readonly periods: readonly string[];
}

function bytesOf(body: object) {
  const text = JSON.stringify(body);
  return { text, size: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') };
}

/** Writes down that a row came; it waits until its record counts. Answers the import. */
export async function insertEntry(tx: Tx, { mine, actor, body, department, periods }: Entry): Promise<string> {
  const { text, size, sha256 } = bytesOf(body);
  const [row] = await tx.rows<{ id: string }>(
    `WITH entered AS (
       INSERT INTO imports (mine_id, kind, status, actor, file_name, size_bytes, sha256, body, rows_read, departments, periods)
       VALUES ($1, 'records', 'waiting', $2, $3, $4, $5, $6, 1, $7, $8) RETURNING id),
     filed AS (INSERT INTO import_files (mine_id, import_id, name, kind, sha256, rows_read)
       SELECT $1, id, $3, 'records', $5, 1 FROM entered)
     SELECT id FROM entered`,
    [mine, actor, FILE, size, sha256, text, department === null ? null : [department], periods],
  );
  return row!.id;
}

/** Keeps what a draft now says. */
export async function replaceEntry(
  tx: Tx,
  importId: string,
  { mine, body, department, periods }: Entry,
): Promise<void> {
  const { text, size, sha256 } = bytesOf(body);
  await tx.rows(
    `WITH entered AS (
       UPDATE imports SET size_bytes = $3, sha256 = $4, body = $5, departments = $6, periods = $7
       WHERE mine_id = $1 AND id = $2 RETURNING id)
     UPDATE import_files f SET sha256 = $4 FROM entered WHERE f.mine_id = $1 AND f.import_id = entered.id`,
    [mine, importId, size, sha256, text, [department], periods],
  );
}

/** The records count from now on. */
export async function acceptEntries(tx: Tx, mine: string, recordIds: readonly string[]): Promise<void> {
  await tx.rows(
    `WITH accepted AS (
       UPDATE imports i SET status = 'accepted', rows_accepted = 1, control_rows = 1,
         control_amount = coalesce(r.amount, 0), finished_at = clock_timestamp()
       FROM records r WHERE r.mine_id = $1 AND r.source = 'direct' AND r.id = ANY ($2) AND r.reversed_by = 0
         AND i.mine_id = r.mine_id AND i.id = r.import_id RETURNING i.id, i.control_amount)
     UPDATE import_files f SET rows_added = 1, amount = a.control_amount FROM accepted a
     WHERE f.mine_id = $1 AND f.import_id = a.id`,
    [mine, recordIds],
  );
}

/** Their makers took the records back. */
export async function withdrawEntries(tx: Tx, mine: string, importIds: readonly string[]): Promise<void> {
  await tx.rows(
    `UPDATE imports SET status = 'refused', reason = 'withdrawn', finished_at = clock_timestamp()
     WHERE mine_id = $1 AND id = ANY ($2::bigint[])`,
    [mine, importIds],
  );
}

/** Keeps a row that was not taken in, and why. Answers the import. */
export async function insertRefused(tx: Tx, entry: Entry, findings: readonly Finding[]): Promise<string> {
  const importId = await insertEntry(tx, entry);
  await tx.rows(
    `UPDATE imports SET status = 'refused', rows_refused = 1, finished_at = clock_timestamp()
     WHERE mine_id = $1 AND id = $2`,
    [entry.mine, importId],
  );
  await tx.rows(
    `INSERT INTO row_fates (mine_id, import_id, seq, file, document, row_no, column_name, fate, code, params)
     SELECT $1, $2, f.place, $3, 'records', f.row, f.column, 'refused', f.code, f.params
     FROM ROWS FROM (jsonb_to_recordset($4::jsonb) AS ("row" integer, "column" text, code text, params jsonb))
       WITH ORDINALITY AS f ("row", "column", code, params, place)`,
    [entry.mine, importId, FILE, JSON.stringify(findings)],
  );
  return importId;
}
