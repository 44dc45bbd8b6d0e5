import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { CallerHere } from '../../access/index.js';
import { isEvidenceMissing, type Approvals, type NewSubmission } from '../../approval/index.js';
import { isReached, wholeMine } from '../../mines/index.js';
import { lockStanding, type StandingRecord } from '../db/entered-records.js';
import { refusal, refusedRow, unknownRecord, type RecordDecided } from './refuse-record.js';

/** Whoever enters records, and where they may. */
export type Entering = Pick<CallerHere, 'mine' | 'actor' | 'reach' | 'roles'>;

/** What drafts that their maker hands in become. */
export interface SubmissionPlan {
  readonly toSubmit: readonly NewSubmission[];
  /** Ids of those that nobody has to approve. */
  readonly toPost: readonly string[];
  readonly refused: readonly RecordDecided[];
}

/** Locks drafts and looks whether their maker may hand them in; in a transaction with the sight of the whole mine. */
export async function planSubmission(
  tx: Tx,
  approvals: Approvals,
  by: Entering,
  ids: readonly string[],
): Promise<SubmissionPlan> {
  const standing = await lockStanding(tx, by.reach, ids);
  const refused: RecordDecided[] = [];
  const drafts: StandingRecord[] = [];
  for (const id of ids) {
    const record = standing.get(id);
    const objection = record === undefined ? unknownRecord(id) : objectionTo(record, by);
    if (objection !== null) refused.push(objection);
    else drafts.push(record!);
  }
  const lacking = await withoutEvidence(tx, by.mine, drafts);
  const ready = drafts.filter(({ id }) => !lacking.has(id));
  const needsNobody = await withEmptyPath(tx, approvals, by.mine, ready);
  return {
    toSubmit: ready.filter(({ amountYuan }) => !needsNobody.has(amountYuan)).map((record) => submissionOf(record)),
    toPost: ready.filter(({ amountYuan }) => needsNobody.has(amountYuan)).map(({ id }) => id),
    refused: [...refused, ...[...lacking].map((id) => refusal(id, 'conflict', 'evidence_missing'))],
  };
}

function objectionTo({ id, status, maker, ...record }: StandingRecord, by: Entering): RecordDecided | null {
  if (maker !== by.actor) return refusal(id, 'forbidden', 'not_the_maker', { id });
  if (status !== 'draft') return refusal(id, 'conflict', 'not_a_draft', { id, status });
  const code = periodObjection(record.periodStatus, record.department, by);
  if (code === null) return null;
  return refusedRow(id, [{ row: 1, column: 'date', code, params: { period: record.postedPeriod } }]);
}

/** Into a period that is being closed only finance still hands in. */
export function periodObjection(
  status: 'open' | 'closing' | 'closed',
  department: string,
  { mine, actor, roles }: Entering,
): 'period_closed' | 'period_closing' | null {
  if (status === 'closed') return 'period_closed';
  if (status === 'open') return null;
  const isFinance = roles.some(
    ({ role, departments, onBehalfOf }) =>
      role === 'finance' && onBehalfOf === null && isReached({ ...wholeMine(mine, actor), departments }, [department]),
  );
  return isFinance ? null : 'period_closing';
}

async function withoutEvidence(tx: Tx, mine: string, drafts: readonly StandingRecord[]): Promise<Set<string>> {
  // What takes a record back rests on the papers of that record.
  const keys = drafts.map(({ id, reverses }) => reverses ?? id);
  const amounts = drafts.map(({ amountYuan }) => amountYuan);
  const isMissing = await isEvidenceMissing(tx, mine, 'record', keys, amounts);
  return new Set(drafts.filter((_, index) => isMissing[index]).map(({ id }) => id));
}

/** Amounts of which records count without anybody's approval. */
async function withEmptyPath(
  tx: Tx,
  approvals: Approvals,
  mine: string,
  records: readonly StandingRecord[],
): Promise<Set<string>> {
  const amounts = [...new Set(records.map(({ amountYuan }) => amountYuan))];
  const free = new Set<string>();
  for (const amount of amounts) {
    if ((await approvals.path(tx, mine, ['records'], amount)).length === 0) free.add(amount);
  }
  return free;
}

const submissionOf = ({ id, maker, department, content, ...record }: StandingRecord): NewSubmission => ({
  ...{ subject: 'record', key: id, title: content.summary ?? id, kinds: ['records'], maker },
  ...{ departments: [department], periods: [...new Set([record.postedPeriod, record.valuedPeriod])].sort() },
  ...{ amountYuan: record.amountYuan, content },
});
