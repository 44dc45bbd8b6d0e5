import { exact, times } from '../../../../analytics/kernel/exact.js';
import { invariant } from '../../../../analytics/kernel/invariant.js';
import type { Output, ReportInput } from '../../../../analytics/report/input.js';
import { periodsIn } from '../../../../analytics/report/periods-in.js';
import type { PeriodRange } from '../../../../analytics/synergy/compare.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Reach } from '../../mines/index.js';
import { methodsUsed, takeStandpoint, type CellSum, type Standpoint } from '../../synergy/index.js';
import { loadBaselinesUsed } from '../db/input/baselines-used.js';
import { loadBought } from '../db/input/bought-items.js';
import { loadLeftOut } from '../db/input/left-out-adjustments.js';
import { loadNames } from '../db/input/names.js';
import { loadOutput } from '../db/input/output-volumes.js';
import type { OutputDriver } from '../db/settings-queries.js';
import { loadBasket } from './input/basket.js';
import { loadCauses, loadIssueLines } from './input/causes.js';
import { loadRestated } from './input/restated.js';
import { periodsOfSpans, spansOf, type SpansAsked } from './input/spans.js';
import { loadStanding, sealedBasis, type Standing } from './input/standing.js';
import { loadParentsWithCells, loadPlan, loadSums, type StoredPeriods } from './input/sums.js';

export interface ReportQuestion {
  readonly periods: PeriodRange;
  /** Of the report: 1 is its first final one, 0 a draft. */
  readonly version: number;
}

/** What the mine keeps for its reports, beside the figures. */
export interface KeptForReport extends Pick<ReportInput, 'controlItems' | 'officeTexts'> {
  readonly outputDriver: OutputDriver | null;
}

/** What is found first: which periods there are, and how they stand. */
interface Asked {
  readonly mine: string;
  readonly from: Standpoint;
  readonly spans: SpansAsked;
  readonly standing: Standing;
  readonly stored: StoredPeriods;
}

/**
 * Everything that a report of the whole mine is made from, as reported (COR-1), read in one moment: it makes the
 * transaction one that sees a single state and writes nothing. Whoever reads what is kept in the same transaction says
 * so first.
 * @throws AppError `no_such_period`, `period_range_reversed`
 */
export async function loadReportInput(
  tx: Tx,
  reach: Reach,
  question: ReportQuestion,
  { controlItems, officeTexts, outputDriver }: KeptForReport,
): Promise<ReportInput> {
  invariant(reach.departments === null, 'a report is of the whole mine');
  const asked = await takeQuestion(tx, reach.mine, question.periods);
  const { mine, spans, standing, stored } = asked;
  const { ofNow, ...sums } = await loadSums(tx, mine, asked.from, stored);
  const { now } = spans;
  const names = await loadNames(tx, mine);
  return {
    ...names,
    ...{ controlItems, officeTexts, version: question.version },
    ...{ state: standing.state, date: standing.date, basis: await loadBasis(tx, asked, ofNow) },
    ...{ ...sums, spans: withData(asked, sums) },
    parentsWithCells: await loadParentsWithCells(tx, mine, asked.from, stored.all, names.departments),
    ...(await loadPlan(tx, mine, stored)),
    ...(await loadFactors(tx, asked)),
    output: await outputOf(tx, asked, outputDriver),
    ...(await loadCauses(tx, reach, standing.closings, now.to)),
    issues: await loadIssueLines(tx, mine, standing.closings, stored.now),
    leftOut: await loadLeftOut(tx, mine, stored.now),
    baselines: await loadBaselinesUsed(tx, mine, stored.now, standing.closedAt),
    restatement: now.from === now.to ? await loadRestated(tx, reach, now.to, names) : null,
  };
}

async function takeQuestion(tx: Tx, mine: string, periods: PeriodRange): Promise<Asked> {
  const from = await takeStandpoint(tx, mine, { periods, filter: {}, by: [], view: 'reported' });
  const spans = spansOf(from.asked.order, periods);
  const known = from.calendar.periods.map(({ code }) => code);
  const storedOf = (codes: ReadonlySet<string>) => known.filter((code) => codes.has(code));
  const storedWithin = (range: PeriodRange | null) => storedOf(new Set(range === null ? [] : periodsIn(spans, range)));
  const stored = {
    all: storedOf(periodsOfSpans(spans)),
    now: from.asked.codes,
    previous: storedWithin(spans.previous),
    lastYear: storedWithin(spans.lastYear),
    cumulative: storedWithin(spans.cumulative),
  };
  const standing = await loadStanding(tx, mine, { periods: stored.now, last: periods.to });
  return { mine, from, spans, standing, stored };
}

/** CMP-1: a period without any cell is missing, and not zero. */
function withData({ spans, stored }: Asked, { months }: Pick<ReportInput, 'months'>): ReportInput['spans'] {
  const withCells = new Set(months.map(({ period }) => period));
  return { ...spans, withData: new Set(stored.all.filter((period) => withCells.has(period))) };
}

/** The method is that of the report's own figures. */
async function loadBasis(
  tx: Tx,
  { mine, from, standing }: Asked,
  ofNow: readonly CellSum[],
): Promise<ReportInput['basis']> {
  return { ...(await methodsUsed(tx, mine, from, ofNow)), ...sealedBasis(standing, from.dataVersion) };
}

/** FAC-1 to FAC-3, IDX-1. */
async function loadFactors(tx: Tx, { mine, stored }: Asked): Promise<Pick<ReportInput, 'basket' | 'bought'>> {
  const basket = await loadBasket(tx, mine, stored.now);
  const [now, previous] = await loadBought(tx, mine, [stored.now, stored.previous]);
  return { basket, bought: { now: now!, previous: previous! } };
}

async function outputOf(tx: Tx, { mine, stored }: Asked, output: OutputDriver | null): Promise<Output | null> {
  if (output === null) return null;
  const { driver, basis, tonnesPerUnit } = output;
  const volumes = await loadOutput(tx, mine, driver, stored.all);
  const tonnes = [...volumes].map(([period, volume]) => [period, times(volume, exact(tonnesPerUnit))] as const);
  return { basis, tonnes: new Map(tonnes) };
}
