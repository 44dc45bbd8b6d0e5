import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { ReferenceChange, ReferenceKind } from '../../reference/index.js';
import type { Problem } from '../../rules/problem.js';
import { ofMine, postedRecords, valuationProblems, valuedRecords, type Triple } from '../../synergy/index.js';

const MAX_LISTED = 1_000;

/**
 * Posted records that no longer agree with changed tables (a unit that differs, a rate that is gone), as problems of the
 * rows that changed them: a change must not make wrong what was posted.
 */
export async function disagreeingRecords(
  tx: Tx,
  mine: string,
  changes: readonly ReferenceChange[],
  triples: readonly Triple[],
  nameOf: (kind: ReferenceKind) => string,
): Promise<Problem[]> {
  const columns = 'v.id, v.item, v.project';
  const listing = ofMine(valuationProblems(valuedRecords('posted_records'), columns), mine);
  const records = await tx.rows<{ id: string; item: string; project: string | null; baseline: string | null }>(
    `${listing.replace('posted_records', () => postedRecords(mine, triples))} LIMIT ${MAX_LISTED}`,
  );
  const real = changes.filter(({ fate }) => fate !== 'unchanged');
  return records.flatMap((record) => {
    const cause =
      real.find(({ kind, after }) => kind === 'baselines' && after.code === record.baseline) ??
      real.find(({ kind, after }) => kind === 'rates' && after.item === record.item) ??
      real.find(({ kind, after }) => kind === 'projects' && after.code === record.project) ??
      real.find(({ kind }) => kind === 'baselines');
    if (!cause) return [];
    const column = { baselines: 'unit', rates: 'rate', projects: 'approved_on' }[cause.kind as 'rates'];
    const params = { record: record.id };
    return [{ file: nameOf(cause.kind), row: cause.rowNo, column, code: 'conflicts_with_posted_record', params }];
  });
}
