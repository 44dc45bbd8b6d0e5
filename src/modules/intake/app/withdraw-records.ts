import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { CallerHere } from '../../access/index.js';
import { Approvals } from '../../approval/index.js';
import { wholeMine } from '../../mines/index.js';
import {
  done,
  lockStanding,
  refusal,
  unknownRecord,
  withdrawUnposted,
  type RecordDecided,
  type StandingRecord,
} from '../../records/index.js';
import { withdrawEntries } from '../db/entry-queries.js';

/** Makers take back what does not count yet: drafts, and what is on its path of approval. */
@Injectable()
export class WithdrawRecords {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly approvals: Approvals,
  ) {}

  /** Each by itself; refused: `unknown_record`, `not_the_maker`, `already_posted`, `already_decided`. */
  async withdraw(by: CallerHere, ids: readonly string[]): Promise<RecordDecided[]> {
    const { mine, actor } = by;
    const { decided, submissions } = await this.uow.run(wholeMine(mine, actor), async (tx) => {
      const standing = await lockStanding(tx, by.reach, ids);
      const refused = ids.flatMap((id) => objectionTo(id, standing.get(id), actor) ?? []);
      const own = [...standing.values()].filter(({ id }) => !refused.some((one) => one.id === id));
      const drafts = own.filter(({ status }) => status === 'draft').map(({ id }) => id);
      if (drafts.length > 0) await withdrawEntries(tx, mine, await withdrawUnposted(tx, mine, drafts));
      const onPath = own.filter(({ status }) => status !== 'draft').map(({ id }) => id);
      const submissions = await this.approvals.standing(tx, mine, 'record', onPath);
      return { decided: [...refused, ...drafts.map((id) => done(id, 'withdrawn'))], submissions };
    });
    const bySubmission = new Map([...submissions].map(([key, { id }]) => [id, key]));
    const withdrawn = await this.approvals.withdraw(by, [...bySubmission.keys()]);
    const all = [...decided, ...withdrawn.map((one) => ({ ...one, id: bySubmission.get(one.id)! }))];
    const byId = new Map(all.map((one) => [one.id, one]));
    return ids.map((id) => byId.get(id)!);
  }
}

function objectionTo(id: string, record: StandingRecord | undefined, actor: string): RecordDecided | null {
  if (record === undefined) return unknownRecord(id);
  if (record.maker !== actor) return refusal(id, 'forbidden', 'not_the_maker', { id });
  return record.status === 'posted' ? refusal(id, 'conflict', 'already_posted', { id }) : null;
}
