/** The restatement of a month that was closed again, in the report's own words. */
import type { Restatement, RestatedLine } from '../../../../../analytics/report/input.js';
import type { Category } from '../../../../../analytics/synergy/types.js';
import type { Tx } from '../../../../platform/database/unit-of-work.js';
import type { Reach } from '../../../mines/index.js';
import { findRestatement, listClosings, type FoundRestatement } from '../../../periods/index.js';
import type { MineNames } from '../../db/input/names.js';
import { causesInWords } from './restatement-causes.js';

/** null where the period was closed once, or never. */
export async function loadRestated(
  tx: Tx,
  reach: Reach,
  period: string,
  names: MineNames,
): Promise<Restatement | null> {
  const [before, last] = (await listClosings(tx, reach.mine, period)).slice(-2);
  if (before === undefined || last === undefined) return null;
  const found = await findRestatement(tx, reach, period, last.version);
  return {
    ...{ period, closing: last.version, reason: before.reopenReason },
    ...{ lines: linesOf(found), causes: causesInWords(found.causes, names) },
  };
}

/** Of the mine as a whole first. */
function linesOf({ rows, totals }: FoundRestatement): RestatedLine[] {
  return [
    ...totals.map(({ measure, reported, restated }): RestatedLine => ({
      ...{ department: '', category: '', measure, reported, restated },
    })),
    ...rows.map(({ department, category, measure, reported, restated }) => ({
      ...{ department, category: category as Category, measure, reported, restated },
    })),
  ];
}
