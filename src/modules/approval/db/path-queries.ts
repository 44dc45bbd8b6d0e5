import { insertRows } from '../../../platform/database/insert-rows.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { PathStep } from '../app/path.js';

/** The path of a mine, by kind, amount and step. */
export async function loadPath(tx: Tx, mine: string): Promise<PathStep[]> {
  return tx.rows<PathStep>(
    `SELECT kind, from_yuan AS "fromYuan", step, role FROM approval_steps WHERE mine_id = $1
     ORDER BY kind, from_yuan, step`,
    [mine],
  );
}

export async function replacePath(tx: Tx, mine: string, path: readonly PathStep[]): Promise<void> {
  await tx.rows('DELETE FROM approval_steps WHERE mine_id = $1', [mine]);
  const rows = path.map(({ kind, fromYuan, step, role }) => [mine, kind, fromYuan, step, role]);
  await insertRows(tx, 'approval_steps', ['mine_id', 'kind', 'from_yuan', 'step', 'role'], rows);
}

/** From which amount on evidence is required, in 万元; null: never. */
export async function loadEvidenceFrom(tx: Tx, mine: string): Promise<string | null> {
  const [row] = await tx.rows<{ from_wan: string | null }>(
    'SELECT trim_scale(evidence_from_wan) AS from_wan FROM mines WHERE mine_id = $1',
    [mine],
  );
  return row?.from_wan ?? null;
}

export async function setEvidenceFrom(tx: Tx, mine: string, fromWan: string | null): Promise<void> {
  await tx.rows('UPDATE mines SET evidence_from_wan = $2 WHERE mine_id = $1', [mine, fromWan]);
}
