import type { Tx } from '../../../platform/database/unit-of-work.js';
import { copyRows } from '../../../platform/database/copy.js';
import type { Staged } from './source.js';
import type { Taken } from './take-in.js';

/** Writes down what became of an import: its status, control totals, and per file and reference row its fate. */
export async function finishImport(tx: Tx, mine: string, importId: string, taken: Taken): Promise<void> {
  for (const staged of taken.staged) await finishFile(tx, mine, importId, staged, taken);
  if (taken.status === 'accepted') await keepFates(tx, mine, importId, taken);
  const rows = taken.staged.reduce((sum, staged) => sum + staged.rows, 0);
  const isAccepted = taken.status === 'accepted';
  await tx.rows(
    `UPDATE imports SET status = $3, phase = NULL, finished_at = clock_timestamp(), rows_read = $4, rows_accepted = $5,
       rows_refused = (SELECT count(DISTINCT (file, row_no)) FROM row_fates
         WHERE mine_id = $1 AND import_id = $2 AND fate = 'refused'),
       control_rows = $6, control_amount = $7
     WHERE mine_id = $1 AND id = $2`,
    [
      ...[mine, importId, taken.status, rows, isAccepted ? rows : 0],
      ...[taken.posting?.rows ?? 0, taken.posting?.amountYuan ?? '0.00'],
    ],
  );
  for (const { table } of taken.staged) {
    await tx.rows(`DROP TABLE IF EXISTS ${table}, ${table}_judged, ${table}_sums`);
  }
  await tx.rows(`DROP TABLE IF EXISTS scratch.import_${importId}_resummed`);
}

async function finishFile(tx: Tx, mine: string, importId: string, staged: Staged, taken: Taken): Promise<void> {
  const { source } = staged;
  const ofKind = taken.changes.filter(({ kind }) => kind === source.kind);
  const count = (fate: string) => ofKind.filter((change) => change.fate === fate).length;
  const isPosted = source.kind === 'records' && taken.posting !== null;
  await tx.rows(
    `UPDATE import_files SET encoding = $4, rows_read = $5, rows_skipped = $6, rows_added = $7, rows_changed = $8,
       rows_unchanged = $9, amount = $10 WHERE mine_id = $1 AND import_id = $2 AND name = $3`,
    [
      ...[mine, importId, source.name, staged.encoding, staged.rows, staged.skipped],
      ...[isPosted ? taken.posting.rows : count('added'), count('changed'), count('unchanged')],
      isPosted ? taken.posting.amountYuan : '0',
    ],
  );
}

/** The fate of posted records is the records themselves, which name their import and row. */
async function keepFates(tx: Tx, mine: string, importId: string, taken: Taken): Promise<void> {
  const nameOf = new Map(taken.staged.map(({ source }) => [source.kind as string, source.name]));
  await copyRows(
    tx,
    'row_fates',
    ['mine_id', 'import_id', 'seq', 'file', 'row_no', 'column_name', 'fate', 'code'],
    taken.changes.map(({ kind, rowNo, fate }, i) => [mine, importId, i + 1, nameOf.get(kind)!, rowNo, '', fate, '']),
  );
}
