import type { Tx } from '../../../platform/database/unit-of-work.js';
import { FIRST_DAY, LAST_DAY } from '../../rules/columns.js';

/**
 * Postings of a mine run beside each other; a change of its reference data runs alone, for it may match and compute
 * anything anew.
 */
export async function lockMine(tx: Tx, mine: string, mode: 'shared' | 'alone'): Promise<void> {
  const lock = mode === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock';
  await tx.rows(`SELECT ${lock}(hashtextextended($1, 6))`, [`mine ${mine}`]);
}

/**
 * Makes sure that the named periods exist and answers those that do not: natural months come into being when first
 * named, periods of a mine's own table do not (GRN-1).
 */
export async function openPeriods(tx: Tx, mine: string, codes: readonly string[]): Promise<Set<string>> {
  await tx.rows(
    `INSERT INTO periods (mine_id, code, start_date, end_date)
     SELECT $1, c.code, c.start, (c.start + interval '1 month' - interval '1 day')::date
     FROM (SELECT code, (code || '-01')::date AS start FROM unnest($2::text[]) AS code
           WHERE right(code, 2) BETWEEN '01' AND '12' AND code || '-01' BETWEEN '${FIRST_DAY}' AND '${LAST_DAY}') c
     WHERE NOT (SELECT has_period_table FROM mines WHERE mine_id = $1)
       AND NOT EXISTS (SELECT FROM periods p WHERE p.mine_id = $1 AND p.code = c.code)
     ORDER BY c.code ON CONFLICT DO NOTHING`,
    [mine, codes],
  );
  const missing = await tx.rows<{ code: string }>(
    `SELECT code FROM unnest($2::text[]) AS code EXCEPT SELECT code FROM periods WHERE mine_id = $1`,
    [mine, codes],
  );
  return new Set(missing.map(({ code }) => code));
}

export type PeriodStatus = 'open' | 'closing' | 'closed';
export type PeriodStatuses = ReadonlyMap<string, PeriodStatus>;

interface StatusRow {
  readonly code: string;
  readonly status: PeriodStatus;
}

const byCode = (rows: readonly StatusRow[]): PeriodStatuses => new Map(rows.map(({ code, status }) => [code, status]));

/**
 * Locks period rows in the order of their codes, so that writers queue instead of crossing, and answers how they stand
 * while the lock is held: a closing, which takes the row FOR UPDATE, is over or has not begun (guarantee 5).
 */
export async function lockPeriods(tx: Tx, mine: string, codes: readonly string[]): Promise<PeriodStatuses> {
  return byCode(
    await tx.rows<StatusRow>(
      `SELECT code, status FROM periods WHERE mine_id = $1 AND code = ANY ($2) ORDER BY code FOR NO KEY UPDATE`,
      [mine, codes],
    ),
  );
}

/** How periods stand at this moment, for a decision that does not write into them; those that do not exist are absent. */
export async function statusOf(tx: Tx, mine: string, codes: readonly string[]): Promise<PeriodStatuses> {
  return byCode(
    await tx.rows<StatusRow>('SELECT code, status FROM periods WHERE mine_id = $1 AND code = ANY ($2)', [mine, codes]),
  );
}

/** Notes that periods hold data; answers those that did not before, whose missing reports now show (COV-3). */
export async function markData(tx: Tx, mine: string, codes: readonly string[]): Promise<string[]> {
  const fresh = await tx.rows<{ code: string }>(
    `UPDATE periods SET has_data = true WHERE mine_id = $1 AND code = ANY ($2) AND NOT has_data RETURNING code`,
    [mine, codes],
  );
  return fresh.map(({ code }) => code);
}
