import { Injectable } from '@nestjs/common';
import { Clock, dayInChina } from '../../../platform/clock/clock.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { AppError, type Finding } from '../../../platform/errors/app-error.js';
import { Approvals, requireDone } from '../../approval/index.js';
import { wholeMine } from '../../mines/index.js';
import {
  done,
  findRecord,
  insertDraft,
  insertPlanned,
  judgeEntry,
  lockStanding,
  planReversals,
  planSubmission,
  refusedRow,
  replaceDraft,
  withdrawUnposted,
  DIRECT_SOURCE,
  type Entering,
  type RecordDecided,
  type ReversalWish,
  type RightEntry,
  type RowValues,
  type ShownRecord,
} from '../../records/index.js';
import { insertEntry, insertRefused, replaceEntry, withdrawEntries, type Entry } from '../db/entry-queries.js';
import { postEntries } from './post-entries.js';

/** What became of a record that was taken back, and the record that takes it back. */
export interface ReversalDecided extends RecordDecided {
  readonly reversal: string | null;
}

/**
 * What the makers of single records do: enter, change, hand in, reverse. A record waits as a draft and counts in no figure
 * until the last step of its path; where the path is empty it counts at once.
 */
@Injectable()
export class EnterRecord {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly approvals: Approvals,
    private readonly clock: Clock,
  ) {}

  /**
   * Answers the record: a draft, handed in if `submit` says so, or posted where nobody approves it. A refused row is kept
   * as a refused import.
   * @throws AppError `row_refused` with everything that is wrong with the row; with `submit` also what `submit` refuses
   */
  enter(by: Entering, values: RowValues, { submit }: { readonly submit: boolean }): Promise<ShownRecord> {
    return this.keepingRefused(by, values, async (tx) => {
      const entry = await this.judged(tx, by, values, null);
      const importId = await insertEntry(tx, entryOf(by, values, entry));
      if (!(await insertDraft(tx, by.mine, importId, entry.json))) throw await this.taken(tx, by, values);
      if (submit || (await this.needsNobody(tx, by, entry))) requireDone((await this.handIn(tx, by, [entry.id]))[0]!);
      return this.shown(tx, by, entry.id);
    });
  }

  /**
   * Puts another row in the place of a draft of the caller's own.
   * @throws AppError `unknown_record`, `not_the_maker`, `not_a_draft`, `row_refused`
   */
  replace(by: Entering, id: string, values: RowValues, { submit }: { readonly submit: boolean }): Promise<ShownRecord> {
    if (values.id !== id) throw new AppError('malformed', 'id_differs', { id });
    return this.keepingRefused(by, values, async (tx) => {
      const draft = (await lockStanding(tx, by.reach, [id])).get(id);
      if (draft === undefined) throw new AppError('not_found', 'unknown_record', { id });
      if (draft.maker !== by.actor) throw new AppError('forbidden', 'not_the_maker', { id });
      if (draft.status !== 'draft') throw new AppError('conflict', 'not_a_draft', { id, status: draft.status });
      const entry = await this.judged(tx, by, values, draft.importId);
      await replaceDraft(tx, by.mine, draft.importId, entry.json);
      await replaceEntry(tx, draft.importId, entryOf(by, values, entry));
      if (submit) requireDone((await this.handIn(tx, by, [id]))[0]!);
      return this.shown(tx, by, id);
    });
  }

  /** Hands drafts in, each by itself; those that nobody approves are posted. In the order of the ids. */
  submit(by: Entering, ids: readonly string[]): Promise<RecordDecided[]> {
    return this.uow.run(wholeMine(by.mine, by.actor), (tx) => this.handIn(tx, by, ids));
  }

  /** Takes posted records back by records of opposite figures, entered and handed in at once; each by itself. */
  reverse(by: Entering, ids: readonly string[], wish: ReversalWish): Promise<ReversalDecided[]> {
    return this.uow.run(wholeMine(by.mine, by.actor), async (tx) => {
      const today = dayInChina(this.clock.now());
      const { planned, refused } = await planReversals(tx, by, ids, wish, today);
      const body = { reason: wish.reason, date: wish.date };
      for (const plan of planned) {
        const { id: of, department } = plan.original;
        const entry = {
          mine: by.mine,
          actor: by.actor,
          body: { ...body, reverses: of },
          department,
          periods: plan.periods,
        };
        const importId = await insertEntry(tx, entry);
        const isFirst = await insertPlanned(tx, by.mine, importId, plan, wish.reason);
        if (!isFirst) throw new AppError('conflict', 'reversal_id_taken', { id: plan.id });
      }
      const newIds = planned.map(({ id }) => id);
      const decided = new Map((await this.handIn(tx, by, newIds)).map((one) => [one.id, one]));
      const outcomes = planned.map(({ original, id }) => ({ ...decided.get(id)!, id: original.id, reversal: id }));
      // Entered and not handed in, they would keep their records from any other reversal.
      const failed = outcomes.flatMap(({ refusal, reversal }) => (refusal === null ? [] : [reversal]));
      if (failed.length > 0) await withdrawEntries(tx, by.mine, await withdrawUnposted(tx, by.mine, failed));
      const refusals = [...outcomes.filter(({ refusal }) => refusal !== null), ...refused];
      return inOrder(ids, [
        ...outcomes.filter(({ refusal }) => refusal === null),
        ...refusals.map((one) => ({ ...one, reversal: null })),
      ]);
    });
  }

  private async handIn(tx: Tx, by: Entering, ids: readonly string[]): Promise<RecordDecided[]> {
    const { toSubmit, toPost, refused } = await planSubmission(tx, this.approvals, by, ids);
    if (toSubmit.length > 0) await this.approvals.submit(tx, by.mine, toSubmit);
    const unposted = toPost.length > 0 ? await postEntries(tx, by.mine, toPost) : new Map<string, readonly Finding[]>();
    const posted = toPost.map((id) => {
      const findings = unposted.get(id);
      return findings === undefined ? done(id, 'posted') : refusedRow(id, findings);
    });
    return inOrder(ids, [...toSubmit.map(({ key }) => done(key, 'submitted')), ...posted, ...refused]);
  }

  private async needsNobody(tx: Tx, { mine }: Entering, { amountYuan }: RightEntry): Promise<boolean> {
    return (await this.approvals.path(tx, mine, ['records'], amountYuan)).length === 0;
  }

  private async judged(tx: Tx, by: Entering, values: RowValues, importId: string | null): Promise<RightEntry> {
    const entry = await judgeEntry(tx, by.reach, values, importId);
    if ('findings' in entry) throw new AppError('refused', 'row_refused', {}, entry.findings);
    return entry;
  }

  /** Another took the id between the look and the insert. */
  private async taken(tx: Tx, by: Entering, values: RowValues): Promise<AppError> {
    const entry = await judgeEntry(tx, by.reach, values, null);
    return new AppError('refused', 'row_refused', {}, 'findings' in entry ? entry.findings : []);
  }

  private async shown(tx: Tx, { reach }: Entering, id: string): Promise<ShownRecord> {
    return (await findRecord(tx, reach, DIRECT_SOURCE, id))!;
  }

  /** What was begun for a refused row is undone; that it came, and why it was refused, stays. */
  private async keepingRefused(
    by: Entering,
    values: RowValues,
    work: (tx: Tx) => Promise<ShownRecord>,
  ): Promise<ShownRecord> {
    const sight = wholeMine(by.mine, by.actor);
    try {
      return await this.uow.run(sight, work);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'row_refused') throw error;
      const entry: Entry = { mine: by.mine, actor: by.actor, body: values, department: null, periods: [] };
      const importId = await this.uow.run(sight, (tx) => insertRefused(tx, entry, error.findings));
      throw new AppError('refused', 'row_refused', { import_id: importId }, error.findings);
    }
  }
}

const entryOf = ({ mine, actor }: Entering, body: RowValues, { department, periods }: RightEntry): Entry => ({
  ...{ mine, actor, body, department, periods },
});

function inOrder<One extends RecordDecided>(ids: readonly string[], decided: readonly One[]): One[] {
  const byId = new Map(decided.map((one) => [one.id, one]));
  return ids.map((id) => byId.get(id)!);
}
