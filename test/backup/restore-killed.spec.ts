import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { migrateDatabase } from '../../src/data-source.js';
import { withConnection } from '../../src/platform/database/connect.js';
import { acquireDatabase } from '../../src/platform/database/embedded/embedded-database.js';
import { makeChildInstall } from '../db/child-install.js';
import { newBooks } from '../db/kept-books.js';
import { killPostgres } from '../faults/service-process.js';
import { blankDatabase, runFolder } from '../support/database.js';
import { Door } from '../support/door.js';
import { Random } from '../support/random-folder/random.js';
import { CommandProcess } from './command-process.js';
import { cli, contentsOf, newFolder } from './rehearsal.js';

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
/** npm run test:kills-restore. 0: only the one that is steered. */
const KILLS = Number(process.env.RESTORE_KILLS ?? 0);
const PATIENCE_MS = 45_000;
const MINUTE = 60_000;
const QUIET = { info: () => undefined, warn: () => undefined };

let door: Door;
let app: string;
let backup: string;
let contents: Record<string, string>;
beforeAll(async () => {
  [door, app] = [await Door.open(), await makeChildInstall()];
  await newBooks(door);
  contents = await contentsOf(door.database.ownerUrl);
  backup = join(runFolder(), `backup-${randomUUID()}`);
  const source = { ownerUrl: door.database.ownerUrl, dataDir: await newFolder('data') };
  expect(await cli(source, 'backup', backup)).toMatchObject({ code: 0 });
}, 2 * MINUTE);
afterAll(async () => {
  await CommandProcess.killAll();
  await door.close();
});

/** Rows of every table but the migrations'; sequences stand outside of transactions. */
function rowsOf(contents: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(contents).filter(([name]) => !/_seq$|^schema_/.test(name));
}

/** Within a transaction PostgreSQL goes on answering who was there when it was first asked. */
async function until(client: pg.Client, condition: string): Promise<void> {
  for (const begun = performance.now(); performance.now() - begun < PATIENCE_MS; await sleep(20)) {
    await client.query('SELECT pg_stat_clear_snapshot()');
    if ((await client.query(`SELECT FROM (VALUES (1)) v WHERE ${condition}`)).rowCount === 1) return;
  }
  throw new Error(`not within ${PATIENCE_MS} ms: ${condition}`);
}

const OTHERS = `FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND backend_type = 'client backend'`;

describe('a restore that is killed', () => {
  it('when all rows are loaded and none is committed: nothing is there, and it may be run again', async () => {
    const [database, dataDir] = [await blankDatabase(), join(runFolder(), `restored-${randomUUID()}`)];
    const place = { ownerUrl: database.ownerUrl, dataDir };
    await migrateDatabase(database.ownerUrl);
    await withConnection(database.ownerUrl, async (other) => {
      // Sequences are set last.
      await other.query('BEGIN; ALTER SEQUENCE imports_id_seq INCREMENT BY 1');
      const env = { DATABASE_URL: database.ownerUrl, DATA_DIR: dataDir };
      const victim = CommandProcess.start(app, env, 'src/cli.js', 'restore', backup);
      await until(other, `EXISTS (SELECT ${OTHERS} AND wait_event_type = 'Lock' AND query LIKE 'SELECT setval%')`);
      await victim.kill();
      await other.query('ROLLBACK');
      await until(other, `NOT EXISTS (SELECT ${OTHERS})`);
    });
    const left = rowsOf(await contentsOf(database.ownerUrl));
    expect(left.filter(([, held]) => !held.startsWith('0 '))).toEqual([]);
    expect(await cli(place, 'restore', backup)).toMatchObject({ code: 0 });
    expect(await contentsOf(database.ownerUrl)).toEqual(contents);
    await database.drop();
  });

  const long = KILLS > 0 ? it : it.skip;
  long(
    `at ${KILLS} random points, it or its PostgreSQL: whole afterwards, at once or when run again (seed ${SEED})`,
    async () => {
      const random = new Random(SEED);
      const whole = await restoredIn(newPlace());
      const points: string[] = [];
      for (let at = 0; at < KILLS; at += 1) {
        const [dataDir, isOfPostgres] = [newPlace(), at % 2 === 1];
        const victim = restoring(dataDir);
        if (isOfPostgres) await started(dataDir);
        const span = whole.endedMs - (isOfPostgres ? whole.startedMs : 0);
        const point = Math.round((span * (at + random.below(1_000) / 1_000)) / KILLS);
        await sleep(point);
        const came = isOfPostgres ? await killIfRunning(dataDir) : undefined;
        await (isOfPostgres ? victim.ended : victim.kill());
        const again = restoring(dataDir);
        const code = await again.ended;
        if (code !== 0) expect(again.err).toContain('place_not_fresh');
        expect(await contentsIn(dataDir)).toEqual(contents);
        const who = isOfPostgres ? ` after PostgreSQL's start, ${came ? 'it' : 'which had ended'}` : '';
        points.push(`${point} ms${who}${code === 0 ? '' : ' (was done)'}`);
      }
      console.info(
        `PostgreSQL starts after ${whole.startedMs} ms, the restore ends after ${whole.endedMs} ms; killed after ${points.join(', ')}`,
      );
    },
    (KILLS + 2) * MINUTE,
  );
});

const newPlace = () => join(runFolder(), `embedded-${randomUUID()}`);

/** Into an embedded database of its own. */
const restoring = (dataDir: string) =>
  CommandProcess.start(app, { DATA_DIR: dataDir, DATABASE_URL: '' }, 'src/cli.js', 'restore', backup);

/** Until its PostgreSQL runs. */
async function started(dataDir: string): Promise<void> {
  while (!(await readFile(join(dataDir, 'postgres/postmaster.pid')).catch(() => undefined))) await sleep(5);
}

/** Whether it was there to be killed. */
const killIfRunning = (dataDir: string) =>
  killPostgres(dataDir).then(
    () => true,
    () => false,
  );

/** When its PostgreSQL started and when it ended, from its own beginning. */
async function restoredIn(dataDir: string): Promise<{ startedMs: number; endedMs: number }> {
  const begun = performance.now();
  const since = () => Math.round(performance.now() - begun);
  const done = restoring(dataDir);
  await started(dataDir);
  const startedMs = since();
  expect([await done.ended, done.err]).toEqual([0, expect.any(String)]);
  const endedMs = since();
  expect(await contentsIn(dataDir)).toEqual(contents);
  return { startedMs, endedMs };
}

async function contentsIn(dataDir: string): Promise<Record<string, string>> {
  const lease = await acquireDatabase({ dataDir, databaseUrl: undefined }, QUIET);
  try {
    // Where it was killed after its commit, the next start brings the schema up to date.
    await migrateDatabase(lease.ownerUrl);
    return await contentsOf(lease.ownerUrl);
  } finally {
    await lease.release();
  }
}
