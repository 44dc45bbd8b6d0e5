import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions, migrateDatabase } from '../../src/data-source.js';
import { connectionSettings, withConnection } from '../../src/platform/database/connect.js';
import { acquireDatabase, type DatabaseLease } from '../../src/platform/database/embedded/embedded-database.js';
import { CommandProcess } from '../backup/command-process.js';
import { cli, contentsOf, newFolder } from '../backup/rehearsal.js';
import { killPostgres } from '../faults/service-process.js';
import { runFolder } from '../support/database.js';
import { Door } from '../support/door.js';
import { Random } from '../support/random-folder/random.js';
import { structureOf } from './catalog.js';
import { makeChildInstall } from './child-install.js';
import { newBooks } from './kept-books.js';

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
/** npm run test:kills-upgrade: every point, both ways. */
const isLong = process.env.UPGRADE_KILLS === 'all';
const QUIET = { info: () => undefined, warn: () => undefined };
const PATIENCE_MS = 45_000;
const MINUTE = 60_000;

/** How many migrations the version with books had. */
const WITH_BOOKS = 4;
/** A table of that version which a later migration, and none before it, must have to itself: there the upgrade waits. */
const POINTS = [
  ['mines', 5],
  ['records', 6],
  ['targets', 7],
  ['cell_issues', 8],
] as const;

const UPGRADE = `import { migrateDatabase } from './src/data-source.js';
await migrateDatabase(process.env.DATABASE_URL);
`;

/** A server of its own, which can be killed, with the worked example in the version with books. */
let dataDir: string;
let lease: DatabaseLease;
let app: string;
let before: Kept;
beforeAll(async () => {
  const door = await Door.open();
  await newBooks(door);
  const backup = join(runFolder(), `backup-${randomUUID()}`);
  const source = { ownerUrl: door.database.ownerUrl, dataDir: await newFolder('data') };
  expect(await cli(source, 'backup', backup)).toMatchObject({ code: 0 });
  await door.close();
  app = await makeChildInstall();
  await writeFile(join(app, 'upgrade.js'), UPGRADE);
  dataDir = join(runFolder(), `upgrade-${randomUUID()}`);
  lease = await acquireDatabase({ dataDir, databaseUrl: undefined }, QUIET);
  expect(await cli({ ownerUrl: lease.ownerUrl, dataDir }, 'restore', backup)).toMatchObject({ code: 0 });
  await toVersionWithBooks();
  before = await keptNow();
}, 2 * MINUTE);
afterAll(async () => {
  await CommandProcess.killAll();
  await lease.release();
});

async function toVersionWithBooks(): Promise<void> {
  const source = await new DataSource(dataSourceOptions(lease.ownerUrl, 1)).initialize();
  await source.query('DROP SCHEMA graphile_worker CASCADE');
  for (let left = source.migrations.length; left > WITH_BOOKS; left -= 1) await source.undoLastMigration();
  await source.destroy();
}

interface Kept {
  readonly structure: readonly string[];
  readonly contents: Readonly<Record<string, string>>;
}

async function keptNow(): Promise<Kept> {
  const structure = await withConnection(lease.ownerUrl, structureOf);
  return { structure, contents: await contentsOf(lease.ownerUrl) };
}

/** Waits until the upgrade, a process of its own, stands before `table` with part of its work done; answers it. */
async function upgradeWaitingFor(table: string, other: pg.Client): Promise<CommandProcess> {
  await other.query(`BEGIN; LOCK TABLE ${table} IN ACCESS SHARE MODE`);
  const upgrade = CommandProcess.start(app, { DATABASE_URL: lease.ownerUrl }, 'upgrade.js');
  const waiting = 'SELECT FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))';
  for (const begun = performance.now(); performance.now() - begun < PATIENCE_MS; await sleep(20)) {
    await other.query('SELECT pg_stat_clear_snapshot()');
    if ((await other.query(waiting)).rowCount === 1) return upgrade;
  }
  throw new Error(`the upgrade did not come as far as ${table}: ${upgrade.err}`);
}

async function killAt(table: string, who: 'process' | 'PostgreSQL'): Promise<void> {
  const other = new pg.Client(connectionSettings(lease.ownerUrl));
  other.on('error', () => undefined);
  await other.connect();
  const upgrade = await upgradeWaitingFor(table, other);
  if (who === 'process') {
    await upgrade.kill();
    await other.query('ROLLBACK');
    await other.end();
    return;
  }
  await killPostgres(dataDir);
  expect(await upgrade.ended).toBe(1);
  await other.end().catch(() => undefined);
  await lease.release();
  lease = await acquireDatabase({ dataDir, databaseUrl: undefined }, QUIET);
}

/** The backend of a killed process ends when it next looks at its connection. */
async function untilNobodyUpgrades(): Promise<void> {
  const others = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND backend_type = 'client backend'`;
  for (const begun = performance.now(); performance.now() - begun < PATIENCE_MS; await sleep(20)) {
    if ((await withConnection(lease.ownerUrl, (client) => client.query(others))).rowCount === 0) return;
  }
  throw new Error('the transaction of a killed upgrade is still open');
}

describe('an upgrade of the version with books that is killed', () => {
  const random = new Random(SEED);
  const all = POINTS.flatMap(([table, migration]) =>
    (['process', 'PostgreSQL'] as const).map((who) => ({ table, migration, who })),
  );
  const chosen = (who: string) => random.pick(all.filter((point) => point.who === who));
  const points = isLong ? all : [chosen('PostgreSQL')];

  it.each(points)(
    `in migration $migration by a kill -9 of its $who leaves everything as it was (seed ${SEED})`,
    async ({ table, who }) => {
      await killAt(table, who);
      await untilNobodyUpgrades();
      expect(await keptNow()).toEqual(before);
    },
    2 * MINUTE,
  );

  it('and run again brings it up to date with equal figures', async () => {
    const columns = await columnsNow();
    const rows = await rowsOf(columns);
    await migrateDatabase(lease.ownerUrl);
    expect(await rowsOf(columns)).toEqual(rows);
    expect(rows.get('records')).toHaveLength(10);
    // Nothing is left to do, and nothing was done twice.
    const upToDate = await keptNow();
    await migrateDatabase(lease.ownerUrl);
    expect(await keptNow()).toEqual(upToDate);
  });
});

const ask = <Row extends object>(sql: string): Promise<Row[]> =>
  withConnection(lease.ownerUrl, async (client) => (await client.query<Row>(sql)).rows);

/** The columns that the version has, by table. */
async function columnsNow(): Promise<Map<string, string>> {
  const found = await ask<{ table: string; list: string }>(
    `SELECT table_name AS table, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS list
     FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'schema_migrations' GROUP BY 1`,
  );
  return new Map(found.map(({ table, list }) => [table, list]));
}

async function rowsOf(columns: ReadonlyMap<string, string>): Promise<Map<string, unknown[]>> {
  const rows = new Map<string, unknown[]>();
  for (const [table, list] of columns) {
    rows.set(table, await ask(`SELECT ROW(${list})::text AS row FROM ${table} ORDER BY 1`));
  }
  return rows;
}
