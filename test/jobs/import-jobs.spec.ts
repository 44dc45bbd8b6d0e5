import { randomUUID } from 'node:crypto';
import { EVERY_MINE, wholeMine } from '../../src/modules/mines/index.js';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import { migrateDatabase } from '../../src/data-source.js';
import { enqueueImport } from '../../src/modules/intake/app/import-job.js';
import { ImportQueue } from '../../src/modules/intake/app/import-queue.js';
import { connectionSettings, withConnection } from '../../src/platform/database/connect.js';
import { Readiness } from '../../src/platform/health/readiness.js';
import { JOBS_VERSION, migrateJobs, silentPool } from '../../src/platform/jobs/job-schema.js';
import { HOLD_RUNNER } from '../../src/platform/jobs/stranded-jobs.js';
import { blankDatabase } from '../support/database.js';
import { Door } from '../support/door.js';

const PATIENCE_MS = 30_000;
const CSV = 'code,name,parent\nCM1,采煤一区,\n';

let door: Door;
let mine: string;
beforeAll(async () => {
  door = await Door.open(8);
});
beforeEach(async () => {
  for (const level of ['debug', 'log'] as const)
    jest.spyOn(Logger.prototype, level).mockImplementation(() => undefined);
  mine = await door.newMine();
});
afterAll(() => door.close());

const started: ImportQueue[] = [];
/** As the service starts. */
async function startQueue(): Promise<ImportQueue> {
  const queue = new ImportQueue(door.runImport, door.dataSource, new Readiness());
  started.push(queue);
  await queue.takeUpUnfinished();
  return queue;
}
afterEach(async () => {
  for (const queue of started.splice(0)) await queue.onApplicationShutdown();
  jest.restoreAllMocks();
});

async function registered(): Promise<string> {
  const csv = `${CSV}${randomUUID().slice(0, 8)},乙,\n`;
  const stored = await door.register.store.put(Readable.from([Buffer.from(csv)]));
  const handIn = { kind: 'departments', fileName: 'departments.csv' } as const;
  return (await door.register.stored(wholeMine(mine), handIn, stored)).importId;
}

const jobs = () =>
  door.query<{ key: string; lockedBy: string | null; attempts: number }>(
    'SELECT key, locked_by AS "lockedBy", attempts FROM graphile_worker.jobs ORDER BY id',
  );

async function until<Value>(look: () => Promise<Value>, isGood: (value: Value) => boolean): Promise<Value> {
  for (const begun = performance.now(); ; await sleep(20)) {
    const value = await look();
    if (isGood(value) || performance.now() - begun > PATIENCE_MS) return value;
  }
}

const finished = (importId: string) =>
  until(
    () => door.fateOf(mine, importId),
    ({ status }) => status === 'accepted' || status === 'refused',
  );

/** The job's lock as a process leaves it that took the job `secondsAgo` and was killed. */
const lockedBy = (pool: string, importId: string, secondsAgo: number) =>
  withConnection(door.database.ownerUrl, (owner) =>
    owner.query(
      `UPDATE graphile_worker._private_jobs SET locked_by = $1, locked_at = now() - make_interval(secs => $2),
         attempts = 1 WHERE key = $3`,
      [pool, secondsAgo, `import ${importId}`],
    ),
  );

describe('the job of an import', () => {
  it('is there with the commit that registers the import, and not without it', async () => {
    await door.uow
      .run(EVERY_MINE, async (tx) => {
        await enqueueImport(tx, mine, '77');
        throw new Error('the registration fails');
      })
      .catch(() => undefined);
    expect(await jobs()).toEqual([]);
    await door.uow.run(EVERY_MINE, (tx) => enqueueImport(tx, mine, '77'));
    await door.uow.run(EVERY_MINE, (tx) => enqueueImport(tx, mine, '77'));
    expect(await jobs()).toEqual([{ key: 'import 77', lockedBy: null, attempts: 0 }]);
    await door.query(`SELECT graphile_worker.remove_job('import 77')`);
  });

  it('is run by a service that is running, at once, and is gone', async () => {
    await startQueue();
    const importId = await registered();
    const begun = performance.now();
    expect(await finished(importId)).toMatchObject({ status: 'accepted', problems: [] });
    // By the notification: asking every two seconds would take a second on average.
    expect(performance.now() - begun).toBeLessThan(1_900);
    expect(await until(jobs, (left) => left.length === 0)).toEqual([]);
  });

  it('waits for a service that starts later', async () => {
    const importId = await registered();
    await startQueue();
    expect(await finished(importId)).toMatchObject({ status: 'accepted', problems: [] });
  });

  it('is run once, however many services are running', async () => {
    const runs = jest.spyOn(door.runImport, 'run');
    await Promise.all([startQueue(), startQueue(), startQueue()]);
    const ids = await Promise.all(Array.from({ length: 12 }, registered));
    for (const id of ids) expect(await finished(id)).toMatchObject({ status: 'accepted', problems: [] });
    expect(runs.mock.calls.map(([, id]) => id).sort()).toEqual([...ids].sort());
  });

  it('is tried again when it fails as it does without a database', async () => {
    jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    jest.spyOn(door.runImport, 'run').mockRejectedValueOnce(new Error('the database is gone'));
    await startQueue();
    const importId = await registered();
    expect(await finished(importId)).toMatchObject({ status: 'accepted', problems: [] });
  });

  it('is one line of the log for each attempt', async () => {
    jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const lines = jest.spyOn(Logger.prototype, 'log').mock;
    jest.spyOn(door.runImport, 'run').mockRejectedValueOnce(new Error('the database is gone'));
    await startQueue();
    const importId = await registered();
    const line = (outcome: string) => [{ msg: 'job', job: 'import', mine, importId, outcome, ms: expect.any(Number) }];
    await until(
      () => Promise.resolve(lines.calls.length),
      (count) => count === 2,
    );
    expect(lines.calls).toEqual([line('failed'), line('done')]);
  });
});

