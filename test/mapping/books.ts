import { randomUUID } from 'node:crypto';
import { EVERY_MINE } from '../../src/modules/mines/index.js';
import {
  mapDocuments,
  readVouchers,
  profileFor,
  loadProfiles,
  type Books,
  type Mapping,
  type Profile,
} from '../../src/modules/mapping/index.js';
import { stagingColumns } from '../../src/modules/rules/check-sql.js';
import type { LedgerKind } from '../../src/modules/rules/ledger-columns.js';
import { columnsOf } from '../../src/modules/rules/tables.js';
import { copyRows } from '../../src/platform/database/copy.js';
import type { Tx } from '../../src/platform/database/unit-of-work.js';
import type { Door } from '../support/door.js';

/** A row of books by canonical column; what is not named is blank. */
export type BookRow = Readonly<Record<string, string | null>>;

/** What became of one line of a voucher. */
export interface MappedLine {
  readonly row_no: number;
  readonly period: string;
  readonly account: string;
  readonly voucher: string;
  readonly debit: string;
  readonly credit: string;
  readonly reason: string;
  readonly is_cost: boolean;
  readonly imported: string;
  readonly is_internal: boolean;
}

export interface MappedBooks extends Mapping {
  readonly lines: readonly MappedLine[];
  /** Staged records without row number, blank columns left out. */
  readonly records: readonly Readonly<Record<string, string>>[];
}

let imports = 0;

/**
 * Stages documents as the door does and maps them, in a transaction that is taken back. `profile` changes the one that
 * vouchers have by default.
 */
export async function mapBooks(
  door: Door,
  mine: string,
  documents: Readonly<Partial<Record<LedgerKind, readonly BookRow[]>>>,
  profile: Partial<Profile> = {},
  firstRow = 2,
): Promise<MappedBooks> {
  const undo = new Error(randomUUID());
  let found: MappedBooks | undefined;
  await door.uow
    .run(EVERY_MINE, async (tx) => {
      const format = documents.settlements ? 'settlement' : 'journal';
      const base = profileFor(await loadProfiles(tx, mine), format, null)!;
      const importId = String(900_000 + ++imports);
      const staged = await stage(tx, importId, documents, firstRow);
      for (const one of staged) if (one.document === 'vouchers') await readVouchers(tx, importId, one);
      const mapping = await mapDocuments(tx, { mine, importId, profile: { ...base, ...profile }, documents: staged });
      found = { ...mapping, ...(await resultOf(tx, importId, mapping)) };
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  return found!;
}

async function stage(
  tx: Tx,
  importId: string,
  documents: Readonly<Partial<Record<LedgerKind, readonly BookRow[]>>>,
  firstRow: number,
): Promise<Books['documents']> {
  const staged = [];
  for (const [kind, rows] of Object.entries(documents) as [LedgerKind, readonly BookRow[]][]) {
    const table = `scratch.import_${importId}_${kind}` as const;
    const columns = columnsOf(kind).map(({ name }) => name);
    await tx.rows(`CREATE UNLOGGED TABLE ${table} (${stagingColumns(kind)})`);
    await copyRows(
      tx,
      table,
      ['row_no', ...columns].map((name) => `"${name}"`),
      rows.map((row, i) => [Number(row.row_no ?? firstRow + i), ...columns.map((name) => row[name] ?? null)]),
    );
    staged.push({ document: kind, table, rows: rows.length });
  }
  return staged;
}

async function resultOf(tx: Tx, importId: string, mapping: Mapping): Promise<Pick<MappedBooks, 'lines' | 'records'>> {
  const [there] = await tx.rows<{ lines: string | null }>('SELECT to_regclass($1) AS lines', [
    `scratch.import_${importId}_lines`,
  ]);
  const lines = there?.lines
    ? await tx.rows<MappedLine>(`SELECT * FROM scratch.import_${importId}_lines ORDER BY row_no`)
    : [];
  const records: Record<string, string>[] = [];
  for (const { kind, table } of mapping.targets) {
    if (kind !== 'records') continue;
    const rows = await tx.rows<Record<string, string | null>>(`SELECT * FROM ${table} ORDER BY row_no, id`);
    records.push(
      ...rows.map(
        (row) =>
          Object.fromEntries(Object.entries(row).filter(([name, v]) => name !== 'row_no' && v !== null)) as Record<
            string,
            string
          >,
      ),
    );
  }
  return { lines, records };
}

/** Lines of one voucher, each `account name debit credit` and further columns. */
export function voucher(
  head: BookRow,
  lines: readonly (readonly [
    account: string,
    name: string | null,
    debit: string | null,
    credit: string | null,
    more?: BookRow,
  ])[],
): BookRow[] {
  return lines.map(([account, account_name, debit, credit, more]) => ({
    ...{ voucher_type: '记', ...head, account, account_name, debit, credit, ...more },
  }));
}
