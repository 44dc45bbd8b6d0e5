/** The whole calculation over a set of records in memory, “as known now”. */
import { Calendar } from '../kernel/calendar.js';
import { ZERO, type Exact } from '../kernel/exact.js';
import { byTexts } from '../kernel/order.js';
import { invariant } from '../kernel/invariant.js';
import { adjustmentMeasures, cellsOfGroup, counts, type Group, type GroupPart } from './cells.js';
import { NO_SUMS, addSums, expectsReport, type Sums } from './group.js';
import { BaselineIndex, isApproved, isValidOn } from './match.js';
import type { Measures } from './measures.js';
import type { Adjustment, Baseline, CellIssue, CostRecord, Method, Nature, Project, Rate, Volume } from './types.js';

export interface Inputs {
  readonly calendar: Calendar;
  readonly projects: readonly Project[];
  readonly records: readonly CostRecord[];
  readonly baselines: readonly Baseline[];
  readonly volumes: readonly Volume[];
  readonly rates: readonly Rate[];
  readonly adjustments: readonly Adjustment[];
  readonly method: Method;
}

/** A cell (GRN-2) with its measures in yuan, exact; '' is "none". */
export interface Cell {
  readonly department: string;
  readonly period: string;
  readonly category: string;
  readonly item: string;
  readonly nature: string;
  readonly project: string;
  readonly baseline: string;
  readonly measures: Measures;
}

export interface Computed {
  readonly cells: readonly Cell[];
  readonly issues: readonly CellIssue[];
}

interface OpenGroup {
  readonly department: string;
  readonly period: string;
  readonly category: string;
  readonly item: string;
  readonly nature: Nature;
  readonly baseline: Baseline | null;
  readonly parts: Map<string, Sums>;
}

export function computeSynergy(inputs: Inputs): Computed {
  const groups = gatherGroups(inputs);
  addUnreported(inputs, groups);
  const volumes = new Map(inputs.volumes.map((v) => [[v.department, v.period, v.driver].join('\u0000'), v.actual]));
  const cells: Cell[] = [];
  const issues: CellIssue[] = [];
  for (const open of groups.values()) {
    const { department, period, category, item, nature, baseline } = open;
    const parts: GroupPart[] = [...open.parts].map(([project, sums]) => ({ project, reportedIn: period, sums }));
    const volume = volumes.get([department, period, baseline?.driver ?? ''].join('\u0000')) ?? null;
    const group: Group = {
      nature,
      baseline,
      period,
      parts,
      around: { volume, rate: rateOf(inputs, item, period) },
    };
    const dimensions = { department, period, category, item, nature, baseline: baseline?.code ?? '' };
    const result = cellsOfGroup(group, inputs.method, (code) => code);
    for (const { project, measures } of result.cells) cells.push({ ...dimensions, project, measures });
    if (result.issue) issues.push({ code: result.issue, ...dimensions });
  }
  for (const adjustment of inputs.adjustments) cells.push(adjustmentCell(adjustment, inputs.method));
  issues.push(...doubleCounts(inputs, cells));
  return { cells, issues: sortedIssues(issues) };
}

/** COR-1: the day whose baselines, volumes, rates and project approval a record is valued with. */
export function valuedOn(record: Pick<CostRecord, 'date' | 'correctsPeriod'>, calendar: Calendar): string {
  if (record.correctsPeriod === null) return record.date;
  const period = calendar.ofCode(record.correctsPeriod);
  invariant(period !== null, 'the corrected period was checked at intake');
  return period.end;
}

/** What one record adds to the sums of its cell; `isProjectApproved` on the day it is valued (TUR-1). */
export function sumsOfRecord(
  record: Pick<CostRecord, 'nature' | 'quantity' | 'amount' | 'isInternal'>,
  isProjectApproved: boolean,
): Sums {
  const amount: Exact = record.amount ?? ZERO;
  const internal = record.nature === 'explicit' && record.isInternal ? amount : ZERO;
  const shared = { internal, turnover: isProjectApproved ? internal : ZERO };
  return record.quantity === null
    ? { ...NO_SUMS, ...shared, unquantified: 1, amountOfUnquantified: amount }
    : { ...NO_SUMS, ...shared, quantified: 1, quantity: record.quantity, amountOfQuantified: amount };
}

