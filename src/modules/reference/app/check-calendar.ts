import {
  cutPeriods,
  overlappingPeriods,
  type Placed,
  type ReferenceProblem,
} from '../../../../analytics/synergy/reference-rules.js';
import type { Period } from '../../../../analytics/kernel/calendar.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { typedRows } from '../../rules/check-sql.js';
import type { ReferenceChange } from './apply-reference.js';

/** The mine's table of periods, or null where it keeps natural months. */
export async function periodTable(tx: Tx, mine: string): Promise<Period[] | null> {
  const rows = await tx.rows<Period & { has: boolean }>(
    `SELECT m.has_period_table AS has, p.code, p.start_date AS start, p.end_date AS end
     FROM mines m LEFT JOIN periods p USING (mine_id) WHERE m.mine_id = $1 ORDER BY p.start_date`,
    [mine],
  );
  return rows[0]!.has ? rows : null;
}

/**
 * Staged periods that overlap one another or the mine's own (GRN-1). Asked before they are applied: everything dated
 * hangs on the calendar, so that nothing can be said of the rest while it contradicts itself.
 */
export async function overlappingStaged(tx: Tx, mine: string, staging: string): Promise<ReferenceProblem[]> {
  const rows = await tx.rows<Period & Pick<Placed<Period>, 'rowNo'>>(
    `WITH staged AS (SELECT t.row_no, t.code, t.start, t."end" FROM ${typedRows('periods', staging)} t)
     SELECT row_no AS "rowNo", code, start, "end" FROM staged
     UNION ALL SELECT NULL, p.code, p.start_date, p.end_date FROM periods p
       WHERE p.mine_id = $1 AND NOT EXISTS (SELECT FROM staged s WHERE s.code = p.code)
     ORDER BY start, "rowNo"`,
    [mine],
  );
  return overlappingPeriods(rows.map(({ rowNo, ...row }) => ({ row, rowNo })));
}

/**
 * GRN-1: a period that holds data cannot be redefined. A correction is held by two: the period that it counts in, and
 * the one of its own date.
 */
export async function redefined(
  tx: Tx,
  mine: string,
  changes: readonly ReferenceChange[],
): Promise<ReferenceProblem[]> {
  const changed = changes.filter(({ kind, fate }) => kind === 'periods' && fate === 'changed');
  const used = await tx.rows<{ code: string }>(
    `SELECT p.code FROM periods p WHERE p.mine_id = $1 AND p.code = ANY ($2)
       AND (p.has_data OR EXISTS (SELECT FROM cell_sums s WHERE s.mine_id = $1 AND s.reported_in = p.code))`,
    [mine, changed.map(({ after }) => after.code)],
  );
  const codes = new Set(used.map(({ code }) => code));
  return changed
    .filter(({ after }) => codes.has(after.code!))
    .map(({ rowNo }) => ({ rowNo, column: 'code', code: 'period_in_use', params: {} }));
}

/** BAS-3 from the other side: a new period must not be cut by validity that the mine already has. */
export async function newlyCut(
  tx: Tx,
  mine: string,
  changes: readonly ReferenceChange[],
  table: readonly Period[] | null,
): Promise<ReferenceProblem[]> {
  const ranges = await tx.rows<{ name: string; validFrom: string | null; validTo: string | null }>(
    `SELECT code AS name, valid_from AS "validFrom", valid_to AS "validTo" FROM baselines
     WHERE mine_id = $1 AND kind <> 'price' UNION ALL SELECT item, nullif(valid_from, '-infinity'), valid_to FROM rates
     WHERE mine_id = $1`,
    [mine],
  );
  return changes
    .filter(({ kind, fate }) => kind === 'periods' && fate !== 'unchanged')
    .flatMap(({ rowNo, after }) => {
      const period = (table ?? []).filter(({ code }) => code === after.code);
      const cutting = ranges.find((row) => cutPeriods([{ row, rowNo }], period).length > 0);
      return cutting
        ? [{ rowNo, column: 'start', code: 'period_cut_by_validity', params: { other: cutting.name } }]
        : [];
    });
}
