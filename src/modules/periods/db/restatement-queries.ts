import { exact } from '../../../../analytics/kernel/exact.js';
import { MEASURES, type Measures } from '../../../../analytics/synergy/measures.js';
import type { ReportedSums } from '../../../../analytics/synergy/restate.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Reach } from '../../mines/index.js';

/** What one closing reported, by department and category within reach, in the order of their codes. */
export async function closingSums(
  tx: Tx,
  { mine, departments }: Reach,
  period: string,
  version: number,
): Promise<ReportedSums[]> {
  const rows = await tx.rows<Record<string, string>>(
    `SELECT department, category, ${MEASURES.map((measure) => `sum(m_${measure}) AS ${measure}`).join(', ')}
     FROM closed_cells WHERE mine_id = $1 AND reported_in = $2 AND closing_version = $3
       AND ($4::text[] IS NULL OR department = ANY ($4))
     GROUP BY department, category ORDER BY department, category`,
    [mine, period, version, departments],
  );
  return rows.map((row) => ({
    department: row['department']!,
    category: row['category']!,
    measures: Object.fromEntries(MEASURES.map((measure) => [measure, exact(row[measure]!)])) as Measures,
  }));
}

/** A closing's moment, to the microsecond, and its method. */
export interface ClosingMoment {
  readonly version: number;
  readonly at: string;
  readonly methodVersion: number;
}

/** A closing and the one before it; null where there are not both. */
export async function closingMoments(
  tx: Tx,
  mine: string,
  period: string,
  version: number,
): Promise<readonly [ClosingMoment, ClosingMoment] | null> {
  const rows = await tx.rows<ClosingMoment>(
    `SELECT version, closed_at::text AS at, method_version AS "methodVersion" FROM closings
     WHERE mine_id = $1 AND period = $2 AND version IN ($3, $3 - 1) ORDER BY version`,
    [mine, period, version],
  );
  return rows.length < 2 ? null : [rows[0]!, rows[1]!];
}

/** A record reported in a period that began or ceased to count between two closings; figures as texts. */
export interface RecordDifference {
  readonly change: 'posted' | 'reversed';
  readonly source: string;
  readonly id: string;
  readonly importId: string;
  readonly date: string;
  readonly department: string;
  readonly category: string;
  readonly item: string;
  readonly quantity: string | null;
  readonly amountYuan: string | null;
  readonly correctsPeriod: string | null;
}

/** More are counted and not listed. */
export const MAX_RECORDS = 1_000;

/** A record of a superseded import ceased to count when the import that reversed it ended. */
const CHANGED = `(SELECT 'posted' AS change, r.* FROM records r
    WHERE r.mine_id = $1 AND r.posted_period = $2 AND r.status = 'posted'
      AND r.posted_at > $3::timestamptz AND r.posted_at <= $4::timestamptz
  UNION ALL SELECT 'reversed', r.* FROM records r
    JOIN imports i ON i.mine_id = r.mine_id AND i.id = r.reversed_by
    WHERE r.mine_id = $1 AND r.posted_period = $2 AND r.status = 'reversed' AND r.posted_at <= $3::timestamptz
      AND i.finished_at > $3::timestamptz AND i.finished_at <= $4::timestamptz)`;

/** What changed among the records, by department, category, source and id, and how many there are. */
export async function recordChanges(
  tx: Tx,
  { mine, departments }: Reach,
  period: string,
  [from, to]: readonly [ClosingMoment, ClosingMoment],
): Promise<{ count: number; records: RecordDifference[] }> {
  const rows = await tx.rows<{ record: RecordDifference; total: string }>(
    `SELECT jsonb_build_object('change', r.change, 'source', r.source, 'id', r.id, 'importId', r.import_id::text,
       'date', r.date, 'department', r.department, 'category', r.category, 'item', r.item,
       'quantity', trim_scale(r.quantity)::text, 'amountYuan', r.amount::text, 'correctsPeriod', r.corrects_period)
       AS record, count(*) OVER () AS total
     FROM ${CHANGED} r WHERE $5::text[] IS NULL OR r.department = ANY ($5)
     ORDER BY r.department, r.category, r.source, r.id, r.change LIMIT ${MAX_RECORDS}`,
    [mine, period, from.at, to.at, departments],
  );
  return { count: Number(rows[0]?.total ?? 0), records: rows.map(({ record }) => record) };
}
