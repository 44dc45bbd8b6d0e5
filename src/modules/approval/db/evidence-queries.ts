import type { Tx } from '../../../platform/database/unit-of-work.js';

/** What evidence can be added to. */
export type EvidenceOf = 'record' | 'import';

/**
 * Whether each of these things (keys, with their amounts in yuan, whose magnitude counts) needs evidence and has none.
 * The mine says from which amount on it is needed (万元); nothing said is never.
 */
export async function isEvidenceMissing(
  tx: Tx,
  mine: string,
  subject: EvidenceOf,
  keys: readonly string[],
  amountsYuan: readonly string[],
): Promise<boolean[]> {
  if (keys.length === 0) return [];
  const rows = await tx.rows<{ is_missing: boolean }>(
    `SELECT coalesce(abs(t.amount) >= m.evidence_from_wan * 10000, false) AND NOT EXISTS (
       SELECT FROM evidence e WHERE e.mine_id = m.mine_id AND e.subject = $2 AND e.key = t.key) AS is_missing
     FROM unnest($3::text[], $4::numeric[]) WITH ORDINALITY AS t (key, amount, place)
     JOIN mines m ON m.mine_id = $1 ORDER BY t.place`,
    [mine, subject, keys, amountsYuan],
  );
  return rows.map(({ is_missing }) => is_missing);
}

/** A paper as people read about it. */
export interface ShownEvidence extends NewEvidence {
  readonly id: string;
  readonly addedAt: Date;
}

export interface NewEvidence {
  readonly subject: EvidenceOf;
  readonly key: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly actor: string;
}

const SHOWN = `id, subject, key, name, media_type AS "mediaType", size_bytes::int AS "sizeBytes", sha256, actor,
  added_at AS "addedAt"`;

export async function insertEvidence(tx: Tx, mine: string, evidence: NewEvidence): Promise<ShownEvidence> {
  const { subject, key, name, mediaType, sizeBytes, sha256, actor } = evidence;
  const [inserted] = await tx.rows<ShownEvidence>(
    `INSERT INTO evidence (mine_id, subject, key, name, media_type, size_bytes, sha256, actor)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${SHOWN}`,
    [mine, subject, key, name, mediaType, sizeBytes, sha256, actor],
  );
  return inserted!;
}

/** In the order in which they were added. */
export function listEvidence(tx: Tx, mine: string, subject: EvidenceOf, key: string): Promise<ShownEvidence[]> {
  return tx.rows<ShownEvidence>(
    `SELECT ${SHOWN} FROM evidence WHERE mine_id = $1 AND subject = $2 AND key = $3 ORDER BY id`,
    [mine, subject, key],
  );
}

export async function findEvidence(tx: Tx, mine: string, id: string): Promise<ShownEvidence | null> {
  const [found] = await tx.rows<ShownEvidence>(`SELECT ${SHOWN} FROM evidence WHERE mine_id = $1 AND id = $2`, [
    mine,
    id,
  ]);
  return found ?? null;
}
