import { plannedFor } from '../../../platform/database/bulk-plan.js';
import { copyRows } from '../../../platform/database/copy.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { bySpecificity } from './account-rules.js';
import { decidedSql, linesSql, recordsSql, unmappedSql } from './decide-sql.js';
import { loadDirectory } from './directory.js';
import {
  ANSWER_COLUMNS,
  combinationsSql,
  entriesSql,
  voucherTables,
  vouchersSql,
  type VoucherTables,
} from './entries-sql.js';
import { mapAccounts } from './map-accounts.js';
import { mapCombination, type Combination, type Mapped } from './map-combination.js';
import type { Books, Mapping, MappingProblem } from './mapping.js';
import type { AccountRule } from './profile.js';
import { shownUnmapped, unmappedProblem, type FoundUnmapped } from './unmapped.js';
import { isEveryVoucherRegular, lineProblems, unbalanced } from './voucher-problems.js';

type VoucherBooks = Books['documents'][number];

/**
 * Reads the lines of vouchers, once for everything that asks about them; answers whether every column of every line can
 * be read. Before `mapVouchers`.
 */
export async function readVouchers(tx: Tx, importId: string, { table, rows }: VoucherBooks): Promise<boolean> {
  const tables = voucherTables(importId, table);
  await plannedFor(tx, rows, () => tx.rows(entriesSql(tables)));
  const unreadable = await tx.rows(`SELECT FROM ${tables.entries} WHERE is_unreadable LIMIT 1`);
  return unreadable.length === 0;
}

/**
 * Entries of vouchers become records of the cost they book. Leaves `scratch.import_<id>_lines`, one row for each entry
 * and what became of it, and `scratch.import_<id>_records`; where something is wrong these only show the clerk how far
 * the profile leads.
 */
export async function mapVouchers(tx: Tx, books: Books, { table, rows }: VoucherBooks): Promise<Mapping> {
  const tables = voucherTables(books.importId, table);
  return plannedFor(tx, rows, async () => {
    const problems = await lineProblems(tx, books.mine, tables);
    const rules = bySpecificity(books.profile.accounts);
    if (!(await mapAccounts(tx, books, tables, rules))) return refused([...problems, TOO_MANY_ACCOUNTS]);
    const isComplete = await answerCombinations(tx, books, tables, rules);
    await tx.rows(vouchersSql(tables));
    problems.push(...(await unbalanced(tx, tables)));
    const isRegular = await isEveryVoucherRegular(tx, tables);
    await tx.rows(decidedSql(tables, books.profile, isRegular), [books.profile.internal.counterparties]);
    await tx.rows(linesSql(tables));
    await tx.rows(recordsSql(tables, books.profile));
    const unmapped = isComplete ? [] : await findUnmapped(tx, tables);
    problems.push(...unmapped.map((found) => unmappedProblem(found, books.profile.name, 'vouchers')));
    const { leftOut, imported } = await sumsByReason(tx, tables);
    const target = {
      kind: 'records',
      document: 'vouchers',
      table: tables.records,
      source: books.profile.source,
    } as const;
    const targets = [{ ...target, rows: imported }];
    return { targets, problems, unmapped: unmapped.map(shownUnmapped), leftOut };
  });
}

const refused = (problems: readonly MappingProblem[]): Mapping => ({
  targets: [],
  problems,
  unmapped: [],
  leftOut: [],
});

const TOO_MANY_ACCOUNTS: MappingProblem = {
  ...{ rowNo: 0, column: 'account', code: 'too_many_accounts', params: {}, document: 'vouchers' },
};

/** Memory must not grow with what a file makes up: combinations are answered page by page. */
const PAGE = 10_000;

/** Answers every combination; tells whether all of them lead somewhere. */
async function answerCombinations(
  tx: Tx,
  books: Books,
  tables: VoucherTables,
  rules: readonly AccountRule[],
): Promise<boolean> {
  await tx.rows(combinationsSql(tables));
  await tx.rows(`CREATE UNLOGGED TABLE ${tables.answers} (${ANSWER_COLUMNS})`);
  const known = await loadDirectory(tx, books.mine, books.importId);
  let isComplete = true;
  for (let after = 0; ; after += PAGE) {
    const page = await tx.rows<Combination & { readonly no: number }>(
      `SELECT no, account, path, type, department, project, auxiliary FROM ${tables.combinations}
       WHERE no > $1 AND no <= $2`,
      [after, after + PAGE],
    );
    if (page.length === 0) return isComplete;
    const answers = page.map((row) => ({ no: row.no, mapped: mapCombination(books.profile, rules, known, row) }));
    isComplete &&= answers.every(({ mapped }) => mapped.is !== 'unmapped');
    await copyRows(
      tx,
      tables.answers,
      ANSWER_COLUMNS.split(',').map((column) => column.trim().split(' ')[0]!),
      answers.map(({ no, mapped }) => [no, ...answerRow(mapped)]),
    );
  }
}

type Cell = string | null;

/** As ANSWER_COLUMNS. */
function answerRow(mapped: Mapped): Cell[] {
  const isCost = mapped.is === 'cost';
  const isUnmapped = mapped.is === 'unmapped';
  const costs = isCost
    ? [mapped.item, mapped.category, mapped.nature, mapped.department, mapped.project, mapped.counterparty]
    : [null, null, null, null, null, null];
  return [
    mapped.is,
    mapped.is === 'left_out' ? mapped.reason : null,
    isCost || isUnmapped ? mapped.side : null,
    ...costs,
    String(isCost && mapped.isInternal),
    String(isUnmapped && mapped.account),
    isUnmapped ? mapped.department : null,
    isUnmapped ? mapped.project : null,
  ];
}

async function findUnmapped(tx: Tx, tables: VoucherTables): Promise<FoundUnmapped[]> {
  const rows = await tx.rows<Omit<FoundUnmapped, 'lines' | 'rowNo'> & { lines: string; row_no: number }>(
    unmappedSql(tables),
  );
  return rows.map(({ lines, row_no, ...found }) => ({ ...found, lines: Number(lines), rowNo: row_no }));
}

/** How many lines become records, and both sides of those left out, in yuan. */
async function sumsByReason(
  tx: Tx,
  { lines }: VoucherTables,
): Promise<{ readonly imported: number; readonly leftOut: Mapping['leftOut'] }> {
  const rows = await tx.rows<{ reason: string; lines: string; amount: string }>(
    `SELECT reason, count(*) AS lines, (sum(debit) + sum(credit))::numeric(40, 2) AS amount FROM ${lines}
     GROUP BY reason ORDER BY reason`,
  );
  const counted = rows.map(({ reason, lines: count, amount }) => ({ reason, lines: Number(count), amount }));
  return {
    imported: counted.find(({ reason }) => reason === 'imported')?.lines ?? 0,
    leftOut: counted.filter(({ reason }) => reason !== 'imported' && reason !== 'unmapped'),
  };
}
