/** What stands in the way of a closing, line by line; each list with how many there are in all. */
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Reach } from '../../mines/index.js';

/** Where a cause stands: only what applies is there. Amounts in yuan. */
export interface CauseLine {
  readonly department?: string;
  readonly category?: string;
  readonly item?: string;
  readonly baseline?: string;
  readonly submissionId?: string;
  readonly importId?: string;
  readonly recordId?: string;
  readonly account?: string;
  readonly period?: string;
  readonly title?: string;
  readonly amountYuan?: string;
}

export interface Listed {
  readonly count: number;
  readonly lines: readonly CauseLine[];
}

/** Lines of one cause that are listed; the count is of all. */
export const MAX_LINES = 200;

async function listed(tx: Tx, select: string, parameters: readonly unknown[]): Promise<Listed> {
  const rows = await tx.rows<{ line: CauseLine; total: string }>(
    `SELECT jsonb_strip_nulls(to_jsonb(l)) AS line, count(*) OVER () AS total FROM (${select}) l LIMIT ${MAX_LINES}`,
    parameters,
  );
  return { count: Number(rows[0]?.total ?? 0), lines: rows.map(({ line }) => line) };
}

const within = (column: string) => `($3::text[] IS NULL OR ${column} = ANY ($3))`;

/** What the calculation could not measure, or may have counted twice, by its code (COV-0 to COV-3, GAI-1). */
export function issuesOf(tx: Tx, { mine, departments }: Reach, period: string, code: string): Promise<Listed> {
  return listed(
    tx,
    `SELECT department, category, nullif(item, '') AS item, nullif(baseline, '') AS baseline FROM cell_issues
     WHERE mine_id = $1 AND period = $2 AND code = $4 AND ${within('department')}
     ORDER BY department, category, item, baseline`,
    [mine, period, departments, code],
  );
}

/**
 * Submissions that are not decided and imports that are not read to their end, as far as they are about the period; an
 * import that is not read yet may be about any. One that waits for approval is listed as its submission.
 */
export function pendingOf(tx: Tx, { mine, departments, actor }: Reach, period: string): Promise<Listed> {
  return listed(
    tx,
    `SELECT s.id::text AS "submissionId", NULL AS "importId", s.title, s.amount::text AS "amountYuan" FROM submissions s
     WHERE s.mine_id = $1 AND $2 = ANY (s.periods) AND s.state IN ('submitted', 'reviewed', 'posting')
       AND ($3::text[] IS NULL OR s.departments <@ $3 OR s.maker = $4)
     UNION ALL SELECT NULL, i.id::text, i.file_name, NULL FROM imports i
     WHERE i.mine_id = $1 AND i.status IN ('queued', 'running') AND (i.periods = '{}' OR $2 = ANY (i.periods))
       AND ($3::text[] IS NULL OR i.departments <@ $3 OR i.actor = $4)
       AND NOT EXISTS (SELECT FROM submissions s WHERE s.mine_id = i.mine_id AND s.subject = 'import'
         AND s.key = i.id::text AND s.state IN ('submitted', 'reviewed', 'posting'))
     ORDER BY 1, 2`,
    [mine, period, departments, actor],
  );
}

/** Records that nobody submitted: once the period is closed they can only come as corrections. */
export function draftsOf(tx: Tx, { mine, departments }: Reach, period: string): Promise<Listed> {
  return listed(
    tx,
    `SELECT department, category, item, id AS "recordId", amount::text AS "amountYuan" FROM records
     WHERE mine_id = $1 AND posted_period = $2 AND status = 'draft' AND ${within('department')} ORDER BY source, id`,
    [mine, period, departments],
  );
}

/** Earlier periods with data that are not closed. */
export function earlierOpen(tx: Tx, { mine }: Reach, period: string): Promise<Listed> {
  return listed(
    tx,
    `SELECT p.code AS period FROM periods p JOIN periods this ON this.mine_id = p.mine_id AND this.code = $2
     WHERE p.mine_id = $1 AND p.start_date < this.start_date AND p.has_data AND p.status <> 'closed'
     ORDER BY p.start_date`,
    [mine, period],
  );
}

export interface WaiverRow {
  readonly code: string;
  readonly reason: string;
  readonly waivedBy: string;
  readonly waivedAt: Date;
}

export function waiversOf(tx: Tx, mine: string, period: string, version: number): Promise<WaiverRow[]> {
  return tx.rows<WaiverRow>(
    `SELECT code, reason, waived_by AS "waivedBy", waived_at AS "waivedAt" FROM waivers
     WHERE mine_id = $1 AND period = $2 AND version = $3`,
    [mine, period, version],
  );
}

/** Answers false where the cause was waived already. */
export async function insertWaiver(
  tx: Tx,
  { mine, actor }: Reach,
  period: string,
  version: number,
  { code, reason }: Pick<WaiverRow, 'code' | 'reason'>,
): Promise<boolean> {
  const made = await tx.rows(
    `INSERT INTO waivers (mine_id, period, version, code, reason, waived_by) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [mine, period, version, code, reason, actor],
  );
  return made.length > 0;
}
