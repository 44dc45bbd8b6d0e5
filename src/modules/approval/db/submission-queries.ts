import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Role } from '../../access/index.js';
import type { NewSubmission, Submission, SubjectKind } from '../app/subject.js';
import type { Took } from '../app/verdict.js';

/** Of `submissions s`. */
const SUBMISSION = `s.id, s.subject, s.key, s.title, s.kinds, s.maker, s.state, s.steps, s.steps_done AS "stepsDone", s.round,
  s.departments, s.periods, s.amount AS "amountYuan", s.content, s.reason`;

/** Locked in the order of their numbers, so that two who decide over the same ones wait and do not cross. */
export async function lockSubmissions(tx: Tx, mine: string, ids: readonly string[]): Promise<Submission[]> {
  return tx.rows<Submission>(
    `SELECT ${SUBMISSION} FROM submissions s WHERE s.mine_id = $1 AND s.id = ANY ($2::bigint[]) ORDER BY s.id FOR UPDATE`,
    [mine, ids],
  );
}

/** Who took part in the present round, by submission; read after the lock. */
export async function loadTaken(tx: Tx, mine: string, ids: readonly string[]): Promise<Map<string, Took[]>> {
  const rows = await tx.rows<Took & { readonly id: string }>(
    `SELECT d.submission_id AS id, d.actor, d.on_behalf_of AS "onBehalfOf" FROM decisions d
     JOIN submissions s ON s.mine_id = d.mine_id AND s.id = d.submission_id AND s.round = d.round
     WHERE d.mine_id = $1 AND d.submission_id = ANY ($2::bigint[])`,
    [mine, ids],
  );
  const taken = new Map<string, Took[]>();
  for (const { id, ...took } of rows) taken.set(id, [...(taken.get(id) ?? []), took]);
  return taken;
}

/** The newest submission of each key, locked where `lock` says so. */
export async function loadNewest(
  tx: Tx,
  mine: string,
  subject: SubjectKind,
  keys: readonly string[],
  lock: 'FOR UPDATE' | '' = '',
): Promise<Map<string, Submission>> {
  const rows = await tx.rows<Submission>(
    `SELECT ${SUBMISSION} FROM submissions s WHERE s.mine_id = $1 AND s.subject = $2 AND s.key = ANY ($3::text[])
       AND NOT EXISTS (SELECT FROM submissions n
         WHERE n.mine_id = s.mine_id AND n.subject = s.subject AND n.key = s.key AND n.id > s.id)
     ORDER BY s.id ${lock}`,
    [mine, subject, keys],
  );
  return new Map(rows.map((row) => [row.key, row]));
}

export interface Begun extends NewSubmission {
  readonly steps: readonly Role[];
  /** Of the submission that begins another round; null for a first one. */
  readonly id: string | null;
}

const BEGUN = `jsonb_to_recordset($2::jsonb) AS n (id bigint, subject text, key text, title text, kinds text[], maker text,
  steps text[], departments text[], periods text[], amount numeric, content jsonb)`;

const rowOf = ({ amountYuan, ...rest }: Begun) => ({ ...rest, amount: amountYuan });

/** Where one of its key is open already, nothing is inserted: fewer come back than went in. */
export async function insertSubmissions(tx: Tx, mine: string, begun: readonly Begun[]): Promise<Submission[]> {
  if (begun.length === 0) return [];
  return tx.rows<Submission>(
    `INSERT INTO submissions AS s (mine_id, subject, key, title, kinds, maker, state, steps, departments, periods, amount,
       content, submitted_at, due_since)
     SELECT $1, subject, key, title, kinds, maker, 'submitted', steps, departments, periods, amount, content,
       clock_timestamp(), clock_timestamp() FROM ${BEGUN}
     ON CONFLICT (mine_id, subject, key) WHERE state IN ('submitted','reviewed','posting') DO NOTHING
     RETURNING ${SUBMISSION}`,
    [mine, JSON.stringify(begun.map(rowOf))],
  );
}

/** Another round of submissions that came back. */
export async function reviveSubmissions(tx: Tx, mine: string, begun: readonly Begun[]): Promise<Submission[]> {
  if (begun.length === 0) return [];
  return tx.rows<Submission>(
    `UPDATE submissions s SET state = 'submitted', round = s.round + 1, steps = n.steps, steps_done = 0, title = n.title,
       kinds = n.kinds, departments = n.departments, periods = n.periods, amount = n.amount, content = n.content,
       reason = NULL, submitted_at = clock_timestamp(), due_since = clock_timestamp(), finished_at = NULL
     FROM ${BEGUN} WHERE s.mine_id = $1 AND s.id = n.id RETURNING ${SUBMISSION}`,
    [mine, JSON.stringify(begun.map(rowOf))],
  );
}

/** One decision; `step` counts from 1. */
export interface NewDecision extends Took {
  readonly id: string;
  readonly step: number;
  readonly role: string;
  /** Where the submission goes. */
  readonly state: 'reviewed' | 'posting' | 'posted' | 'returned';
}

/**
 * Writes decisions down and takes their submissions one step further, or back to their makers, in one statement; the
 * next step is due from now on. Round, maker and since when it was due are those of the locked submission.
 */
export async function decideSubmissions(
  tx: Tx,
  mine: string,
  decisions: readonly NewDecision[],
  reason: string | null,
): Promise<Submission[]> {
  if (decisions.length === 0) return [];
  return tx.rows<Submission>(
    `WITH n AS (SELECT * FROM jsonb_to_recordset($2::jsonb)
         AS n (id bigint, step integer, role text, actor text, "onBehalfOf" text, state text)),
       decided AS (INSERT INTO decisions (mine_id, submission_id, round, step, role, decision, actor, on_behalf_of, maker,
           reason, due_since, decided_at)
         SELECT $1, s.id, s.round, n.step, n.role, CASE n.state WHEN 'returned' THEN 'returned' ELSE 'approved' END,
           n.actor, n."onBehalfOf", s.maker, $3, s.due_since, clock_timestamp()
         FROM n JOIN submissions s ON s.mine_id = $1 AND s.id = n.id)
     UPDATE submissions s SET state = n.state, due_since = clock_timestamp(),
       steps_done = CASE n.state WHEN 'returned' THEN s.steps_done ELSE n.step END,
       reason = CASE n.state WHEN 'returned' THEN $3 END,
       finished_at = CASE WHEN n.state IN ('returned', 'posted') THEN clock_timestamp() END
     FROM n WHERE s.mine_id = $1 AND s.id = n.id RETURNING ${SUBMISSION}`,
    [mine, JSON.stringify(decisions), reason],
  );
}

/** They go no further: taken back, or posted or sent back by the job that they were left to. */
export async function endSubmissions(
  tx: Tx,
  mine: string,
  ids: readonly string[],
  state: 'posted' | 'returned' | 'withdrawn',
  reason: string | null,
): Promise<Submission[]> {
  if (ids.length === 0) return [];
  return tx.rows<Submission>(
    `UPDATE submissions s SET state = $3, reason = $4, finished_at = clock_timestamp()
     WHERE s.mine_id = $1 AND s.id = ANY ($2::bigint[]) RETURNING ${SUBMISSION}`,
    [mine, ids, state, reason],
  );
}
