import { exact, type Exact } from '../../../../../analytics/kernel/exact.js';
import type { Tx } from '../../../../platform/database/unit-of-work.js';

/**
 * The output of the mine by period, in the driver's unit. Volumes do not roll up the tree (BAS-4), and departments state
 * the same tonnage side by side, so a sum would count it many times: it is what the mine's top departments state, else
 * what every department that states it agrees on. A period with neither is missing.
 */
export async function loadOutput(
  tx: Tx,
  mine: string,
  driver: string,
  periods: readonly string[],
): Promise<ReadonlyMap<string, Exact>> {
  const rows = await tx.rows<{ period: string; output: string | null }>(
    `SELECT v.period, coalesce(sum(v.actual) FILTER (WHERE d.parent IS NULL),
         CASE WHEN count(DISTINCT v.actual) = 1 THEN min(v.actual) END) AS output
     FROM volumes v JOIN departments d ON d.mine_id = v.mine_id AND d.code = v.department
     WHERE v.mine_id = $1 AND v.driver = $2 AND v.period = ANY ($3) AND v.actual IS NOT NULL
     GROUP BY v.period ORDER BY v.period`,
    [mine, driver, periods],
  );
  return new Map(rows.flatMap(({ period, output }) => (output === null ? [] : [[period, exact(output)] as const])));
}
