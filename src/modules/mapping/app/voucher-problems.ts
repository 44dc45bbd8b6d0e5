import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { VoucherTables } from './entries-sql.js';
import type { MappingProblem } from './mapping.js';

/** More of one kind are not listed. */
const MAX_LISTED = 1_000;

interface Found {
  readonly row_no: number;
  readonly code: string;
}

/**
 * What is wrong with lines by themselves: no side or both, and a ledger period that their day is not in. A mine may cut
 * its months otherwise than by the calendar: then its table of periods decides.
 */
export async function lineProblems(tx: Tx, mine: string, { entries }: VoucherTables): Promise<MappingProblem[]> {
  const wrong = await tx.rows<Found>(
    `SELECT row_no, wrong AS code FROM ${entries} WHERE wrong IS NOT NULL AND NOT is_void
     ORDER BY row_no LIMIT ${MAX_LISTED}`,
  );
  const elsewhere = await tx.rows<{ row_no: number; period: string; date: string }>(
    `SELECT d.row_no, d.period, d.date::text AS date FROM (
       SELECT period, date, min(row_no) AS row_no FROM ${entries}
       WHERE NOT is_adjustment AND NOT is_void AND period <> substr(date::text, 1, 7) GROUP BY 1, 2) d
     WHERE NOT EXISTS (SELECT FROM periods p JOIN mines m USING (mine_id) WHERE p.mine_id = $1 AND m.has_period_table
       AND p.code = d.period AND d.date BETWEEN p.start_date AND p.end_date)
     ORDER BY d.row_no LIMIT ${MAX_LISTED}`,
    [mine],
  );
  const column = (code: string) => (code === 'both_sides' ? 'credit' : 'debit');
  return [
    ...wrong.map(({ row_no, code }) => problem(row_no, column(code), code, {})),
    ...elsewhere.map(({ row_no, period, date }) =>
      problem(row_no, 'period', 'period_differs_from_date', { period, date }),
    ),
  ];
}

const problem = (rowNo: number, column: string, code: string, params: Readonly<Record<string, string>>) =>
  ({ rowNo, column, code, params, document: 'vouchers' }) satisfies MappingProblem;

/** Vouchers whose sides differ, each at its first line. */
export async function unbalanced(tx: Tx, { entries, vouchers }: VoucherTables): Promise<MappingProblem[]> {
  const found = await tx.rows<
    Found & { voucher: string; period: string; debit: string; credit: string; difference: string }
  >(
    `SELECT v.first_row AS row_no, e.voucher, e.period, v.debit::numeric(40, 2) AS debit,
       v.credit::numeric(40, 2) AS credit, (v.debit - v.credit)::numeric(40, 2) AS difference
     FROM (SELECT * FROM ${vouchers} WHERE debit <> credit AND NOT is_void ORDER BY first_row LIMIT ${MAX_LISTED}) v
     JOIN ${entries} e ON e.row_no = v.first_row ORDER BY v.first_row`,
  );
  return found.map(({ row_no, voucher, period, debit, credit, difference }) =>
    problem(row_no, 'debit', 'voucher_unbalanced', { voucher, period, debit, credit, difference }),
  );
}

/** Whether the place of every line in its voucher can be told from its row. */
export async function isEveryVoucherRegular(tx: Tx, { vouchers }: VoucherTables): Promise<boolean> {
  const irregular = await tx.rows(`SELECT FROM ${vouchers} WHERE NOT is_regular LIMIT 1`);
  return irregular.length === 0;
}
