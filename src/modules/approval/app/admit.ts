import { keyNumber } from '../../../platform/http/paging.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Trouble } from '../../../platform/errors/app-error.js';
import type { CallerHere } from '../../access/index.js';
import { isReached } from '../../mines/index.js';
import { ROLE_WORDS, STATE_WORDS } from '../approval.errors.js';
import { lockSubmissions, loadTaken } from '../db/submission-queries.js';
import { isEvidenceMissing } from '../db/evidence-queries.js';
import type { Decided, Submission } from './subject.js';
import { isOpen, verdictOn, type Standing } from './verdict.js';

/** The most submissions of one call. */
export const BULK_LIMIT = 200;

/** A locked submission, and as what the caller takes its next step. */
export interface Ready {
  readonly submission: Submission;
  readonly as: Standing;
}

export interface Admitted<One> {
  readonly ready: readonly One[];
  readonly refused: readonly Decided[];
}

/** Locks what is to be decided and sorts out what the caller may decide now. */
export async function lockForDecision(
  tx: Tx,
  by: CallerHere,
  ids: readonly string[],
  { step, isApproval }: { readonly step: number | undefined; readonly isApproval: boolean },
): Promise<Admitted<Ready>> {
  const isSeen = ({ maker, departments }: Submission) => maker === by.actor || isReached(by.reach, departments);
  const { locked, refused } = await lock(tx, by, ids, isSeen);
  const taken = await loadTaken(
    tx,
    by.mine,
    locked.map(({ id }) => id),
  );
  const lacking = isApproval ? await lackingEvidence(tx, by.mine, locked.map(asked)) : new Set<string>();

  const ready: Ready[] = [];
  for (const submission of locked) {
    const verdict = verdictOn(submission, taken.get(submission.id) ?? [], by, step);
    if ('code' in verdict) refused.push(refusal(submission.id, 'conflict', verdict.code, verdict.params));
    else if (lacking.has(submission.id)) refused.push(refusal(submission.id, 'conflict', 'evidence_missing'));
    else ready.push({ submission, as: verdict });
  }
  return { ready, refused };
}

/** Locks what the caller takes back: their own, as long as it is on its path. Answers ids. */
export async function lockForWithdrawal(tx: Tx, by: CallerHere, ids: readonly string[]): Promise<Admitted<string>> {
  const { locked, refused } = await lock(tx, by, ids, ({ maker }) => maker === by.actor);
  const ready = locked.filter(isOpen).map(({ id }) => id);
  const late = locked.filter((one) => !isOpen(one));
  return {
    ready,
    refused: [...refused, ...late.map(({ id, state }) => refusal(id, 'conflict', 'already_decided', { state }))],
  };
}

/** What the caller does not see is as unknown as what is not there. */
async function lock(tx: Tx, by: CallerHere, ids: readonly string[], isSeen: (one: Submission) => boolean) {
  const locked = (await lockSubmissions(tx, by.mine, ids.filter(keyNumber))).filter(isSeen);
  const found = new Set(locked.map(({ id }) => id));
  const unknown = [...new Set(ids)].filter((id) => !found.has(id));
  return { locked, refused: unknown.map((id) => refusal(id, 'not_found', 'unknown_submission', { id })) };
}

/** What the step that is due asks evidence by. */
type Asked = Pick<Submission, 'id' | 'subject' | 'key' | 'kinds' | 'amountYuan'> & { readonly step: number };

const asked = (submission: Submission): Asked => ({ ...submission, step: submission.stepsDone + 1 });

/** A file of records must have its papers when its first checker approves; ledger books are papers themselves. */
export async function lackingEvidence(tx: Tx, mine: string, waiting: readonly Asked[]): Promise<Set<string>> {
  const needing = waiting.filter(
    ({ subject, step, kinds }) =>
      subject === 'import' &&
      step === 1 &&
      kinds.some((kind) => kind === 'records' || kind === 'adjustments') &&
      !kinds.includes('books'),
  );
  const keys = needing.map(({ key }) => key);
  const isMissing = await isEvidenceMissing(
    tx,
    mine,
    'import',
    keys,
    needing.map(({ amountYuan }) => amountYuan),
  );
  return new Set(needing.filter((_, index) => isMissing[index]).map(({ id }) => id));
}

/** Where it names a role or a state, in words too. */
function refusal(id: string, trouble: Trouble, code: string, named: Readonly<Record<string, string>> = {}): Decided {
  const { role, state } = named;
  const params = {
    ...named,
    ...(role === undefined ? {} : { role_zh: ROLE_WORDS[role] ?? role }),
    ...(state === undefined ? {} : { state_zh: STATE_WORDS[state] ?? state }),
  };
  return { id, outcome: 'refused', refusal: { id, code, params, trouble } };
}
