import { plannedFor } from '../../../platform/database/bulk-plan.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { LedgerKind } from '../../rules/ledger-columns.js';
import { accountsSql, balancesSql, comparativesSql, leftOutSql, linesByAccountSql } from '../db/kept-books-sql.js';
import type { ScratchTable } from '../db/rows-of-sums.js';

export interface PostedBooks {
  readonly mine: string;
  readonly importId: string;
  readonly documents: readonly {
    readonly document: LedgerKind;
    readonly table: ScratchTable;
    readonly rows: number;
  }[];
}

/**
 * Keeps what the books said beside what was posted of them: voucher lines by account and reason, balances, the table of
 * accounts and the figures of management tables. In the transaction that posts.
 */
export async function keepReconciliation(tx: Tx, { mine, importId, documents }: PostedBooks): Promise<void> {
  for (const { document, table, rows } of documents) {
    for (const sql of STATEMENTS[document]?.(importId, table) ?? []) {
      await plannedFor(tx, rows, () => tx.rows(sql, [mine]));
    }
  }
}

type Statements = (importId: string, table: ScratchTable) => readonly string[];

/** Settlements become records or nothing; nothing else of them is kept. */
const STATEMENTS: Readonly<Partial<Record<LedgerKind, Statements>>> = {
  vouchers: (importId) => [linesByAccountSql(importId), leftOutSql(importId)],
  balances: (importId, table) => [balancesSql(importId, table)],
  accounts: (importId, table) => [accountsSql(importId, table)],
  management: (importId, table) => [comparativesSql(importId, table)],
};
