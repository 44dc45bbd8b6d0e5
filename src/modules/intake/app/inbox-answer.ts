import { readFile } from 'node:fs/promises';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { AppError } from '../../../platform/errors/app-error.js';
import type { StoredFile } from '../../../platform/files/file-store.js';
import { wholeMine } from '../../mines/index.js';
import type { ImportRow } from '../db/import-answers.js';
import type { ImportApproval } from './import-approval.js';
import { stateOf } from './import-state.js';
import { renderReceipt } from './receipt-page.js';
import { loadReceipt, type Receipt } from './receipt.js';
import { wordedFinding } from './receipt-words.js';
import type { InboxFile, Outcome } from './inbox-folder.js';

export const INBOX_ACTOR = 'inbox';

/**
 * The import that the inbox itself made of this very file, whatever became of it: a process that was killed may have left
 * the file of a refused import lying. Sent again, a file has arrived later than its earlier import.
 */
export async function importOf(tx: Tx, mine: string, file: InboxFile, { sha256 }: StoredFile): Promise<string | null> {
  const [found] = await tx.rows<{ id: string }>(
    `SELECT id FROM imports WHERE mine_id = $1 AND sha256 = $2 AND actor = $3 AND file_name = $4 AND created_at >= $5
     ORDER BY id DESC LIMIT 1`,
    [mine, sha256, INBOX_ACTOR, file.name, file.arrivedAt],
  );
  return found?.id ?? null;
}

export interface Answer {
  readonly outcome: Outcome;
  readonly receipt: Receipt;
}

/**
 * Null while the import is queued or running. What waits for approval was taken in as far as a file can be: its receipt
 * says that it does not count yet.
 */
export async function answerOf(
  tx: Tx,
  mine: string,
  importId: string,
  approval: ImportApproval,
): Promise<Answer | null> {
  const [row] = await tx.rows<Pick<ImportRow, 'status'>>('SELECT status FROM imports WHERE mine_id = $1 AND id = $2', [
    mine,
    importId,
  ]);
  const submission = (await approval.of(tx, mine, [importId])).get(importId);
  const { status } = stateOf(row!, submission);
  if (status === 'queued' || status === 'running') return null;
  const receipt = await loadReceipt(tx, wholeMine(mine), importId, { submission });
  return { outcome: status === 'accepted' ? 'done' : 'refused', receipt };
}

/** The receipt of a file that could not even become an import, such as a broken zip. */
export function refusedAtOnce(mine: string, file: InboxFile, stored: StoredFile, { code, params }: AppError): Answer {
  const at = new Date().toISOString();
  const found = { file: file.name, document: null, column: '', code, params };
  const finding = { ...found, sheet: null, row: 0, message: wordedFinding(found, 'folder', 'zh') };
  const none = {
    departments: [],
    skipped: [],
    comparisons: [],
    leftOut: [],
    accounts: [],
    skippedParts: [],
    files: [],
  } as const;
  const receipt: Receipt = {
    ...{ importId: '', mine: { code: mine, name: mine }, status: 'refused', approval: null, reason: null },
    ...{ kind: 'auto', actor: INBOX_ACTOR, fileName: file.name, ...stored, format: null, profile: null },
    ...{ createdAt: at, startedAt: null, finishedAt: at, rows: { read: 0, posted: 0, skipped: 0, refused: 0 } },
    ...{ ...none, controlTotals: { rows: 0, amount: '0.00' }, typedTotals: null, accountCount: 0 },
    ...{ findings: [finding], findingCount: 1, supersedes: null, supersededBy: null },
  };
  return { outcome: 'refused', receipt };
}

/** By the ending that each has beside the file. */
export function receiptFiles({ receipt }: Answer): Record<string, string> {
  return {
    '.receipt.json': `${JSON.stringify(receipt, null, 2)}\n`,
    '.receipt.html': renderReceipt(receipt, 'zh'),
  };
}

/** Whether the receipt at a path is of the same import. */
export async function isReceiptOf({ receipt }: Answer, path: string): Promise<boolean> {
  try {
    const kept = JSON.parse(await readFile(path, 'utf8')) as Partial<Receipt>;
    return kept.importId === receipt.importId && kept.sha256 === receipt.sha256;
  } catch {
    return false;
  }
}
