import { exact, type Exact } from '../../../../analytics/kernel/exact.js';
import type { Measure } from '../../../../analytics/synergy/measures.js';
import type { Dimension } from '../../../../analytics/synergy/roll-up.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { Parameters, conditions, type CellFilter, type Places } from './cell-queries-filter.js';

/** Targets are set by these; a plan by any other dimension is not defined. */
export const PLANNED_DIMENSIONS = ['department', 'period', 'category'] as const satisfies readonly Dimension[];
export type PlannedDimension = (typeof PLANNED_DIMENSIONS)[number];

export interface TargetSum {
  /** In the order of the dimensions asked for. */
  readonly key: readonly string[];
  readonly measure: Measure;
  /** Yuan. */
  readonly amount: Exact;
}

const PLACES: Places = {
  department: 't.department',
  period: 't.period',
  category: 't.category',
  item: `''`,
  nature: `''`,
  project: `''`,
};

/** Targets (CMP-1) added up by dimensions and measure. They have no item, nature or project: a filter by one finds none. */
export async function sumTargets(
  tx: Tx,
  mine: string,
  periods: readonly string[],
  filter: CellFilter,
  by: readonly PlannedDimension[],
): Promise<TargetSum[]> {
  const parameters = new Parameters(mine);
  const keys = by.map((dimension) => `${PLACES[dimension]}, `).join('');
  const rows = await tx.client.query<string[]>({
    rowMode: 'array',
    text: `SELECT ${keys} t.measure, sum(t.amount) FROM targets t
      WHERE t.mine_id = $1 ${conditions(periods, filter, PLACES, parameters)}
      GROUP BY ${keys} t.measure`,
    values: parameters.values,
  });
  return rows.rows.map((row) => ({
    key: row.slice(0, by.length),
    measure: row[by.length] as Measure,
    amount: exact(row[by.length + 1]!),
  }));
}
