import { exact } from '../../../../../analytics/kernel/exact.js';
import type { LeftOut } from '../../../../../analytics/report/input.js';
import { counts } from '../../../../../analytics/synergy/cells.js';
import type { Adjustment } from '../../../../../analytics/synergy/types.js';
import type { Tx } from '../../../../platform/database/unit-of-work.js';

type Columns = 'id' | 'period' | 'department' | 'category' | 'kind' | 'recognition' | 'status';
type AdjustmentRow = Pick<Adjustment, Columns> & { readonly amount: string };

/** GAI-1, TUR-2: gains and inputs of some periods that are listed and never added, by id. */
export async function loadLeftOut(tx: Tx, mine: string, periods: readonly string[]): Promise<LeftOut[]> {
  const rows = await tx.rows<AdjustmentRow>(
    `SELECT id, period, department, category, kind, amount, recognition, status FROM adjustments
     WHERE mine_id = $1 AND period = ANY ($2) ORDER BY id`,
    [mine, periods],
  );
  return rows.filter((row) => !counts(row)).map(leftOut);
}

const leftOut = ({ id, period, department, category, kind, recognition, amount }: AdjustmentRow): LeftOut => ({
  ...{ id, period, department, category, kind, amount: exact(amount) },
  why: recognition === 'realised' ? 'claimed' : recognition,
});
