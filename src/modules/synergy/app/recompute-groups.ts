import { plain } from '../../../../analytics/kernel/exact.js';
import { cellsOfGroup, type GroupResult } from '../../../../analytics/synergy/cells.js';
import { expectsReport } from '../../../../analytics/synergy/group.js';
import { isValidOn } from '../../../../analytics/synergy/match.js';
import { MEASURES } from '../../../../analytics/synergy/measures.js';
import type { Baseline, Nature } from '../../../../analytics/synergy/types.js';
import { insertRows } from '../../../platform/database/insert-rows.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { GROUP_KEY, keyArrays, keyText, loadInputs, onKeys, unnestedKeys } from '../db/group-inputs.js';
import type { GroupKey, Inputs } from '../db/group-inputs.js';
import { CELL_KEY } from '../db/valuation-sql.js';

export const MEASURE_COLUMNS = MEASURES.map((measure) => `m_${measure}`);

/** Groups whose sums and cells are held in memory together. */
const GROUPS_AT_ONCE = 2_000;

/**
 * Computes groups anew from their sums and replaces their stored cells and issues. Adjustments are not groups: see
 * recompute-adjustments.ts. Answers the periods in whose reports their cells stand, or stood before.
 */
export async function recomputeGroups(tx: Tx, mine: string, touched: readonly GroupKey[]): Promise<string[]> {
  const keys = [...new Map(touched.map((key) => [keyText(key), key])).values()];
  const reportedIn = new Set<string>();
  for (let from = 0; from < keys.length; from += GROUPS_AT_ONCE) {
    const periods = await recomputeSome(tx, mine, keys.slice(from, from + GROUPS_AT_ONCE));
    periods.forEach((period) => reportedIn.add(period));
  }
  return [...reportedIn];
}

async function recomputeSome(tx: Tx, mine: string, keys: readonly GroupKey[]): Promise<string[]> {
  const inputs = await loadInputs(tx, mine, keys);
  const cells: (string | number)[][] = [];
  const issues: string[][] = [];
  const reportedNow: string[] = [];
  for (const key of keys) {
    const result = computeGroup(key, inputs);
    const dimensions = GROUP_KEY.map((column) => key[column]);
    for (const { project, reportedIn, measures } of result.cells) {
      const values = MEASURES.map((measure) => plain(measures[measure]));
      cells.push([mine, ...dimensions, project, reportedIn, inputs.methods.of(key.period).version, ...values]);
      reportedNow.push(reportedIn);
    }
    if (result.issue) issues.push([mine, ...dimensions, result.issue]);
  }
  const reportedBefore = await deleteGroups(tx, mine, keys);
  await insertRows(tx, 'cells', ['mine_id', ...CELL_KEY, 'method_version', ...MEASURE_COLUMNS], cells);
  await insertRows(tx, 'cell_issues', ['mine_id', ...GROUP_KEY, 'code'], issues);
  return [...reportedBefore, ...reportedNow];
}

const NOTHING: GroupResult = { cells: [], issue: null };

function computeGroup(key: GroupKey, inputs: Inputs): GroupResult {
  const baseline = key.baseline === '' ? null : inputs.baselines.get(key.baseline)!;
  const parts = inputs.parts.get(keyText(key)) ?? [];
  if (parts.length === 0 && !isReportMissing(key, baseline, inputs)) return NOTHING;
  const volume = inputs.volumes.get([key.department, key.period, baseline?.driver ?? ''].join('\u0000')) ?? null;
  const rate = inputs.rates.get([key.item, key.period].join('\u0000')) ?? null;
  return cellsOfGroup(
    { nature: key.nature as Nature, baseline, period: key.period, parts, around: { volume, rate } },
    inputs.methods.of(key.period),
    (code) => inputs.periods.get(code)!.start,
  );
}

/** COV-3: the baseline covers a period in which anything at all was reported. */
function isReportMissing(key: GroupKey, baseline: Baseline | null, inputs: Inputs): boolean {
  const period = inputs.periods.get(key.period)!;
  if (baseline === null || !expectsReport(baseline) || !period.hasData) return false;
  // A changed baseline may no longer be the one of this group.
  const isSame = GROUP_KEY.every((name) => name === 'period' || name === 'baseline' || baseline[name] === key[name]);
  return isSame && isValidOn(baseline, period.start) && isValidOn(baseline, period.end);
}

/** Answers the periods in whose reports the deleted cells stood. */
async function deleteGroups(tx: Tx, mine: string, keys: readonly GroupKey[]): Promise<string[]> {
  const doomed = (table: string) =>
    `DELETE FROM ${table} t USING ${unnestedKeys(2)} WHERE t.mine_id = $1 AND ${onKeys('t')}`;
  await tx.rows(`${doomed('cell_issues')} AND t.code <> 'possible_double_count'`, [mine, ...keyArrays(keys)]);
  const gone = await tx.rows<{ reported_in: string }>(
    `WITH gone AS (${doomed('cells')} RETURNING t.reported_in) SELECT DISTINCT reported_in FROM gone`,
    [mine, ...keyArrays(keys)],
  );
  return gone.map(({ reported_in }) => reported_in);
}
