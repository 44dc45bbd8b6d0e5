/** The lines of vouchers as SQL reads them: once typed, then by account, by voucher and by combination. */
import { isWrongRowSql, typedRows } from '../../rules/check-sql.js';
import type { ScratchTable } from './mapping.js';

/** Scratch tables of one mapping. */
export interface VoucherTables {
  readonly staged: ScratchTable;
  readonly entries: ScratchTable;
  readonly accounts: ScratchTable;
  readonly combinations: ScratchTable;
  readonly answers: ScratchTable;
  readonly vouchers: ScratchTable;
  readonly decided: ScratchTable;
  readonly lines: ScratchTable;
  readonly records: ScratchTable;
}

export function voucherTables(importId: string, staged: ScratchTable): VoucherTables {
  const named = (name: string): ScratchTable => `scratch.import_${importId}_${name}`;
  return {
    staged,
    entries: named('entries'),
    accounts: named('entry_accounts'),
    combinations: named('entry_combinations'),
    answers: named('entry_answers'),
    vouchers: named('entry_vouchers'),
    decided: named('entry_decided'),
    lines: named('lines'),
    records: named('records'),
  };
}

const hasSides = '(coalesce(t.debit, 0) <> 0 OR coalesce(t.credit, 0) <> 0)';
const side = (name: 'debit' | 'credit') =>
  `CASE WHEN t.has_sides THEN coalesce(t.${name}, 0) WHEN t.direction = '${name}' THEN coalesce(t.amount, 0) ELSE 0 END`;

/**
 * The ledger period as YYYY-MM; an adjustment period (2023-13, 2023-1201) as it stands, since it numbers its vouchers
 * beside December's. The column was checked already: here its form is only told apart, which is cheaper than reading it.
 */
const SAID_PERIOD = `CASE WHEN t.raw_period IS NULL THEN substr(t.date::text, 1, 7)
  WHEN t.raw_period LIKE '____-__' THEN t.raw_period
  WHEN translate(t.raw_period, '0123456789', '') = '' THEN left(t.raw_period, 4) || '-' || substr(t.raw_period, 5)
  ELSE left(t.raw_period, 4) || '-' || lpad(translate(substr(t.raw_period, 6), '月', ''),
    greatest(2, length(translate(substr(t.raw_period, 6), '月', ''))), '0') END`;
const IS_ADJUSTMENT = `substr(t.said_period, 6) COLLATE "C" > '12'`;

/** 0012 and 12 are one voucher. */
const voucherNumber = `CASE WHEN left(t.voucher_no, 1) = '0' AND translate(t.voucher_no, '0123456789', '') = ''
  THEN coalesce(nullif(ltrim(t.voucher_no, '0'), ''), '0') ELSE t.voucher_no END`;
const voucherType = `translate(coalesce(t.voucher_type, ''), E' \\u3000', '')`;

/**
 * Lines with their values. Blank keys are '', so that they can be met by equality. `wrong` is a problem of the line
 * itself, `is_unreadable` that one of its columns is wrong.
 */
export function entriesSql({ entries, staged }: VoucherTables): string {
  const read = `(SELECT t.*, ${SAID_PERIOD} AS said_period, ${voucherType} AS kind, ${voucherNumber} AS number,
      ${hasSides} AS has_sides FROM ${typedRows('vouchers', staged)} t OFFSET 0)`;
  return `CREATE UNLOGGED TABLE ${entries} AS
    SELECT t.row_no, t.date, CASE WHEN ${IS_ADJUSTMENT} THEN left(t.said_period, 4) || '-12' ELSE t.said_period END AS period,
      ${IS_ADJUSTMENT} AS is_adjustment, t.said_period || '/' || t.kind || '/' || t.number AS voucher_key,
      CASE t.kind WHEN '' THEN t.number ELSE t.kind || '-' || t.number END AS voucher,
      CASE WHEN length(t.line_no) < 10 AND translate(t.line_no, '0123456789', '') = '' THEN t.line_no::int END AS line_no,
      t.summary, t.account, coalesce(t.account_name, '') AS account_name,
      ${side('debit')} AS debit, ${side('credit')} AS credit, t.quantity, t.unit,
      coalesce(t.department, '') AS department, coalesce(t.project, '') AS project, t.counterparty,
      coalesce(t.auxiliary, '') AS auxiliary, coalesce(t.is_void = 'yes', false) AS is_void,
      CASE WHEN t.debit <> 0 AND t.credit <> 0 THEN 'both_sides' WHEN t.has_sides THEN NULL
        WHEN t.amount <> 0 AND t.direction IS NULL THEN 'no_direction'
        WHEN t.debit IS NULL AND t.credit IS NULL AND t.amount IS NULL THEN 'no_amount' END AS wrong,
      ${isWrongRowSql('vouchers')} AS is_unreadable
    FROM ${read} t`;
}

export const distinctAccountsSql = ({ entries }: VoucherTables) =>
  `SELECT account, account_name AS name FROM ${entries} GROUP BY 1, 2 ORDER BY 1, 2`;

/** `is_open`: whether what the line's dimensions are decides what becomes of it. */
export const ACCOUNT_COLUMNS = `account text, account_name text, path text, type text, is_cost boolean,
  is_open boolean, reason text, carries text`;

/** `account_no` numbers the rows of the accounts table by (account, account_name). */
export function combinationsSql({ entries, accounts, combinations }: VoucherTables): string {
  return `CREATE UNLOGGED TABLE ${combinations} AS
    SELECT row_number() OVER ()::int AS no, c.* FROM (
      SELECT e.account, e.account_name, a.path, a.type, e.department, e.project, e.auxiliary
      FROM ${entries} e JOIN ${accounts} a USING (account, account_name) WHERE a.is_open
      GROUP BY 1, 2, 3, 4, 5, 6, 7) c`;
}

/**
 * Vouchers with what tells whether they balance and whether they move cost on. A voucher is regular if its lines stand
 * together, in the order of their numbers: then a line's place in it is told without sorting.
 */
export function vouchersSql({ entries, accounts, vouchers }: VoucherTables): string {
  return `CREATE UNLOGGED TABLE ${vouchers} AS
    SELECT e.voucher_key, min(e.row_no) AS first_row, bool_or(e.is_void) AS is_void,
      sum(e.debit) AS debit, sum(e.credit) AS credit,
      max(e.row_no) - min(e.row_no) + 1 = count(*) AND count(e.line_no) IN (0, count(*))
        AND coalesce(max(e.line_no - e.row_no) = min(e.line_no - e.row_no), true) AS is_regular,
      bool_or(coalesce(a.carries = 'profit', false)) AS closes,
      bool_or(coalesce(a.carries = 'product', false) AND e.debit <> 0) AS to_product,
      bool_or(a.is_cost AND e.debit <> 0) AS to_cost,
      bool_or(a.is_cost AND e.credit <> 0) AND bool_and(a.is_cost OR e.credit = 0) AS from_cost_alone
    FROM ${entries} e JOIN ${accounts} a USING (account, account_name) GROUP BY e.voucher_key`;
}

export const ANSWER_COLUMNS = `no int, kind text, reason text, side text, item text, category text, nature text,
  department text, project text, counterparty text, is_internal boolean, no_item boolean, no_department text,
  no_project text`;
