import { Injectable } from '@nestjs/common';
import { invariant } from '../../../../analytics/kernel/invariant.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import type { CallerHere, Role } from '../../access/index.js';
import { wholeMine } from '../../mines/index.js';
import { loadPath } from '../db/path-queries.js';
import { decideSubmissions, endSubmissions, loadNewest, type NewDecision } from '../db/submission-queries.js';
import { BULK_LIMIT, lockForDecision, lockForWithdrawal, type Ready } from './admit.js';
import { beginRound } from './begin-round.js';
import { rolesFor } from './path.js';
import { SUBJECTS } from './subject.js';
import type { Decided, NewSubmission, Refusal, Subject, SubjectKind, Submission } from './subject.js';

/** Submissions by their numbers, or how to find these in the transaction that decides. */
export type Which = readonly string[] | ((tx: Tx) => Promise<readonly string[]>);

/**
 * What waits for approval, and the steps it takes. Whatever happens to a thing on its path happens here and, in the same
 * transaction, in the module that owns the thing: its Subject.
 */
@Injectable()
export class Approvals {
  private readonly subjects = new Map<SubjectKind, Subject>();

  constructor(private readonly uow: UnitOfWork) {}

  register(subject: Subject): void {
    invariant(!this.subjects.has(subject.kind), `two subjects of the kind ${subject.kind}`);
    this.subjects.set(subject.kind, subject);
  }

  /** Null where no module registered the kind. */
  subject(kind: SubjectKind): Subject | null {
    return this.subjects.get(kind) ?? null;
  }

  /** The path of things of these kinds with this amount (yuan): roles in order. None: whoever asks posts at once. */
  async path(tx: Tx, mine: string, kinds: readonly string[], amountYuan: string): Promise<Role[]> {
    return rolesFor(await loadPath(tx, mine), kinds, amountYuan);
  }

  /**
   * Puts things on their paths, which must have a step; what its maker had returned begins another round. Answers in the
   * order of what was given.
   * @throws AppError `already_submitted` where one of them is on its path
   */
  async submit(tx: Tx, mine: string, submissions: readonly NewSubmission[]): Promise<Submission[]> {
    const path = await loadPath(tx, mine);
    const submitted = new Map<NewSubmission, Submission>();
    for (const kind of SUBJECTS) {
      const ofKind = submissions.filter(({ subject }) => subject === kind);
      if (ofKind.length === 0) continue;
      const begun = await beginRound(tx, mine, kind, ofKind, path);
      for (const one of ofKind) submitted.set(one, begun.get(one.key)!);
      await this.of(kind).follow(tx, mine, [...begun.values()], 'submitted');
    }
    return submissions.map((one) => submitted.get(one)!);
  }

