import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { keyNumber } from '../../../platform/http/paging.js';
import type { Reach } from '../../mines/index.js';
import { Approvals, type Subject, type Submission } from '../../approval/index.js';
import { sentenceOf } from '../../rules/messages.js';
import { findImport } from '../db/import-answers.js';
import { finishImport } from './finish-import.js';
import { publishEnd } from './import-events.js';
import { enqueueImport } from './import-job.js';
import type { Claim, Gate, Intake } from './source.js';
import type { Taken } from './take-in.js';

/** Of a claim, what those who approve it see, and what must still be so when it is posted. */
type Approved = Pick<Claim, 'kinds' | 'departments' | 'records' | 'byDepartment' | 'changes'>;

/** Imports on their path of approval: what waits, what is posted once it is approved, and what comes back. */
@Injectable()
export class ImportApproval implements Subject {
  readonly kind = 'import';

  constructor(private readonly approvals: Approvals) {
    approvals.register(this);
  }

  /** The newest submission of each import that has one, by its number. */
  of(tx: Tx, mine: string, importIds: readonly string[]): Promise<ReadonlyMap<string, Submission>> {
    return this.approvals.standing(tx, mine, this.kind, importIds);
  }

  /** For an import that is about to run: approved, it posts what was approved; before that, what has no path. */
  async gateOf(tx: Tx, mine: string, importId: string): Promise<Gate> {
    const submission = (await this.of(tx, mine, [importId])).get(importId);
    if (submission?.state === 'posting') {
      const approved = submission.content as Approved;
      return (_, claim) => Promise.resolve(isWithin(claim, approved) ? 'open' : 'changed');
    }
    return this.gate(mine);
  }

  /** What has no path is posted at once. */
  gate(mine: string): Gate {
    return async (tx, { kinds, amountYuan }) =>
      (await this.approvals.path(tx, mine, kinds, amountYuan)).length > 0 ? 'waits' : 'open';
  }

  /**
   * Writes down what became of an import and hands in what waits, under a title or the name of its file; what was posted,
   * or could not be, ends its submission. Answers the number of the submission that now waits.
   */
  async settle(tx: Tx, { mine, importId, sender }: Intake, taken: Taken, titled?: string): Promise<string | null> {
    await finishImport(tx, mine, importId, taken);
    if (taken.status !== 'waiting') {
      const outcome = taken.status === 'accepted' ? 'posted' : { returned: said('changed_since_check') };
      await this.approvals.finish(tx, mine, this.kind, importId, outcome);
      return null;
    }
    const { departments, kinds, periods, amountYuan, records, byDepartment, changes } = taken.claim!;
    const content = { kinds, departments, records, byDepartment, changes };
    const title = titled ?? (await fileNameOf(tx, mine, importId));
    const of = { subject: this.kind, key: importId, title, maker: sender.actor } as const;
    const [submission] = await this.approvals.submit(tx, mine, [
      { ...of, kinds, departments, periods, amountYuan, content },
    ]);
    return submission!.id;
  }

  /** An import that could not be run ends the submission that it was to be posted for; `reason` is a code. */
  giveUp(tx: Tx, mine: string, importId: string, reason: string): Promise<void> {
    return this.approvals.finish(tx, mine, this.kind, importId, { returned: said(reason) });
  }

  /** Sent back or taken back, an import is over; the same content may come again. */
  async follow(
    tx: Tx,
    mine: string,
    submissions: readonly Submission[],
    to: 'submitted' | 'reviewed' | 'returned' | 'withdrawn',
  ): Promise<void> {
    if (to === 'submitted' || to === 'reviewed') return;
    const ended = await tx.rows<{ id: string }>(
      `UPDATE imports SET status = 'returned', reason = $3, finished_at = clock_timestamp(), rows_accepted = 0,
         control_rows = 0, control_amount = 0
       WHERE mine_id = $1 AND id = ANY ($2::bigint[]) AND status = 'waiting' RETURNING id`,
      [mine, submissions.map(({ key }) => key), to],
    );
    for (const { id } of ended) await publishEnd(tx, mine, id);
  }

  /** The same job that checked it takes it in for real, from the same bytes. */
  async post(tx: Tx, mine: string, submissions: readonly Submission[]) {
    const queued = await tx.rows<{ id: string }>(
      `UPDATE imports SET status = 'queued', attempts = 0, started_at = NULL
       WHERE mine_id = $1 AND id = ANY ($2::bigint[]) AND status = 'waiting' RETURNING id`,
      [mine, submissions.map(({ key }) => key)],
    );
    for (const { id } of queued) await enqueueImport(tx, mine, id);
    return { done: 'posting' as const, refused: [] };
  }

  async makerOf(tx: Tx, _: string, key: string, reach: Reach): Promise<string | null> {
    return keyNumber(key) ? ((await findImport(tx, reach, key))?.actor ?? null) : null;
  }
}

/** A checker's reason is a sentence; so is ours. */
const said = (code: string) => sentenceOf({ code, column: '', params: {} }, 'zh');

async function fileNameOf(tx: Tx, mine: string, importId: string): Promise<string> {
  const [row] = await tx.rows<{ file_name: string }>('SELECT file_name FROM imports WHERE mine_id = $1 AND id = $2', [
    mine,
    importId,
  ]);
  return row!.file_name;
}

/** Less may be left to change, where others brought the same rows meanwhile; nothing may be more or other. */
function isWithin(claim: Claim, approved: Approved): boolean {
  const isLess = Object.entries(claim.changes).every(([kind, { added, changed }]) => {
    const before = approved.changes[kind] ?? { added: 0, changed: 0 };
    return added <= before.added && changed <= before.changed;
  });
  return (
    isLess &&
    claim.kinds.every((kind) => approved.kinds.includes(kind)) &&
    isDeepStrictEqual(claim.departments, approved.departments) &&
    isDeepStrictEqual(claim.records, approved.records) &&
    isDeepStrictEqual(claim.byDepartment, approved.byDepartment)
  );
}
