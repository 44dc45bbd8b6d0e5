import { isBulk, plannedFor } from '../../../platform/database/bulk-plan.js';
import { sqlState, type Tx } from '../../../platform/database/unit-of-work.js';
import { closedIn, lockPeriods, markData, openPeriods } from '../../reference/index.js';
import {
  addSums,
  datedRecords,
  expectingGroups,
  ofMine,
  sumRecords,
  valuationProblems,
  valuedRecords,
  type GroupKey,
} from '../../synergy/index.js';
import { judgedRowsSql, type KnownRelations } from '../../rules/check-sql.js';
import { RECORD_COLUMNS, RECORD_VALUES, judgedTable } from '../db/staged-records.js';

/** Where records come from that are handed in as they are: files in the contract's own layout, and single rows. */
export const DIRECT_SOURCE = 'direct';

/** Records staged and checked row by row, on their way into the books. */
export interface RecordBatch {
  readonly mine: string;
  readonly importId: string;
  /** Record ids are unique per mine and source. */
  readonly source: string;
  readonly staging: `scratch.${string}`;
  readonly rows: number;
}

export interface RecordProblem {
  readonly row: number;
  readonly column: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
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

/** More are counted but not listed. */
const MAX_LISTED = 100_000;

/**
 * Reads and judges staged records row by row, once and in parallel, into a table of records; answers whether any is wrong.
 */
export async function judgeRecords(
  tx: Tx,
  { staging, rows }: Pick<RecordBatch, 'staging' | 'rows'>,
  known: KnownRelations,
): Promise<boolean> {
  const judged = judgedTable(staging);
  const select = judgedRowsSql('records', staging, known, RECORD_VALUES);
  await plannedFor(tx, rows, () => tx.rows(`CREATE UNLOGGED TABLE ${judged} AS ${select}`));
  if (isBulk(rows)) await tx.rows(`ANALYZE ${judged} (date, department, category, item, nature, project)`);
  const [found] = await tx.rows<{ wrong: boolean }>(`SELECT EXISTS (SELECT FROM ${judged} WHERE is_wrong) AS wrong`);
  return found!.wrong;
}

/** The periods that staged records are dated in or correct; natural months come into being here. */
export async function openRecordPeriods(tx: Tx, { mine, staging }: RecordBatch): Promise<void> {
  const months = await tx.rows<{ code: string }>(
    `SELECT DISTINCT to_char(month, 'YYYY-MM') AS code FROM (
       SELECT DISTINCT date_trunc('month', r.date) AS month FROM ${judgedTable(staging)} r) months
     UNION SELECT DISTINCT r.corrects_period FROM ${judgedTable(staging)} r WHERE r.corrects_period IS NOT NULL`,
  );
  await openPeriods(
    tx,
    mine,
    months.map(({ code }) => code),
  );
}

const sumsTable = (batch: RecordBatch): `scratch.${string}` => `${batch.staging}_sums`;
const dated = (batch: RecordBatch) =>
  ofMine(datedRecords('staged_records'), batch.mine).replace('staged_records', () => judgedTable(batch.staging));

/**
 * Values staged records against the tables around them and sums them per cell, locks the periods that posting them would
 * touch, and answers what is wrong with them.
 */
export async function valueRecords(tx: Tx, batch: RecordBatch): Promise<RecordProblem[]> {
  await openRecordPeriods(tx, batch);
  const wrong = await sumRecords(tx, batch.mine, { sql: dated(batch), rows: batch.rows }, sumsTable(batch));
  if (wrong === 0) return lateRecords(tx, batch);
  const listing = ofMine(valuationProblems(valuedRecords('dated_records'), 'v.row_no'), batch.mine);
  const rows = await tx.rows<{ row_no: number; column_name: string; code: string }>(
    `${listing.replace('dated_records', () => dated(batch))} ORDER BY v.row_no, found.place LIMIT ${MAX_LISTED}`,
  );
  return rows.map(({ row_no, column_name, code }) => ({ row: row_no, column: column_name, code, params: {} }));
}

/**
 * Guarantee 5: records dated in a period that is closed. The periods stay locked from here on, so that none is closed
 * before this transaction ends. COR-1: what belongs there may still come as a correction, dated in an open period.
 */
async function lateRecords(tx: Tx, batch: RecordBatch): Promise<RecordProblem[]> {
  const { mine, staging } = batch;
  const sums = sumsTable(batch);
  const touched = await tx.rows<{ code: string }>(
    `SELECT period AS code FROM ${sums} UNION SELECT reported_in FROM ${sums}
     UNION SELECT a.period FROM adjustments a WHERE a.mine_id = $1 AND ${isVoucherNew(staging)}`,
    [mine],
  );
  const statuses = await lockPeriods(
    tx,
    mine,
    touched.map(({ code }) => code),
  );
  const closed = closedIn(statuses);
  if (closed.length === 0) return [];
  const rows = await tx.rows<{ row_no: number; period: string }>(
    `SELECT r.row_no, r.posted_period AS period FROM ${dated(batch)} r WHERE r.posted_period = ANY ($1)
     ORDER BY r.row_no LIMIT ${MAX_LISTED}`,
    [closed],
  );
  return rows.map(({ row_no, period }) => ({ row: row_no, column: 'date', code: 'period_closed', params: { period } }));
}

/**
 * Posts valued records: the only place that puts records into sums. Answers null when one of their ids is taken, which
 * leaves the transaction to be undone to its savepoint.
 */
export async function postRecords(tx: Tx, batch: RecordBatch): Promise<Posting | null> {
  const { mine, staging } = batch;
  const sums = sumsTable(batch);
  if (!(await insertRecords(tx, batch))) return null;
  const groups = await addSums(tx, mine, sums);
  const fresh = await markData(tx, mine, [...new Set(groups.map(({ period }) => period))]);
  const [control] = await tx.rows<{ rows: string; amount: string }>(
    `SELECT coalesce(sum(quantified + unquantified), 0) AS rows,
       coalesce(sum(amount_of_quantified + amount_of_unquantified), 0) AS amount FROM ${sums}`,
  );
  return {
    groups: [...groups, ...(await expectingGroups(tx, mine, fresh, null))],
    gainPeriods: await markVouchers(tx, mine, staging),
    periods: [...new Set(groups.map(({ period }) => period))].sort(),
    rows: Number(control!.rows),
    amountYuan: control!.amount,
  };
}

async function insertRecords(tx: Tx, batch: RecordBatch): Promise<boolean> {
  const columns = RECORD_COLUMNS.join(', ');
  try {
    const insert = ofMine(
      `INSERT INTO records (mine_id, source, import_id, status, posted_period, valued_period, valued_on, ${columns})
       SELECT $1, '${batch.source}', ${batch.importId}, 'posted', r.posted_period, r.valued_period, r.valued_on,
         ${RECORD_COLUMNS.map((column) => `r.${column}`).join(', ')} FROM dated_records r`,
      batch.mine,
    ).replace('dated_records', () => dated(batch));
    await plannedFor(tx, batch.rows, () => tx.rows(insert));
    return true;
  } catch (error) {
    if (sqlState(error) === '23505') return false;
    throw error;
  }
}

/** Of adjustments a: staged records are the first to carry its voucher. */
const isVoucherNew = (staging: RecordBatch['staging']) => `NOT a.is_voucher_recorded AND a.voucher IS NOT NULL
  AND EXISTS (SELECT FROM ${judgedTable(staging)} s WHERE s.voucher = a.voucher)`;

/** GAI-1: gains whose voucher a newly posted record carries; answers their periods, which are locked like the records' own. */
async function markVouchers(tx: Tx, mine: string, staging: RecordBatch['staging']): Promise<string[]> {
  const marked = await tx.rows<{ period: string }>(
    `UPDATE adjustments a SET is_voucher_recorded = true WHERE a.mine_id = $1 AND ${isVoucherNew(staging)}
     RETURNING a.period`,
    [mine],
  );
  return [...new Set(marked.map(({ period }) => period))];
}

/**
 * Staged records whose id the mine has from an earlier import, with that import's name: row, import and file. The ids of
 * the import that they supersede are free.
 */
export async function takenIds(tx: Tx, batch: RecordBatch, supersedes: string | null): Promise<RecordProblem[]> {
  const rows = await tx.rows<{ row_no: number; import_id: string; file_name: string }>(
    `SELECT s.row_no, r.import_id, i.file_name FROM ${batch.staging} s
     JOIN records r ON r.mine_id = $1 AND r.source = $2 AND r.id = s.id AND r.reversed_by = 0
       AND r.import_id IS DISTINCT FROM $3
     JOIN imports i ON i.mine_id = r.mine_id AND i.id = r.import_id ORDER BY s.row_no LIMIT ${MAX_LISTED}`,
    [batch.mine, batch.source, supersedes],
  );
  return rows.map(({ row_no, import_id, file_name }) => ({
    ...{ row: row_no, column: 'id', code: 'duplicate_record', params: { import_id, file_name } },
  }));
}
