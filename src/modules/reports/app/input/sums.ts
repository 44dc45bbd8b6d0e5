/** Stored cells and targets added up as a report needs them, as reported (COR-1). */
import { byTexts } from '../../../../../analytics/kernel/order.js';
import type { ItemSum, MonthSum, PlanSum } from '../../../../../analytics/report/input.js';
import type { Category, Nature } from '../../../../../analytics/synergy/types.js';
import type { Tx } from '../../../../platform/database/unit-of-work.js';
import { sumCells, sumTargets, type CellSum, type Standpoint } from '../../../synergy/index.js';

const OF_MONTHS = ['period', 'department', 'category'] as const;
const OF_ITEMS = ['department', 'category', 'item', 'nature'] as const;

/** By the period that reported them, department and category. */
export interface MonthSums {
  readonly months: readonly MonthSum[];
  /** Of the same cells, with the methods that they were computed by. */
  readonly sums: readonly CellSum[];
}

export async function loadMonths(
  tx: Tx,
  mine: string,
  { cells }: Standpoint,
  periods: readonly string[],
): Promise<MonthSums> {
  const sums = await sumCells(tx, mine, { ...cells, periods, by: OF_MONTHS });
  const months = sums.map(({ key, measures }) => {
    const [period, department, category, priorPeriod] = key as [string, string, Category, string];
    return { period, priorPeriod, department, category, measures };
  });
  return { months, sums };
}

export async function loadItems(
  tx: Tx,
  mine: string,
  { cells }: Standpoint,
  periods: readonly string[],
): Promise<ItemSum[]> {
  const sums = await sumCells(tx, mine, { ...cells, periods, by: OF_ITEMS });
  return sums.map(({ key, measures }) => {
    const [department, category, item, nature] = key as [string, Category, string, Nature | ''];
    return { department, category, item, nature, measures };
  });
}

/** CMP-1: targets, by period, department, category and measure. */
export async function loadPlan(tx: Tx, mine: string, periods: readonly string[]): Promise<PlanSum[]> {
  const targets = await sumTargets(tx, mine, periods, {}, OF_MONTHS);
  const plan = targets.map(({ key, measure, amount }) => {
    const [period, department, category] = key as [string, string, Category];
    return { period, department, category, measure, amount };
  });
  const order = ({ period, department, category, measure }: PlanSum) => [period, department, category, measure];
  return plan.sort((a, b) => byTexts(order(a), order(b)));
}
