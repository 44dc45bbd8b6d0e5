/** A folder computed without a database; it refuses what the door refuses, with the same codes and rows. */
import { Calendar, type Period } from '../../../analytics/kernel/calendar.js';
import { computeSynergy, valuedOn, type Inputs } from '../../../analytics/synergy/compute.js';
import { BaselineIndex, isValidOn } from '../../../analytics/synergy/match.js';
import * as references from '../../../analytics/synergy/reference-rules.js';
import { rollUp, type Dimension, type Row } from '../../../analytics/synergy/roll-up.js';
import type { CellIssue, Method } from '../../../analytics/synergy/types.js';
import { BUILT_IN_ITEMS } from '../rules/built-in-items.js';
import { checkRows, readValue, type Known, type ReadRow } from '../rules/check-rows.js';
import { FIRST_DAY, KINDS, LAST_DAY, columnOf, type Kind } from '../rules/columns.js';
import { METHOD_FILE, readMethod } from '../rules/method.js';
import { inOrder, type Problem } from '../rules/problem.js';
import { fileOf, readTables, unknownFiles, type RawTables } from './read-folder.js';
import { adjustmentOf, baselineOf, projectOf, rateOf, recordOf, volumeOf } from './typed-inputs.js';

/** The answer of `compute` and of `GET /synergy`. */
export interface Answer {
  readonly method: Method;
  readonly by: readonly Dimension[];
  readonly rows: readonly Row[];
  readonly total: Row['measures'];
  readonly issues: readonly CellIssue[];
}

export type Outcome = { readonly answer: Answer } | { readonly problems: readonly Problem[] };

/** Computes a folder (file name → bytes), or says everything that is wrong with it. */
export function computeFolder(files: ReadonlyMap<string, Uint8Array>, by: readonly Dimension[]): Outcome {
  const strangers = unknownFiles(files);
  if (strangers.length > 0) return { problems: inOrder(strangers) };
  const { tables, problems } = readTables(files);
  const method = readMethod(files.get(METHOD_FILE));
  problems.push(...method.problems);
  const rows = new Map<Kind, ReadRow[]>();
  for (const [kind, raw] of tables) {
    const checked = checkRows(kind, raw, knownIn(tables));
    rows.set(kind, checked.rows);
    problems.push(
      ...checked.problems.map((p) => ({
        file: fileOf(kind),
        row: p.rowNo,
        column: p.column,
        code: p.code,
        params: {},
      })),
    );
  }
  if (problems.length > 0) return { problems: inOrder(problems) };
  const of = (kind: Kind) => rows.get(kind) ?? [];
  const table = tables.has('periods') && of('periods').length > 0 ? of('periods').map(periodOf) : null;
  const inputs: Inputs = {
    calendar: new Calendar(table),
    projects: of('projects').map(projectOf),
    records: of('records').map(recordOf),
    baselines: of('baselines').map(baselineOf),
    volumes: of('activities').map(volumeOf),
    rates: of('rates').map(rateOf),
    adjustments: of('adjustments').map(adjustmentOf),
    method: method.value,
  };
  const conflicts = [...referenceProblems(of, table, inputs.calendar)];
  if (conflicts.length === 0) conflicts.push(...recordProblems(of('records'), inputs));
  if (conflicts.length > 0) return { problems: inOrder(conflicts) };
  const { cells, issues } = computeSynergy(inputs);
  return { answer: { method: inputs.method, by, ...rollUp(cells, by), issues } };
}

