/**
 * From sums to cells (GRN-2). The service and the database-free command both call `cellsOfGroup`; nothing else computes a figure.
 */
import { ZERO } from '../kernel/exact.js';
import {
  NO_SUMS,
  addSums,
  baselineMeasures,
  expectsReport,
  issueOf,
  recordMeasures,
  standingOf,
  type Standing,
  type Sums,
  type Surroundings,
} from './group.js';
import { complete, difference, sumOf, type Measures } from './measures.js';
import type { Adjustment, Baseline, IssueCode, Method, Nature } from './types.js';

/** The records of a group that share a project and the period whose reports first showed them (COR-1). */
export interface GroupPart {
  readonly project: string;
  readonly reportedIn: string;
  readonly sums: Sums;
}

export interface Group {
  readonly nature: Nature;
  readonly baseline: Baseline | null;
  readonly period: string;
  readonly parts: readonly GroupPart[];
  readonly around: Surroundings;
}

export interface GroupCell {
  readonly project: string;
  readonly reportedIn: string;
  readonly measures: Measures;
}

export interface GroupResult {
  readonly cells: readonly GroupCell[];
  readonly issue: IssueCode | null;
}

/**
 * Computes a group. Its cells in any one `reportedIn` are what that period's reports added to the picture: the state with
 * everything reported so far, less the state before. All of them together are the figures as known now (COR-1).
 */
export function cellsOfGroup(group: Group, method: Method, startOf: (period: string) => string): GroupResult {
  const reportedIns = [...new Set([group.period, ...group.parts.map((part) => part.reportedIn)])].sort((a, b) =>
    startOf(a) < startOf(b) ? -1 : 1,
  );
  const cells: GroupCell[] = [];
  let before = new Map<string, Measures>();
  for (const reportedIn of reportedIns) {
    const known = group.parts.filter((part) => startOf(part.reportedIn) <= startOf(reportedIn));
    const now = stateOf(group, known, method);
    for (const project of new Set([...now.keys(), ...before.keys()])) {
      const hasLine = known.some((part) => part.project === project && part.reportedIn === reportedIn);
      const change = difference(now.get(project) ?? nothing(method), before.get(project) ?? nothing(method));
      const isFirst = !before.has(project);
      if (isFirst || hasLine || Object.values(change).some((value) => value !== ZERO)) {
        cells.push({ project, reportedIn, measures: change });
      }
    }
    before = now;
  }
  return { cells, issue: issueOf(...standing(group, group.parts)) };
}

/** The measures of a group's cells by project, from the parts known so far. */
function stateOf(group: Group, parts: readonly GroupPart[], method: Method): Map<string, Measures> {
  if (parts.length === 0 && !(group.baseline && expectsReport(group.baseline))) return new Map();
  const [stand] = standing(group, parts);
  const byProject = new Map<string, Measures[]>();
  const put = (project: string, measures: Measures) =>
    byProject.set(project, [...(byProject.get(project) ?? []), measures]);
  for (const part of parts) {
    put(part.project, complete(recordMeasures(group.nature, stand, part.sums, group.around.rate), method));
  }
  const ofBaseline = baselineMeasures(group.nature, stand);
  if (ofBaseline) put(group.baseline!.project ?? '', complete(ofBaseline, method));
  return new Map([...byProject].map(([project, measures]) => [project, sumOf(measures)]));
}

function standing(group: Group, parts: readonly GroupPart[]): [Standing, Sums] {
  const totals = parts.reduce((sum, part) => addSums(sum, part.sums), NO_SUMS);
  return [standingOf(group.baseline, totals, group.around), totals];
}

const nothing = (method: Method): Measures => complete({}, method);

/** GAI-1, TUR-2: an adjustment counts when realised and confirmed by finance. */
export function counts(adjustment: Pick<Adjustment, 'recognition' | 'status'>): boolean {
  return adjustment.recognition === 'realised' && adjustment.status === 'confirmed';
}

/** The adjustment line (GRN-2). */
export function adjustmentMeasures(
  adjustment: Pick<Adjustment, 'kind' | 'amount' | 'recognition' | 'status'>,
  method: Method,
): Measures {
  if (!counts(adjustment)) return complete({}, method);
  return complete(adjustment.kind === 'gain' ? { gains: adjustment.amount } : { inputs: adjustment.amount }, method);
}
