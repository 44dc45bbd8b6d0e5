import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { Approvals, type Refusal, type Subject, type Submission } from '../../approval/index.js';
import type { Reach } from '../../mines/index.js';
import { makerOf, setStatus, withdrawUnposted } from '../../records/index.js';
import { withdrawEntries } from '../db/entry-queries.js';
import { postEntries } from './post-entries.js';

const STATUS_AFTER = { submitted: 'submitted', reviewed: 'reviewed', returned: 'draft' } as const;

/** Single records on their path of approval: they follow their submissions, and count from the last step on. */
@Injectable()
export class RecordSubject implements Subject {
  readonly kind = 'record';

  constructor(approvals: Approvals) {
    approvals.register(this);
  }

  async follow(
    tx: Tx,
    mine: string,
    submissions: readonly Submission[],
    to: 'submitted' | 'reviewed' | 'returned' | 'withdrawn',
  ): Promise<void> {
    const ids = submissions.map(({ key }) => key);
    if (to === 'withdrawn') await withdrawEntries(tx, mine, await withdrawUnposted(tx, mine, ids));
    else await setStatus(tx, mine, ids, STATUS_AFTER[to]);
  }

  async post(tx: Tx, mine: string, submissions: readonly Submission[]) {
    const ids = submissions.map(({ key }) => key);
    const unposted = await postEntries(tx, mine, ids);
    const refused = submissions.flatMap(({ id, key }): Refusal[] => {
      const findings = unposted.get(key);
      return findings === undefined ? [] : [{ id, code: 'row_refused', params: {}, findings }];
    });
    return { done: 'posted' as const, refused };
  }

  makerOf(tx: Tx, _mine: string, key: string, reach: Reach): Promise<string | null> {
    return makerOf(tx, reach, key);
  }
}
