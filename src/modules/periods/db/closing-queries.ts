import type { Tx } from '../../../platform/database/unit-of-work.js';

/** A closing as it is shown; times as ISO texts. */
export interface ClosingRow {
  readonly version: number;
  readonly methodVersion: number;
  readonly dataVersion: string;
  /** null: not for whoever asks. */
  readonly checklist: object | null;
  readonly closedBy: string;
  readonly closedAt: Date;
  readonly reopenRequestedBy: string | null;
  readonly reopenReason: string | null;
  readonly reopenedBy: string | null;
  readonly reopenedAt: Date | null;
}

/** By version. */
export function listClosings(tx: Tx, mine: string, period: string): Promise<ClosingRow[]> {
  return tx.rows<ClosingRow>(
    `SELECT version, method_version AS "methodVersion", data_version AS "dataVersion", checklist, closed_by AS "closedBy",
       closed_at AS "closedAt", reopen_requested_by AS "reopenRequestedBy", reopen_reason AS "reopenReason",
       reopened_by AS "reopenedBy", reopened_at AS "reopenedAt"
     FROM closings WHERE mine_id = $1 AND period = $2 ORDER BY version`,
    [mine, period],
  );
}

export interface NewClosing extends Pick<ClosingRow, 'version' | 'methodVersion' | 'dataVersion' | 'closedBy'> {
  readonly period: string;
  readonly checklist: object;
}

/** Timed by the clock and not by the transaction's begin, so that whatever was posted before it is earlier. */
export async function insertClosing(tx: Tx, mine: string, closing: NewClosing): Promise<void> {
  const { period, version, methodVersion, dataVersion, checklist, closedBy } = closing;
  await tx.rows(
    `INSERT INTO closings (mine_id, period, version, method_version, data_version, checklist, closed_by, closed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp())`,
    [mine, period, version, methodVersion, dataVersion, JSON.stringify(checklist), closedBy],
  );
}

export interface Reopened {
  readonly period: string;
  readonly requestedBy: string;
  readonly reason: string;
  readonly by: string;
}

/** Ends the standing closing of a period; answers the method it was computed by. */
export async function endClosing(tx: Tx, mine: string, { period, requestedBy, reason, by }: Reopened): Promise<number> {
  const [row] = await tx.rows<{ method: number }>(
    `UPDATE closings SET reopen_requested_by = $3, reopen_reason = $4, reopened_by = $5, reopened_at = clock_timestamp()
     WHERE mine_id = $1 AND period = $2 AND reopened_at IS NULL RETURNING method_version AS method`,
    [mine, period, requestedBy, reason, by],
  );
  return row!.method;
}
