import { randomBytes } from 'node:crypto';
import { basename, join } from 'node:path';
import pg from 'pg';
import { migrateDatabase } from '../../src/data-source.js';
import { appUrlOf } from '../../src/platform/database/app-role.js';
import { connectionSettings, withConnection } from '../../src/platform/database/connect.js';
import { silentPool } from '../../src/platform/jobs/job-schema.js';
import { acquireDatabase } from '../../src/platform/database/embedded/embedded-database.js';

/** A database of one spec's own. */
export interface TestDatabase {
  /** Of a role that may do everything. */
  readonly ownerUrl: string;
  /** Of the role that serves requests. */
  readonly appUrl: string;
  /** Connections that are still open are cut. */
  drop(): Promise<void>;
}

const QUIET = { info: () => undefined, warn: () => undefined };

/** A migrated, empty database: a copy of one that was migrated once in this run. */
export async function freshDatabase(): Promise<TestDatabase> {
  return createDatabase(await migratedTemplate());
}

/** Connections as the owner, who sees everything; end it before the database is dropped. */
export function ownerPool({ ownerUrl }: TestDatabase): pg.Pool {
  return silentPool(new pg.Pool({ ...connectionSettings(ownerUrl), max: 2, allowExitOnIdle: true }));
}

/** A database without any table, on which nothing was run yet. */
export async function blankDatabase(): Promise<TestDatabase> {
  return createDatabase('template0');
}

/** The folder of this run; what lies in it is stopped and removed when the run ends (test-run.mjs). */
export function runFolder(): string {
  const folder = process.env.TEST_RUN_FOLDER;
  if (folder === undefined) throw new Error('TEST_RUN_FOLDER is not set: start jest through its configuration');
  return folder;
}

let server: Promise<string> | undefined;

/**
 * The owner's URL of the run's server: TEST_DATABASE_URL, or an embedded one that the run's workers share. Nobody
 * releases it, since the last one out would stop it between two specs.
 */
function serverUrl(): Promise<string> {
  server ??= acquireDatabase(
    { dataDir: join(runFolder(), 'shared'), databaseUrl: process.env.TEST_DATABASE_URL },
    QUIET,
  ).then(({ ownerUrl }) => ownerUrl);
  return server;
}

let template: Promise<string> | undefined;

function migratedTemplate(): Promise<string> {
  template ??= makeTemplate();
  return template;
}

/** Any constant that the program itself does not lock with. */
const TEMPLATE_LOCK = 20_250_101;

async function makeTemplate(): Promise<string> {
  const name = databaseName('template');
  const maintenanceUrl = await serverUrl();
  await withConnection(maintenanceUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    // One that still takes connections is the unfinished work of a worker that was killed.
    const found = await client.query<{ isOpen: boolean }>(
      'SELECT datallowconn AS "isOpen" FROM pg_database WHERE datname = $1',
      [name],
    );
    if (found.rows[0]?.isOpen === false) return;
    await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await create(client, name, 'template0');
    await migrateDatabase(urlOf(maintenanceUrl, name));
    await client.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS false`);
  });
  return name;
}

async function createDatabase(from: string): Promise<TestDatabase> {
  const name = databaseName(randomBytes(6).toString('hex'));
  const maintenanceUrl = await serverUrl();
  await withConnection(maintenanceUrl, (client) => create(client, name, from));
  const ownerUrl = urlOf(maintenanceUrl, name);
  const drop = () =>
    withConnection(maintenanceUrl, async (client) => {
      await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    });
  return { ownerUrl, appUrl: appUrlOf(ownerUrl), drop };
}

async function create(client: pg.Client, name: string, from: string): Promise<void> {
  await client.query(`CREATE DATABASE "${name}" TEMPLATE "${from}" ENCODING 'UTF8' LOCALE 'C'`);
}

/** Named after the run, by which the sweeper finds those that were not dropped. */
function databaseName(suffix: string): string {
  return `${basename(runFolder())}-${suffix}`.toLowerCase();
}

function urlOf(maintenanceUrl: string, name: string): string {
  const url = new URL(maintenanceUrl);
  url.pathname = `/${name}`;
  return url.href;
}
