import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Reach } from '../../mines/index.js';
import type { TableKind } from '../../rules/tables.js';
import type { Import } from './import.entity.js';

export interface ImportRow {
  readonly id: string;
  readonly kind: string;
  readonly status: Import['status'];
  readonly reason: string | null;
  readonly actor: string;
  readonly file_name: string;
  readonly size_bytes: string;
  readonly sha256: string;
  readonly phase: string | null;
  readonly format: string | null;
  readonly profile: string | null;
  readonly profile_version: number | null;
  readonly supersedes: string | null;
  readonly superseded_by: string | null;
  /** Null: of the whole mine. */
  readonly departments: string[] | null;
  readonly periods: string[];
  readonly rows_skipped: string;
  readonly rows_read: string;
  readonly rows_accepted: string;
  readonly rows_refused: string;
  readonly control_rows: string;
  readonly control_amount: string;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
}

export interface ImportFileRow {
  readonly name: string;
  readonly kind: string;
  readonly sha256: string;
  readonly format: string | null;
  readonly encoding: string | null;
  readonly rows_read: string;
  readonly rows_added: string;
  readonly rows_changed: string;
  readonly rows_unchanged: string;
  readonly rows_skipped: string;
  readonly amount: string;
}

export interface FindingRow {
  readonly seq: number;
  readonly file: string;
  readonly sheet: string | null;
  readonly document: TableKind | null;
  readonly row: number;
  readonly column: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Before the first question: an import and its submission change together, and are read as they stand together. */
export async function asOfOneMoment(tx: Tx): Promise<void> {
  await tx.rows('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
}

/**
 * Of imports i: those that a reach (its departments as $2, its actor as $3) shows: whoever may see every department in
 * it, and who handed it in.
 */
export const IS_SHOWN = '($2::text[] IS NULL OR i.departments <@ $2 OR i.actor = $3)';

export async function findImport(tx: Tx, { mine, departments, actor }: Reach, id: string): Promise<ImportRow | null> {
  const [row] = await tx.rows<ImportRow>(`SELECT * FROM imports i WHERE mine_id = $1 AND ${IS_SHOWN} AND id = $4`, [
    ...[mine, departments, actor, id],
  ]);
  return row ?? null;
}

/** Those of some imports that somebody may see; asked where the transaction itself sees all of the mine. */
export async function isShownTo(
  tx: Tx,
  { mine, departments, actor }: Pick<Reach, 'mine' | 'departments' | 'actor'>,
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>(
    `SELECT id FROM imports i WHERE mine_id = $1 AND ${IS_SHOWN} AND id = ANY ($4::bigint[])`,
    [mine, departments, actor, ids],
  );
  return new Set(rows.map(({ id }) => id));
}

/** The newest first, before an id. */
export function listImports(
  tx: Tx,
  { mine, departments, actor }: Reach,
  before: string | null,
  limit: number,
): Promise<ImportRow[]> {
  return tx.rows<ImportRow>(
    `SELECT * FROM imports i WHERE mine_id = $1 AND ${IS_SHOWN} AND ($4::bigint IS NULL OR id < $4)
     ORDER BY id DESC LIMIT $5`,
    [mine, departments, actor, before, limit],
  );
}

export function filesOfImport(tx: Tx, mine: string, id: string): Promise<ImportFileRow[]> {
  return tx.rows<ImportFileRow>('SELECT * FROM import_files WHERE mine_id = $1 AND import_id = $2 ORDER BY name', [
    mine,
    id,
  ]);
}

/** What is wrong with an import, in the order in which it was found; after the finding numbered `after`. */
export function listFindings(tx: Tx, mine: string, id: string, after: string, limit: number): Promise<FindingRow[]> {
  return tx.rows<FindingRow>(
    `SELECT seq, file, sheet, document, row_no AS row, column_name AS column, code, params FROM row_fates
     WHERE mine_id = $1 AND import_id = $2 AND fate = 'refused' AND seq > $3 ORDER BY seq LIMIT $4`,
    [mine, id, after, limit],
  );
}
