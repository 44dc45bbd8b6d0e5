import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Reach } from '../../mines/index.js';
import type { Submission, SubjectKind, SubmissionState } from '../app/subject.js';

/** A submission as people read it. */
export interface ShownSubmission extends Submission {
  readonly submittedAt: Date;
  readonly dueSince: Date;
  readonly finishedAt: Date | null;
}

/** A decision as people read it. */
export interface ShownDecision {
  readonly round: number;
  readonly step: number;
  readonly role: string;
  readonly decision: 'approved' | 'returned';
  readonly actor: string;
  readonly onBehalfOf: string | null;
  readonly reason: string | null;
  readonly decidedAt: Date;
  /** How long the step waited: hours to two decimals. */
  readonly waitedHours: string;
}

export interface SubmissionFilter {
  readonly state?: SubmissionState;
  readonly subject?: SubjectKind;
  /** Only those of this maker. */
  readonly maker?: string;
}

/** Of `submissions s`: those that a reach shows ($2 its departments, $3 its actor), who sees what they made too. */
const IS_SHOWN = '($2::text[] IS NULL OR s.departments <@ $2 OR s.maker = $3)';

const SHOWN = `SELECT s.id, s.subject, s.key, s.title, s.kinds, s.maker, s.state, s.steps, s.steps_done AS "stepsDone",
  s.round, s.departments, s.periods, s.amount AS "amountYuan", s.content, s.reason, s.submitted_at AS "submittedAt",
  s.due_since AS "dueSince", s.finished_at AS "finishedAt"
  FROM submissions s WHERE s.mine_id = $1 AND ${IS_SHOWN}`;

/** The newest first, before an id. */
export function listSubmissions(
  tx: Tx,
  { mine, departments, actor }: Reach,
  { state, subject, maker }: SubmissionFilter,
  before: string | null,
  limit: number,
): Promise<ShownSubmission[]> {
  return tx.rows<ShownSubmission>(
    `${SHOWN} AND ($4::text IS NULL OR s.state = $4) AND ($5::text IS NULL OR s.subject = $5)
       AND ($6::text IS NULL OR s.maker = $6) AND ($7::bigint IS NULL OR s.id < $7) ORDER BY s.id DESC LIMIT $8`,
    [mine, departments, actor, state ?? null, subject ?? null, maker ?? null, before, limit],
  );
}

export async function findSubmission(tx: Tx, { mine, departments, actor }: Reach, id: string) {
  const [found] = await tx.rows<ShownSubmission>(`${SHOWN} AND s.id = $4`, [mine, departments, actor, id]);
  return found ?? null;
}

/** All decisions of a submission that is seen, in the order in which they were made. */
export function listDecisions(tx: Tx, mine: string, submissionId: string): Promise<ShownDecision[]> {
  return tx.rows<ShownDecision>(
    `SELECT round, step, role, decision, actor, on_behalf_of AS "onBehalfOf", reason, decided_at AS "decidedAt",
       round(extract(epoch FROM decided_at - due_since) / 3600, 2) AS "waitedHours"
     FROM decisions WHERE mine_id = $1 AND submission_id = $2 ORDER BY round, step`,
    [mine, submissionId],
  );
}
