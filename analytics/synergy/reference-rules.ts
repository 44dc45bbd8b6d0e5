/**
 * What reference rows must say together: baselines that would both match (BAS-2), validity that cuts a period (BAS-3),
 * overlapping rates and periods, departments above themselves. Few rows, so they are compared in memory, for the door and
 * the database-free command alike.
 */
import { naturalMonth, type Period } from '../kernel/calendar.js';
import type { Baseline, Rate } from './types.js';

/** A row with its place: its row number in the file being read, or null where the mine already had it. */
export interface Placed<Row> {
  readonly row: Row;
  readonly rowNo: number | null;
}

export interface ReferenceProblem {
  readonly rowNo: number;
  readonly column: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
}

interface Range {
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

const FIRST = '0000-01-01';
const LAST = '9999-12-31';

/** True when two validity ranges share a day. */
function overlap(a: Range, b: Range): boolean {
  return (a.validFrom ?? FIRST) <= (b.validTo ?? LAST) && (b.validFrom ?? FIRST) <= (a.validTo ?? LAST);
}

/** Of two rows that cannot both stand, the one being read is wrong, or the later one. */
function later<Row>(a: Placed<Row>, b: Placed<Row>): { wrong: Placed<Row>; other: Placed<Row> } {
  return (a.rowNo ?? 0) >= (b.rowNo ?? 0) ? { wrong: a, other: b } : { wrong: b, other: a };
}

function pairs<Row>(rows: readonly Placed<Row>[], keyOf: (row: Row) => string): [Placed<Row>, Placed<Row>][] {
  const groups = new Map<string, Placed<Row>[]>();
  for (const placed of rows) {
    const group = groups.get(keyOf(placed.row));
    if (group) group.push(placed);
    else groups.set(keyOf(placed.row), [placed]);
  }
  return [...groups.values()].flatMap((group) =>
    group.flatMap((a, i) => group.slice(i + 1).map((b): [Placed<Row>, Placed<Row>] => [a, b])),
  );
}

/** BAS-2: equally specific baselines, and a project's baseline beside a department's norm, quantity or amount. */
export function conflictingBaselines(baselines: readonly Placed<Baseline>[]): ReferenceProblem[] {
  const problems: ReferenceProblem[] = [];
  for (const [a, b] of pairs(baselines, (row) => [row.category, row.item, row.nature].join('\u0000'))) {
    if (a.rowNo === null && b.rowNo === null) continue;
    const code = conflictOf(a.row, b.row);
    if (code === null || !overlap(a.row, b.row)) continue;
    const { wrong, other } = later(a, b);
    problems.push({ rowNo: wrong.rowNo!, column: 'code', code, params: { other: other.row.code } });
  }
  return problems;
}

function conflictOf(a: Baseline, b: Baseline): string | null {
  if (a.project === b.project && a.department === b.department) return 'baseline_overlap';
  const [withProject, without] = a.project === null ? [b, a] : [a, b];
  if (withProject.project === null || without.project !== null || without.kind === 'price') return null;
  const isSameDepartment = withProject.department === null || withProject.department === without.department;
  return isSameDepartment ? 'baseline_beside_project' : null;
}

export function overlappingRates(rates: readonly Placed<Rate>[]): ReferenceProblem[] {
  return pairs(rates, (row) => row.item).flatMap(([a, b]) => {
    if ((a.rowNo === null && b.rowNo === null) || !overlap(a.row, b.row)) return [];
    const { wrong, other } = later(a, b);
    const params = { item: other.row.item, valid_from: other.row.validFrom ?? '' };
    return [{ rowNo: wrong.rowNo!, column: 'valid_from', code: 'rate_overlap', params }];
  });
}

/** GRN-1: periods never overlap. */
export function overlappingPeriods(periods: readonly Placed<Period>[]): ReferenceProblem[] {
  const sorted = [...periods].sort((a, b) => (a.row.start < b.row.start ? -1 : 1));
  return sorted.slice(1).flatMap((next, i) => {
    const previous = sorted[i]!;
    if (next.row.start > previous.row.end || (next.rowNo === null && previous.rowNo === null)) return [];
    const { wrong, other } = later(previous, next);
    return [{ rowNo: wrong.rowNo!, column: 'start', code: 'period_overlap', params: { other: other.row.code } }];
  });
}

/**
 * BAS-3: rates and norm, quantity and amount baselines start and end on period boundaries. `table` is null for natural months.
 */
export function cutPeriods<Row extends Range>(
  rows: readonly Placed<Row>[],
  table: readonly Period[] | null,
): ReferenceProblem[] {
  const periodOf = (date: string) =>
    table === null ? naturalMonth(date) : table.find((period) => period.start <= date && date <= period.end);
  return rows.flatMap(({ row, rowNo }) => {
    if (rowNo === null) return [];
    const problems: ReferenceProblem[] = [];
    const first = row.validFrom === null ? undefined : periodOf(row.validFrom);
    const last = row.validTo === null ? undefined : periodOf(row.validTo);
    const cut = (column: string, boundary: string) =>
      problems.push({ rowNo, column, code: 'not_on_period_boundary', params: { boundary } });
    if (first && row.validFrom !== first.start) cut('valid_from', first.start);
    if (last && row.validTo !== last.end) cut('valid_to', last.end);
    return problems;
  });
}

/** Departments form a tree: none stands above itself. */
export function departmentCycles(
  departments: readonly Placed<{ readonly code: string; readonly parent: string | null }>[],
): ReferenceProblem[] {
  const parents = new Map(departments.map(({ row }) => [row.code, row.parent]));
  return departments.flatMap(({ row, rowNo }) => {
    if (rowNo === null) return [];
    const seen = new Set([row.code]);
    for (let at = row.parent; at !== null; at = parents.get(at) ?? null) {
      if (at === row.code) return [{ rowNo, column: 'parent', code: 'department_cycle', params: {} }];
      if (seen.has(at)) return [];
      seen.add(at);
    }
    return [];
  });
}
