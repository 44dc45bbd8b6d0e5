import { exact, plain } from '../../../../analytics/kernel/exact.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Problem } from '../../rules/problem.js';
import type { Claim, Intake, Staged } from './source.js';

/**
 * Compares what the sender read off the slip with the records of the file, rows and yuan net of tax, and keeps
 * both, once: what waited is compared again when it is posted. Books are compared as they stand, by reconciliation.
 */
export async function checkTypedTotals(
  tx: Tx,
  { mine, importId, typed }: Intake,
  records: Staged | null,
  totals: Claim['records'],
): Promise<Problem[]> {
  const isBooks = records === null || 'recordSource' in records;
  if (isBooks) return [];
  const pairs = [
    { label: 'rows', stated: typed.rows === null ? null : String(typed.rows), found: String(totals.rows) },
    { label: 'amount', stated: typed.amountYuan, found: totals.amountYuan },
  ];
  const problems: Problem[] = [];
  for (const { label, stated, found } of pairs) {
    if (stated === null) continue;
    await tx.rows(
      `INSERT INTO control_totals (mine_id, import_id, seq, kind, document, label, stated, found)
       SELECT $1, $2, coalesce(max(seq), 0) + 1, 'typed', 'records', $3, $4, $5 FROM control_totals
       WHERE mine_id = $1 AND import_id = $2 HAVING count(*) FILTER (WHERE kind = 'typed' AND label = $3) = 0`,
      [mine, importId, label, stated, found],
    );
    const difference = exact(stated) - exact(found);
    if (difference === 0n) continue;
    const params = { label, stated, found: plain(exact(found)), difference: plain(difference) };
    problems.push({ file: records.source.name, row: 0, column: '', code: 'control_total_mismatch', params });
  }
  return problems;
}
