/** What is kept of a period's books. An import counts while it stands: accepted, and not superseded by another. */
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { withLevels } from './account-levels.js';

const STANDS = `i.status = 'accepted' AND i.superseded_by IS NULL`;
const joined = (alias: string) =>
  `JOIN imports i ON i.mine_id = ${alias}.mine_id AND i.id = ${alias}.import_id AND ${STANDS}`;

/** Voucher lines of an account that met one fate; yuan. */
export interface BookedRow {
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

export function bookedAccounts(tx: Tx, mine: string, period: string): Promise<BookedRow[]> {
  return tx.rows<BookedRow>(
    `SELECT a.account, max(a.account_name) AS name, a.reason, bool_or(a.is_cost) AS "isCost", sum(a.lines) AS lines,
       sum(a.debit) AS debit, sum(a.credit) AS credit, sum(a.imported) AS imported, sum(a.internal) AS internal
     FROM import_accounts a ${joined('a')} WHERE a.mine_id = $1 AND a.period = $2
     GROUP BY a.account, a.reason ORDER BY a.account, a.reason`,
    [mine, period],
  );
}

/** Turnover of an account of the last level, all its departments together; yuan. */
export interface ListedRow {
  readonly account: string;
  readonly name: string | null;
  /** 科目类型, where a table of accounts says it. */
  readonly type: string | null;
  readonly debit: string;
  readonly credit: string;
}

export interface Balances {
  readonly importId: string;
  readonly accounts: readonly ListedRow[];
}

/** The newest balance sheet of the period; null where there is none. */
export async function newestBalances(tx: Tx, mine: string, period: string): Promise<Balances | null> {
  const [newest] = await tx.rows<{ id: string | null }>(
    `SELECT max(b.import_id) AS id FROM account_balances b ${joined('b')} WHERE b.mine_id = $1 AND b.period = $2`,
    [mine, period],
  );
  if (newest?.id == null) return null;
  const rows = '(SELECT * FROM account_balances WHERE mine_id = $1 AND import_id = $2 AND period = $3)';
  const accounts = await tx.rows<ListedRow>(
    `SELECT b.account, coalesce(max(b.account_name), max(k.account_name)) AS name, max(k.type) AS type,
       coalesce(sum(b.debit), 0) AS debit, coalesce(sum(b.credit), 0) AS credit
     FROM ${withLevels(rows, 'r.row_no >> 21')} b
     LEFT JOIN ledger_accounts k ON k.mine_id = $1 AND k.account = b.account
     WHERE b.is_leaf GROUP BY b.account ORDER BY b.account`,
    [mine, newest.id, period],
  );
  return { importId: newest.id, accounts };
}

/** TUR-1, of stored cells as reported in the period; yuan. */
export interface Actuals {
  readonly explicit: string;
  readonly internal: string;
}

export async function reportedActuals(tx: Tx, mine: string, period: string): Promise<Actuals> {
  const [row] = await tx.rows<Actuals>(
    `SELECT coalesce(sum(c.m_explicit_actual), 0) AS explicit, coalesce(sum(c.m_internal_actual), 0) AS internal
     FROM cells c WHERE c.mine_id = $1 AND c.reported_in = $2`,
    [mine, period],
  );
  return row!;
}

/** Rows that are listed up to a limit, with how many there are and what they come to; yuan. */
export interface Listed<Row> {
  readonly rows: readonly Row[];
  readonly count: number;
  readonly amount: string;
}

export interface LeftOutRow {
  readonly account: string;
  readonly reason: string;
  readonly importId: string;
  readonly rowNo: number;
  readonly voucher: string;
  readonly summary: string | null;
  readonly amount: string;
}

/** Debits of cost accounts that were booked and became no record. A cancelled voucher was not booked. */
export async function leftOutDebits(tx: Tx, mine: string, period: string, limit: number): Promise<Listed<LeftOutRow>> {
  const from = `FROM left_out_lines l ${joined('l')}
    JOIN import_accounts a ON (a.mine_id, a.import_id, a.period, a.account, a.reason)
      = (l.mine_id, l.import_id, l.period, l.account, l.reason)
    WHERE l.mine_id = $1 AND l.period = $2 AND a.is_cost AND l.debit <> 0 AND l.reason <> 'void'`;
  return listed(tx, from, 'l.debit', [mine, period], {
    columns: `l.account, l.reason, l.import_id AS "importId", l.row_no AS "rowNo", l.voucher, l.summary, l.debit AS amount`,
    order: 'l.import_id, l.row_no',
    limit,
  });
}

export interface OtherRecordRow {
  readonly source: string;
  readonly id: string;
  readonly importId: string;
  readonly rowNo: number;
  readonly voucher: string | null;
  readonly summary: string | null;
  readonly amount: string;
}

/** Explicit external records that came by no vouchers: single rows, the mine's own files, settlement slips. */
export async function recordsFromElsewhere(
  tx: Tx,
  mine: string,
  period: string,
  limit: number,
): Promise<Listed<OtherRecordRow>> {
  const from = `FROM records r WHERE r.mine_id = $1 AND r.posted_period = $2 AND r.nature = 'explicit'
    AND r.status = 'posted' AND NOT r.is_internal AND r.amount <> 0
    AND r.import_id <> ALL (ARRAY(SELECT DISTINCT a.import_id FROM import_accounts a WHERE a.mine_id = $1))`;
  return listed(tx, from, 'r.amount', [mine, period], {
    columns: `r.source, r.id, r.import_id AS "importId", r.row_no AS "rowNo", r.voucher, r.summary, r.amount`,
    order: 'r.source, r.id',
    limit,
  });
}

interface Listing {
  readonly columns: string;
  readonly order: string;
  readonly limit: number;
}

async function listed<Row>(
  tx: Tx,
  from: string,
  amount: string,
  parameters: readonly unknown[],
  { columns, order, limit }: Listing,
): Promise<Listed<Row>> {
  const [all] = await tx.rows<{ count: string; amount: string }>(
    `SELECT count(*) AS count, coalesce(sum(${amount}), 0) AS amount ${from}`,
    parameters,
  );
  const rows = await tx.rows<Row>(`SELECT ${columns} ${from} ORDER BY ${order} LIMIT ${limit}`, parameters);
  return { rows, count: Number(all!.count), amount: all!.amount };
}

export interface SourceRow {
  readonly id: string;
  readonly fileName: string;
  readonly kind: string;
  readonly format: string | null;
  readonly finishedAt: Date | null;
  readonly hasVouchers: boolean;
  readonly hasBalances: boolean;
}

/** Imports that stand and brought vouchers, balances or explicit records of the period. */
export function importsOfPeriod(tx: Tx, mine: string, period: string): Promise<SourceRow[]> {
  return tx.rows<SourceRow>(
    `SELECT i.id, i.file_name AS "fileName", i.kind, i.format, i.finished_at AS "finishedAt",
       bool_or(s.what = 'vouchers') AS "hasVouchers", bool_or(s.what = 'balances') AS "hasBalances"
     FROM (SELECT import_id, 'vouchers' AS what FROM import_accounts WHERE mine_id = $1 AND period = $2
       UNION SELECT import_id, 'balances' FROM account_balances WHERE mine_id = $1 AND period = $2
       UNION SELECT import_id, 'records' FROM records
         WHERE mine_id = $1 AND posted_period = $2 AND nature = 'explicit' AND status = 'posted') s
     JOIN imports i ON i.mine_id = $1 AND i.id = s.import_id AND ${STANDS} GROUP BY i.mine_id, i.id ORDER BY i.id`,
    [mine, period],
  );
}

export interface ControlTotalRow {
  readonly importId: string;
  readonly kind: 'file_total' | 'typed';
  readonly document: string;
  readonly rowNo: number | null;
  readonly label: string;
  readonly stated: string;
  readonly found: string;
  readonly difference: string;
}

export function controlTotalsOf(
  tx: Tx,
  mine: string,
  imports: readonly string[],
  limit: number,
): Promise<ControlTotalRow[]> {
  return tx.rows<ControlTotalRow>(
    `SELECT import_id AS "importId", kind, document, row_no AS "rowNo", label, stated, found, stated - found AS difference
     FROM control_totals WHERE mine_id = $1 AND import_id = ANY ($2::bigint[]) ORDER BY import_id, seq LIMIT $3`,
    [mine, imports, limit],
  );
}

export async function isPeriodKnown(tx: Tx, mine: string, period: string): Promise<boolean> {
  const [found] = await tx.rows<{ known: boolean }>(
    'SELECT EXISTS (SELECT FROM periods WHERE mine_id = $1 AND code = $2) AS known',
    [mine, period],
  );
  return found!.known;
}
