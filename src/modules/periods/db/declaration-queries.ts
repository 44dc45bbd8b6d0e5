import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Reach } from '../../mines/index.js';

/** COV-4: how the reporting of a department stands in a period. */
export interface DepartmentReporting {
  readonly department: string;
  /** It has a figure, a record on its way or an expected report there, so that the closing waits for its declaration. */
  readonly isExpected: boolean;
  readonly declaredBy: string | null;
  readonly declaredAt: Date | null;
}

/** A record on its way is none of the sums yet. */
const ON_ITS_WAY = `r.status IN ('draft', 'submitted', 'reviewed')`;

/** Departments with something in a period, or of whom something is expected (COV-3): a relation of codes for $1, $2. */
const EXPECTED = `(SELECT c.department FROM cells c WHERE c.mine_id = $1 AND (c.period = $2 OR c.reported_in = $2)
  UNION SELECT r.department FROM records r WHERE r.mine_id = $1 AND ${ON_ITS_WAY}
    AND (r.posted_period = $2 OR r.valued_period = $2)
  UNION SELECT b.department FROM baselines b JOIN periods p ON p.mine_id = b.mine_id AND p.code = $2
    WHERE b.mine_id = $1 AND b.kind <> 'price' AND b.project IS NULL
      AND (b.valid_from IS NULL OR b.valid_from <= p.start_date) AND (b.valid_to IS NULL OR p.end_date <= b.valid_to))`;

/** Every reached department that is expected to declare or did, by code. */
export function listReporting(tx: Tx, { mine, departments }: Reach, period: string): Promise<DepartmentReporting[]> {
  return tx.rows<DepartmentReporting>(
    `SELECT d.code AS department, e.department IS NOT NULL AS "isExpected", s.declared_by AS "declaredBy",
       s.declared_at AS "declaredAt"
     FROM departments d LEFT JOIN ${EXPECTED} e ON e.department = d.code
     LEFT JOIN declarations s ON s.mine_id = d.mine_id AND s.period = $2 AND s.department = d.code
       AND s.withdrawn_at IS NULL
     WHERE d.mine_id = $1 AND ($3::text[] IS NULL OR d.code = ANY ($3))
       AND (e.department IS NOT NULL OR s.department IS NOT NULL)
     ORDER BY d.code`,
    [mine, period, departments],
  );
}

/** The named departments, and with `below` those under them in the tree, as far as they exist within reach. */
export async function reachedDepartments(
  tx: Tx,
  { mine, departments }: Reach,
  named: readonly string[],
  below: boolean,
): Promise<string[]> {
  const rows = await tx.rows<{ code: string }>(
    `WITH RECURSIVE tree AS (
       SELECT code FROM departments WHERE mine_id = $1 AND code = ANY ($2)
       UNION SELECT d.code FROM tree t JOIN departments d ON d.mine_id = $1 AND d.parent = t.code AND $3)
     SELECT code FROM tree WHERE $4::text[] IS NULL OR code = ANY ($4) ORDER BY code`,
    [mine, named, below, departments],
  );
  return rows.map(({ code }) => code);
}

/** Declares for those that have not yet; answers how many. */
export async function insertDeclarations(
  tx: Tx,
  { mine, actor }: Reach,
  period: string,
  departments: readonly string[],
): Promise<number> {
  const made = await tx.rows(
    `INSERT INTO declarations (mine_id, period, department, seq, declared_by)
     SELECT $1, $2, d, 1 + coalesce((SELECT max(o.seq) FROM declarations o
         WHERE o.mine_id = $1 AND o.period = $2 AND o.department = d), 0), $4
     FROM unnest($3::text[]) AS d
     WHERE NOT EXISTS (SELECT FROM declarations o WHERE o.mine_id = $1 AND o.period = $2 AND o.department = d
       AND o.withdrawn_at IS NULL) RETURNING 1`,
    [mine, period, departments, actor],
  );
  return made.length;
}

/** Takes standing declarations back; answers how many. */
export async function withdrawDeclarations(
  tx: Tx,
  { mine, actor }: Reach,
  period: string,
  departments: readonly string[],
): Promise<number> {
  const gone = await tx.rows(
    `UPDATE declarations SET withdrawn_by = $4, withdrawn_at = now()
     WHERE mine_id = $1 AND period = $2 AND department = ANY ($3) AND withdrawn_at IS NULL RETURNING 1`,
    [mine, period, departments, actor],
  );
  return gone.length;
}
