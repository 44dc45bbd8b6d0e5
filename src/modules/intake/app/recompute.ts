import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Posting } from '../../records/index.js';
import {
  expectingGroups,
  groupsWhere,
  recomputeAdjustments,
  recomputeGroups,
  remarkDoubleCounts,
} from '../../synergy/index.js';
import type { Changed } from './change-references.js';

/** Computes anew what an import made stale, and nothing else; from here on the figures are visible with the commit. */
export async function recompute(tx: Tx, mine: string, changed: Changed, posting: Posting | null): Promise<void> {
  const { stale, freshPeriods, isMethodNew } = changed;
  const groups = [
    ...stale.groups,
    ...(posting?.groups ?? []),
    ...(freshPeriods.length > 0 ? await expectingGroups(tx, mine, freshPeriods, null) : []),
    ...(isMethodNew ? await groupsWhere(tx, mine, 'true', []) : []),
  ];
  await recomputeGroups(tx, mine, groups);
  const adjustmentPeriods = isMethodNew ? await periodsWithAdjustments(tx, mine) : stale.adjustmentPeriods;
  await recomputeAdjustments(tx, mine, adjustmentPeriods);
  const periods = new Set([
    ...groups.map(({ period }) => period),
    ...adjustmentPeriods,
    ...(posting?.gainPeriods ?? []),
  ]);
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
  const rows = await tx.rows<{ period: string }>('SELECT DISTINCT period FROM adjustments WHERE mine_id = $1', [mine]);
  return rows.map(({ period }) => period);
}
