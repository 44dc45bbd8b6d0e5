/**
 * The independent oracle: docs/calculation-spec.md read literally, record by record, in exact fractions. It shares nothing with
 * analytics/ or src/ and is slow on purpose. It takes a valid folder and checks none of the refusal rules.
 */
import { booksOf, type Books, type Method } from './naive/books.js';
import { exactDecimal, isZero, plus, shownYuan, ZERO } from './naive/fraction.js';
import { adjustmentLines, groupLines, MEASURES, type IssueCode, type Line, type Measure } from './naive/lines.js';
import { groupsOf } from './naive/matching.js';
import { reportedLines, type ReportedLine } from './naive/reported.js';
import type { Folder } from './naive/table.js';

export type { Folder, Measure, Method };
export { MEASURES };

export type Dimension = 'department' | 'period' | 'category' | 'item' | 'nature' | 'project';

/** Measures as shown: yuan, two decimals, half away from zero. */
export type Shown = Readonly<Record<Measure, string>>;
export type ExpectedRow = Readonly<Partial<Record<Dimension, string>> & { measures: Shown }>;
export type ReportedRow = ExpectedRow & { readonly priorPeriod?: string };

export interface Issue {
  readonly code: IssueCode;
  readonly department: string;
  readonly period: string;
  readonly category: string;
  readonly item: string;
  readonly nature: string;
  readonly baseline: string;
}

/** The JSON of `compute` (README.md). */
export interface Expected {
  readonly method: Method;
  readonly by: readonly Dimension[];
  readonly rows: readonly ExpectedRow[];
  readonly total: Shown;
  readonly issues: readonly Issue[];
}

export interface ExpectedReported extends Omit<Expected, 'rows' | 'issues'> {
  readonly rows: readonly ReportedRow[];
}

/** A line with each measure as an exact decimal of yuan without trailing zeros. */
export type NaiveLine = Readonly<Omit<Line, 'measures'> & { measures: Shown }>;

function byCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const gap = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (gap !== 0) return gap;
  }
  return left.length - right.length;
}

function inOrder<T>(things: Iterable<T>, keysOf: (thing: T) => readonly string[]): T[] {
  return [...things].sort((a, b) => {
    const others = keysOf(b);
    return keysOf(a).reduce((order, key, at) => order || byCodePoint(key, others[at] ?? ''), 0);
  });
}

/** RND-3: each sum is rounded from its own exact value. */
function shownSum(lines: readonly Line[]): Shown {
  const sum = (measure: Measure): string =>
    shownYuan(lines.reduce((so, line) => plus(so, line.measures[measure]), ZERO));
  return Object.fromEntries(MEASURES.map((measure) => [measure, sum(measure)])) as Record<Measure, string>;
}

/** One row per distinct key that any line has, in code point order of the key. */
function grouped<T extends Line>(
  lines: readonly T[],
  keysOf: (line: T) => readonly string[],
): [readonly string[], T[]][] {
  const groups = new Map<string, [readonly string[], T[]]>();
  for (const line of lines) {
    const keys = keysOf(line);
    const name = JSON.stringify(keys);
    const group = groups.get(name) ?? [keys, []];
    group[1].push(line);
    groups.set(name, group);
  }
  return inOrder(groups.values(), ([keys]) => keys);
}

const named = (names: readonly string[], keys: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name, at) => [name, keys[at] ?? '']));

function knownLines(books: Books): Line[] {
  return [...groupsOf(books).flatMap((group) => groupLines(books, group).lines), ...adjustmentLines(books)];
}

/** COV-0, COV-2, COV-3: what the groups raise. */
function groupIssues(books: Books): Issue[] {
  return groupsOf(books).flatMap((group) =>
    groupLines(books, group).issues.map((code) => ({
      code,
      department: group.department,
      period: group.period.code,
      category: group.baseline?.category ?? '',
      item: group.baseline?.item ?? '',
      nature: group.baseline?.nature ?? '',
      baseline: group.baseline?.code ?? '',
    })),
  );
}

/** GAI-1: a counted gain whose project saves in the same period, in any department, or whose voucher is a record's. */
function doubleCounts(books: Books, lines: readonly Line[]): Issue[] {
  const savesIn = (project: string, period: string): boolean => {
    const there = lines.filter((line) => line.project === project && line.period === period);
    return grouped(there, ({ department }) => [department]).some(
      ([, own]) => !isZero(own.reduce((sum, line) => plus(sum, line.measures.explicit_saving), ZERO)),
    );
  };
  const issues = new Map<string, Issue>();
  for (const { isGain, counts, project, period, voucher, department, category } of books.adjustments) {
    const sharesVoucher = voucher !== '' && books.records.some((record) => record.voucher === voucher);
    if (!isGain || !counts || !(sharesVoucher || (project !== '' && savesIn(project, period)))) continue;
    const place = { department, period, category, item: '', nature: '', baseline: '' };
    issues.set(JSON.stringify(place), { code: 'possible_double_count', ...place });
  }
  return [...issues.values()];
}

/** What `compute` must answer for a valid folder: as known now, grouped by the given dimensions. */
export function naive(folder: Folder, by: readonly Dimension[] = ['department', 'period', 'category']): Expected {
  const books = booksOf(folder);
  const lines = knownLines(books);
  const issues = [...groupIssues(books), ...doubleCounts(books, lines)];
  return {
    method: books.method,
    by,
    rows: grouped(lines, (line) => by.map((dimension) => line[dimension])).map(([keys, own]) => ({
      ...named(by, keys),
      measures: shownSum(own),
    })),
    total: shownSum(lines),
    issues: inOrder(issues, (issue) => [
      issue.department,
      issue.period,
      issue.category,
      issue.item,
      issue.nature,
      issue.code,
      issue.baseline,
    ]),
  };
}

const exactly = <T extends Line>(line: T): Omit<T, 'measures'> & { measures: Shown } => ({
  ...line,
  measures: Object.fromEntries(MEASURES.map((measure) => [measure, exactDecimal(line.measures[measure])])) as Shown,
});

const lineKeys = (line: Line): string[] => [
  line.department,
  line.period,
  line.category,
  line.item,
  line.nature,
  line.kind,
  line.id,
];

/** GRN-2: the lines as known now, by department, period, category, item, nature, kind and id. */
export function naiveLines(folder: Folder): NaiveLine[] {
  return inOrder(knownLines(booksOf(folder)), lineKeys).map(exactly);
}

/** COR-1 “as reported”: where `period` is among the dimensions, rows are keyed by priorPeriod too ('' for none). */
export function naiveReported(
  folder: Folder,
  by: readonly Dimension[] = ['department', 'period', 'category'],
): ExpectedReported {
  const books = booksOf(folder);
  const lines = reportedLines(books);
  const names = by.includes('period') ? [...by, 'priorPeriod' as const] : by;
  return {
    method: books.method,
    by,
    rows: grouped<ReportedLine>(lines, (line) => names.map((name) => line[name])).map(([keys, own]) => ({
      ...named(names, keys),
      measures: shownSum(own),
    })),
    total: shownSum(lines),
  };
}
