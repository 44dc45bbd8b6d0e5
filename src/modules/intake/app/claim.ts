import { exact, plain } from '../../../../analytics/kernel/exact.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { RecordTotals } from '../../records/index.js';
import type { ReferenceKind } from '../../reference/index.js';
import { typedRows } from '../../rules/check-sql.js';
import type { Changed } from './change-references.js';
import type { Claim, Intake } from './source.js';
import type { Standing } from './supersede.js';
import { isOfDepartments, type ToPost } from './to-post.js';

/** Rows that are right, and what they would do. */
export interface Claimed {
  readonly staged: readonly ToPost[];
  readonly changed: Changed;
  readonly totals: RecordTotals | null;
  /** What would be reversed for them. */
  readonly standing: Standing | null;
}

/** What the files hold besides rows that are posted: who may see them is not told by those rows alone. */
export interface Besides {
  /** Books of a ledger, which are kept for reconciliation. */
  readonly books: boolean;
  /** Sheets and elements that nobody read. */
  readonly skipped: boolean;
}

/** What an import would make count. */
export async function claimOf(tx: Tx, { sender }: Intake, claimed: Claimed, besides: Besides): Promise<Claim> {
  const { staged, changed, totals, standing } = claimed;
  const changes = changesByKind(changed);
  const ofReferences = [
    ...changed.stale.groups.map(({ period }) => period),
    ...changed.stale.adjustmentPeriods,
    ...changed.changes.flatMap(({ kind, after }) => (kind === 'targets' ? [after.period!] : [])),
  ];
  const ofRecords = totals?.magnitudeYuan ?? '0';
  const ofAdjustments = 'adjustments' in changes ? await adjustmentsOf(tx, staged) : '0';
  return {
    kinds: kindsOf(claimed, Object.keys(changes), besides),
    departments: besides.books || besides.skipped ? sender.departments : await departmentsOf(tx, sender, claimed),
    periods: distinct([...(totals?.periods ?? []), ...(standing?.periods ?? []), ...ofReferences]),
    handedInFor: distinct([...(totals?.datedIn ?? []), ...(standing?.datedIn ?? []), ...ofReferences]),
    amountYuan: plain(exact(ofRecords) + exact(ofAdjustments)),
    records: { rows: totals?.rows ?? 0, amountYuan: totals?.amountYuan ?? '0.00' },
    byDepartment: totals?.byDepartment ?? [],
    changes,
  };
}

const distinct = (texts: readonly string[]) => [...new Set(texts)].sort();

/** Rows that are equal to what there is change nothing and need nobody's approval. */
function changesByKind({ changes }: Changed): Claim['changes'] {
  const byKind: Partial<Record<ReferenceKind, { added: number; changed: number }>> = {};
  for (const { kind, fate } of changes) {
    if (fate === 'unchanged') continue;
    const counts = (byKind[kind] ??= { added: 0, changed: 0 });
    counts[fate] += 1;
  }
  return byKind;
}

function kindsOf(
  { changed, totals, standing }: Claimed,
  changedKinds: readonly string[],
  { books }: Besides,
): string[] {
  return distinct([
    ...changedKinds,
    ...((totals?.rows ?? 0) > 0 || standing !== null ? ['records'] : []),
    ...(changed.isMethodNew ? ['method'] : []),
    ...(books ? ['books'] : []),
  ]);
}

/** Those of the rows and of what they would replace; null where rows of the whole mine are among them. */
async function departmentsOf(
  tx: Tx,
  sender: Intake['sender'],
  { staged, changed, totals, standing }: Claimed,
): Promise<readonly string[] | null> {
  if (changed.isMethodNew) return null;
  const named = [...(totals?.byDepartment ?? []).map(({ department }) => department), ...(standing?.departments ?? [])];
  // A row may leave its department; whoever loses it is concerned, too.
  const before = changed.changes.flatMap((change) =>
    isOfDepartments(change.kind) && change.before ? [change.before] : [],
  );
  if (before.some(({ department }) => department == null)) return null;
  named.push(...before.map(({ department }) => department!));
  for (const { document, table, rows } of staged) {
    if (document === 'records' || rows === 0) continue;
    if (!isOfDepartments(document)) return null;
    const found = await tx.rows<{ department: string | null }>(`SELECT DISTINCT department FROM ${table}`);
    if (found.some(({ department }) => department === null)) return null;
    named.push(...found.map(({ department }) => department!));
  }
  return named.length > 0 ? distinct(named) : sender.departments;
}

async function adjustmentsOf(tx: Tx, staged: readonly ToPost[]): Promise<string> {
  const table = staged.find(({ document }) => document === 'adjustments')!.table;
  const [sum] = await tx.rows<{ amount: string }>(
    `SELECT coalesce(sum(abs(t.amount)), 0) AS amount FROM ${typedRows('adjustments', table)} t`,
  );
  return sum!.amount;
}
