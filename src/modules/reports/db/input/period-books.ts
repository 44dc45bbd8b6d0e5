import type { Tx } from '../../../../platform/database/unit-of-work.js';

/** Whether vouchers or balances of a period stand, or had been taken in by a moment (a timestamptz as text). */
export async function hasBooks(tx: Tx, mine: string, period: string, moment: string | null): Promise<boolean> {
  const [found] = await tx.rows<{ has: boolean }>(
    `SELECT EXISTS (SELECT FROM (
         SELECT import_id FROM import_accounts WHERE mine_id = $1 AND period = $2
         UNION SELECT import_id FROM account_balances WHERE mine_id = $1 AND period = $2) b
       JOIN imports i ON i.mine_id = $1 AND i.id = b.import_id AND i.status = 'accepted'
         AND CASE WHEN $3::timestamptz IS NULL THEN i.superseded_by IS NULL ELSE i.finished_at <= $3 END) AS has`,
    [mine, period, moment],
  );
  return found!.has;
}
