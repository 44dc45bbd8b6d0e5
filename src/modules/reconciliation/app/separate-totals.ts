import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { LedgerKind } from '../../rules/ledger-columns.js';
import { separateSql, totalsTable, type ScratchTable } from '../db/rows-of-sums.js';

export interface StagedBooks {
  readonly importId: string;
  readonly document: LedgerKind;
  /** Its staging table; rows of sums go to `<table>_totals`, which ends with it. */
  readonly table: ScratchTable;
}

/**
 * Takes rows of sums out of staged books, so that nothing is counted twice, and keeps them to be compared. A row of sums
 * lacks what every entry has (its account, its number) and says what it is: one of `totals`, or a text that ends with
 * one, such as 资产小计. Answers how many there were, by their own words.
 */
export async function separateTotals(
  tx: Tx,
  { document, table, totals }: StagedBooks & { readonly totals: readonly string[] },
): Promise<{ readonly label: string; readonly rows: number }[]> {
  for (const statement of separateSql(document, table, bareTotals(totals))) await tx.rows(statement);
  const counted = await tx.rows<{ label: string; rows: string }>(
    `SELECT label, count(*) AS rows FROM ${totalsTable(table)} GROUP BY label ORDER BY min(row_no)`,
  );
  return counted.map(({ label, rows }) => ({ label, rows: Number(rows) }));
}

const bareTotals = (totals: readonly string[]) => [
  ...new Set(totals.flatMap((total) => total.replaceAll(/\s|[:：]$/g, '') || [])),
];
