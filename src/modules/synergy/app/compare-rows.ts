import { ZERO, type Exact } from '../../../../analytics/kernel/exact.js';
import { compared, type Comparison, type Reason } from '../../../../analytics/synergy/compare.js';
import { MEASURES, inYuan, sumOf, type Measure, type Measures } from '../../../../analytics/synergy/measures.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import {
  rowKeys,
  sumCells,
  type CellQuestion,
  type CellSum,
  type RowKey,
  type StoredCalendar,
} from '../db/cell-queries.js';
import { PLANNED_DIMENSIONS, sumTargets, type PlannedDimension } from '../db/target-queries.js';
import { TIMES, thenPeriods, type AskedPeriods, type Time } from './compare-periods.js';

export const AGAINST = [...TIMES, 'plan'] as const;
export type Against = (typeof AGAINST)[number];

/** By measure: all of them over time, the planned ones against the plan. */
export type Comparisons = Readonly<Partial<Record<Measure, Comparison>>>;

/** A loaded comparison: answers what stands beside a row, and beside the total. */
export interface Yardstick {
  ofRow(row: CellSum): Comparisons;
  ofTotal(total: Measures): Comparisons;
}

const PERIOD_KEYS: ReadonlySet<string> = new Set<RowKey>(['period', 'priorPeriod']);
/** Before the first period of a table lies none; no row has this code. */
const NO_PERIOD = '-';

const keyText = (key: readonly string[]) => key.join('\u0000');

/**
 * CMP-1 over time. Where the period is among the dimensions, each row looks back from its own period, else from the range
 * as a whole; the total always does the latter.
 */
export async function loadThen(
  tx: Tx,
  mine: string,
  question: CellQuestion,
  calendar: StoredCalendar,
  asked: AskedPeriods,
  time: Time,
  print = inYuan,
): Promise<Yardstick> {
  const then = thenPeriods(calendar, asked, time);
  const names = rowKeys(question.by, question.view);
  const place = question.by.indexOf('period');
  const periods = new Set([...then.whole, ...(place < 0 ? [] : then.single)]);
  const sums = await sumCells(tx, mine, { ...question, periods: [...periods] });
  const byKey = new Map(sums.map((sum) => [keyText(sum.key), sum.measures]));
  const wholly = place < 0 ? sums : sums.filter(({ key }) => then.whole.has(key[place]!));
  const total = wholly.length === 0 ? null : sumOf(wholly.map(({ measures }) => measures));
  const lookBack = (key: readonly string[]) =>
    keyText(
      key.map((value, i) => (PERIOD_KEYS.has(names[i]!) && value !== '' ? (then.of(value) ?? NO_PERIOD) : value)),
    );
  return {
    ofRow: ({ key, measures }) => overTime(measures, byKey.get(lookBack(key)) ?? null, print),
    ofTotal: (measures) => overTime(measures, total, print),
  };
}

function overTime(now: Measures, then: Measures | null, print: typeof inYuan): Comparisons {
  return Object.fromEntries(
    MEASURES.map((measure) => [measure, compared(now[measure], then?.[measure] ?? null, 'missing', print)]),
  );
}

/**
 * CMP-1 against targets.csv: the measures that are planned anywhere in what was asked for. Targets are set by department,
 * period and category; by anything else there is `no_plan`.
 */
export async function loadPlan(tx: Tx, mine: string, question: CellQuestion, print = inYuan): Promise<Yardstick> {
  const { by, filter, periods } = question;
  const { item, nature, project, ...placed } = filter;
  const isPlannable = [item, nature, project].every((value) => value === undefined);
  const isByPlanned = by.every(isPlanned);
  const targets = await sumTargets(tx, mine, periods, placed, isByPlanned ? by : []);
  // A correction reported late has no plan of its own.
  const notPrior = rowKeys(by, question.view).includes('priorPeriod') ? [''] : [];
  const byKey = new Map<string, Exact>();
  const totals = new Map<Measure, Exact>();
  for (const { key, measure, amount } of targets) {
    byKey.set(keyText([...key, ...notPrior, measure]), amount);
    totals.set(measure, (totals.get(measure) ?? ZERO) + amount);
  }
  const against = (now: Measures, planOf: (measure: Measure) => Exact | undefined, reason: Reason): Comparisons =>
    Object.fromEntries(
      MEASURES.filter((measure) => totals.has(measure)).map((measure) => [
        measure,
        compared(now[measure], planOf(measure) ?? null, reason, print),
      ]),
    );
  const nothing = () => undefined;
  const isRowPlannable = isPlannable && isByPlanned;
  return {
    ofRow: ({ key, measures }) =>
      isRowPlannable
        ? against(measures, (measure) => byKey.get(keyText([...key, measure])), 'missing')
        : against(measures, nothing, 'no_plan'),
    ofTotal: (total) =>
      isPlannable ? against(total, (measure) => totals.get(measure), 'missing') : against(total, nothing, 'no_plan'),
  };
}

const isPlanned = (dimension: string): dimension is PlannedDimension =>
  PLANNED_DIMENSIONS.some((planned) => planned === dimension);
