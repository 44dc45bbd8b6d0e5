import type { Tx } from './unit-of-work.js';

/**
 * Inserts rows of texts (null is NULL, an object is JSON) into a table in one statement; PostgreSQL reads each value by the type of its
 * column. COPY would be no shorter way: it does not work into a table under row-level security.
 */
export async function insertRows(
  tx: Tx,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number | object | null)[])[],
): Promise<void> {
  if (rows.length === 0) return;
  const objects = rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
  const names = columns.join(', ');
  await tx.rows(
    `INSERT INTO ${table} (${names}) SELECT ${names} FROM json_populate_recordset(NULL::${table}, $1::json)`,
    [JSON.stringify(objects)],
  );
}
