import type { Tx } from '../../../platform/database/unit-of-work.js';
import { publishSql, type HubEvent } from '../../../platform/events/event-hub.js';
import { isReached, type Reach } from '../../mines/index.js';

const FINISHED = `i.status IN ('accepted', 'refused', 'waiting', 'returned')`;

/** As callers know it: what waits was accepted as far as it goes, what was returned is refused. */
const SHOWN_STATUS = `CASE i.status WHEN 'waiting' THEN 'accepted' WHEN 'returned' THEN 'refused' ELSE i.status END`;

const STATE = `json_build_object('importId', i.id::text, 'status', ${SHOWN_STATUS}, 'reason', i.reason, 'phase', i.phase,
  'rows', i.rows_read, 'accepted', i.rows_accepted, 'refused', i.rows_refused)`;

const NAME = `CASE WHEN i.status = 'waiting' THEN 'waiting' WHEN ${FINISHED} THEN ${SHOWN_STATUS} ELSE 'progress' END`;

/** A list of departments too long for an event tells it to those alone who see the whole mine. */
const MAX_DEPARTMENTS = 80;

const AUDIENCE = `json_build_object('actor', i.actor, 'departments',
  CASE WHEN cardinality(i.departments) <= ${MAX_DEPARTMENTS} THEN i.departments END,
  'accessVersion', (SELECT n.access_version::text FROM mine_now(i.mine_id) n))`;

/** What of an import's columns an event says, of a row named i; `progress` until it waits, is accepted or refused. */
export const PUBLISH_IMPORT = publishSql('i.mine_id', NAME, STATE, AUDIENCE);

/** Answers of another data version are stale. */
const PUBLISH_FIGURES = publishSql(
  'i.mine_id',
  `'figures'`,
  `json_build_object('importId', i.id::text, 'dataVersion',
    (SELECT n.data_version::text FROM mine_now(i.mine_id) n))`,
  AUDIENCE,
);

/** Tells every process what became of an import, and that figures were refreshed if it was accepted. */
export async function publishEnd(tx: Tx, mine: string, importId: string): Promise<void> {
  await tx.rows(
    `SELECT ${PUBLISH_IMPORT}, CASE WHEN i.status = 'accepted' THEN ${PUBLISH_FIGURES} END
     FROM imports i WHERE i.mine_id = $1 AND i.id = $2 AND ${FINISHED}`,
    [mine, importId],
  );
}

interface Audience {
  readonly actor: string;
  readonly departments: readonly string[] | null;
  readonly accessVersion: string;
}

/** Of events about imports; null of those that are for whoever listens. */
export const audienceOf = ({ audience }: HubEvent): Audience | null => audience as Audience | null;

/** What somebody hears of an event: all about imports that they may see; of others, that figures are new. */
export function heardBy(reach: Reach, event: HubEvent): HubEvent | null {
  const audience = audienceOf(event);
  if (audience === null || audience.actor === reach.actor) return event;
  if (isReached(reach, audience.departments)) return event;
  if (event.name !== 'figures') return null;
  const { dataVersion } = JSON.parse(event.data) as { readonly dataVersion: string };
  return { ...event, data: JSON.stringify({ dataVersion }) };
}
