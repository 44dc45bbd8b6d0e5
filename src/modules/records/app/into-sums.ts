import type { Tx } from '../../../platform/database/unit-of-work.js';
import { closedIn, lockPeriods, markData } from '../../reference/index.js';
import { addSums, datedRecords, expectingGroups, ofMine, type GroupKey } from '../../synergy/index.js';

/** Records on their way into the books, as relations without parameters. */
export interface Incoming {
  readonly mine: string;
  /** Judged records, with RECORD_COLUMNS. */
  readonly judged: string;
  /** The same with the periods that they are posted to and valued in. */
  readonly dated: string;
  /** Their sums per cell. */
  readonly sums: string;
}

export interface Posting {
  readonly groups: GroupKey[];
  /** Periods in which gains must be looked at again for double counts. */
  readonly gainPeriods: string[];
  /** Periods the records are dated or valued in. */
  readonly periods: string[];
  readonly rows: number;
  /** Σ amount as stored, in yuan: the control total. */
  readonly amountYuan: string;
}

/** Judged records, a relation without parameters, with the periods that they are posted to and valued in. */
export const datedOf = (mine: string, judged: string): string =>
  ofMine(datedRecords('judged_records'), mine).replace('judged_records', () => judged);

/** A record dated in a period that is closed. */
export interface LateRecord {
  readonly rowNo: number;
  readonly id: string;
  readonly period: string;
}

/**
 * Guarantee 5: records dated in a period that is closed. The periods stay locked from here on, so that none is closed
 * before this transaction ends: all at once, those too in which corrections of the same groups were reported, for whose
 * sake the cells are compared later (keepClosed); one after the other, writers would cross. COR-1: what belongs there may still come as a correction, dated in an open period.
 */
export async function lateRecords(
  tx: Tx,
  { mine, judged, dated, sums }: Incoming,
  limit: number,
): Promise<LateRecord[]> {
  const touched = await tx.rows<{ code: string }>(
    `SELECT period AS code FROM ${sums} UNION SELECT reported_in FROM ${sums}
     UNION SELECT c.reported_in FROM ${sums} s JOIN cell_sums c USING (period, department, category, item, nature, baseline)
       WHERE c.mine_id = $1
     UNION SELECT a.period FROM adjustments a WHERE a.mine_id = $1 AND ${isVoucherNew(judged)}`,
    [mine],
  );
  const codes = touched.map(({ code }) => code);
  const closed = closedIn(await lockPeriods(tx, mine, codes));
  if (closed.length === 0) return [];
  return tx.rows<LateRecord>(
    `SELECT r.row_no AS "rowNo", r.id, r.posted_period AS period FROM ${dated} r WHERE r.posted_period = ANY ($1)
     ORDER BY r.row_no, r.id LIMIT $2`,
    [closed, limit],
  );
}

/** Makes records that were just posted count: the only place that puts records into sums. Their periods are locked. */
export async function putIntoSums(tx: Tx, { mine, judged, sums }: Incoming): Promise<Posting> {
  const groups = await addSums(tx, mine, sums);
  const fresh = await markData(tx, mine, [...new Set(groups.map(({ period }) => period))]);
  const [control] = await tx.rows<{ rows: string; amount: string }>(
    `SELECT coalesce(sum(quantified + unquantified), 0) AS rows,
       coalesce(sum(amount_of_quantified + amount_of_unquantified), 0) AS amount FROM ${sums}`,
  );
  return {
    groups: [...groups, ...(fresh.length > 0 ? await expectingGroups(tx, mine, fresh, null) : [])],
    gainPeriods: await markVouchers(tx, mine, judged),
    periods: [...new Set(groups.map(({ period }) => period))].sort(),
    rows: Number(control!.rows),
    amountYuan: control!.amount,
  };
}

/** Of adjustments a: these records are the first to carry its voucher. */
const isVoucherNew = (judged: string) => `NOT a.is_voucher_recorded AND a.voucher IS NOT NULL
  AND EXISTS (SELECT FROM ${judged} s WHERE s.voucher = a.voucher)`;

/** GAI-1: gains whose voucher a newly posted record carries; answers their periods, which are locked like the records' own. */
async function markVouchers(tx: Tx, mine: string, judged: string): Promise<string[]> {
  const marked = await tx.rows<{ period: string }>(
    `UPDATE adjustments a SET is_voucher_recorded = true WHERE a.mine_id = $1 AND ${isVoucherNew(judged)}
     RETURNING a.period`,
    [mine],
  );
  return [...new Set(marked.map(({ period }) => period))];
}
