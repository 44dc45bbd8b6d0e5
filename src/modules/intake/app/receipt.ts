import { exact, fixed } from '../../../../analytics/kernel/exact.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Submission } from '../../approval/index.js';
import type { Reach } from '../../mines/index.js';
import { AppError } from '../../../platform/errors/app-error.js';
import type { FindingRow } from '../db/import-answers.js';
import { rowPlace } from '../../rules/row-number.js';
import type { Language } from '../../rules/messages.js';
import type { TableKind } from '../../rules/tables.js';
import {
  controlTotals,
  countFindings,
  importedAccounts,
  firstFindings,
  receiptFiles,
  receiptImport,
  type AccountRow,
  type ComparisonRow,
  type ReceiptFileRow,
  type ReceiptImportRow,
} from '../db/receipt-queries.js';
import { stateOf, type ShownApproval, type ShownStatus } from './import-state.js';
import type { FileDetails } from './receipt-details.js';
import { wordedFinding } from './receipt-words.js';

/** Findings that a receipt lists; all of them are counted, and all are in the list of issues. */
export const RECEIPT_FINDINGS = 200;
/** A table of accounts has at most a few thousand; a receipt is no ledger. */
const RECEIPT_ACCOUNTS = 1000;

/** What a clerk keeps as proof of a handing in. Rows are counts; money is decimal text in yuan; times are ISO 8601. */
export interface Receipt {
  readonly importId: string;
  readonly mine: { readonly code: string; readonly name: string };
  readonly status: ShownStatus;
  /** Where it stands on its path of approval; null where it needed none. */
  readonly approval: ShownApproval | null;
  /** Why it ended without anybody's rows being wrong: `interrupted`, `storage_full`, `internal_error`, `returned`, `withdrawn`. */
  readonly reason: string | null;
  readonly kind: string;
  readonly actor: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  /** Of the bytes as they came; under it they are kept. */
  readonly sha256: string;
  readonly format: string | null;
  readonly profile: { readonly name: string; readonly version: number | null } | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly rows: { readonly read: number; readonly posted: number; readonly skipped: number; readonly refused: number };
  readonly skipped: readonly { readonly reason: string; readonly rows: number }[];
  /** What was posted as records, or will be once it is approved. */
  readonly controlTotals: { readonly rows: number; readonly amount: string };
  readonly departments: readonly { readonly department: string; readonly rows: number; readonly amount: string }[];
  /** What the sender read off the slip. */
  readonly typedTotals: { readonly rows: number | null; readonly amount: string | null } | null;
  /** Totals stated in the file or by the sender beside what was found. */
  readonly comparisons: readonly ReceiptComparison[];
  readonly leftOut: readonly { readonly reason: string; readonly lines: number; readonly amount: string }[];
  /** Per account of the books and reason; the first thousand. */
  readonly accounts: readonly (Omit<AccountRow, 'lines'> & { readonly lines: number })[];
  readonly accountCount: number;
  readonly skippedParts: readonly { readonly file: string; readonly name: string; readonly rows: number }[];
  readonly files: readonly ReceiptFile[];
  readonly findings: readonly ReceiptFinding[];
  readonly findingCount: number;
  readonly supersedes: string | null;
  readonly supersededBy: string | null;
}

export interface ReceiptFile {
  readonly name: string;
  readonly kind: string;
  readonly sha256: string;
  readonly format: string | null;
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly read: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly amount: string;
}

export interface ReceiptComparison extends Pick<ComparisonRow, 'kind' | 'document' | 'label'> {
  readonly row: number | null;
  readonly stated: string;
  readonly found: string;
  /** Stated less found. */
  readonly difference: string;
}

export interface ReceiptFinding {
  readonly file: string;
  readonly sheet: string | null;
  readonly document: TableKind | null;
  /** 0: the whole file. */
  readonly row: number;
  readonly column: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
  readonly message: string;
}

/**
 * The receipt of an import as it stands now, with its newest submission if it has one; sentences are in `language`.
 * @throws AppError `unknown_import`
 */
export async function loadReceipt(
  tx: Tx,
  reach: Reach,
  importId: string,
  { language = 'zh', submission }: { readonly language?: Language; readonly submission?: Submission | undefined } = {},
): Promise<Receipt> {
  const { mine } = reach;
  const of = await receiptImport(tx, reach, importId);
  if (of === null) throw new AppError('not_found', 'unknown_import', { id: importId });
  const files = await receiptFiles(tx, mine, importId);
  const findings = await firstFindings(tx, mine, importId, { limit: RECEIPT_FINDINGS });
  const accounts = await importedAccounts(tx, mine, importId);
  return {
    ...factsOf(of),
    ...stateOf(of, submission),
    ...whatBecameOfRows(of, files, accounts),
    comparisons: (await controlTotals(tx, mine, importId)).map(comparisonOf),
    accounts: accounts.slice(0, RECEIPT_ACCOUNTS).map((account) => ({ ...account, lines: Number(account.lines) })),
    accountCount: accounts.length,
    files: files.map(fileOf),
    findings: findings.map((finding) => findingOf(finding, of.kind, language)),
    findingCount: await countFindings(tx, mine, importId),
  };
}

