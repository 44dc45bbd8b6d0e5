import pg from 'pg';
import { APP_ROLE } from '../database/app-role.js';
import { connectionSettings } from '../database/connect.js';

/** The last migration of the installed graphile-worker: loading it to find nothing to do costs a quarter of a second. */
export const JOBS_VERSION = 19;

const TABLES = ['_private_jobs', '_private_job_queues', '_private_tasks', '_private_known_crontabs'];

/**
 * Brings graphile-worker's schema up to date and lets the application role use it. `owner` is connected as the owner,
 * holds the lock of the migrations, and has made the role. Changes nothing where nothing is missing.
 */
export async function migrateJobs(owner: pg.Client, ownerUrl: string): Promise<void> {
  if ((await versionOf(owner)) !== JOBS_VERSION) await runLibraryMigrations(ownerUrl);
  const { rows } = await owner.query<{ granted: string }>(
    `SELECT count(*) AS granted FROM pg_policies WHERE schemaname = 'graphile_worker' AND policyname = $1`,
    [APP_ROLE],
  );
  if (Number(rows[0]!.granted) === TABLES.length) return;
  // One statement string is one transaction.
  await owner.query(RIGHTS.join('; '));
}

async function versionOf(owner: pg.Client): Promise<number | null> {
  const { rows } = await owner.query<{ known: string | null }>(
    `SELECT to_regclass('graphile_worker.migrations') AS known`,
  );
  if (!rows[0]!.known) return null;
  const found = await owner.query<{ id: number | null }>('SELECT max(id) AS id FROM graphile_worker.migrations');
  return found.rows[0]!.id;
}

async function runLibraryMigrations(ownerUrl: string): Promise<void> {
  const { runMigrations } = await import('graphile-worker');
  const pool = silentPool(new pg.Pool({ ...connectionSettings(ownerUrl), max: 1 }));
  try {
    await runMigrations({ pgPool: pool, schema: 'graphile_worker' });
  } finally {
    await pool.end();
  }
}

/** A connection lost while nothing is asked of it would else end the process; the next statement reports it. */
export function silentPool(pool: pg.Pool): pg.Pool {
  const ignore = () => undefined;
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  return pool;
}

/** The library guards its tables by row-level security and leaves the policies to whoever installs it. */
const RIGHTS = [
  `GRANT USAGE ON SCHEMA graphile_worker TO ${APP_ROLE}`,
  `GRANT SELECT ON graphile_worker.migrations, graphile_worker.jobs TO ${APP_ROLE}`,
  ...TABLES.flatMap((table) => [
    `GRANT SELECT, INSERT, UPDATE, DELETE ON graphile_worker.${table} TO ${APP_ROLE}`,
    `DROP POLICY IF EXISTS ${APP_ROLE} ON graphile_worker.${table}`,
    `CREATE POLICY ${APP_ROLE} ON graphile_worker.${table} TO ${APP_ROLE} USING (true) WITH CHECK (true)`,
  ]),
];