/** The codes a folder may name: those it brings and the built-in items. */
function knownIn(tables: RawTables): Known {
  const codes = (kind: Kind) => (tables.get(kind) ?? []).flatMap(({ values }) => values.code ?? []);
  const builtIn = BUILT_IN_ITEMS.map(({ code, nature }) => [code, nature] as const);
  const brought = (tables.get('items') ?? []).flatMap(({ values }) => {
    const nature = readValue(columnOf('items', 'nature'), values.nature ?? null, null).value ?? '';
    return values.code ? [[values.code, nature] as const] : [];
  });
  // Of an item stated twice the first row holds, the second is refused.
  const natures = new Map<string, string>([...builtIn, ...brought.reverse()]);
  return {
    codes: {
      departments: new Set(codes('departments')),
      items: new Set(natures.keys()),
      projects: new Set(codes('projects')),
    },
    itemNatures: natures,
  };
}

const periodOf = ({ read }: ReadRow): Period => ({ code: read.code!, start: read.start!, end: read.end! });

function* referenceProblems(
  of: (kind: Kind) => readonly ReadRow[],
  table: readonly Period[] | null,
  calendar: Calendar,
): Generator<Problem> {
  const placed = <T>(kind: Kind, read: (row: ReadRow) => T) =>
    of(kind).map((row) => ({ row: read(row), rowNo: row.rowNo }));
  const file = (kind: Kind, problems: readonly references.ReferenceProblem[]): Problem[] =>
    problems.map(({ rowNo, ...problem }) => ({ file: fileOf(kind), row: rowNo, ...problem }));
  // Everything dated hangs on the calendar: while it contradicts itself nothing else is said.
  const overlaps = file('periods', references.overlappingPeriods(placed('periods', periodOf)));
  if (overlaps.length > 0) return yield* overlaps;
  const baselines = placed('baselines', baselineOf);
  const departments = placed('departments', ({ read }) => ({ code: read.code!, parent: read.parent ?? null }));
  yield* file('departments', references.departmentCycles(departments));
  yield* file('rates', references.overlappingRates(placed('rates', rateOf)));
  yield* file('rates', references.cutPeriods(placed('rates', rateOf), table));
  yield* file('baselines', references.conflictingBaselines(baselines));
  const measured = baselines.filter(({ row }) => row.kind !== 'price');
  yield* file('baselines', references.cutPeriods(measured, table));
  for (const kind of KINDS) {
    for (const { rowNo, read } of of(kind)) {
      if (!read.period || isKnownPeriod(read.period, calendar)) continue;
      yield { file: fileOf(kind), row: rowNo, column: 'period', code: 'unknown_period', params: {} };
    }
  }
}

/** A code of the period table; of natural months only those in which a date may lie. */
function isKnownPeriod(code: string, calendar: Calendar): boolean {
  const period = calendar.ofCode(code);
  return period !== null && FIRST_DAY <= period.start && period.end <= LAST_DAY;
}

/** What can be wrong with a record only in the light of the tables around it; the door says it in SQL (valuation-sql.ts). */
function* recordProblems(rows: readonly ReadRow[], inputs: Inputs): Generator<Problem> {
  const index = new BaselineIndex(inputs.baselines, new Map(inputs.projects.map((p) => [p.code, p])));
  for (const row of rows) {
    const record = recordOf(row);
    const problem = (column: string, code: string): Problem => ({
      ...{ file: fileOf('records'), row: row.rowNo, column, code, params: {} },
    });
    const isDated = inputs.calendar.ofDate(record.date) !== null;
    const isPlaced = record.correctsPeriod === null || isKnownPeriod(record.correctsPeriod, inputs.calendar);
    if (!isDated) yield problem('date', 'unknown_period');
    if (!isPlaced) yield problem('corrects_period', 'unknown_period');
    if (!isPlaced) continue;
    const day = valuedOn(record, inputs.calendar);
    const takesRate = record.nature !== 'explicit' && record.quantity !== null;
    const rate = takesRate ? inputs.rates.find((r) => r.item === record.item && isValidOn(r, day)) : undefined;
    if (takesRate && !rate) yield problem('quantity', 'rate_missing');
    const units = [record.unit, index.match(record, day)?.unit, rate?.unit].filter((unit) => unit != null);
    if (new Set(units).size > 1) yield problem('unit', 'unit_mismatch');
  }
}
