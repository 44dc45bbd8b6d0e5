import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { CallerHere } from '../../access/index.js';
import { Approvals, type Decided, type Submission, type Which } from '../../approval/index.js';
import { standingIds } from '../db/entered-records.js';
import { refusal, unknownRecord, type RecordDecided } from './refuse-record.js';

/** The steps of checkers over records, named by the records' own ids. */
@Injectable()
export class DecideRecords {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly approvals: Approvals,
  ) {}

  /** As `Approvals.approve`; beside it `unknown_record`, `not_submitted`. */
  approve(
    by: CallerHere,
    ids: readonly string[],
    options: { readonly step?: number; readonly reason?: string },
  ): Promise<RecordDecided[]> {
    return this.decide(by, ids, (which) => this.approvals.approve(by, which, options));
  }

  /** As `Approvals.return`; beside it `unknown_record`, `not_submitted`. */
  return(
    by: CallerHere,
    ids: readonly string[],
    options: { readonly reason: string; readonly step?: number },
  ): Promise<RecordDecided[]> {
    return this.decide(by, ids, (which) => this.approvals.return(by, which, options));
  }

  private async decide(
    by: CallerHere,
    ids: readonly string[],
    step: (which: Which) => Promise<Decided[]>,
  ): Promise<RecordDecided[]> {
    let standing: ReadonlyMap<string, Submission> = new Map();
    const decided = await step(async (tx) => {
      standing = await this.approvals.standing(tx, by.mine, 'record', ids);
      return [...standing.values()].map(({ id }) => id);
    });
    const unsubmitted = ids.filter((id) => !standing.has(id));
    const seen =
      unsubmitted.length === 0
        ? new Set<string>()
        : await this.uow.run(by.reach, (tx) => standingIds(tx, by.reach, unsubmitted));
    const bySubmission = new Map(decided.map((one) => [one.id, one]));
    return ids.map((id) => {
      const submission = standing.get(id);
      if (submission !== undefined) return ofRecord(id, bySubmission.get(submission.id)!);
      return seen.has(id) ? refusal(id, 'conflict', 'not_submitted', { id }) : unknownRecord(id);
    });
  }
}

/** What became of a record's submission, said of the record. */
function ofRecord(id: string, decided: Decided): RecordDecided {
  if (decided.refusal === null) return { ...decided, id };
  return decided.refusal.code === 'unknown_submission' ? unknownRecord(id) : { ...decided, id };
}
