import {
  conflictingBaselines,
  cutPeriods,
  departmentCycles,
  overlappingRates,
  type Placed,
  type ReferenceProblem,
} from '../../../../analytics/synergy/reference-rules.js';
import { ZERO } from '../../../../analytics/kernel/exact.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { BASELINE_COLUMNS, baselineOf, type BaselineRow } from '../../synergy/index.js';
import type { ReferenceKind } from '../db/reference-tables.js';
import type { ReferenceChange } from './apply-reference.js';
import { newlyCut, periodTable, redefined } from './check-calendar.js';
import { changesOfClosed, type PlacedProblem } from './closed-periods.js';

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

  problems.push(...(await changesOfClosed(tx, mine, changes)));
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
  if (has('periods')) report('periods', await redefined(tx, mine, changes));
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

/** What names an item must go on fitting it when its nature changes. */
async function itemsInUse(tx: Tx, mine: string, changes: readonly ReferenceChange[]): Promise<ReferenceProblem[]> {
  const turned = changes.filter((c) => c.kind === 'items' && c.before && c.before.nature !== c.after.nature);
  const used = await tx.rows<{ item: string }>(
    `SELECT used.item FROM (
       SELECT item, nature <> 'explicit' AS is_implicit FROM cell_sums WHERE mine_id = $1
       UNION SELECT item, nature <> 'explicit' FROM baselines WHERE mine_id = $1
       UNION SELECT item, true FROM rates WHERE mine_id = $1) used
     JOIN items i ON i.mine_id = $1 AND i.code = used.item
     WHERE used.item = ANY ($2) AND used.is_implicit <> (i.nature = 'implicit')`,
    [mine, turned.map(({ after }) => after.code)],
  );
  const items = new Set(used.map(({ item }) => item));
  return turned
    .filter(({ after }) => items.has(after.code!))
    .map(({ rowNo }) => ({ rowNo, column: 'nature', code: 'item_in_use', params: {} }));
}
