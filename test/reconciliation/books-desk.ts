import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/data-source.js';
import { Mines } from '../../src/modules/mines/index.js';
import { checkTotals, separateTotals, type TotalsProblem } from '../../src/modules/reconciliation/index.js';
import { stagingColumns } from '../../src/modules/rules/check-sql.js';
import type { LedgerKind } from '../../src/modules/rules/ledger-columns.js';
import { columnsOf, type TableKind } from '../../src/modules/rules/tables.js';
import { copyRows } from '../../src/platform/database/copy.js';
import { UnitOfWork, type Tx } from '../../src/platform/database/unit-of-work.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';

/** A row of books: its number, and the texts of the columns that it fills. */
export type Row = Readonly<Record<string, string>> & { readonly row?: never };
export type ScratchTable = `scratch.${string}`;

/** Books laid into staging tables by hand, as reading a file would, on a database of its own. */
export class BooksDesk {
  readonly uow: UnitOfWork;

  private constructor(
    private readonly database: TestDatabase,
    readonly dataSource: DataSource,
  ) {
    this.uow = new UnitOfWork(dataSource);
  }

  static async open(): Promise<BooksDesk> {
    const database = await freshDatabase();
    return new BooksDesk(database, await new DataSource(dataSourceOptions(database.appUrl, 4)).initialize());
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
    await this.database.drop();
  }

  async newMine(): Promise<string> {
    const code = `m-${randomUUID().slice(0, 8)}`;
    await new Mines(this.uow, this.dataSource).ensure({ code, name: '柴里煤矿' });
    return code;
  }

  async newImport(mine: string, fileName = 'books.csv'): Promise<string> {
    const [row] = await this.query<{ id: string }>(
      `INSERT INTO imports (mine_id, kind, status, actor, file_name, size_bytes, sha256)
       VALUES ($1, 'file', 'accepted', 'test', $2, 1, $3) RETURNING id`,
      [mine, fileName, randomUUID()],
    );
    return row!.id;
  }

  query<Result>(sql: string, parameters: readonly unknown[] = []): Promise<Result[]> {
    return this.dataSource.query(sql, [...parameters]);
  }
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
  const answer = await desk.uow.run(async (tx) => {
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
