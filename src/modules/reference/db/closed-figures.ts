import type { Tx } from '../../../platform/database/unit-of-work.js';

/** By department: the closed periods that reported figures of it or of those below it; absent where none did. */
export async function closedFiguresBelow(
  tx: Tx,
  mine: string,
  departments: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await tx.rows<{ root: string; periods: string[] }>(
    `WITH RECURSIVE below AS (
       SELECT code AS root, code FROM departments WHERE mine_id = $1 AND code = ANY ($2)
       UNION SELECT b.root, d.code FROM below b JOIN departments d ON d.mine_id = $1 AND d.parent = b.code)
     SELECT b.root, array_agg(DISTINCT p.code ORDER BY p.code) AS periods FROM below b
     JOIN closed_cells k ON k.mine_id = $1 AND k.department = b.code
     JOIN periods p ON p.mine_id = $1 AND p.code = k.reported_in AND p.status = 'closed'
     GROUP BY b.root`,
    [mine, departments],
  );
  return new Map(rows.map(({ root, periods }) => [root, periods]));
}
