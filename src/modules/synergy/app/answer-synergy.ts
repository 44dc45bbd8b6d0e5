import { ratiosOf, type PeriodRange, type Ratios } from '../../../../analytics/synergy/compare.js';
import {
  inYuan,
  shown,
  sumOf,
  type Measure,
  type Measures,
  type PrintedAmount,
} from '../../../../analytics/synergy/measures.js';
import type { Dimension } from '../../../../analytics/synergy/roll-up.js';
import { headline, periodWords } from '../../../../analytics/synergy/headline.js';
import type { CellIssue, Method } from '../../../../analytics/synergy/types.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { mapInSlices } from '../../../platform/limits/in-slices.js';
import type { CellFilter } from '../db/cell-queries-filter.js';
import {
  hasClosing,
  loadFacts,
  loadIssues,
  loadMethodVersion,
  rowKeys,
  sumCells,
  type CellQuestion,
  type CellSum,
  type ClosingAsked,
  type MineFacts,
  type RowKey,
  type View,
} from '../db/cell-queries.js';
import { askedPeriods, type AskedPeriods } from './compare-periods.js';
import { loadPlan, loadThen, type Against, type Comparisons, type Yardstick } from './compare-rows.js';

export interface SynergyQuestion {
  /** null: every period. */
  readonly periods: PeriodRange | null;
  readonly filter: CellFilter;
  readonly by: readonly Dimension[];
  readonly against: readonly Against[];
  readonly view: View;
  /** Which closing of the one period asked for, as reported; absent: its last. */
  readonly closing?: number;
  /** Most rows that are answered; absent: all. */
  readonly maxRows?: number;
  /** How amounts are printed; absent: in yuan. */
  readonly print?: PrintedAmount;
}

/** COV-4: `complete` is for departments that have declared a period's reporting complete. */
export const STATES = ['provisional', 'complete', 'closed'] as const;
export type State = (typeof STATES)[number];

export type Compare = Readonly<Partial<Record<Against, Comparisons>>>;

export type SynergyRow = Readonly<Partial<Record<RowKey, string>>> & {
  readonly measures: Readonly<Record<Measure, string>>;
  readonly ratios: Ratios;
  readonly state: State;
  readonly compare?: Compare;
};

/** The keys of `compute` with the same values, and what only the service knows. Money and ratios are texts. */
export interface SynergyAnswer {
  readonly method: Method;
  readonly by: readonly Dimension[];
  readonly rows: readonly SynergyRow[];
  readonly total: Readonly<Record<Measure, string>>;
  readonly issues: readonly CellIssue[];
  /** The newest method that the figures were computed by, and the oldest: closed periods keep their own. */
  readonly methodVersion: number;
  readonly oldestMethodVersion: number;
  readonly dataVersion: string;
  readonly asOf: View;
  readonly totalRatios: Ratios;
  readonly totalState: State;
  readonly totalCompare?: Compare;
  /** VAL-2: only of the whole mine. */
  readonly headline?: { readonly zh: string; readonly en: string };
}

/** What every question about stored cells needs first. */
export interface Standpoint extends MineFacts {
  readonly asked: AskedPeriods;
  readonly cells: CellQuestion;
}

/**
 * Makes this transaction see one state of the data, then finds the version of that state and the periods asked for.
 * @throws AppError `no_such_period`, `period_range_reversed`, `closing_of_one_period`, `no_such_closing`
 */
