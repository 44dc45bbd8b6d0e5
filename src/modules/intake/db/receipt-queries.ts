import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { FileDetails } from '../app/receipt-details.js';
import type { Reach } from '../../mines/index.js';
import { IS_SHOWN, type FindingRow, type ImportFileRow, type ImportRow } from './import-answers.js';

/** An import with what a receipt says of it beyond `ImportRow`. */
export interface ReceiptImportRow extends ImportRow {
  readonly mine_id: string;
  readonly mine_name: string;
  readonly typed_rows: string | null;
  readonly typed_amount: string | null;
}

export interface ReceiptFileRow extends ImportFileRow {
  readonly delimiter: string | null;
  readonly details: FileDetails;
}

/** A total that the file or its sender states, beside what was found; `difference` is stated less found. */
export interface ComparisonRow {
  readonly kind: 'file_total' | 'typed';
  readonly document: string;
  readonly row_no: number | null;
  readonly label: string;
  readonly stated: string;
  readonly found: string;
  readonly difference: string;
}

/** What of one account of the books came in, or was left out for one reason; yuan. */
export interface AccountRow {
  readonly period: string;
  readonly account: string;
  readonly name: string | null;
  readonly reason: string;
  readonly isCost: boolean;
  readonly lines: string;
  readonly debit: string;
  readonly credit: string;
  readonly imported: string;
  readonly internal: string;
}

export async function receiptImport(
  tx: Tx,
  { mine, departments, actor }: Reach,
  id: string,
): Promise<ReceiptImportRow | null> {
  const [row] = await tx.rows<ReceiptImportRow>(
    `SELECT i.*, m.name AS mine_name FROM imports i JOIN mines m USING (mine_id)
     WHERE i.mine_id = $1 AND ${IS_SHOWN} AND i.id = $4`,
    [mine, departments, actor, id],
  );
  return row ?? null;
}

export function receiptFiles(tx: Tx, mine: string, id: string): Promise<ReceiptFileRow[]> {
  return tx.rows<ReceiptFileRow>('SELECT * FROM import_files WHERE mine_id = $1 AND import_id = $2 ORDER BY name', [
    mine,
    id,
  ]);
}

/** What is wrong with an import, in the order in which it was found; of one file where it is named. */
export function firstFindings(
  tx: Tx,
  mine: string,
  id: string,
  { file = null, limit }: { readonly file?: string | null; readonly limit: number },
): Promise<FindingRow[]> {
  return tx.rows<FindingRow>(
    `SELECT seq, file, sheet, document, row_no AS row, column_name AS column, code, params FROM row_fates
     WHERE mine_id = $1 AND import_id = $2 AND fate = 'refused' AND ($3::text IS NULL OR file = $3)
     ORDER BY seq LIMIT $4`,
    [mine, id, file, limit],
  );
}

export async function countFindings(tx: Tx, mine: string, id: string, file: string | null = null): Promise<number> {
  const [row] = await tx.rows<{ count: string }>(
    `SELECT count(*) AS count FROM row_fates
     WHERE mine_id = $1 AND import_id = $2 AND fate = 'refused' AND ($3::text IS NULL OR file = $3)`,
    [mine, id, file],
  );
  return Number(row!.count);
}

export function controlTotals(tx: Tx, mine: string, id: string): Promise<ComparisonRow[]> {
  return tx.rows<ComparisonRow>(
    `SELECT kind, document, row_no, label, stated, found, stated - found AS difference FROM control_totals
     WHERE mine_id = $1 AND import_id = $2 ORDER BY seq`,
    [mine, id],
  );
}

export function importedAccounts(tx: Tx, mine: string, id: string): Promise<AccountRow[]> {
  return tx.rows<AccountRow>(
    `SELECT period, account, account_name AS name, reason, is_cost AS "isCost", lines, debit, credit, imported, internal
     FROM import_accounts WHERE mine_id = $1 AND import_id = $2 ORDER BY period, account, reason`,
    [mine, id],
  );
}
