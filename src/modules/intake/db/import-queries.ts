import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Kind } from '../../rules/columns.js';

export type ImportKind = Kind | 'folder';

export interface NewImport {
  readonly mine: string;
  readonly kind: ImportKind;
  readonly fileName: string;
  readonly actor: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

export interface ImportFile {
  readonly name: string;
  readonly kind: Kind | 'method';
  readonly sha256: string;
}

/** Two sends of the same content wait for one another, so that the second finds the first. */
export async function lockContent(tx: Tx, { mine, kind, sha256 }: NewImport): Promise<void> {
  await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 7))', [`import ${mine} ${kind} ${sha256}`]);
}

/** The import that took, or is taking, the same content in. */
export async function findSameContent(tx: Tx, { mine, kind, sha256 }: NewImport): Promise<string | null> {
  const [found] = await tx.rows<{ id: string }>(
    `SELECT id FROM imports WHERE mine_id = $1 AND kind = $2 AND sha256 = $3
       AND status IN ('queued', 'running', 'accepted') ORDER BY id LIMIT 1`,
    [mine, kind, sha256],
  );
  return found?.id ?? null;
}

export async function insertImport(tx: Tx, of: NewImport, files: readonly ImportFile[], body: string | null) {
  const [row] = await tx.rows<{ id: string }>(
    `INSERT INTO imports (mine_id, kind, status, actor, file_name, size_bytes, sha256, body)
     VALUES ($1, $2, 'queued', $3, $4, $5, $6, $7) RETURNING id`,
    [of.mine, of.kind, of.actor, of.fileName, of.sizeBytes, of.sha256, body],
  );
  for (const file of files) {
    await tx.rows('INSERT INTO import_files (mine_id, import_id, name, kind, sha256) VALUES ($1, $2, $3, $4, $5)', [
      ...[of.mine, row!.id, file.name, file.kind, file.sha256],
    ]);
  }
  return row!.id;
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
       WHERE e.mine_id = f.mine_id AND e.kind = 'records' AND e.sha256 = f.sha256 AND i.status = 'accepted')`,
    [mine, importId],
  );
  return new Set(rows.map(({ name }) => name));
}
