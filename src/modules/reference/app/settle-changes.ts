/** What a changed reference row makes stale (docs/architecture.md, “What invalidates what”). */
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { GroupKey } from '../../synergy/index.js';
import { expectingGroups, groupsWhere, resumRecords, type Triple } from '../../synergy/index.js';
import type { ReferenceChange, ReferenceRow } from './apply-reference.js';

export interface Stale {
  readonly groups: GroupKey[];
  /** Periods whose adjustment cells are stale. */
  readonly adjustmentPeriods: string[];
  /** Posted records that no longer agree with the tables around them: the change cannot stand. */
  readonly wrongRecords: number;
  /** The (category, item, nature) matched anew. */
  readonly triples: readonly Triple[];
}

export async function settleChanges(
  tx: Tx,
  mine: string,
  changes: readonly ReferenceChange[],
  scratch: `scratch.${string}`,
): Promise<Stale> {
  const real = changes.filter(({ fate }) => fate !== 'unchanged');
  const of = (kind: ReferenceChange['kind']) => real.filter((change) => change.kind === kind);
  const triples = await triplesToMatch(tx, mine, of('baselines'), of('projects'), of('rates'));
  const resummed = await resumRecords(tx, mine, triples, scratch);
  return {
    groups: [
      ...resummed.touched,
      ...(await groupsOfBaselines(tx, mine, of('baselines'))),
      ...(await groupsOfVolumes(tx, mine, of('activities'))),
    ],
    adjustmentPeriods: distinct(of('adjustments').flatMap(({ before, after }) => states(before, after, 'period'))),
    wrongRecords: resummed.wrong,
    triples,
  };
}

const distinct = (texts: readonly string[]) => [...new Set(texts)].sort();

function states(before: ReferenceRow | null, after: ReferenceRow, column: string): string[] {
  return [before?.[column], after[column]].filter((value): value is string => typeof value === 'string');
}

/** A baseline may take or give up records of its (category, item, nature); a project those of its own; a rate the worth of its item's. */
async function triplesToMatch(
  tx: Tx,
  mine: string,
  baselines: readonly ReferenceChange[],
  projects: readonly ReferenceChange[],
  rates: readonly ReferenceChange[],
): Promise<Triple[]> {
  const ofBaselines = baselines.flatMap(({ before, after }) =>
    [before, after].flatMap((row) => (row ? [{ category: row.category!, item: row.item!, nature: row.nature! }] : [])),
  );
  const approvals = projects.filter(
    ({ before, after }) => before?.approved_on !== after.approved_on || before?.closed_on !== after.closed_on,
  );
  const stored = await tx.rows<Triple>(
    `SELECT DISTINCT category, item, nature FROM cell_sums
     WHERE mine_id = $1 AND (project = ANY ($2) OR (nature <> 'explicit' AND item = ANY ($3)))`,
    [mine, approvals.map(({ after }) => after.code), rates.map(({ after }) => after.item)],
  );
  const all = [...ofBaselines, ...stored].map(({ category, item, nature }) => ({ category, item, nature }));
  return [...new Map(all.map((t) => [[t.category, t.item, t.nature].join('\u0000'), t])).values()];
}

async function groupsOfBaselines(tx: Tx, mine: string, changes: readonly ReferenceChange[]): Promise<GroupKey[]> {
  if (changes.length === 0) return [];
  const codes = changes.map(({ after }) => after.code!);
  const periods = await tx.rows<{ code: string }>('SELECT code FROM periods WHERE mine_id = $1 AND has_data', [mine]);
  const expecting = await expectingGroups(
    tx,
    mine,
    periods.map(({ code }) => code),
    codes,
  );
  return [...expecting, ...(await groupsWhere(tx, mine, 'c.baseline = ANY ($2)', [codes]))];
}

async function groupsOfVolumes(tx: Tx, mine: string, changes: readonly ReferenceChange[]): Promise<GroupKey[]> {
  if (changes.length === 0) return [];
  const column = (name: string) => changes.map(({ after }) => after[name]);
  return groupsWhere(
    tx,
    mine,
    `EXISTS (SELECT FROM unnest($2::text[], $3::text[], $4::text[]) AS v (period, department, driver)
       JOIN baselines b ON b.mine_id = c.mine_id AND b.code = c.baseline AND b.driver = v.driver
       WHERE v.period = c.period AND v.department = c.department)`,
    [column('period'), column('department'), column('driver')],
  );
}

/** Keeps on each changed adjustment whether its voucher is also a record's (GAI-1). */
export async function markRecordedVouchers(tx: Tx, mine: string, changes: readonly ReferenceChange[]): Promise<void> {
  const adjustments = changes.filter(({ kind, fate }) => kind === 'adjustments' && fate !== 'unchanged');
  const vouchers = adjustments.flatMap(({ after }) => (after.voucher ? [after.voucher] : []));
  if (adjustments.length === 0) return;
  await tx.rows(
    `UPDATE adjustments a SET is_voucher_recorded = coalesce(a.voucher IN (
       SELECT r.voucher FROM records r WHERE r.mine_id = $1 AND r.status = 'posted' AND r.voucher = ANY ($3)), false)
     WHERE a.mine_id = $1 AND a.id = ANY ($2)`,
    [mine, adjustments.map(({ after }) => after.id), vouchers],
  );
}
