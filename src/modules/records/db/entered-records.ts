/** Records that people enter one by one: what is written of them, and what decides over their steps. */
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Reach } from '../../mines/index.js';
import { RECORD_COLUMNS } from './staged-records.js';

const DATED_COLUMNS = [...RECORD_COLUMNS, 'posted_period', 'valued_period', 'valued_on'];
const COLUMNS = DATED_COLUMNS.join(', ');

/** Inserts a judged record, given as JSON, as a draft; false where its id was taken meanwhile. */
export async function insertDraft(tx: Tx, mine: string, importId: string, json: string): Promise<boolean> {
  const made = await tx.rows(
    `INSERT INTO records (mine_id, source, import_id, status, ${COLUMNS})
     SELECT $1, 'direct', $2, 'draft', ${COLUMNS} FROM json_populate_record(NULL::records, $3::json)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [mine, importId, json],
  );
  return made.length > 0;
}

/** Puts a judged record in the place of a draft; false where it is no draft any more or the new id was taken meanwhile. */
export async function replaceDraft(tx: Tx, mine: string, importId: string, json: string): Promise<boolean> {
  const changed = await tx.rows(
    `UPDATE records r SET (${COLUMNS}) = (SELECT ${COLUMNS} FROM json_populate_record(NULL::records, $3::json))
     WHERE r.mine_id = $1 AND r.import_id = $2 AND r.status = 'draft' RETURNING 1`,
    [mine, importId, json],
  );
  return changed.length > 0;
}

/** A record that stands under an id, as its next step looks at it. */
export interface StandingRecord {
  readonly id: string;
  readonly status: 'draft' | 'submitted' | 'reviewed' | 'posted' | 'reversed' | 'withdrawn';
  readonly importId: string;
  /** Who entered it. */
  readonly maker: string;
  readonly department: string;
  /** Yuan, net of tax; 0 where a quantity stands for it. */
  readonly amountYuan: string;
  readonly postedPeriod: string;
  readonly valuedPeriod: string;
  readonly periodStatus: 'open' | 'closing' | 'closed';
  readonly reverses: string | null;
  /** The record as its checkers read it. */
  readonly content: Readonly<Record<string, string | null>>;
}

/** What a checker decides over. */
const CONTENT = [
  ...['date', 'department', 'category', 'item', 'nature', 'quantity', 'unit', 'unit_price', 'amount', 'project'],
  ...['counterparty', 'is_internal', 'voucher', 'summary', 'corrects_period', 'reverses'],
];

/**
 * Locks the records that stand under some ids within a reach, in the order of the ids, and holds off the closing of their
 * months: what is handed in is there before the closing looks, or sees its month closed.
 */
export async function lockStanding(tx: Tx, reach: Reach, ids: readonly string[]): Promise<Map<string, StandingRecord>> {
  const rows = await tx.rows<StandingRecord>(
    `SELECT r.id, r.status, r.import_id AS "importId", i.actor AS maker, r.department,
       coalesce(r.amount, 0)::text AS "amountYuan", r.posted_period AS "postedPeriod",
       r.valued_period AS "valuedPeriod", p.status AS "periodStatus", r.reverses,
       json_build_object(${CONTENT.map((column) => `'${column}', r.${column}::text`).join(', ')}) AS content
     FROM records r
     JOIN imports i ON i.mine_id = r.mine_id AND i.id = r.import_id
     JOIN periods p ON p.mine_id = r.mine_id AND p.code = r.posted_period
     WHERE r.mine_id = $1 AND r.source = 'direct' AND r.id = ANY ($2) AND r.reversed_by = 0 AND r.status <> 'withdrawn'
       AND ($3::text[] IS NULL OR r.department = ANY ($3))
     ORDER BY r.id FOR UPDATE OF r FOR KEY SHARE OF p`,
    [reach.mine, ids, reach.departments],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Which of some ids stand for a record within a reach. */
export async function standingIds(tx: Tx, reach: Reach, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>(
    `SELECT r.id FROM records r WHERE r.mine_id = $1 AND r.source = 'direct' AND r.id = ANY ($2) AND r.reversed_by = 0
       AND r.status <> 'withdrawn' AND ($3::text[] IS NULL OR r.department = ANY ($3))`,
    [reach.mine, ids, reach.departments],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Records follow their submissions. Of those that stand under the ids; answers their imports. */
export async function setStatus(
  tx: Tx,
  mine: string,
  ids: readonly string[],
  status: 'draft' | 'submitted' | 'reviewed',
): Promise<void> {
  await tx.rows(
    `UPDATE records SET status = $3 WHERE mine_id = $1 AND source = 'direct' AND id = ANY ($2) AND reversed_by = 0
       AND status IN ('draft', 'submitted', 'reviewed')`,
    [mine, ids, status],
  );
}

/**
 * Takes unposted records back; answers their imports. Their ids may be taken again, but for those with papers, which go on
 * naming what they were handed in for.
 */
export async function withdrawUnposted(tx: Tx, mine: string, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ import_id: string }>(
    `UPDATE records r SET status = 'withdrawn', reversed_by = CASE WHEN EXISTS (SELECT FROM evidence e
         WHERE e.mine_id = r.mine_id AND e.subject = 'record' AND e.key = r.id) THEN 0 ELSE r.import_id END
     WHERE r.mine_id = $1 AND r.source = 'direct' AND r.id = ANY ($2) AND r.reversed_by = 0
       AND r.status IN ('draft', 'submitted', 'reviewed') RETURNING r.import_id`,
    [mine, ids],
  );
  return rows.map(({ import_id }) => import_id);
}

/** Who entered the record that stands under an id; null where there is none within the reach. */
export async function makerOf(tx: Tx, reach: Reach, id: string): Promise<string | null> {
  const [row] = await tx.rows<{ maker: string }>(
    `SELECT i.actor AS maker FROM records r JOIN imports i ON i.mine_id = r.mine_id AND i.id = r.import_id
     WHERE r.mine_id = $1 AND r.source = 'direct' AND r.id = $2 AND r.reversed_by = 0 AND r.status <> 'withdrawn'
       AND ($3::text[] IS NULL OR r.department = ANY ($3))`,
    [reach.mine, id, reach.departments],
  );
  return row?.maker ?? null;
}
