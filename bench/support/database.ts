import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { COPY_COLUMNS } from './record-rows.js';

const LOOK_AGAIN_MS = 200;
/** What the mine and the import are called is no part of a record's content. */
const CONTENT = COPY_COLUMNS.replace('mine_id, ', '').replace('import_id, ', '');

/** The owner's own connection to the measured PostgreSQL. */
export class OwnerConnection {
  private constructor(private readonly client: pg.Client) {}

  static async open(url: string): Promise<OwnerConnection> {
    const client = new pg.Client({ connectionString: url, application_name: 'bench' });
    await client.connect();
    // Stopping the service stops its PostgreSQL, which says so on this connection.
    client.on('error', () => undefined);
    // What this connection does is not the service's time.
    await client.query('SET log_min_duration_statement = -1');
    return new OwnerConnection(client);
  }

  close(): Promise<void> {
    return this.client.end();
  }

  /** Before every timed part: nothing is being vacuumed, and no changed page waits to be written out. */
  async settle(): Promise<void> {
    const vacuuming = `SELECT count(*) AS n FROM pg_stat_activity WHERE backend_type = 'autovacuum worker'`;
    while ((await this.client.query<{ n: string }>(vacuuming)).rows[0]!.n !== '0') await sleep(LOOK_AGAIN_MS);
    await this.client.query('CHECKPOINT');
  }

  /** What autovacuum does within its next minutes. */
  async vacuum(): Promise<void> {
    await this.client.query('VACUUM (ANALYZE)');
  }

  /** Has the server log each statement of at least so many milliseconds with its duration. */
  async logStatements(fromMs: number): Promise<void> {
    await this.client.query(`ALTER SYSTEM SET log_min_duration_statement = ${fromMs}`);
    await this.client.query('SELECT pg_reload_conf()');
  }

  /** How many cells the mine's figures are made of. */
  async cellsOf(mine: string): Promise<number> {
    const { rows } = await this.client.query<{ n: string }>('SELECT count(*) AS n FROM cells WHERE mine_id = $1', [
      mine,
    ]);
    return Number(rows[0]!.n);
  }

  /** How often the table of cells has been read; the server's own count, which lags by seconds. */
  async cellScans(): Promise<number> {
    const { rows } = await this.client.query<{ scans: string }>(
      `SELECT seq_scan + coalesce(idx_scan, 0) AS scans FROM pg_stat_user_tables WHERE relname = 'cells'`,
    );
    return Number(rows[0]!.scans);
  }

  /** The yardstick's table: logged, with the columns and the key of `records`, and no more. */
  async makeYardstick(): Promise<void> {
    await this.client.query('CREATE SCHEMA bench');
    await this.client.query('CREATE TABLE bench.records (LIKE public.records)');
    await this.client.query('ALTER TABLE bench.records ADD PRIMARY KEY (mine_id, source, id)');
  }

  async emptyYardstick(): Promise<void> {
    await this.client.query('TRUNCATE bench.records');
  }

  /** The yardstick itself: pg-copy-streams, committed when it answers. */
  async copy(file: string): Promise<void> {
    const sink = this.client.query(copyFrom(`COPY bench.records (${COPY_COLUMNS}) FROM STDIN`));
    await pipeline(createReadStream(file, { highWaterMark: 256 * 1024 }), sink);
  }

  /**
   * Both sides must have done the same work.
   * @throws Error unless the mine's records are those of the yardstick
   */
  async compareRecords(mine: string, rows: number): Promise<void> {
    const { rows: found } = await this.client.query<{ count: string; differing: string }>(
      `SELECT (SELECT count(*) FROM public.records WHERE mine_id = $1) AS count, (SELECT count(*) FROM (
         SELECT ${CONTENT} FROM bench.records EXCEPT SELECT ${CONTENT} FROM public.records WHERE mine_id = $1) d)
         AS differing`,
      [mine],
    );
    const { count, differing } = found[0]!;
    if (count !== String(rows) || differing !== '0') {
      throw new Error(`the service has ${count} of ${rows} records, ${differing} unlike those of the yardstick`);
    }
  }
}
