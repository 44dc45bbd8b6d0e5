/** What of staged books is kept ($1 is the mine), from what the mapping made of them and from their own tables. */
import { typedRows } from '../../rules/check-sql.js';
import type { ScratchTable } from './rows-of-sums.js';

/** One row a voucher line: row_no, period, account, voucher, debit, credit, reason, imported … (mapping). */
const linesTable = (importId: string): ScratchTable => `scratch.import_${importId}_lines`;

export const linesByAccountSql = (importId: string): string => `
  INSERT INTO import_accounts (mine_id, import_id, period, account, reason, account_name, is_cost, lines, debit, credit,
    imported, internal)
  SELECT $1, ${importId}, l.period, l.account, l.reason, min(l.account_name), bool_or(l.is_cost), count(*),
    coalesce(sum(l.debit), 0), coalesce(sum(l.credit), 0), coalesce(sum(l.imported), 0),
    coalesce(sum(l.imported) FILTER (WHERE l.is_internal), 0)
  FROM ${linesTable(importId)} l GROUP BY l.period, l.account, l.reason`;

/** Lines of accounts that are no cost, such as 银行存款, are kept as sums alone. */
export const leftOutSql = (importId: string): string => `
  INSERT INTO left_out_lines (mine_id, import_id, row_no, period, account, voucher, summary, debit, credit, reason)
  SELECT $1, ${importId}, l.row_no, l.period, l.account, coalesce(l.voucher, ''), l.summary, coalesce(l.debit, 0),
    coalesce(l.credit, 0), l.reason
  FROM ${linesTable(importId)} l WHERE l.reason <> 'imported' AND (l.is_cost OR l.reason LIKE 'fund%')`;

const BALANCE_COLUMNS = [
  ...['row_no', 'period', 'account', 'account_name', 'department', 'auxiliary', 'opening_debit', 'opening_credit'],
  ...['debit', 'credit', 'closing_debit', 'closing_credit'],
];

export const balancesSql = (importId: string, table: ScratchTable): string => `
  INSERT INTO account_balances (mine_id, import_id, ${BALANCE_COLUMNS.join(', ')})
  SELECT $1, ${importId}, ${BALANCE_COLUMNS.map((name) => `t.${name}`).join(', ')} FROM ${typedRows('balances', table)} t`;

/** A later listing replaces an earlier one; within a file the last row of an account stands. */
export const accountsSql = (importId: string, table: ScratchTable): string => `
  INSERT INTO ledger_accounts AS kept (mine_id, account, account_name, level, type, direction, import_id)
  SELECT DISTINCT ON (t.account) $1, t.account, t.account_name, t.level, t.type, t.direction, ${importId}
  FROM ${typedRows('accounts', table)} t ORDER BY t.account, t.row_no DESC
  ON CONFLICT (mine_id, account) DO UPDATE SET account_name = excluded.account_name,
    level = coalesce(excluded.level, kept.level), type = coalesce(excluded.type, kept.type),
    direction = coalesce(excluded.direction, kept.direction), import_id = excluded.import_id`;

const PAIRS = ['budget', 'actual', 'last_year', 'last_month', 'to_date', 'last_year_to_date'];
/** The management table's own figures have no word before them. */
const stagedPair = (pair: string) => (pair === 'actual' ? '' : `${pair}_`);

/**
 * Every row of a management table, whether a rule uses it or not. Ten thousands (万元, 万吨) are counted out of totals,
 * so that months written in different units compare; prices are yuan per unit in either.
 */
export const comparativesSql = (importId: string, table: ScratchTable): string => {
  const scale = `CASE WHEN t.unit LIKE '万%' THEN 10000 ELSE 1 END`;
  const figures = PAIRS.flatMap((pair) => [`t.${stagedPair(pair)}price`, `t.${stagedPair(pair)}total * ${scale}`]);
  return `
  INSERT INTO comparatives (mine_id, import_id, row_no, period, department, code, name, unit,
    ${PAIRS.flatMap((pair) => [`${pair}_price`, `${pair}_total`]).join(', ')})
  SELECT $1, ${importId}, t.row_no, t.period, coalesce(t.department, t.department_name), t.code, t.name,
    regexp_replace(t.unit, '^万', ''), ${figures.join(', ')} FROM ${typedRows('management', table)} t`;
};
