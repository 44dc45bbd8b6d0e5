import type { ReferenceProblem } from '../../../../analytics/synergy/reference-rules.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import {
  applyReference,
  checkReferences,
  markData,
  markRecordedVouchers,
  openPeriods,
  overlappingStaged,
  settleChanges,
  type ReferenceChange,
  type ReferenceKind,
  type Stale,
} from '../../reference/index.js';
import type { Problem } from '../../rules/problem.js';
import { chooseMethod } from './choose-method.js';
import { disagreeingRecords } from './disagreeing-records.js';
import type { Intake, Staged } from './source.js';

/** What a change of reference data left to compute anew. */
export interface Changed {
  readonly changes: readonly ReferenceChange[];
  readonly problems: readonly Problem[];
  readonly stale: Stale;
  /** Periods that hold data since this import: their missing reports now show. */
  readonly freshPeriods: readonly string[];
  readonly isMethodNew: boolean;
}

/** Of what brings records only. */
export const NOTHING_CHANGED: Changed = {
  ...{ changes: [], problems: [], freshPeriods: [], isMethodNew: false },
  stale: { groups: [], adjustmentPeriods: [], wrongRecords: 0, triples: [] },
};

const DATA_KINDS: readonly ReferenceKind[] = ['activities', 'adjustments'];
const PERIOD_KINDS: readonly ReferenceKind[] = [...DATA_KINDS, 'targets'];

/** Applies staged reference rows and the method, and checks them against one another and against what is posted. */
export async function changeReferences(tx: Tx, intake: Intake, staged: readonly Staged[]): Promise<Changed> {
  if (staged.length === 0 && intake.method === null) return NOTHING_CHANGED;
  const { mine, importId } = intake;
  const changes: ReferenceChange[] = [];
  const problems: Problem[] = [];
  const fresh: string[] = [];
  for (const { source, document, table } of staged) {
    const kind = document as ReferenceKind;
    if (kind === 'periods') {
      const overlaps = await overlappingStaged(tx, mine, table);
      // Nothing else can be said; what was applied before is undone with the refusal.
      if (overlaps.length > 0) return { ...NOTHING_CHANGED, problems: placedIn(source.name, overlaps) };
      await tx.rows(
        'UPDATE mines SET has_period_table = true WHERE mine_id = $1 AND EXISTS (SELECT FROM ' + table + ')',
        [mine],
      );
    }
    if (PERIOD_KINDS.includes(kind)) {
      const unknown = await unknownPeriods(tx, mine, table, source.name);
      problems.push(...unknown);
      if (unknown.length > 0) continue;
    }
    const applied = await applyReference(tx, mine, importId, kind, table);
    changes.push(...applied);
    if (DATA_KINDS.includes(kind))
      fresh.push(
        ...(await markData(
          tx,
          mine,
          applied.map(({ after }) => after.period!),
        )),
      );
  }
  const nameOf = (kind: ReferenceKind) => staged.find(({ document }) => document === kind)!.source.name;
  const conflicts = await checkReferences(tx, mine, changes);
  problems.push(...conflicts.flatMap(({ kind, ...problem }) => placedIn(nameOf(kind), [problem])));
  const isMethodNew = intake.method !== null && (await chooseMethod(tx, mine, intake.method));
  const stale = await settleChanges(tx, mine, changes, `scratch.import_${importId}_resummed`);
  if (problems.length === 0 && stale.wrongRecords > 0) {
    problems.push(...(await disagreeingRecords(tx, mine, changes, stale.triples, nameOf)));
  }
  await markRecordedVouchers(tx, mine, changes);
  return { changes, problems, stale, freshPeriods: fresh, isMethodNew };
}

const placedIn = (file: string, problems: readonly ReferenceProblem[]): Problem[] =>
  problems.map(({ rowNo, ...rest }) => ({ file, row: rowNo, ...rest }));

/** Rows that name a period which the mine's own table does not have. */
async function unknownPeriods(tx: Tx, mine: string, table: string, file: string): Promise<Problem[]> {
  const named = await tx.rows<{ code: string }>(`SELECT DISTINCT period AS code FROM ${table}`);
  const missing = await openPeriods(
    tx,
    mine,
    named.map(({ code }) => code),
  );
  if (missing.size === 0) return [];
  const rows = await tx.rows<{ row_no: number }>(
    `SELECT row_no FROM ${table} WHERE period = ANY ($1) ORDER BY row_no`,
    [[...missing]],
  );
  return rows.map(({ row_no }) => ({ file, row: row_no, column: 'period', code: 'unknown_period', params: {} }));
}
