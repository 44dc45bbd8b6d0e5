import type { Tx } from '../../../platform/database/unit-of-work.js';

export type ShownRecord = Readonly<Record<string, string | number | null>> & { readonly id: string };

const COLUMNS = `id, date::text, department, category, item, nature, quantity::text, unit, unit_price::text,
  amount::text, project, counterparty, CASE WHEN is_internal THEN 'yes' ELSE 'no' END AS internal, voucher, summary,
  tax_basis, tax_rate::text, corrects_period, status, posted_period, valued_period, import_id::text, row_no`;

/** Filters of the record list; each narrows it. */
const FILTERS = {
  period: 'valued_period',
  department: 'department',
  category: 'category',
  item: 'item',
  project: 'project',
  import: 'import_id::text',
} as const;
export type RecordFilter = Partial<Record<keyof typeof FILTERS, string>>;

/** Records in the order of their ids, after an id. */
export function listRecords(
  tx: Tx,
  mine: string,
  source: string,
  filter: RecordFilter,
  after: string | null,
  limit: number,
): Promise<ShownRecord[]> {
  const given = (Object.keys(FILTERS) as (keyof typeof FILTERS)[]).filter((name) => filter[name] !== undefined);
  const narrowed = given.map((name, i) => `AND ${FILTERS[name]} = $${i + 5}`).join(' ');
  return tx.rows<ShownRecord>(
    `SELECT ${COLUMNS} FROM records WHERE mine_id = $1 AND source = $2 AND ($3::text IS NULL OR id > $3) ${narrowed}
     ORDER BY id LIMIT $4`,
    [mine, source, after, limit, ...given.map((name) => filter[name])],
  );
}

export async function findRecord(tx: Tx, mine: string, source: string, id: string): Promise<ShownRecord | null> {
  const [record] = await tx.rows<ShownRecord>(
    `SELECT ${COLUMNS} FROM records WHERE mine_id = $1 AND source = $2 AND id = $3`,
    [mine, source, id],
  );
  return record ?? null;
}
