import {
  conflictingBaselines,
  cutPeriods,
  departmentCycles,
  overlappingPeriods,
  overlappingRates,
  type Placed,
  type ReferenceProblem,
} from '../../../../analytics/synergy/reference-rules.js';
import { ZERO } from '../../../../analytics/kernel/exact.js';
import type { Period } from '../../../../analytics/kernel/calendar.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { BASELINE_COLUMNS, baselineOf, type BaselineRow } from '../../synergy/index.js';
import type { ReferenceKind } from '../db/reference-tables.js';
import type { ReferenceChange } from './apply-reference.js';

export type PlacedProblem = ReferenceProblem & { readonly kind: ReferenceKind };

/** Checks reference rows, once applied, against one another and against what the mine already had. */
export async function checkReferences(
  tx: Tx,
  mine: string,
  changes: readonly ReferenceChange[],
): Promise<PlacedProblem[]> {
  const rowNumbers = (kind: ReferenceKind, keyOf: (row: ReferenceChange['after']) => string) =>
    new Map(changes.filter((c) => c.kind === kind).map((c) => [keyOf(c.after), c.rowNo]));
  const has = (kind: ReferenceKind) => changes.some((change) => change.kind === kind && change.fate !== 'unchanged');
  const problems: PlacedProblem[] = [];
  const report = (kind: ReferenceKind, found: readonly ReferenceProblem[]) =>
    problems.push(...found.map((problem) => ({ ...problem, kind })));

  const table = await periodTable(tx, mine);
  if (has('departments'))
    report(
      'departments',
      departmentCycles(
        await departments(
          tx,
          mine,
          rowNumbers('departments', (r) => r.code!),
        ),
      ),
    );
  if (has('periods')) {
    const placed = place(
      table ?? [],
      rowNumbers('periods', (r) => r.code!),
      (period) => period.code,
    );
    report('periods', overlappingPeriods(placed));
    report('periods', redefined(changes));
  }
  if (has('items')) report('items', await itemsInUse(tx, mine, changes));
  if (has('rates')) {
    const placed = await rates(
      tx,
      mine,
      rowNumbers('rates', (r) => `${r.item}/${r.valid_from}`),
    );
    report('rates', overlappingRates(placed));
    report('rates', cutPeriods(placed, table));
  }
  if (has('baselines')) {
    const rows = await tx.rows<BaselineRow>(`SELECT ${BASELINE_COLUMNS} FROM baselines WHERE mine_id = $1`, [mine]);
    const placed = place(
      rows.map(baselineOf),
      rowNumbers('baselines', (r) => r.code!),
      (baseline) => baseline.code,
    );
    report('baselines', conflictingBaselines(placed));
    report(
      'baselines',
      cutPeriods(
        placed.filter(({ row }) => row.kind !== 'price'),
        table,
      ),
    );
  }
  if (has('periods') && problems.length === 0) report('periods', await newlyCut(tx, mine, changes, table));
  return problems;
}

function place<Row>(
  rows: readonly Row[],
  numbers: ReadonlyMap<string, number>,
  keyOf: (row: Row) => string,
): Placed<Row>[] {
  return rows.map((row) => ({ row, rowNo: numbers.get(keyOf(row)) ?? null }));
}

/** The mine's table of periods, or null where it keeps natural months. */
export async function periodTable(tx: Tx, mine: string): Promise<Period[] | null> {
  const rows = await tx.rows<Period & { has: boolean }>(
    `SELECT m.has_period_table AS has, p.code, p.start_date AS start, p.end_date AS end
     FROM mines m LEFT JOIN periods p USING (mine_id) WHERE m.mine_id = $1 ORDER BY p.start_date`,
    [mine],
  );
  return rows[0]!.has ? rows : null;
}

async function departments(tx: Tx, mine: string, numbers: ReadonlyMap<string, number>) {
  const rows = await tx.rows<{ code: string; parent: string | null }>(
    'SELECT code, parent FROM departments WHERE mine_id = $1',
    [mine],
  );
  return place(rows, numbers, (row) => row.code);
}

async function rates(tx: Tx, mine: string, numbers: ReadonlyMap<string, number>) {
  const rows = await tx.rows<{ item: string; validFrom: string; validTo: string | null }>(
    'SELECT item, valid_from AS "validFrom", valid_to AS "validTo" FROM rates WHERE mine_id = $1',
    [mine],
  );
  return rows.map(({ item, validFrom, validTo }) => ({
    row: { item, unit: null, rate: ZERO, validFrom: validFrom === '-infinity' ? null : validFrom, validTo },
    rowNo: numbers.get(`${item}/${validFrom}`) ?? null,
  }));
}

/** GRN-1: a period that holds data cannot be redefined. */
function redefined(changes: readonly ReferenceChange[]): ReferenceProblem[] {
  return changes
    .filter(({ kind, fate, before }) => kind === 'periods' && fate === 'changed' && String(before?.has_data) === 'true')
    .map(({ rowNo }) => ({ rowNo, column: 'code', code: 'period_in_use', params: {} }));
}

/** An item whose nature changes must not be used yet: its records and baselines would no longer fit it. */
async function itemsInUse(tx: Tx, mine: string, changes: readonly ReferenceChange[]): Promise<ReferenceProblem[]> {
  const turned = changes.filter((c) => c.kind === 'items' && c.before && c.before.nature !== c.after.nature);
  const used = await tx.rows<{ item: string }>(
    `SELECT item FROM cell_sums WHERE mine_id = $1 AND item = ANY ($2) UNION SELECT item FROM baselines
     WHERE mine_id = $1 AND item = ANY ($2) UNION SELECT item FROM rates WHERE mine_id = $1 AND item = ANY ($2)`,
    [mine, turned.map(({ after }) => after.code)],
  );
  const items = new Set(used.map(({ item }) => item));
  return turned
    .filter(({ after }) => items.has(after.code!))
    .map(({ rowNo }) => ({ rowNo, column: 'nature', code: 'item_in_use', params: {} }));
}

/** BAS-3 from the other side: a new period must not be cut by validity that the mine already has. */
async function newlyCut(
  tx: Tx,
  mine: string,
  changes: readonly ReferenceChange[],
  table: readonly Period[] | null,
): Promise<ReferenceProblem[]> {
  const ranges = await tx.rows<{ name: string; validFrom: string | null; validTo: string | null }>(
    `SELECT code AS name, valid_from AS "validFrom", valid_to AS "validTo" FROM baselines
     WHERE mine_id = $1 AND kind <> 'price' UNION ALL SELECT item, nullif(valid_from, '-infinity'), valid_to FROM rates
     WHERE mine_id = $1`,
    [mine],
  );
  return changes
    .filter(({ kind, fate }) => kind === 'periods' && fate !== 'unchanged')
    .flatMap(({ rowNo, after }) => {
      const period = (table ?? []).filter(({ code }) => code === after.code);
      const cutting = ranges.find((row) => cutPeriods([{ row, rowNo }], period).length > 0);
      return cutting
        ? [{ rowNo, column: 'start', code: 'period_cut_by_validity', params: { other: cutting.name } }]
        : [];
    });
}
