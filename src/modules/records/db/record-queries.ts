import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Reach } from '../../mines/index.js';
import { rowPlace } from '../../rules/row-number.js';

export type ShownRecord = Readonly<Record<string, string | number | null>> & {
  readonly id: string;
  readonly source: string;
};

const COLUMNS = `source, id, date::text, department, category, item, nature, quantity::text, unit, unit_price::text,
  amount::text, project, counterparty, CASE WHEN is_internal THEN 'yes' ELSE 'no' END AS internal, voucher, summary,
  tax_basis, tax_rate::text, corrects_period, status, posted_period, valued_period, import_id::text, row_no,
  nullif(reversed_by, 0)::text AS reversed_by`;

/** Filters of the record list; each narrows it. */
const FILTERS = {
  source: 'source',
  status: 'status',
  period: 'valued_period',
  department: 'department',
  category: 'category',
  item: 'item',
  project: 'project',
  import: 'import_id::text',
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
    `SELECT ${COLUMNS} FROM records WHERE mine_id = $1 AND ($5::text[] IS NULL OR department = ANY ($5))
       AND (source, id) > ($2, $3) ${narrowed}
     ORDER BY source, id, reversed_by LIMIT $4`,
    [mine, source, id, limit, departments, ...given.map((name) => filter[name])],
  );
  return rows.map(shown);
}

/** The record that stands under an id; where none does, the one that was reversed last. */
export async function findRecord(
  tx: Tx,
  { mine, departments }: Reach,
  source: string,
  id: string,
): Promise<ShownRecord | null> {
  const [record] = await tx.rows<ShownRecord>(
    `SELECT ${COLUMNS} FROM records r WHERE mine_id = $1 AND source = $2 AND id = $3 AND ($4::text[] IS NULL OR department = ANY ($4))
     ORDER BY r.reversed_by = 0 DESC, r.reversed_by DESC LIMIT 1`,
    [mine, source, id, departments],
  );
  return record ? shown(record) : null;
}

/** The row as its sheet shows it. */
const shown = (record: ShownRecord): ShownRecord => ({ ...record, row_no: rowPlace(Number(record.row_no)).row });
