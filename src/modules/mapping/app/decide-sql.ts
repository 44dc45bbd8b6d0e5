/** What becomes of each line of a voucher, and the records of those that are cost. */
import { COLUMNS } from '../../rules/columns.js';
import type { VoucherTables } from './entries-sql.js';
import type { Profile } from './profile.js';

const quoted = (text: string | null) => (text === null ? 'NULL' : `'${text.replaceAll("'", "''")}'`);

const FUND = `CASE WHEN e.debit <> 0 THEN 'fund_spending' ELSE 'fund_accrual' END`;

/**
 * Cost that moves on is not cost again: whatever meets 本年利润; credits whose voucher has 库存商品 or another cost
 * account on its other side; and, where only debits count, debits that come from other cost accounts alone.
 */
const IS_CARRIED = `v.closes
  OR c.side <> 'credit' AND e.credit <> 0 AND v.to_product
  OR c.side = 'debit' AND (e.credit <> 0 AND v.to_cost OR e.debit <> 0 AND v.from_cost_alone)`;

const REASON = `CASE WHEN v.is_void THEN 'void'
  WHEN NOT a.is_open THEN CASE a.reason WHEN 'fund' THEN ${FUND} ELSE a.reason END
  WHEN c.kind = 'fund' THEN ${FUND}
  WHEN c.kind = 'left_out' THEN c.reason
  WHEN e.debit = 0 AND e.credit = 0 AND coalesce(e.quantity, 0) = 0 THEN 'zero'
  WHEN ${IS_CARRIED} THEN 'carry_over'
  WHEN c.side = 'debit' AND e.credit <> 0 OR c.side = 'credit' AND e.debit <> 0 THEN 'other_side'
  WHEN c.kind = 'unmapped' THEN 'unmapped' ELSE 'imported' END`;

/** Lines with what becomes of them, over aliases e (entry), a (account), c (answer to its combination), v (voucher). */
function decidedFrom({ entries, accounts, combinations, answers, vouchers }: VoucherTables): string {
  return `${entries} e JOIN ${accounts} a USING (account, account_name) JOIN ${vouchers} v USING (voucher_key)
    LEFT JOIN (SELECT k.account, k.account_name, k.department AS said_department, k.project AS said_project, k.auxiliary,
        n.* FROM ${combinations} k JOIN ${answers} n USING (no)) c
      ON c.account = e.account AND c.account_name = e.account_name AND c.said_department = e.department
        AND c.said_project = e.project AND c.auxiliary = e.auxiliary`;
}

/** Of counterparties on the line itself; `$1`: those that are internal. */
const IS_INTERNAL = `coalesce(c.is_internal OR e.counterparty = ANY ($1::text[]), false)`;
const AMOUNT = `CASE c.side WHEN 'net' THEN e.debit - e.credit WHEN 'credit' THEN e.credit ELSE e.debit END`;

/** Ids of records: the same for the same books, whatever the format, and never longer than a code. */
const ID = `CASE WHEN length(d.voucher_key) > 54 THEN d.period || '/' || md5(d.voucher_key) ELSE d.voucher_key END
  || '/' || d.place`;

/**
 * Every line of the books with what becomes of it, once; lines and records are views of it. `isRegular`: every voucher is
 * (entries-sql); else places are counted by the lines' numbers, then in the order of the file. Parameter `$1`: internal
 * counterparties.
 */
export function decidedSql(tables: VoucherTables, profile: Profile, isRegular: boolean): string {
  const { entries, vouchers, decided } = tables;
  const counted = `LEFT JOIN (SELECT e.row_no, row_number() OVER (PARTITION BY e.voucher_key ORDER BY e.line_no, e.row_no)
    AS place FROM ${entries} e JOIN ${vouchers} v USING (voucher_key) WHERE NOT v.is_regular) o ON o.row_no = e.row_no`;
  const place = `e.row_no - v.first_row + 1`;
  const quantity = profile.zeroQuantity === 'none' ? 'nullif(e.quantity, 0)' : 'e.quantity';
  return `CREATE UNLOGGED TABLE ${decided} AS
    SELECT e.row_no, e.period, e.account, nullif(e.account_name, '') AS account_name, e.voucher, e.voucher_key, e.date,
      e.unit, e.summary, e.debit, e.credit, ${REASON} AS reason, a.is_cost, ${AMOUNT} AS amount,
      ${IS_INTERNAL} AS is_internal, c.department, c.category, c.item, c.nature, c.project,
      coalesce(e.counterparty, c.counterparty) AS counterparty,
      CASE WHEN c.side = 'net' AND e.credit <> 0 THEN -${quantity} ELSE ${quantity} END AS quantity,
      ${isRegular ? place : `coalesce(o.place, ${place})`} AS place
    FROM ${decidedFrom(tables)} ${isRegular ? '' : counted}`;
}

/** One row for each line of the books, for reconciliation. */
export const linesSql = ({ decided, lines }: VoucherTables): string =>
  `CREATE VIEW ${lines} AS SELECT d.row_no, d.period, d.account, d.account_name, d.voucher, d.summary, d.debit, d.credit,
     d.reason, d.is_cost, CASE d.reason WHEN 'imported' THEN d.amount ELSE 0 END AS imported,
     d.reason = 'imported' AND d.is_internal AS is_internal FROM ${decided} d`;

/** The records of lines that are cost, as texts like any staged row. */
export function recordsSql({ decided, records }: VoucherTables, profile: Profile): string {
  const filled: Readonly<Record<string, string>> = {
    id: ID,
    date: 'd.date::text',
    ...Object.fromEntries(['department', 'category', 'item', 'nature', 'unit', 'project'].map((c) => [c, `d.${c}`])),
    ...{ quantity: 'd.quantity::text', amount: 'd.amount::text', counterparty: 'd.counterparty' },
    internal: `CASE WHEN d.is_internal THEN 'yes' ELSE 'no' END`,
    ...{ voucher: 'd.voucher', summary: 'd.summary' },
    ...(profile.taxBasis === 'incl' ? { tax_basis: `'incl'`, tax_rate: quoted(profile.taxRate) } : {}),
  };
  const columns = COLUMNS.records.map(({ name }) => `(${filled[name] ?? 'NULL'})::text AS "${name}"`);
  return `CREATE VIEW ${records} AS SELECT d.row_no, ${columns.join(', ')}
    FROM ${decided} d WHERE d.reason = 'imported'`;
}

/** Lines that are cost and lead nowhere, by what no rule knows: what, code, name, lines, amount (yuan), row_no of the first. */
export function unmappedSql(tables: VoucherTables): string {
  const by = (what: string, code: string, name: string, condition: string) =>
    `SELECT '${what}' AS what, ${code} AS code, ${name} AS name, count(*) AS lines, sum(d.amount)::numeric(40, 2) AS amount,
       min(d.row_no) AS row_no FROM d WHERE ${condition} GROUP BY 1, 2`;
  return `WITH d AS (SELECT e.row_no, e.account, coalesce(a.path, nullif(e.account_name, '')) AS name, ${AMOUNT} AS amount,
      c.no_item, c.no_department, c.no_project FROM ${decidedFrom(tables)} WHERE c.kind = 'unmapped' AND ${REASON} = 'unmapped')
    ${by('account', 'd.account', 'max(d.name)', 'd.no_item')}
    UNION ALL ${by('department', 'd.no_department', 'NULL', 'd.no_department IS NOT NULL')}
    UNION ALL ${by('project', 'd.no_project', 'NULL', 'd.no_project IS NOT NULL')} ORDER BY row_no, what`;
}
