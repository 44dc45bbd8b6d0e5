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
