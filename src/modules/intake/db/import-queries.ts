import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { TableKind } from '../../rules/tables.js';
import type { Intake, TypedTotals } from '../app/source.js';
import { IS_SHOWN } from './import-answers.js';

/** `auto` is told from the content. */
export type ImportKind = TableKind | 'folder' | 'auto';

/** What is asked of an import besides its bytes. */
export interface Wishes {
  readonly profile: string | null;
  readonly typed: TypedTotals;
  /** The import whose records this one reverses and replaces. */
  readonly supersedes: string | null;
}

export const NO_WISHES: Wishes = { profile: null, typed: { rows: null, amountYuan: null }, supersedes: null };

export interface NewImport {
  readonly mine: string;
  readonly kind: ImportKind;
  readonly fileName: string;
  readonly actor: string;
  /** Those that its rows may be of, until it is known which they are of; null: of the whole mine. */
  readonly departments: readonly string[] | null;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly wishes: Wishes;
}

export interface ImportFile {
  readonly name: string;
  readonly kind: TableKind | 'method' | 'auto';
  readonly sha256: string;
}

/** Two sends of the same content wait for one another, so that the second finds the first. */
export async function lockContent(tx: Tx, { mine, kind, sha256 }: NewImport): Promise<void> {
  await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 7))', [`import ${mine} ${kind} ${sha256}`]);
}

export interface SameContent {
  readonly id: string;
  readonly profile: string | null;
  readonly supersedes: string | null;
  /** Whether whoever sends it now may see that import. */
  readonly isShown: boolean;
}

/** The import that took, or is taking, the same content in or waits with it for approval, and still stands. */
export async function findSameContent(tx: Tx, of: NewImport): Promise<SameContent | null> {
  const [found] = await tx.rows<SameContent>(
    `SELECT id, profile, supersedes, (${IS_SHOWN}) AS "isShown" FROM imports i
     WHERE mine_id = $1 AND kind = $4 AND sha256 = $5
       AND status IN ('queued', 'running', 'waiting', 'accepted') AND superseded_by IS NULL ORDER BY id LIMIT 1`,
    [of.mine, of.departments, of.actor, of.kind, of.sha256],
  );
  return found ?? null;
}

/** Whether an import may be superseded: accepted, with records, all within the sender's reach, and not superseded yet. */
export async function mayBeSuperseded(
  tx: Tx,
  { mine, departments }: Pick<NewImport, 'mine' | 'departments'>,
  importId: string,
): Promise<boolean> {
  const found = await tx.rows(
    `SELECT FROM imports WHERE mine_id = $1 AND id = $2 AND status = 'accepted' AND superseded_by IS NULL
       AND control_rows > 0 AND ($3::text[] IS NULL OR departments <@ $3)`,
    [mine, importId, departments],
  );
  return found.length > 0;
}

export async function insertImport(tx: Tx, of: NewImport, files: readonly ImportFile[], body: string | null) {
  const { profile, typed, supersedes } = of.wishes;
  const [row] = await tx.rows<{ id: string }>(
    `INSERT INTO imports (mine_id, kind, status, actor, file_name, size_bytes, sha256, body, profile, typed_rows,
       typed_amount, supersedes, departments)
     VALUES ($1, $2, 'queued', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id`,
    [
      ...[of.mine, of.kind, of.actor, of.fileName, of.sizeBytes, of.sha256, body],
      ...[profile, typed.rows, typed.amountYuan, supersedes, of.departments],
    ],
  );
  for (const file of files) {
    await tx.rows('INSERT INTO import_files (mine_id, import_id, name, kind, sha256) VALUES ($1, $2, $3, $4, $5)', [
      ...[of.mine, row!.id, file.name, file.kind, file.sha256],
    ]);
  }
  return row!.id;
}

interface AskedRow {
  readonly actor: string;
  readonly departments: string[] | null;
  readonly profile: string | null;
  readonly profile_version: number | null;
  readonly body: string | null;
  readonly typed_rows: string | null;
  readonly typed_amount: string | null;
  readonly supersedes: string | null;
}

/** Who handed an import in, and what was asked of it; the version of its profile once it was checked. */
export interface Asked extends Wishes, Pick<Intake, 'sender' | 'profileVersion'> {
  /** The one row of an HTTP body, which is kept in no file. */
  readonly values: Readonly<Record<string, string | null>> | null;
}

export async function askedOf(tx: Tx, mine: string, importId: string): Promise<Asked> {
  const [row] = await tx.rows<AskedRow>(
    `SELECT actor, departments, profile, profile_version, body, typed_rows, typed_amount, supersedes FROM imports
     WHERE mine_id = $1 AND id = $2`,
    [mine, importId],
  );
  const { actor, departments, profile, profile_version, body, typed_rows, typed_amount, supersedes } = row!;
  const typed = { rows: typed_rows === null ? null : Number(typed_rows), amountYuan: typed_amount };
  const values = body === null ? null : (JSON.parse(body) as Asked['values']);
  return { sender: { actor, departments }, profile, profileVersion: profile_version, typed, supersedes, values };
}

export async function filesOf(tx: Tx, mine: string, importId: string): Promise<ImportFile[]> {
  return tx.rows<ImportFile>(
    'SELECT name, kind, sha256 FROM import_files WHERE mine_id = $1 AND import_id = $2 ORDER BY name',
    [mine, importId],
  );
}

/** Records files that an earlier import took in as they are: the same content twice is one import, also inside a folder. */
export async function takenFiles(tx: Tx, mine: string, importId: string): Promise<Set<string>> {
  const rows = await tx.rows<{ name: string }>(
    `SELECT f.name FROM import_files f WHERE f.mine_id = $1 AND f.import_id = $2 AND f.kind = 'records' AND EXISTS (
       SELECT FROM import_files e JOIN imports i ON i.mine_id = e.mine_id AND i.id = e.import_id
       WHERE e.mine_id = f.mine_id AND e.kind = 'records' AND e.sha256 = f.sha256 AND i.status = 'accepted'
         AND i.superseded_by IS NULL)`,
    [mine, importId],
  );
  return new Set(rows.map(({ name }) => name));
}