function gatherGroups(inputs: Inputs): Map<string, OpenGroup> {
  const projects = new Map(inputs.projects.map((project) => [project.code, project]));
  const index = new BaselineIndex(inputs.baselines, projects);
  const groups = new Map<string, OpenGroup>();
  for (const record of inputs.records) {
    const day = valuedOn(record, inputs.calendar);
    const period = inputs.calendar.ofDate(day);
    invariant(period !== null, 'the date was checked at intake');
    const baseline = index.match(record, day);
    const group = openGroup(groups, { ...record, period: period.code, baseline });
    const isProjectApproved = record.project !== null && isApproved(projects.get(record.project), day);
    const project = record.project ?? '';
    const sums = sumsOfRecord(record, isProjectApproved);
    group.parts.set(project, addSums(group.parts.get(project) ?? NO_SUMS, sums));
  }
  return groups;
}

function openGroup(groups: Map<string, OpenGroup>, of: Omit<OpenGroup, 'parts'>): OpenGroup {
  const { department, period, category, item, nature, baseline } = of;
  const key = [department, period, category, item, nature, baseline?.code ?? ''].join('\u0000');
  let group = groups.get(key);
  if (!group) {
    group = { department, period, category, item, nature, baseline, parts: new Map<string, Sums>() };
    groups.set(key, group);
  }
  return group;
}

/** COV-3: baselines without project that cover a period in which anything at all was reported, but nothing against them. */
function addUnreported(inputs: Inputs, groups: Map<string, OpenGroup>): void {
  const periods = new Set([
    ...[...groups.values()].map((group) => group.period),
    ...inputs.volumes.map((volume) => volume.period),
    ...inputs.adjustments.map((adjustment) => adjustment.period),
  ]);
  for (const code of periods) {
    const period = inputs.calendar.ofCode(code)!;
    for (const baseline of inputs.baselines) {
      if (!expectsReport(baseline) || !isValidOn(baseline, period.start) || !isValidOn(baseline, period.end)) continue;
      openGroup(groups, { ...baseline, department: baseline.department!, period: code, baseline });
    }
  }
}

function rateOf(inputs: Inputs, item: string, periodCode: string): Exact | null {
  const period = inputs.calendar.ofCode(periodCode)!;
  return inputs.rates.find((rate) => rate.item === item && isValidOn(rate, period.end))?.rate ?? null;
}

function adjustmentCell(adjustment: Adjustment, method: Method): Cell {
  const { department, period, category } = adjustment;
  const measures = adjustmentMeasures(adjustment, method);
  return {
    department,
    period,
    category,
    item: '',
    nature: '',
    project: adjustment.project ?? '',
    baseline: '',
    measures,
  };
}

/** GAI-1: a gain that counts and whose project also saves, or whose voucher is also a record's. */
function doubleCounts(inputs: Inputs, cells: readonly Cell[]): CellIssue[] {
  const saved = new Map<string, Exact>();
  for (const cell of cells) {
    const key = [cell.period, cell.project, cell.department].join('\u0000');
    saved.set(key, (saved.get(key) ?? ZERO) + cell.measures.explicit_saving);
  }
  const savingProjects = new Set(
    [...saved].filter(([, amount]) => amount !== ZERO).map(([key]) => key.split('\u0000', 2).join('\u0000')),
  );
  const vouchers = new Set(inputs.records.map((record) => record.voucher));
  return inputs.adjustments
    .filter((a) => a.kind === 'gain' && counts(a))
    .filter(
      (a) =>
        (a.project !== null && savingProjects.has([a.period, a.project].join('\u0000'))) ||
        (a.voucher !== null && vouchers.has(a.voucher)),
    )
    .map(({ department, period, category }) => ({
      code: 'possible_double_count',
      ...{ department, period, category, item: '', nature: '', baseline: '' },
    }));
}

/** One issue per code and group, sorted by dimensions, then code, then baseline. */
export function sortedIssues(issues: readonly CellIssue[]): CellIssue[] {
  const order = (i: CellIssue) => [i.department, i.period, i.category, i.item, i.nature, i.code, i.baseline];
  const unique = new Map(issues.map((issue) => [order(issue).join('\u0000'), issue]));
  return [...unique.values()].sort((a, b) => byTexts(order(a), order(b)));
}