describe('what a killed process left', () => {
  it('without a job, as by a command that was killed, is taken up by a service that is running', async () => {
    await startQueue();
    const [row] = await door.query<{ id: string }>(
      `INSERT INTO imports (mine_id, kind, status, actor, file_name, size_bytes, sha256)
       VALUES ($1, 'folder', 'running', 'test', 'x.zip', 1, 'x') RETURNING id`,
      [mine],
    );
    const importId = row!.id;
    expect(await finished(importId)).toMatchObject({ status: 'accepted', problems: [] });
  });

  it('is taken up by the next start, although its job is locked by the dead process', async () => {
    const importId = await registered();
    await lockedBy('pool-dead', importId, 3);
    await startQueue();
    expect(await finished(importId)).toMatchObject({ status: 'accepted', problems: [] });
  });

  it('control: a job whose process is alive is left to it, and taken up when that one dies', async () => {
    const importId = await registered();
    await lockedBy('pool-alive', importId, 3_600);
    await withConnection(door.database.appUrl, async (alive) => {
      await alive.query(HOLD_RUNNER, ['pool-alive']);
      await startQueue();
      await sleep(6_500);
      expect(await door.fateOf(mine, importId)).toMatchObject({ status: 'queued' });
    });
    expect(await finished(importId)).toMatchObject({ status: 'accepted', problems: [] });
  });

  it('is not begun a second time while somebody holds the import', async () => {
    const importId = await registered();
    await door.query(`SELECT graphile_worker.remove_job($1)`, [`import ${importId}`]);
    const runs = jest.spyOn(door.runImport, 'run');
    await withConnection(door.database.appUrl, async (other) => {
      await other.query('BEGIN');
      await other.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 8))', [`import ${importId}`]);
      await startQueue();
      await sleep(500);
      expect(runs).not.toHaveBeenCalled();
    });
    expect(await finished(importId)).toMatchObject({ status: 'accepted', problems: [] });
  });

  it('and a runner whose every connection the server ends goes on', async () => {
    jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const queue = await startQueue();
    expect(await finished(await registered())).toMatchObject({ status: 'accepted', problems: [] });
    await withConnection(door.database.ownerUrl, (owner) =>
      owner.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND usename = 'six_synergies_app'`,
      ),
    );
    await sleep(100);
    expect(await finished(await registered())).toMatchObject({ status: 'accepted', problems: [] });
    await queue.onApplicationShutdown();
  });
});

describe('the schema of jobs', () => {
  it('is the library’s last, and served by the application role', async () => {
    const database = await blankDatabase();
    const pool = silentPool(new pg.Pool({ ...connectionSettings(database.ownerUrl), max: 1 }));
    await runMigrations({ pgPool: pool });
    const { rows } = await pool.query<{ id: number }>('SELECT max(id) AS id FROM graphile_worker.migrations');
    await pool.end();
    expect(rows).toEqual([{ id: JOBS_VERSION }]);
    // A database whose jobs have a schema but no rights yet gets them.
    const appUrl = await migrateDatabase(database.ownerUrl);
    await withConnection(appUrl, (app) => app.query(`SELECT graphile_worker.add_job('any', '{}'::json)`));
    await database.drop();
  });

  it('is left alone when nothing is missing', async () => {
    await withConnection(door.database.ownerUrl, async (owner) => {
      const facts = `SELECT p.oid, p.xmin, p.polname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
        WHERE c.relnamespace = 'graphile_worker'::regnamespace ORDER BY p.oid`;
      const before = (await owner.query(facts)).rows;
      expect(before).toHaveLength(4);
      await migrateJobs(owner, door.database.ownerUrl);
      expect((await owner.query(facts)).rows).toEqual(before);
    });
  });
});
