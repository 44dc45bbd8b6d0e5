import type { Tx } from '../../../platform/database/unit-of-work.js';
import { insertRows } from '../../../platform/database/insert-rows.js';
import type { FileDetails } from './receipt-details.js';
import type { Taken } from './take-in.js';

/** Writes down what became of an import: its status, control totals, and per file and reference row its fate. */
export async function finishImport(tx: Tx, mine: string, importId: string, taken: Taken): Promise<void> {
  const names = new Set([...taken.staged.map(({ source }) => source.name), ...taken.files.map(({ name }) => name)]);
  for (const name of names) await finishFile(tx, mine, importId, name, taken);
  if (taken.status === 'accepted') await keepFates(tx, mine, importId, taken);
  const rows = taken.staged.reduce((sum, staged) => sum + staged.rows, 0);
  const ofBooks = skippedOf(taken);
  const blank = taken.staged.reduce((sum, staged) => sum + staged.blank, 0);
  const isRight = taken.status !== 'refused';
  await tx.rows(
    `UPDATE imports SET status = $3, phase = NULL, rows_read = $4, rows_accepted = $5,
       finished_at = CASE WHEN $3 <> 'waiting' THEN clock_timestamp() END,
       rows_refused = (SELECT count(DISTINCT (file, sheet, document, row_no)) FROM row_fates
         WHERE mine_id = $1 AND import_id = $2 AND fate = 'refused'),
       control_rows = $6, control_amount = $7, rows_skipped = $8, format = $9, profile = coalesce($10, profile),
       profile_version = $11, departments = CASE WHEN $12 THEN $13 ELSE departments END, periods = $14
     WHERE mine_id = $1 AND id = $2`,
    [
      ...[mine, importId, taken.status, rows, isRight ? rows - ofBooks : 0],
      ...[taken.claim?.records.rows ?? 0, taken.claim?.records.amountYuan ?? '0.00', blank + ofBooks],
      ...[taken.files[0]?.format ?? null, taken.profile?.name ?? null, taken.profile?.version ?? null],
      ...[isRight, taken.claim?.departments ?? null, taken.claim?.periods ?? []],
    ],
  );
  await dropScratch(tx, importId);
}

/** Rows of books that became nothing: sums, and lines that the profile leaves out. */
function skippedOf({ mapped }: Taken): number {
  const lines = mapped.mapping?.leftOut.reduce((sum, left) => sum + left.lines, 0) ?? 0;
  return mapped.sums.reduce((sum, { rows }) => sum + rows, lines);
}

/** Whatever an import left in the staging schema goes with it, also that of a file that broke off. */
export async function dropScratch(tx: Tx, importId: string): Promise<void> {
  const tables = await tx.rows<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'scratch'::regnamespace AND c.relkind = 'r'
       AND starts_with(c.relname, $1)`,
    [`import_${importId}_`],
  );
  // With the views of them.
  if (tables.length > 0)
    await tx.rows(`DROP TABLE ${tables.map(({ name }) => `scratch."${name}"`).join(', ')} CASCADE`);
}

async function finishFile(tx: Tx, mine: string, importId: string, name: string, taken: Taken): Promise<void> {
  const staged = taken.staged.filter(({ source }) => source.name === name);
  const file = taken.files.find((read) => read.name === name);
  const kinds = new Set<string>([...staged, ...taken.mapped.targets].map(({ document }) => document));
  const ofFile = taken.changes.filter(({ kind }) => kinds.has(kind));
  const count = (fate: string) => ofFile.filter((change) => change.fate === fate).length;
  const records = kinds.has('records') ? taken.claim?.records : undefined;
  await tx.rows(
    `UPDATE import_files SET encoding = $4, rows_read = $5, rows_skipped = $6, rows_added = $7, rows_changed = $8,
       rows_unchanged = $9, amount = $10, format = $11, delimiter = $12, details = $13
     WHERE mine_id = $1 AND import_id = $2 AND name = $3`,
    [
      ...[mine, importId, name, file?.encoding ?? null, staged.reduce((sum, { rows }) => sum + rows, 0)],
      staged.reduce((sum, { blank }) => sum + blank, 0),
      ...[(records?.rows ?? 0) + count('added'), count('changed'), count('unchanged'), records?.amountYuan ?? '0'],
      ...[file?.format ?? null, file?.delimiter ?? null, JSON.stringify(detailsOf(name, taken, kinds.has('records')))],
    ],
  );
}

function detailsOf(name: string, taken: Taken, hasRecords: boolean): FileDetails {
  const file = taken.files.find((read) => read.name === name);
  if (!file) return {};
  const blank = taken.staged.reduce((sum, staged) => sum + (staged.source.name === name ? staged.blank : 0), 0);
  return {
    ...{ container: file.container, parts: file.parts, skippedParts: file.skippedParts },
    skipped: [...(blank > 0 ? [{ reason: 'blank', rows: blank }] : []), ...taken.mapped.sums],
    leftOut: taken.mapped.mapping?.leftOut ?? [],
    byDepartment: hasRecords ? (taken.claim?.byDepartment ?? []) : [],
  };
}

/** The fate of posted records is the records themselves, which name their import and row. */
async function keepFates(tx: Tx, mine: string, importId: string, taken: Taken): Promise<void> {
  const toPost = [...taken.staged, ...taken.mapped.targets];
  const nameOf = new Map(toPost.map(({ document, source }) => [document as string, source.name]));
  await insertRows(
    tx,
    'row_fates',
    ['mine_id', 'import_id', 'seq', 'file', 'row_no', 'column_name', 'fate', 'code'],
    taken.changes.map(({ kind, rowNo, fate }, i) => [mine, importId, i + 1, nameOf.get(kind)!, rowNo, '', fate, '']),
  );
}
