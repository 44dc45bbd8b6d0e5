import type { BaselineUsed } from '../../../../../analytics/report/input.js';
import type { Tx } from '../../../../platform/database/unit-of-work.js';

/**
 * Baselines that a cell reported in some periods was measured against, by code: as they were at a moment (a timestamptz
 * as text), which a later end of one does not change; null is now.
 */
export function loadBaselinesUsed(
  tx: Tx,
  mine: string,
  periods: readonly string[],
  moment: string | null,
): Promise<BaselineUsed[]> {
  return tx.rows<BaselineUsed>(
    `SELECT k.code, k.kind, k.basis, k.department, k.category, k.item, k.valid_from AS "validFrom",
       k.valid_to AS "validTo"
     FROM baselines b
     LEFT JOIN LATERAL (SELECT h.content FROM reference_history h WHERE h.mine_id = $1 AND h.kind = 'baselines'
       AND h.key = b.code AND h.replaced_at > $3::timestamptz ORDER BY h.version LIMIT 1) replaced ON true
     CROSS JOIN LATERAL jsonb_populate_record(b, coalesce(replaced.content, '{}')) k
     WHERE b.mine_id = $1 AND b.code = ANY (ARRAY(SELECT DISTINCT c.baseline FROM cells c
       WHERE c.mine_id = $1 AND c.reported_in = ANY ($2) AND c.baseline <> ''))
     ORDER BY b.code`,
    [mine, periods, moment],
  );
}
