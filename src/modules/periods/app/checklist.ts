import { fixed } from '../../../../analytics/kernel/exact.js';
import { AppError } from '../../../platform/errors/app-error.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Reach } from '../../mines/index.js';
import { compareWithBooks } from '../../reconciliation/index.js';
import type { PeriodStatus } from '../../reference/index.js';
import {
  MAX_LINES,
  draftsOf,
  earlierOpen,
  insertWaiver,
  issuesOf,
  pendingOf,
  waiversOf,
  type CauseLine,
  type Listed,
  type WaiverRow,
} from '../db/checklist-queries.js';
import { listReporting } from '../db/declaration-queries.js';
import { findPeriod, holdPeriod, type PeriodRow } from '../db/period-queries.js';
import { CAUSE_CODES, ISSUE_CAUSES, ruleOf, type Cause, type CauseCode } from './causes.js';

export interface Checklist {
  readonly period: string;
  readonly status: PeriodStatus;
  /** Of the closing that it is for. */
  readonly version: number;
  /** Nothing holds the closing up, as far as the asker sees. */
  readonly isClear: boolean;
  /** Those that stand, in the order of CAUSES. */
  readonly causes: readonly Cause[];
}

/** @throws AppError `no_such_period` */
export async function requirePeriod(tx: Tx, mine: string, code: string): Promise<PeriodRow> {
  return known(await findPeriod(tx, mine, code), code);
}

/** @throws AppError `no_such_period` */
export async function requireHeld(tx: Tx, mine: string, code: string): Promise<PeriodRow> {
  return known(await holdPeriod(tx, mine, code), code);
}

function known(period: PeriodRow | null, code: string): PeriodRow {
  if (period === null) throw new AppError('not_found', 'no_such_period', { period: code });
  return period;
}

/** What stands in the way of closing a period, within the asker's reach. */
export async function loadChecklist(tx: Tx, reach: Reach, period: PeriodRow): Promise<Checklist> {
  const version = period.closings + (period.status === 'closed' ? 0 : 1);
  const found = await findCauses(tx, reach, period.code);
  const waivers = new Map(
    (await waiversOf(tx, reach.mine, period.code, version)).map((waiver) => [waiver.code, waiver]),
  );
  const causes = CAUSE_CODES.flatMap((code) => causeOf(code, found.get(code), waivers.get(code)));
  const isClear = causes.every(({ blocks }) => !blocks);
  return { period: period.code, status: period.status, version, isClear, causes };
}

function causeOf(code: CauseCode, listed: Listed | undefined, waived: WaiverRow | undefined): Cause[] {
  if (listed === undefined || listed.count === 0) return [];
  const { blocks, isWaivable } = ruleOf(code);
  const waiver = waived === undefined ? null : { reason: waived.reason, by: waived.waivedBy, at: waived.waivedAt };
  return [{ code, blocks: blocks && waiver === null, isWaivable, waiver, ...listed }];
}

async function findCauses(tx: Tx, reach: Reach, period: string): Promise<ReadonlyMap<CauseCode, Listed>> {
  const found = new Map<CauseCode, Listed>();
  found.set('not_declared', await undeclared(tx, reach, period));
  found.set('pending_approvals', await pendingOf(tx, reach, period));
  for (const code of ISSUE_CAUSES) found.set(code, await issuesOf(tx, reach, period, code));
  found.set('draft_records', await draftsOf(tx, reach, period));
  found.set('earlier_open', await earlierOpen(tx, reach, period));
  if (reach.departments === null) found.set('unreconciled', await unreconciled(tx, reach.mine, period));
  return found;
}

async function undeclared(tx: Tx, reach: Reach, period: string): Promise<Listed> {
  const missing = (await listReporting(tx, reach, period)).filter(
    ({ isExpected, declaredBy }) => isExpected && declaredBy === null,
  );
  return { count: missing.length, lines: missing.slice(0, MAX_LINES).map(({ department }) => ({ department })) };
}

/** The parts of the difference to the books, as `GET /reconciliations/:period` explains them. */
async function unreconciled(tx: Tx, mine: string, period: string): Promise<Listed> {
  const { difference, lines, lineCount } = await compareWithBooks(tx, mine, period);
  if (difference === null || difference === 0n) return { count: 0, lines: [] };
  const shown = lines.slice(0, MAX_LINES).map(({ kind, account, importId, summary, amount }): CauseLine => ({
    ...{ title: summary ?? kind, amountYuan: fixed(amount, 2) },
    ...(account === undefined ? {} : { account }),
    ...(importId === undefined ? {} : { importId }),
  }));
  return { count: lineCount, lines: shown };
}

/**
 * Lets a cause of the next closing stand, with a reason.
 * @throws AppError `no_such_period`, `period_already_closed`, `nothing_to_waive`, `already_waived`
 */
export async function waiveCause(
  tx: Tx,
  reach: Reach,
  code: string,
  waiver: { readonly code: CauseCode; readonly reason: string },
): Promise<Checklist> {
  const period = await requireHeld(tx, reach.mine, code);
  if (period.status === 'closed') throw new AppError('conflict', 'period_already_closed', { period: code });
  const { version, causes } = await loadChecklist(tx, reach, period);
  const params = { period: code, cause: waiver.code };
  if (causes.every((cause) => cause.code !== waiver.code)) throw new AppError('conflict', 'nothing_to_waive', params);
  const isNew = await insertWaiver(tx, reach, code, version, waiver);
  if (!isNew) throw new AppError('conflict', 'already_waived', params);
  return loadChecklist(tx, reach, period);
}
