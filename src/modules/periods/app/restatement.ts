import { fixed } from '../../../../analytics/kernel/exact.js';
import type { Measure } from '../../../../analytics/synergy/measures.js';
import { restate, type Restated, type RestatedRow, type Restatement } from '../../../../analytics/synergy/restate.js';
import { AppError } from '../../../platform/errors/app-error.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Reach } from '../../mines/index.js';
import { referenceChangesBetween, type ReferenceDifference } from '../../reference/index.js';
import { closingMoments, closingSums, recordChanges, type RecordDifference } from '../db/restatement-queries.js';
import { requirePeriod } from './checklist.js';

/** A figure as the closing before reported it and as this one does; yuan to the fen. */
export interface ShownRestated {
  readonly measure: Measure;
  readonly reported: string;
  readonly restated: string;
  readonly difference: string;
}

/** A changed reference row; only the columns that differ. */
export interface ReferenceCause extends Omit<ReferenceDifference, 'before' | 'after'> {
  readonly before: Readonly<Record<string, string | null>> | null;
  readonly after: Readonly<Record<string, string | null>>;
}

export interface RestatementTable {
  readonly period: string;
  readonly version: number;
  readonly rows: readonly (ShownRestated & { readonly department: string; readonly category: string })[];
  /** RND-3: `rounding` is the shown total difference less the shown differences of the rows (尾差). */
  readonly totals: readonly (ShownRestated & { readonly rounding: string })[];
  readonly causes: {
    readonly records: readonly RecordDifference[];
    /** Beyond those listed, too. */
    readonly recordCount: number;
    /** For who sees the whole mine: reference rows that can be behind the differences. */
    readonly references: readonly ReferenceCause[];
    readonly method: { readonly before: number; readonly after: number } | null;
  };
}

/** The same with every figure in full. */
export type FoundRestatement = Restatement & Pick<RestatementTable, 'period' | 'version' | 'causes'>;

/** As `findRestatement`, to the fen. */
export async function loadRestatement(
  tx: Tx,
  reach: Reach,
  code: string,
  asked: number | null,
): Promise<RestatementTable> {
  const { rows, totals, ...found } = await findRestatement(tx, reach, code, asked);
  return {
    ...found,
    rows: rows.map(({ department, category, ...row }) => ({ department, category, ...shown(row) })),
    totals: totals.map(({ rounding, ...total }) => ({ ...shown(total), rounding: fixed(rounding, 2) })),
  };
}

/**
 * What a closing reports otherwise than the one before it, and the records and reference rows that changed in between.
 * @throws AppError `no_such_period`, `no_such_restatement`
 */
export async function findRestatement(
  tx: Tx,
  reach: Reach,
  code: string,
  asked: number | null,
): Promise<FoundRestatement> {
  const { closings } = await requirePeriod(tx, reach.mine, code);
  const version = asked ?? closings;
  const moments = await closingMoments(tx, reach.mine, code, version);
  if (moments === null) {
    throw new AppError('not_found', 'no_such_restatement', { period: code, version: String(version) });
  }
  const before = await closingSums(tx, reach, code, version - 1);
  const after = await closingSums(tx, reach, code, version);
  const changed = await recordChanges(tx, reach, code, moments);
  const [from, to] = moments;
  const references = reach.departments === null ? await referenceChangesBetween(tx, reach.mine, from.at, to.at) : [];

  const { rows, totals } = restate(before, after);
  const isMethodNew = from.methodVersion !== to.methodVersion;
  return {
    ...{ period: code, version, rows, totals },
    causes: {
      ...{ records: changed.records, recordCount: changed.count },
      references: references.filter((change) => canMatter(change, code, rows)).flatMap(onlyChanged),
      method: isMethodNew ? { before: from.methodVersion, after: to.methodVersion } : null,
    },
  };
}

const shown = ({ measure, reported, restated, difference }: Restated): ShownRestated => ({
  ...{ measure, reported: fixed(reported, 2), restated: fixed(restated, 2), difference: fixed(difference, 2) },
});

/** Whether a reference row can be behind any of the differences: by the departments, categories and period that it names. */
function canMatter(
  { kind, before, after }: ReferenceDifference,
  period: string,
  rows: readonly RestatedRow[],
): boolean {
  const states = before === null ? [after] : [before, after];
  const isNamed = (value: string | null | undefined, has: (row: RestatedRow) => string) =>
    value === null || value === undefined || rows.some((row) => has(row) === value);
  return states.some(
    (row) =>
      isNamed(row['department'], ({ department }) => department) &&
      isNamed(row['category'], ({ category }) => category) &&
      (kind !== 'adjustments' || row['period'] === period),
  );
}

/** What the service keeps of a row beside what it says. */
const OWN_COLUMNS: ReadonlySet<string> = new Set(['mine_id', 'import_id', 'version', 'is_voucher_recorded']);

/** None where a row was changed and changed back. */
function onlyChanged({ before, after, ...change }: ReferenceDifference): ReferenceCause[] {
  const names = Object.keys(after).filter(
    (name) => !OWN_COLUMNS.has(name) && (before === null ? after[name] !== null : before[name] !== after[name]),
  );
  const pick = (row: Readonly<Record<string, string | null>>) =>
    Object.fromEntries(names.map((name) => [name, row[name] ?? null]));
  return names.length === 0 ? [] : [{ ...change, before: before === null ? null : pick(before), after: pick(after) }];
}
