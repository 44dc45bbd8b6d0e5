import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Reach } from '../../mines/index.js';
import { rowPlace } from '../../rules/row-number.js';

export type ShownRecord = Readonly<Record<string, string | number | null>> & {
  readonly id: string;
  readonly source: string;
};

/** Of to_char, for a moment of UTC. */
const ISO_MOMENT = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"';

const COLUMNS = `r.source, r.id, r.date::text, r.department, r.category, r.item, r.nature, r.quantity::text, r.unit,
  r.unit_price::text, r.amount::text, r.project, r.counterparty, CASE WHEN r.is_internal THEN 'yes' ELSE 'no' END AS internal,
  r.voucher, r.summary, r.tax_basis, r.tax_rate::text, r.corrects_period, r.status, r.posted_period, r.valued_period,
  r.import_id::text, r.row_no, CASE WHEN r.status = 'reversed' THEN r.reversed_by::text END AS reversed_by,
  i.actor AS maker, to_char(r.posted_at AT TIME ZONE 'UTC', '${ISO_MOMENT}') AS posted_at, r.reverses,
  (SELECT v.id FROM records v WHERE v.mine_id = r.mine_id AND v.source = r.source AND v.reverses = r.id
    AND v.status IN ('draft','submitted','reviewed','posted')) AS reversed_by_record,
  returned.reason AS returned_reason, returned.actor AS returned_by,
  to_char(returned.decided_at AT TIME ZONE 'UTC', '${ISO_MOMENT}') AS returned_at`;

/** Records with who entered them, and of returned drafts what their checker said. */
const RECORDS = `records r
  LEFT JOIN imports i ON i.mine_id = r.mine_id AND i.id = r.import_id
  LEFT JOIN LATERAL (SELECT d.reason, d.actor, d.decided_at FROM submissions s
    JOIN decisions d ON d.mine_id = s.mine_id AND d.submission_id = s.id AND d.round = s.round AND d.decision = 'returned'
    WHERE r.status = 'draft' AND r.source = 'direct' AND s.mine_id = r.mine_id AND s.subject = 'record' AND s.key = r.id
      AND s.state = 'returned' AND s.maker = i.actor ORDER BY s.id DESC LIMIT 1) returned ON true`;

/** Filters of the record list; each narrows it. */
const FILTERS = {
  source: 'r.source',
  status: 'r.status',
  period: 'r.valued_period',
  department: 'r.department',
  category: 'r.category',
  item: 'r.item',
  project: 'r.project',
  import: 'r.import_id::text',
  maker: 'i.actor',
} as const;
export type RecordFilter = Partial<Record<keyof typeof FILTERS, string>>;

/** Records in the order of their sources and ids, after such a key. */
export async function listRecords(
  tx: Tx,
  { mine, departments }: Reach,
  filter: RecordFilter,
  [source, id]: readonly [source: string, id: string],
  limit: number,
): Promise<ShownRecord[]> {
  const given = (Object.keys(FILTERS) as (keyof typeof FILTERS)[]).filter((name) => filter[name] !== undefined);
  const narrowed = given.map((name, i) => `AND ${FILTERS[name]} = $${i + 6}`).join(' ');
  const rows = await tx.rows<ShownRecord>(
    `SELECT ${COLUMNS} FROM ${RECORDS} WHERE r.mine_id = $1 AND ($5::text[] IS NULL OR r.department = ANY ($5))
       AND (r.source, r.id) > ($2, $3) ${narrowed}
     ORDER BY r.source, r.id, r.reversed_by LIMIT $4`,
    [mine, source, id, limit, departments, ...given.map((name) => filter[name])],
  );
  return rows.map(shown);
}

/** The record that stands under an id; where none does, the one that was reversed or withdrawn last. */
export async function findRecord(
  tx: Tx,
  { mine, departments }: Reach,
  source: string,
  id: string,
): Promise<ShownRecord | null> {
  const [record] = await tx.rows<ShownRecord>(
    `SELECT ${COLUMNS} FROM ${RECORDS} WHERE r.mine_id = $1 AND r.source = $2 AND r.id = $3
       AND ($4::text[] IS NULL OR r.department = ANY ($4))
     ORDER BY r.reversed_by = 0 DESC, r.reversed_by DESC LIMIT 1`,
    [mine, source, id, departments],
  );
  return record ? shown(record) : null;
}

/** The row as its sheet shows it. */
const shown = (record: ShownRecord): ShownRecord => ({ ...record, row_no: rowPlace(Number(record.row_no)).row });
