import { isBulk, plannedFor } from '../../../platform/database/bulk-plan.js';
import { sqlState, type Tx } from '../../../platform/database/unit-of-work.js';
import { openPeriods } from '../../reference/index.js';
import { ofMine, sumRecords, valuationProblems, valuedRecords } from '../../synergy/index.js';
import { judgedRowsSql, type KnownRelations } from '../../rules/check-sql.js';
import { RECORD_COLUMNS, RECORD_VALUES, judgedTable, sumsTable } from '../db/staged-records.js';
import { datedOf, lateRecords, putIntoSums, type Incoming, type Posting } from './into-sums.js';

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

const dated = (batch: RecordBatch) => datedOf(batch.mine, judgedTable(batch.staging));
const incomingOf = (batch: RecordBatch): Incoming => ({
  ...{ mine: batch.mine, judged: judgedTable(batch.staging), dated: dated(batch), sums: sumsTable(batch.staging) },
});

/**
 * Values staged records against the tables around them and sums them per cell, locks the periods that posting them would
 * touch, and answers what is wrong with them.
 */
export async function valueRecords(tx: Tx, batch: RecordBatch): Promise<RecordProblem[]> {
  await openRecordPeriods(tx, batch);
  const wrong = await sumRecords(tx, batch.mine, { sql: dated(batch), rows: batch.rows }, sumsTable(batch.staging));
  if (wrong === 0) return late(tx, batch);
  const listing = ofMine(valuationProblems(valuedRecords('dated_records'), 'v.row_no'), batch.mine);
  const rows = await tx.rows<{ row_no: number; column_name: string; code: string }>(
    `${listing.replace('dated_records', () => dated(batch))} ORDER BY v.row_no, found.place LIMIT ${MAX_LISTED}`,
  );
  return rows.map(({ row_no, column_name, code }) => ({ row: row_no, column: column_name, code, params: {} }));
}

async function late(tx: Tx, batch: RecordBatch): Promise<RecordProblem[]> {
  const records = await lateRecords(tx, incomingOf(batch), MAX_LISTED);
  return records.map(({ rowNo, period }) => ({
    row: rowNo,
    column: 'date',
    code: 'period_closed',
    params: { period },
  }));
}

/**
 * Posts valued records. Answers null when one of their ids is taken, which leaves the transaction to be undone to its
 * savepoint.
 */
export async function postRecords(tx: Tx, batch: RecordBatch): Promise<Posting | null> {
  return (await insertRecords(tx, batch)) ? putIntoSums(tx, incomingOf(batch)) : null;
}

async function insertRecords(tx: Tx, batch: RecordBatch): Promise<boolean> {
  const columns = RECORD_COLUMNS.join(', ');
  try {
    const insert = ofMine(
      `INSERT INTO records (mine_id, source, import_id, status, posted_at, posted_period, valued_period, valued_on,
         ${columns})
       SELECT $1, '${batch.source}', ${batch.importId}, 'posted', now(), r.posted_period, r.valued_period, r.valued_on,
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
