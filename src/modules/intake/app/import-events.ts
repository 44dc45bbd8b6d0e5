import type { Tx } from '../../../platform/database/unit-of-work.js';
import { publishSql } from '../../../platform/events/event-hub.js';

const FINISHED = `i.status IN ('accepted', 'refused')`;

const STATE = `json_build_object('importId', i.id::text, 'status', i.status, 'reason', i.reason, 'phase', i.phase,
  'rows', i.rows_read, 'accepted', i.rows_accepted, 'refused', i.rows_refused)`;

/** What of an import's columns an event says, of a row named i; `progress` until it is `accepted` or `refused`. */
export const PUBLISH_IMPORT = publishSql('i.mine_id', `CASE WHEN ${FINISHED} THEN i.status ELSE 'progress' END`, STATE);

/** Answers of another data version are stale. */
const PUBLISH_FIGURES = publishSql(
  'i.mine_id',
  `'figures'`,
  `json_build_object('importId', i.id::text, 'dataVersion',
    (SELECT n.data_version::text FROM mine_now(i.mine_id) n))`,
);

/** Tells every process what became of an import, and that figures were refreshed if it was accepted. */
export async function publishEnd(tx: Tx, mine: string, importId: string): Promise<void> {
  await tx.rows(
    `SELECT ${PUBLISH_IMPORT}, CASE WHEN i.status = 'accepted' THEN ${PUBLISH_FIGURES} END
     FROM imports i WHERE i.mine_id = $1 AND i.id = $2 AND ${FINISHED}`,
    [mine, importId],
  );
}
