import { randomUUID } from 'node:crypto';
import { EVERY_MINE } from '../../src/modules/mines/index.js';
import { expect } from '@jest/globals';
import { answerReconciliation } from '../../src/modules/reconciliation/app/answer-reconciliation.js';
import { presentReconciliation } from '../../src/modules/reconciliation/http/present-reconciliation.js';
import type { ReconciliationDto } from '../../src/modules/reconciliation/http/reconciliation.dto.js';
import {
  checkTotals,
  keepReconciliation,
  separateTotals,
  type TotalsProblem,
} from '../../src/modules/reconciliation/index.js';
import { stagingColumns } from '../../src/modules/rules/check-sql.js';
import type { LedgerKind } from '../../src/modules/rules/ledger-columns.js';
import { columnsOf, type TableKind } from '../../src/modules/rules/tables.js';
import { copyRows } from '../../src/platform/database/copy.js';
import type { Tx, UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { Door } from '../support/door.js';

/** A row of books: its number, and the texts of the columns that it fills. */
export type Row = Readonly<Record<string, string>>;
export type ScratchTable = `scratch.${string}`;

export interface Books {
  readonly balances?: readonly Row[];
  readonly accounts?: readonly Row[];
  readonly lines?: readonly Line[];
}

/** Books laid into staging tables by hand, as reading a file would, behind the real door. */
export class BooksDesk {
  readonly uow: UnitOfWork;

  private constructor(private readonly door: Door) {
    this.uow = door.uow;
  }

  static async open(): Promise<BooksDesk> {
    return new BooksDesk(await Door.open());
  }

  close(): Promise<void> {
    return this.door.close();
  }

  newMine(): Promise<string> {
    return this.door.newMine();
  }

  /** Takes a folder in as it would come to the service. */
  async take(mine: string, files: Readonly<Record<string, string>>): Promise<string> {
    const { status, problems, importId } = await this.door.takeFolder(mine, files);
    expect({ status, problems }).toEqual({ status: 'accepted', problems: [] });
    return importId!;
  }

  /** An import that was accepted, of books still to be laid down. */
  async newImport(mine: string, fileName = 'books.csv'): Promise<string> {
    const [row] = await this.query<{ id: string }>(
      `INSERT INTO imports (mine_id, kind, status, actor, file_name, size_bytes, sha256)
       VALUES ($1, 'file', 'accepted', 'test', $2, 1, $3) RETURNING id`,
      [mine, fileName, randomUUID()],
    );
    return row!.id;
  }

  /** Lays books down, as those of an import of their own if none is named, and keeps what the door keeps of them once their records are posted. */
  async keep(mine: string, books: Books, importId?: string): Promise<string> {
    const kept = importId ?? (await this.newImport(mine));
    await this.layDown(mine, kept, books);
    return kept;
  }

  private async layDown(mine: string, importId: string, books: Books): Promise<void> {
    await this.uow.run(EVERY_MINE, async (tx) => {
      const documents = [];
      for (const document of ['balances', 'accounts'] as const) {
        const rows = books[document] ?? [];
        if (rows.length === 0) continue;
        documents.push({ document, table: await stage(tx, importId, document, rows), rows: rows.length });
      }
      if (books.lines) {
        await stageLines(tx, importId, books.lines);
        documents.push({ document: 'vouchers', table: `scratch.import_${importId}_lines`, rows: 1 } as const);
      }
      await keepReconciliation(tx, { mine, importId, documents });
      for (const { table } of documents) await tx.rows(`DROP TABLE ${table}`);
    });
  }

  /** What the service answers for a period, in Chinese. */
  async reconciliation(mine: string, period: string): Promise<ReconciliationDto> {
    const answer = await this.uow.run(EVERY_MINE, (tx) => answerReconciliation(tx, mine, period));
    return presentReconciliation(answer, 'zh');
  }

  query<Result>(sql: string, parameters: readonly unknown[] = []): Promise<Result[]> {
    return this.door.query(sql, parameters);
  }
}

/** A voucher line and what the mapping made of it: `imported` is its amount where it became a record. */
export interface Line {
  readonly account: string;
  readonly voucher: string;
  readonly debit?: string;
  readonly credit?: string;
  readonly reason: string;
  readonly isCost: boolean;
  readonly imported?: string;
  readonly isInternal?: boolean;
  readonly period?: string;
}

/** As the mapping of vouchers leaves them. */
async function stageLines(tx: Tx, importId: string, lines: readonly Line[]): Promise<void> {
  const table = `scratch.import_${importId}_lines`;
  await tx.rows(`CREATE UNLOGGED TABLE ${table} (row_no int, period text, account text, account_name text, voucher text,
    summary text, debit numeric, credit numeric, reason text, is_cost boolean, imported numeric, is_internal boolean)`);
  await copyRows(
    tx,
    table,
    ['row_no', 'period', 'account', 'voucher', 'debit', 'credit', 'reason', 'is_cost', 'imported', 'is_internal'],
    lines.map((line, i) => [
      ...[i + 2, line.period ?? '2023-03', line.account, line.voucher, line.debit ?? '0', line.credit ?? '0'],
      ...[line.reason, String(line.isCost), line.imported ?? '0', String(line.isInternal ?? false)],
    ]),
  );
}

/** Rows are numbered from 2, below a header; rows of a further sheet come with their number. */
export async function stage(
  tx: Tx,
  importId: string,
  document: TableKind,
  rows: readonly (Row | readonly [rowNo: number, row: Row])[],
): Promise<ScratchTable> {
  const table: ScratchTable = `scratch.import_${importId}_${document}`;
  await tx.rows(`CREATE UNLOGGED TABLE ${table} (${stagingColumns(document)})`);
  const names = columnsOf(document).map(({ name }) => name);
  await copyRows(
    tx,
    table,
    ['row_no', ...names.map((name) => `"${name}"`)],
    rows.map((given, i) => {
      const [rowNo, row] = Array.isArray(given) ? (given as [number, Row]) : [i + 2, given as Row];
      return [rowNo, ...names.map((name) => row[name] ?? null)];
    }),
  );
  return table;
}

export const TOTALS = ['合计', '总计', '小计', '本页合计', '本月合计', '本年累计', '过次页', '承前页'];
export const NOTHING_TYPED = { rows: null, amountYuan: null };

export interface Balanced {
  /** Rows of sums taken out, by their words. */
  readonly sums: Readonly<Record<string, number>>;
  readonly left: number;
  readonly problems: readonly Pick<TotalsProblem, 'rowNo' | 'column' | 'code' | 'params'>[];
  /** Label, stated, found. */
  readonly kept: readonly (readonly [string, string, string])[];
}

/** Takes rows of sums out of books and compares them; what happened is undone but for the answer. */
export async function balanced(
  desk: BooksDesk,
  document: LedgerKind,
  rows: Parameters<typeof stage>[3],
  typed: { readonly rows: number | null; readonly amountYuan: string | null } = NOTHING_TYPED,
): Promise<Balanced> {
  const mine = await desk.newMine();
  const importId = await desk.newImport(mine);
  const answer = await desk.uow.run(EVERY_MINE, async (tx) => {
    const table = await stage(tx, importId, document, rows);
    const sums = await separateTotals(tx, { importId, document, table, totals: TOTALS });
    const problems = await checkTotals(tx, { mine, importId, document, table, typed });
    const [left] = await tx.rows<{ count: string }>(`SELECT count(*) FROM ${table}`);
    await tx.rows(`DROP TABLE ${table}, ${table}_totals`);
    return { sums, problems, left: Number(left!.count) };
  });
  const kept = await desk.query<{ label: string; stated: string; found: string }>(
    'SELECT label, stated, found FROM control_totals WHERE mine_id = $1 ORDER BY seq',
    [mine],
  );
  return {
    sums: Object.fromEntries(answer.sums.map(({ label, rows: count }) => [label, count])),
    left: answer.left,
    problems: answer.problems.map(({ rowNo, column, code, params }) => ({ rowNo, column, code, params })),
    kept: kept.map(({ label, stated, found }) => [label, stated, found] as const),
  };
}
