import { AppError } from '../../../platform/errors/app-error.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Posting } from '../../records/index.js';
import { keepClosed } from '../../reference/index.js';
import {
  expectingGroups,
  groupsWhere,
  recomputeAdjustments,
  recomputeGroups,
  remarkDoubleCounts,
} from '../../synergy/index.js';
import type { Problem } from '../../rules/problem.js';
import type { Changed } from './change-references.js';

/** Of a row named by an alias: its period is closed, and keeps the method of its closing. */
const isOfClosed = (alias: string) => `EXISTS (SELECT FROM periods p
  WHERE p.mine_id = ${alias}.mine_id AND p.code = ${alias}.period AND p.status = 'closed')`;

/**
 * Computes anew what an import made stale, and nothing else; from here on the figures are visible with the commit.
 * @throws AppError `closed_period_changed` where a closed period would no longer report what it did: undo everything
 */
export async function recompute(tx: Tx, mine: string, changed: Changed, posting: Posting | null): Promise<void> {
  const { stale, freshPeriods, isMethodNew } = changed;
  const groups = [
    ...stale.groups,
    ...(posting?.groups ?? []),
    ...(freshPeriods.length > 0 ? await expectingGroups(tx, mine, freshPeriods, null) : []),
    ...(isMethodNew ? await groupsWhere(tx, mine, `NOT ${isOfClosed('c')}`, []) : []),
  ];
  const reportedIn = await recomputeGroups(tx, mine, groups);
  const adjustmentPeriods = [
    ...new Set([...stale.adjustmentPeriods, ...(isMethodNew ? await periodsWithAdjustments(tx, mine) : [])]),
  ];
  await recomputeAdjustments(tx, mine, adjustmentPeriods);
  const periods = new Set([
    ...groups.map(({ period }) => period),
    ...adjustmentPeriods,
    ...(posting?.gainPeriods ?? []),
  ]);
  await keepClosed(tx, mine, [...periods], reportedIn);
  await remarkDoubleCounts(tx, mine, [...periods]);
  await tx.rows('UPDATE periods SET data_version = data_version + 1 WHERE mine_id = $1 AND code = ANY ($2)', [
    mine,
    [...periods].sort(),
  ]);
  if (changed.changes.some(({ fate }) => fate !== 'unchanged') || isMethodNew) {
    await tx.rows('UPDATE mines SET reference_version = reference_version + 1 WHERE mine_id = $1', [mine]);
  }
}

async function periodsWithAdjustments(tx: Tx, mine: string): Promise<string[]> {
  const rows = await tx.rows<{ period: string }>(
    `SELECT DISTINCT a.period FROM adjustments a WHERE a.mine_id = $1 AND NOT ${isOfClosed('a')}`,
    [mine],
  );
  return rows.map(({ period }) => period);
}

/**
 * A change of a closed period as a problem of the file that would bring it: of the file as a whole, for it is found in
 * the figures and no row alone need be the cause. Anything else is thrown on.
 */
export function closedPeriodProblem(error: unknown, file: string): Problem {
  if (!(error instanceof AppError) || error.code !== 'closed_period_changed') throw error;
  return { file, row: 0, column: '', code: error.code, params: error.params };
}
