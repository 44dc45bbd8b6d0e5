import { Injectable } from '@nestjs/common';
import { byCodePoint } from '../../../../analytics/kernel/order.js';
import { AppError } from '../../../platform/errors/app-error.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { Approvals, type Refusal, type Subject, type Submission } from '../../approval/index.js';
import type { Reach } from '../../mines/index.js';
import { keepClosed } from '../../reference/index.js';
import {
  closedCorrectionsOf,
  groupsWhere,
  loadMethod,
  recomputeAdjustments,
  recomputeGroups,
  remarkDoubleCounts,
} from '../../synergy/index.js';
import { endClosing } from '../db/closing-queries.js';
import { setStatus } from '../db/period-queries.js';
import { requirePeriod } from './checklist.js';
import { holdForStatus } from './close-period.js';

/** Reopening a closed period: one person asks and says why, another approves (guarantee 9). */
@Injectable()
export class Reopenings implements Subject {
  readonly kind = 'reopening';

  constructor(private readonly approvals: Approvals) {
    approvals.register(this);
  }

  /**
   * Asks for it.
   * @throws AppError `no_such_period`, `period_not_closed`, `corrected_by_closed_period`, `already_submitted`
   */
  async request(tx: Tx, { mine, actor }: Reach, code: string, reason: string): Promise<Submission> {
    const { status } = await requirePeriod(tx, mine, code);
    const hindrance = await hindranceOf(tx, mine, code, status);
    if (hindrance !== null) throw hindrance;
    const [submission] = await this.approvals.submit(tx, mine, [
      {
        ...{ subject: this.kind, key: code, title: `${code} ${reason}`, kinds: [this.kind], maker: actor },
        ...{ departments: null, periods: [code], amountYuan: '0', content: { reason } },
      },
    ]);
    return submission!;
  }

  /** Nothing of the period itself changes before the last step. */
  async follow(): Promise<void> {}

  async post(tx: Tx, mine: string, submissions: readonly Submission[], actor: string) {
    const refused: Refusal[] = [];
    // In the order of the periods, so that two of these queue instead of crossing.
    for (const submission of [...submissions].sort((a, b) => byCodePoint(a.key, b.key))) {
      const { status } = await holdForStatus(tx, mine, submission.key);
      const hindrance = await hindranceOf(tx, mine, submission.key, status);
      if (hindrance !== null) refused.push({ id: submission.id, code: hindrance.code, params: hindrance.params });
      else await reopen(tx, mine, submission, actor);
    }
    return { done: 'posted' as const, refused };
  }
}

/** Why a period cannot be reopened: it is not closed, or a closed one reported corrections of what it reported. */
async function hindranceOf(tx: Tx, mine: string, code: string, status: string): Promise<AppError | null> {
  if (status !== 'closed') return new AppError('conflict', 'period_not_closed', { period: code });
  const later = await closedCorrectionsOf(tx, mine, code);
  if (later.length === 0) return null;
  return new AppError('conflict', 'corrected_by_closed_period', { period: code, periods: later.join(', ') });
}

async function reopen(tx: Tx, mine: string, { key, maker, content }: Submission, actor: string): Promise<void> {
  const { reason } = content as { readonly reason: string };
  const method = await endClosing(tx, mine, { period: key, requestedBy: maker, reason, by: actor });
  await setStatus(tx, mine, key, 'open');
  const latest = await loadMethod(tx, mine);
  if (latest.version !== method) await computeByLatestMethod(tx, mine, key);
}

/** An open period follows the method of the mine; until now it kept that of its closing. */
async function computeByLatestMethod(tx: Tx, mine: string, period: string): Promise<void> {
  const reportedIn = await recomputeGroups(tx, mine, await groupsWhere(tx, mine, 'c.period = $2', [period]));
  await recomputeAdjustments(tx, mine, [period]);
  await keepClosed(tx, mine, [period], reportedIn);
  await remarkDoubleCounts(tx, mine, [period]);
}
