import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Reach } from '../../mines/index.js';

export const PAIRS = ['budget', 'actual', 'last_year', 'last_month', 'to_date', 'last_year_to_date'] as const;

export interface ComparativeRow extends Readonly<
  Record<`${(typeof PAIRS)[number]}_${'price' | 'total'}`, string | null>
> {
  readonly period: string;
  readonly code: string;
  readonly importId: string;
  readonly rowNo: number;
  readonly department: string | null;
  readonly name: string;
  readonly unit: string | null;
}

/**
 * Imports whose rows of management tables stand. With the sight of the whole mine: a table of the whole mine is not for a
 * department to see, and yet its rows of that department are.
 */
export async function standingTables(tx: Tx, mine: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `SELECT i.id FROM imports i WHERE i.mine_id = $1 AND i.status = 'accepted' AND i.superseded_by IS NULL
       AND EXISTS (SELECT FROM comparatives c WHERE c.mine_id = i.mine_id AND c.import_id = i.id)`,
    [mine],
  );
  return rows.map(({ id }) => id);
}

/** Rows of management tables that stand (of these imports), by period, code, import and row, after such a key. */
export function listComparatives(
  tx: Tx,
  { mine, departments }: Reach,
  standing: readonly string[],
  period: string | null,
  after: readonly string[] | null,
  limit: number,
): Promise<ComparativeRow[]> {
  const [afterPeriod, afterCode, afterImport, afterRow] = after ?? [null, null, null, null];
  return tx.rows<ComparativeRow>(
    `SELECT c.period, c.code, c.import_id AS "importId", c.row_no AS "rowNo", c.department, c.name, c.unit,
       ${PAIRS.flatMap((pair) => [`c.${pair}_price`, `c.${pair}_total`]).join(', ')}
     FROM comparatives c WHERE c.mine_id = $1 AND c.import_id = ANY ($9::bigint[]) AND ($8::text[] IS NULL OR c.department = ANY ($8)) AND ($2::text IS NULL OR c.period = $2)
       AND ($3::text IS NULL OR (c.period, c.code, c.import_id, c.row_no) > ($3, $4, $5::bigint, $6::int))
     ORDER BY c.period, c.code, c.import_id, c.row_no LIMIT $7`,
    [mine, period, afterPeriod, afterCode, afterImport, afterRow, limit, departments, standing],
  );
}
