import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Reach } from '../../mines/index.js';

/** What the steps of one role cost in time, of one kind of things. Hours to two decimals, a share to four. */
export interface StepMeasure {
  readonly role: string;
  readonly kind: string;
  readonly decisions: number;
  readonly medianHours: string;
  readonly meanHours: string;
  readonly longestHours: string;
  readonly returns: number;
  readonly returnShare: string;
}

/**
 * How long steps waited and how often they sent things back, by role and kind: the quantity behind the implicit cost of
 * coordination and repeated approval. A thing of two kinds counts under each; with a period, only what is about it.
 */
export function measureSteps(tx: Tx, { mine, departments }: Reach, period: string | null): Promise<StepMeasure[]> {
  const hours = (interval: string) => `round((extract(epoch FROM ${interval}) / 3600)::numeric, 2)`;
  return tx.rows<StepMeasure>(
    `WITH taken AS (
       SELECT d.role, k.kind, d.decision, d.decided_at - d.due_since AS waited
       FROM decisions d JOIN submissions s ON s.mine_id = d.mine_id AND s.id = d.submission_id
       CROSS JOIN LATERAL (SELECT DISTINCT kind FROM unnest(s.kinds) AS kind) k
       WHERE d.mine_id = $1 AND ($2::text[] IS NULL OR s.departments <@ $2) AND ($3::text IS NULL OR $3 = ANY (s.periods)))
     SELECT role, kind, count(*)::int AS decisions,
       ${hours('percentile_cont(0.5) WITHIN GROUP (ORDER BY waited)')} AS "medianHours", ${hours('avg(waited)')} AS "meanHours",
       ${hours('max(waited)')} AS "longestHours", (count(*) FILTER (WHERE decision = 'returned'))::int AS returns,
       round(count(*) FILTER (WHERE decision = 'returned') / count(*)::numeric, 4) AS "returnShare"
     FROM taken GROUP BY role, kind ORDER BY role COLLATE "C", kind COLLATE "C"`,
    [mine, departments, period],
  );
}
