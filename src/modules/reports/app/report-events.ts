import type { Tx } from '../../../platform/database/unit-of-work.js';
import { publishSql } from '../../../platform/events/event-hub.js';

/** To those who see the whole mine: no department is named, and nobody made it for themselves. */
const AUDIENCE = `json_build_object('actor', NULL, 'departments', NULL,
  'accessVersion', (SELECT n.access_version::text FROM mine_now(r.mine_id) n))`;

const STATE = `json_build_object('reportId', r.id::text, 'from', r.period_from, 'to', r.period_to, 'state', r.state,
  'version', r.version, 'signatures', (SELECT count(*) FROM report_signatures s
    WHERE s.mine_id = r.mine_id AND s.report_id = r.id))`;

/** Tells every process with the commit that a report was made or signed: event `report`. */
export async function publishReport(tx: Tx, mine: string, report: string): Promise<void> {
  await tx.rows(
    `SELECT ${publishSql('r.mine_id', `'report'`, STATE, AUDIENCE)} FROM reports r WHERE r.mine_id = $1 AND r.id = $2`,
    [mine, report],
  );
}
