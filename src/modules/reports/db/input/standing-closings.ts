import type { Tx } from '../../../../platform/database/unit-of-work.js';
import type { Cause } from '../../../periods/index.js';

/** A cause as a closing kept it: what JSON has no word for is a text. */
export type KeptCause = Pick<Cause, 'code' | 'count' | 'lines'> & {
  readonly waiver: { readonly reason: string } | null;
};

/** The closing of a period that is closed now, with the head of the audit chain that was anchored with it. */
export interface StandingClosing {
  readonly period: string;
  readonly version: number;
  readonly dataVersion: string;
  /** In China, `2024-01-05`. */
  readonly day: string;
  /** The moment, to the microsecond. */
  readonly closedAt: string;
  /** No other of those asked for was closed later. */
  readonly isLast: boolean;
  readonly cellsSha256: string | null;
  readonly auditEntries: string | null;
  readonly auditHash: string | null;
  readonly causes: readonly KeptCause[];
}

/** In the order of the periods. */
export function standingClosings(tx: Tx, mine: string, periods: readonly string[]): Promise<StandingClosing[]> {
  return tx.rows<StandingClosing>(
    `SELECT c.period, c.version, c.data_version AS "dataVersion", c.cells_sha256 AS "cellsSha256",
       to_char(c.closed_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS day,
       c.closed_at::text AS "closedAt", row_number() OVER (ORDER BY c.closed_at DESC, p.start_date DESC) = 1 AS "isLast",
       a.entries AS "auditEntries", a.hash AS "auditHash", c.checklist -> 'causes' AS causes
     FROM closings c JOIN periods p ON p.mine_id = c.mine_id AND p.code = c.period AND p.status = 'closed'
     LEFT JOIN audit_anchors a ON a.mine_id = c.mine_id AND a.occasion = c.period || '/' || c.version
     WHERE c.mine_id = $1 AND c.period = ANY ($2) AND c.reopened_at IS NULL ORDER BY p.start_date`,
    [mine, periods],
  );
}