  /** The newest submission of each key, whatever its state; none of those that never had one. */
  standing(
    tx: Tx,
    mine: string,
    subject: SubjectKind,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, Submission>> {
    return loadNewest(tx, mine, subject, keys);
  }

  /**
   * Approves the next step of each (`step`: only if it is that one); those at their last step are posted. Each by itself
   * succeeds or is refused: `unknown_submission`, `already_decided`, `step_moved`, `own_work`, `approved_before`,
   * `not_your_step`, `evidence_missing`, or what its Subject says. At most 200, answered in their order.
   */
  approve(
    by: CallerHere,
    which: Which,
    { step, reason }: { readonly step?: number; readonly reason?: string } = {},
  ): Promise<Decided[]> {
    return this.decide(by, which, async (tx, ids) => {
      const { ready, refused } = await lockForDecision(tx, by, ids, { step, isApproval: true });
      const isLast = ({ submission }: Ready) => submission.stepsDone + 1 === submission.steps.length;
      const posted = await this.post(
        tx,
        by,
        ready.filter(isLast).map(({ submission }) => submission),
      );
      const approved = ready.filter(({ submission }) => !posted.refusals.has(submission.id));
      const decisions = approved.map((one) =>
        decisionOf(one, by.actor, posted.states.get(one.submission.id) ?? 'reviewed'),
      );
      const moved = await decideSubmissions(tx, by.mine, decisions, reason ?? null);
      const passed = moved.filter(({ state }) => state === 'reviewed');
      await this.follow(tx, by.mine, passed, 'reviewed');
      return [
        ...refused,
        ...[...posted.refusals.values()].map((refusal) => refusedAs(refusal)),
        ...moved.map(({ id, state }) => done(id, state)),
      ];
    });
  }

  /**
   * Sends each back to its maker, who reads the reason: by whoever could approve the step. Refused as `approve` is.
   * @throws AppError `reason_missing`
   */
  return(
    by: CallerHere,
    which: Which,
    { reason, step }: { readonly reason: string; readonly step?: number },
  ): Promise<Decided[]> {
    if (reason.trim() === '') throw new AppError('malformed', 'reason_missing');
    return this.decide(by, which, async (tx, ids) => {
      const { ready, refused } = await lockForDecision(tx, by, ids, { step, isApproval: false });
      const decisions = ready.map((one) => decisionOf(one, by.actor, 'returned'));
      const returned = await decideSubmissions(tx, by.mine, decisions, reason);
      await this.follow(tx, by.mine, returned, 'returned');
      return [...refused, ...returned.map(({ id }) => done(id, 'returned'))];
    });
  }

  /** Takes each back; only its maker sees it here. Refused: `unknown_submission`, `already_decided`. */
  withdraw(by: CallerHere, which: Which): Promise<Decided[]> {
    return this.decide(by, which, async (tx, ids) => {
      const { ready, refused } = await lockForWithdrawal(tx, by, ids);
      await this.follow(tx, by.mine, await endSubmissions(tx, by.mine, ready, 'withdrawn', null), 'withdrawn');
      return [...refused, ...ready.map((id) => done(id, 'withdrawn'))];
    });
  }

  /** How the job ended that a thing's posting was left to. Its Subject knows already. Nothing where none is at posting. */
  async finish(
    tx: Tx,
    mine: string,
    subject: SubjectKind,
    key: string,
    outcome: 'posted' | { readonly returned: string },
  ): Promise<void> {
    const submission = (await loadNewest(tx, mine, subject, [key], 'FOR UPDATE')).get(key);
    if (submission?.state !== 'posting') return;
    if (outcome === 'posted') await endSubmissions(tx, mine, [submission.id], 'posted', null);
    else await endSubmissions(tx, mine, [submission.id], 'returned', outcome.returned);
  }

  /** With the sight of the whole mine: that everything touched is within the caller's own is checked one by one. */
  private async decide(
    by: CallerHere,
    which: Which,
    work: (tx: Tx, ids: readonly string[]) => Promise<Decided[]>,
  ): Promise<Decided[]> {
    return this.uow.run(wholeMine(by.mine, by.actor), async (tx) => {
      const ids = typeof which === 'function' ? await which(tx) : which;
      invariant(ids.length <= BULK_LIMIT, 'too many at once');
      const byId = new Map((await work(tx, ids)).map((one) => [one.id, one]));
      return [...new Set(ids)].map((id) => byId.get(id)!);
    });
  }

  private async follow(tx: Tx, mine: string, all: readonly Submission[], to: 'reviewed' | 'returned' | 'withdrawn') {
    for (const kind of SUBJECTS) {
      const ofKind = all.filter(({ subject }) => subject === kind);
      if (ofKind.length > 0) await this.of(kind).follow(tx, mine, ofKind, to);
    }
  }

  /** One call for each kind, always in the same order. */
  private async post(tx: Tx, by: CallerHere, last: readonly Submission[]) {
    const states = new Map<string, 'posting' | 'posted'>();
    const refusals = new Map<string, Refusal>();
    for (const kind of SUBJECTS) {
      const ofKind = last.filter(({ subject }) => subject === kind);
      if (ofKind.length === 0) continue;
      const { done: state, refused } = await this.of(kind).post(tx, by.mine, ofKind, by.actor);
      for (const refusal of refused) refusals.set(refusal.id, refusal);
      for (const { id } of ofKind) if (!refusals.has(id)) states.set(id, state);
    }
    return { states, refusals };
  }

  private of(kind: SubjectKind): Subject {
    const subject = this.subjects.get(kind);
    invariant(subject !== undefined, `no module answers for what waits as ${kind}`);
    return subject;
  }
}

const decisionOf = ({ submission, as }: Ready, actor: string, state: NewDecision['state']): NewDecision => ({
  ...{ id: submission.id, step: submission.stepsDone + 1, role: as.role, actor, onBehalfOf: as.onBehalfOf, state },
});

const done = (id: string, outcome: Submission['state']): Decided => ({ id, outcome, refusal: null });

/** What the owner of a thing finds wrong with it. */
const refusedAs = (refusal: Refusal): Decided => ({
  ...{ id: refusal.id, outcome: 'refused', refusal: { ...refusal, trouble: 'refused' } },
});
