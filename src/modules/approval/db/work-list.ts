import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { HeldRole } from '../../access/index.js';
import type { Submission, SubjectKind } from '../app/subject.js';

/** One thing that waits for the caller, and as what they would approve it. */
export interface Waiting extends Pick<
  Submission,
  'id' | 'subject' | 'key' | 'title' | 'kinds' | 'departments' | 'periods' | 'amountYuan' | 'maker'
> {
  /** From 1. */
  readonly step: number;
  readonly role: string;
  /** Whose role it is; null: the caller's own. */
  readonly onBehalfOf: string | null;
  /** Since when the step waits. */
  readonly since: Date;
  /** Microseconds since 1970: `since` as a key of the list. */
  readonly sinceKey: string;
}

export interface WorkListOf {
  readonly mine: string;
  readonly actor: string;
  readonly roles: readonly HeldRole[];
}

/**
 * What the caller could approve now: the rules of app/verdict.ts, said once more for a whole list (a test compares both
 * on random submissions). $1 mine, $2 actor, $3 roles.
 */
const WAITING = `WITH held AS (
    SELECT role, departments, "onBehalfOf" AS person
    FROM jsonb_to_recordset($3::jsonb) AS h (role text, departments text[], "onBehalfOf" text)),
  waiting AS (
    SELECT s.*, h.role AS as_role, h.person AS as_person,
      (extract(epoch FROM s.due_since) * 1000000)::bigint AS since_key
    FROM submissions s
    CROSS JOIN LATERAL (
      SELECT role, person FROM held
      WHERE role = s.steps[s.steps_done + 1] AND (departments IS NULL OR s.departments <@ departments)
        AND (person IS NULL OR person <> s.maker AND NOT EXISTS (
          SELECT FROM decisions d WHERE d.mine_id = s.mine_id AND d.submission_id = s.id AND d.round = s.round
            AND person IN (d.actor, d.on_behalf_of)))
      ORDER BY person NULLS FIRST LIMIT 1) h
    WHERE s.mine_id = $1 AND s.state IN ('submitted', 'reviewed') AND s.maker <> $2 AND NOT EXISTS (
      SELECT FROM decisions d WHERE d.mine_id = s.mine_id AND d.submission_id = s.id AND d.round = s.round
        AND $2 IN (d.actor, d.on_behalf_of)))`;

const parametersOf = ({ mine, actor, roles }: WorkListOf) => [mine, actor, JSON.stringify(roles)];

/** The longest waiting first, after a place in the list. */
export async function listWaiting(
  tx: Tx,
  of: WorkListOf,
  after: { readonly sinceKey: string; readonly id: string } | null,
  limit: number,
): Promise<Waiting[]> {
  return tx.rows<Waiting>(
    `${WAITING} SELECT id, subject, key, title, kinds, departments, periods, amount AS "amountYuan", maker,
       steps_done + 1 AS step, as_role AS role, as_person AS "onBehalfOf", due_since AS since,
       since_key AS "sinceKey"
     FROM waiting WHERE $4::bigint IS NULL OR (since_key, id) > ($4, $5) ORDER BY since_key, id LIMIT $6`,
    [...parametersOf(of), after?.sinceKey ?? null, after?.id ?? null, limit],
  );
}

/** How many wait, by subject. */
export async function countWaiting(tx: Tx, of: WorkListOf): Promise<Map<SubjectKind, number>> {
  const rows = await tx.rows<{ subject: SubjectKind; waiting: number }>(
    `${WAITING} SELECT subject, count(*)::int AS waiting FROM waiting GROUP BY subject`,
    parametersOf(of),
  );
  return new Map(rows.map(({ subject, waiting }) => [subject, waiting]));
}