export async function takeStandpoint(
  tx: Tx,
  mine: string,
  { periods, filter, by, view, closing: version, maxRows }: Omit<SynergyQuestion, 'against' | 'print'>,
): Promise<Standpoint> {
  await tx.rows('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
  const facts = await loadFacts(tx, mine);
  const asked = askedPeriods(facts.calendar, periods);
  const closed = facts.calendar.periods.filter(({ status }) => status === 'closed');
  const closedPeriods = closed.map(({ code }) => code);
  const closing = version === undefined ? null : closingOf(periods, view, version);
  if (closing !== null && !(await hasClosing(tx, mine, closing))) {
    throw new AppError('not_found', 'no_such_closing', { period: closing.period, version: String(version) });
  }
  const within = maxRows === undefined ? {} : { maxRows };
  return { ...facts, asked, cells: { periods: asked.codes, filter, by, view, closedPeriods, closing, ...within } };
}

function closingOf(periods: PeriodRange | null, view: View, version: number): ClosingAsked {
  if (view !== 'reported' || periods === null || periods.from !== periods.to) {
    throw new AppError('malformed', 'closing_of_one_period');
  }
  return { period: periods.from, version };
}

/** By which methods some figures were computed; where there are none, the one they would be. */
export async function methodsUsed(
  tx: Tx,
  mine: string,
  { method, methodVersion }: MineFacts,
  sums: readonly CellSum[],
): Promise<Pick<SynergyAnswer, 'method' | 'methodVersion' | 'oldestMethodVersion'>> {
  if (sums.length === 0) return { method, methodVersion, oldestMethodVersion: methodVersion };
  const oldest = Math.min(...sums.map(({ methods }) => methods[0]));
  const newest = Math.max(...sums.map(({ methods }) => methods[1]));
  return {
    method: newest === methodVersion ? method : await loadMethodVersion(tx, mine, newest),
    methodVersion: newest,
    oldestMethodVersion: oldest,
  };
}

/**
 * The rows, total and issues of `GET /synergy`, from stored cells.
 * @throws AppError `no_such_period`, `period_range_reversed`, `closing_of_one_period`, `no_such_closing`, `answer_too_large`
 */
export async function answerSynergy(tx: Tx, mine: string, question: SynergyQuestion): Promise<SynergyAnswer> {
  const { print = inYuan } = question;
  const from = await takeStandpoint(tx, mine, question);
  const sums = await sumCells(tx, mine, from.cells);
  const issues = question.view === 'known' ? await loadIssues(tx, mine, from.cells.periods, question.filter) : [];
  const beside = await loadYardsticks(tx, mine, question, from);

  const total = sumOf(sums.map(({ measures }) => measures));
  const { method, ...versions } = await methodsUsed(tx, mine, from, sums);
  return {
    method,
    by: question.by,
    rows: await presentRows(sums, rowKeys(question.by, question.view), beside, print),
    total: shown(total, print),
    issues,
    ...versions,
    dataVersion: from.dataVersion,
    asOf: question.view,
    totalRatios: ratiosOf(total),
    totalState: stateOf({
      isClosed: sums.length > 0 && sums.every(({ isClosed }) => isClosed),
      isComplete: sums.length > 0 && sums.every(({ isComplete }) => isComplete),
    }),
    ...(beside.length > 0 ? { totalCompare: compare(beside, (yardstick) => yardstick.ofTotal(total)) } : {}),
    ...(Object.keys(question.filter).length === 0 ? { headline: headlineOf(total, from.asked, method) } : {}),
  };
}

type Yardsticks = readonly (readonly [Against, Yardstick])[];

async function loadYardsticks(tx: Tx, mine: string, question: SynergyQuestion, from: Standpoint): Promise<Yardsticks> {
  const { calendar, asked, cells } = from;
  const { print } = question;
  const yardsticks: [Against, Yardstick][] = [];
  for (const against of question.against) {
    const isPlan = against === 'plan';
    const loading = isPlan
      ? loadPlan(tx, mine, cells, print)
      : loadThen(tx, mine, cells, calendar, asked, against, print);
    yardsticks.push([against, await loading]);
  }
  return yardsticks;
}

function presentRows(
  sums: readonly CellSum[],
  names: readonly RowKey[],
  beside: Yardsticks,
  print: PrintedAmount,
): Promise<SynergyRow[]> {
  return mapInSlices(sums, (sum) => ({
    ...(Object.fromEntries(names.map((name, i) => [name, sum.key[i]])) as Partial<Record<RowKey, string>>),
    measures: shown(sum.measures, print),
    ratios: ratiosOf(sum.measures),
    state: stateOf(sum),
    ...(beside.length > 0 ? { compare: compare(beside, (yardstick) => yardstick.ofRow(sum)) } : {}),
  }));
}

const compare = (beside: Yardsticks, of: (yardstick: Yardstick) => Comparisons): Compare =>
  Object.fromEntries(beside.map(([against, yardstick]) => [against, of(yardstick)]));

/** The weakest state of the departments and periods in it. */
const stateOf = ({ isClosed, isComplete }: Pick<CellSum, 'isClosed' | 'isComplete'>): State =>
  isClosed ? 'closed' : isComplete ? 'complete' : 'provisional';

const headlineOf = (total: Measures, { range }: AskedPeriods, method: Method) =>
  headline(total, method, periodWords(range === null ? [] : [range.from, range.to]));