function factsOf(of: ReceiptImportRow) {
  const isTyped = of.typed_rows !== null || of.typed_amount !== null;
  return {
    ...{ importId: of.id, reason: of.reason, kind: of.kind, actor: of.actor },
    mine: { code: of.mine_id, name: of.mine_name },
    ...{ fileName: of.file_name, sizeBytes: Number(of.size_bytes), sha256: of.sha256, format: of.format },
    profile: of.profile === null ? null : { name: of.profile, version: of.profile_version },
    createdAt: of.created_at.toISOString(),
    startedAt: of.started_at?.toISOString() ?? null,
    finishedAt: of.finished_at?.toISOString() ?? null,
    controlTotals: { rows: Number(of.control_rows), amount: yuan(of.control_amount) },
    typedTotals: isTyped
      ? {
          rows: of.typed_rows === null ? null : Number(of.typed_rows),
          amount: of.typed_amount === null ? null : yuan(of.typed_amount),
        }
      : null,
    ...{ supersedes: of.supersedes, supersededBy: of.superseded_by },
  };
}

function whatBecameOfRows(of: ReceiptImportRow, files: readonly ReceiptFileRow[], accounts: readonly AccountRow[]) {
  const details = files.map((file) => ({ file: file.name, ...file.details }));
  const skipped = Number(of.rows_skipped);
  return {
    rows: {
      ...{ read: Number(of.rows_read), posted: of.status === 'accepted' ? Number(of.rows_accepted) : 0 },
      ...{ skipped, refused: Number(of.rows_refused) },
    },
    departments: details.flatMap(({ byDepartment }) =>
      (byDepartment ?? []).map(({ department, rows, amountYuan }) => ({ department, rows, amount: yuan(amountYuan) })),
    ),
    skipped: addedUp(details.flatMap((file) => file.skipped ?? [])),
    leftOut: leftOutOf(
      details.flatMap((file) => file.leftOut ?? []),
      accounts,
    ),
    skippedParts: details.flatMap(({ file, skippedParts }) => (skippedParts ?? []).map((part) => ({ file, ...part }))),
  };
}

function addedUp(skipped: NonNullable<FileDetails['skipped']>): Receipt['skipped'] {
  const rowsOf = new Map<string, number>();
  for (const { reason, rows } of skipped) rowsOf.set(reason, (rowsOf.get(reason) ?? 0) + rows);
  return [...rowsOf].map(([reason, rows]) => ({ reason, rows }));
}

/** What the mapping said, and for books whose mapping said nothing what their accounts say: debit less credit. */
function leftOutOf(said: NonNullable<FileDetails['leftOut']>, accounts: readonly AccountRow[]): Receipt['leftOut'] {
  const lines =
    said.length > 0
      ? said.map(({ reason, lines, amount }) => ({ reason, lines, amount: exact(amount) }))
      : accounts
          .filter(({ reason }) => reason !== 'imported')
          .map(({ reason, lines, debit, credit }) => ({
            ...{ reason, lines: Number(lines) },
            amount: exact(debit) - exact(credit),
          }));
  const sums = new Map<string, { lines: number; amount: bigint }>();
  for (const { reason, lines: count, amount } of lines) {
    const before = sums.get(reason) ?? { lines: 0, amount: 0n };
    sums.set(reason, { lines: before.lines + count, amount: before.amount + amount });
  }
  return [...sums].map(([reason, sum]) => ({ reason, lines: sum.lines, amount: fixed(sum.amount, 2) }));
}

function fileOf(file: ReceiptFileRow): ReceiptFile {
  return {
    ...{ name: file.name, kind: file.kind, sha256: file.sha256 },
    ...{ format: file.format, encoding: file.encoding, delimiter: file.delimiter },
    ...{ read: Number(file.rows_read), added: Number(file.rows_added), changed: Number(file.rows_changed) },
    ...{ unchanged: Number(file.rows_unchanged), skipped: Number(file.rows_skipped), amount: yuan(file.amount) },
  };
}

const comparisonOf = ({ kind, document, row_no, label, stated, found, difference }: ComparisonRow) => ({
  ...{ kind, document, label, stated, found, difference },
  row: row_no === null ? null : rowPlace(row_no).row,
});

/** A finding as people read it. `importKind` tells which table a file of any name holds. */
export function findingOf(finding: FindingRow, importKind: string, language: Language): ReceiptFinding {
  const { file, sheet, document, column, code, params } = finding;
  const { row } = rowPlace(finding.row);
  const message = wordedFinding({ file, document, column, code, params }, importKind, language);
  return { file, sheet, document, row, column, code, params, message };
}

const yuan = (text: string): string => fixed(exact(text), 2);
