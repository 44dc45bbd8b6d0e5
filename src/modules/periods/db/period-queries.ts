import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { PeriodStatus } from '../../reference/index.js';

export interface PeriodRow {
  readonly code: string;
  readonly start: string;
  readonly end: string;
  readonly status: PeriodStatus;
  readonly hasData: boolean;
  /** Of the figures: raised by every change of them, by declarations and by closings. */
  readonly dataVersion: string;
  /** Version of the last closing; 0 where there was none. */
  readonly closings: number;
}

const COLUMNS = `p.code, p.start_date AS start, p.end_date AS end, p.status, p.has_data AS "hasData",
  p.data_version AS "dataVersion", coalesce((SELECT max(c.version) FROM closings c
    WHERE c.mine_id = p.mine_id AND c.period = p.code), 0) AS closings`;

export async function findPeriod(tx: Tx, mine: string, code: string): Promise<PeriodRow | null> {
  const [row] = await tx.rows<PeriodRow>(`SELECT ${COLUMNS} FROM periods p WHERE p.mine_id = $1 AND p.code = $2`, [
    ...[mine, code],
  ]);
  return row ?? null;
}

/**
 * Takes a period's row for a change of its status: waits for every writer that holds it and keeps later ones waiting
 * until this transaction ends (guarantee 5). What is read afterwards is all that they wrote.
 */
export async function holdPeriod(tx: Tx, mine: string, code: string): Promise<PeriodRow | null> {
  await tx.rows('SELECT FROM periods WHERE mine_id = $1 AND code = $2 FOR UPDATE', [mine, code]);
  return findPeriod(tx, mine, code);
}

/** Answers the version of the data from here on. */
export async function setStatus(tx: Tx, mine: string, code: string, status: PeriodStatus): Promise<string> {
  const [row] = await tx.rows<{ version: string }>(
    `UPDATE periods SET status = $3, data_version = data_version + 1 WHERE mine_id = $1 AND code = $2
     RETURNING data_version AS version`,
    [mine, code, status],
  );
  return row!.version;
}

/** What is answered of a period changed though none of its figures did, such as a declaration. */
export async function raiseDataVersion(tx: Tx, mine: string, code: string): Promise<void> {
  await tx.rows('UPDATE periods SET data_version = data_version + 1 WHERE mine_id = $1 AND code = $2', [mine, code]);
}
