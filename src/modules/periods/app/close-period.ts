import { AppError, type Finding } from '../../../platform/errors/app-error.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { anchorChain } from '../../audit/index.js';
import type { Reach } from '../../mines/index.js';
import { lockMine, openPeriods } from '../../reference/index.js';
import { freezeCells, loadMethod, sealCells } from '../../synergy/index.js';
import { insertClosing } from '../db/closing-queries.js';
import { setStatus, type PeriodRow } from '../db/period-queries.js';
import type { Cause } from './causes.js';
import { loadChecklist, requireHeld } from './checklist.js';

/**
 * Takes the period for a change of its status. Changes of reference data, which may reach any period, wait for the lock
 * on the mine; postings into this one for its row (guarantee 5). A month that nobody named yet is made: an empty one may
 * be closed, too.
 */
export async function holdForStatus(tx: Tx, mine: string, code: string): Promise<PeriodRow> {
  await lockMine(tx, mine, 'shared');
  await openPeriods(tx, mine, [code]);
  return requireHeld(tx, mine, code);
}

/**
 * From here on only finance adds to the period.
 * @throws AppError `no_such_period`, `period_not_open`
 */
export async function beginClosing(tx: Tx, { mine }: Reach, code: string): Promise<void> {
  const { status } = await holdForStatus(tx, mine, code);
  if (status !== 'open') throw new AppError('conflict', 'period_not_open', { period: code });
  await setStatus(tx, mine, code, 'closing');
}

/**
 * Everybody may add to the period again.
 * @throws AppError `no_such_period`, `period_not_closing`
 */
export async function cancelClosing(tx: Tx, { mine }: Reach, code: string): Promise<void> {
  const { status } = await holdForStatus(tx, mine, code);
  if (status !== 'closing') throw new AppError('conflict', 'period_not_closing', { period: code });
  await setStatus(tx, mine, code, 'open');
}

/**
 * Closes a period: what its live cells report is kept as the next version and sealed, and the head of the audit chain is
 * written down with it; the caller then has `Anchors` keep it outside the database. With the sight of the whole mine.
 * Answers the version.
 * @throws AppError `no_such_period`, `period_already_closed`; `not_ready_to_close` with every cause that holds it up
 */
export async function closePeriod(tx: Tx, reach: Reach, code: string): Promise<number> {
  const { mine, actor } = reach;
  const period = await holdForStatus(tx, mine, code);
  if (period.status === 'closed') throw new AppError('conflict', 'period_already_closed', { period: code });
  const checklist = await loadChecklist(tx, reach, period);
  if (!checklist.isClear) {
    const findings = checklist.causes.filter(({ blocks }) => blocks).map(findingOf);
    throw new AppError('conflict', 'not_ready_to_close', { period: code }, findings);
  }
  const { version, causes } = checklist;
  const method = await loadMethod(tx, mine);
  const dataVersion = await setStatus(tx, mine, code, 'closed');
  await insertClosing(tx, mine, {
    ...{ period: code, version, methodVersion: method.version, dataVersion },
    ...{ checklist: { causes }, closedBy: actor },
  });
  await freezeCells(tx, mine, code, version);
  await sealCells(tx, mine, code, version);
  await anchorChain(tx, mine, `${code}/${version}`);
  return version;
}

/** A cause as an error of the answer; the checklist has its lines. */
export const findingOf = ({ code, count }: Cause): Finding => ({
  ...{ row: 0, column: '', code, params: { count: String(count) } },
});
