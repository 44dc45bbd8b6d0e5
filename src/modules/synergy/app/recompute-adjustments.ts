import { exact, plain } from '../../../../analytics/kernel/exact.js';
import { adjustmentMeasures } from '../../../../analytics/synergy/cells.js';
import { MEASURES, sumOf, type Measures } from '../../../../analytics/synergy/measures.js';
import type { Adjustment } from '../../../../analytics/synergy/types.js';
import { insertRows } from '../../../platform/database/insert-rows.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { loadMethods } from '../db/group-inputs.js';
import { CELL_KEY } from '../db/valuation-sql.js';
import { MEASURE_COLUMNS } from './recompute-groups.js';

type AdjustmentRow = Omit<Adjustment, 'amount'> & { readonly amount: string };

/** Computes the adjustment cells (GRN-2: item and nature empty) of some periods anew. */
export async function recomputeAdjustments(tx: Tx, mine: string, periods: readonly string[]): Promise<void> {
  if (periods.length === 0) return;
  const methods = await loadMethods(tx, mine);
  const adjustments = await tx.rows<AdjustmentRow>(
    `SELECT * FROM adjustments WHERE mine_id = $1 AND period = ANY ($2) ORDER BY id`,
    [mine, periods],
  );
  const cells = new Map<string, { key: string[]; measures: Measures[] }>();
  for (const row of adjustments) {
    const key = [row.period, row.department, row.category, '', '', '', row.project ?? '', row.period];
    const cell = cells.get(key.join('\u0000')) ?? { key, measures: [] };
    cell.measures.push(adjustmentMeasures({ ...row, amount: exact(row.amount) }, methods.of(row.period)));
    cells.set(key.join('\u0000'), cell);
  }
  await tx.rows(`DELETE FROM cells WHERE mine_id = $1 AND period = ANY ($2) AND item = ''`, [mine, periods]);
  const rows = [...cells.values()].map(({ key, measures }) => {
    const total = sumOf(measures);
    return [mine, ...key, methods.of(key[0]!).version, ...MEASURES.map((measure) => plain(total[measure]))];
  });
  await insertRows(tx, 'cells', ['mine_id', ...CELL_KEY, 'method_version', ...MEASURE_COLUMNS], rows);
}

/**
 * GAI-1: marks gains that count and may be counted twice, in periods whose savings or gains changed. Whether a gain's
 * voucher is also a record's is kept on the gain, so that no index on a million vouchers is needed.
 */
export async function remarkDoubleCounts(tx: Tx, mine: string, periods: readonly string[]): Promise<void> {
  await tx.rows(`DELETE FROM cell_issues WHERE mine_id = $1 AND period = ANY ($2) AND code = 'possible_double_count'`, [
    mine,
    periods,
  ]);
  await tx.rows(
    `INSERT INTO cell_issues (mine_id, period, department, category, item, nature, baseline, code)
     SELECT DISTINCT a.mine_id, a.period, a.department, a.category, '', '', '', 'possible_double_count'
     FROM adjustments a
     WHERE a.mine_id = $1 AND a.period = ANY ($2) AND a.kind = 'gain' AND a.recognition = 'realised'
       AND a.status = 'confirmed' AND (a.is_voucher_recorded OR EXISTS (
         SELECT FROM cells c WHERE c.mine_id = $1 AND c.period = a.period AND c.project = a.project
         GROUP BY c.department HAVING sum(c.m_explicit_saving) <> 0))`,
    [mine, periods],
  );
}
