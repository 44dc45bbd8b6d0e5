import type { Pool, QueryConfig, QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';

/** What stands before every answer, or says whether there can be one, takes milliseconds or is taken for lost. */
const PATIENCE_MS = 5_000;

/**
 * One statement without a transaction, on any connection of the pool. Where no answer comes in five seconds, as on a
 * network that swallows everything, the connection is given up and the next one who asks gets another.
 * @throws what the driver says
 */
export async function quickQuery<Row extends QueryResultRow>(
  dataSource: DataSource,
  query: QueryConfig,
): Promise<Row[]> {
  const pool = (dataSource.driver as unknown as { readonly master: Pool }).master;
  const within: QueryConfig & { readonly query_timeout: number } = { ...query, query_timeout: PATIENCE_MS };
  return (await pool.query<Row>(within)).rows;
}
