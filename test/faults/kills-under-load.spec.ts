import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withConnection } from '../../src/platform/database/connect.js';
import { makeChildInstall } from '../db/child-install.js';
import { csvOf } from '../db/kept-books.js';
import { runFolder } from '../support/database.js';
import { Random } from '../support/random-folder/random.js';
import { ALL_ROLES, TestKeys } from '../support/test-keys.js';
import { BATCH, Books, Sender } from './senders.js';
import { killPostgres, ownerUrlOf, ServiceProcess } from './service-process.js';

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
/** npm run test:kills-load: 50 of PostgreSQL and 200 of the service, and 100,000 records that were acknowledged. */
const POSTGRES_KILLS = Number(process.env.POSTGRES_KILLS ?? 1);
const SERVICE_KILLS = Number(process.env.SERVICE_KILLS ?? 1);
const RECORDS = Number(process.env.RECORDS ?? 500);
const MINUTE = 60_000;

let app: string;
let dataDir: string;
let service: ServiceProcess;
let key: string;
let senders: readonly Sender[];
const books = new Books();

beforeAll(async () => {
  app = await makeChildInstall();
  dataDir = join(runFolder(), `kills-${randomUUID()}`);
  service = await ServiceProcess.start(app, dataDir);
  await ask('DELETE FROM approval_steps');
  key = await withConnection(await ownerUrlOf(dataDir), (owner) => new TestKeys(owner).make('chaili', ALL_ROLES));
  const door = { url: () => service.url, key };
  const departments = csvOf('departments', [{ code: 'CM1', name: '采煤一区' }]);
  await new Sender(door, books, 'departments').sendFile('departments', 'departments', departments);
  senders = ['one-a', 'one-b', 'many-a', 'many-b'].map((name) => new Sender(door, books, name));
}, 2 * MINUTE);
afterAll(async () => {
  for (const sender of senders) await sender.stop();
  // The last to leave stops the database, which a killed one would leave running.
  await service.stop();
  await ServiceProcess.killAll();
});

const ask = async <Row extends object>(sql: string): Promise<Row[]> =>
  withConnection(await ownerUrlOf(dataDir), async (owner) => (await owner.query<Row>(sql)).rows);

/** Id and fen of every record that is kept, also of one that is kept twice. */
const kept = async (): Promise<string[]> =>
  (await ask<{ line: string }>(`SELECT id || ' ' || trim_scale(amount * 100) AS line FROM records ORDER BY 1`)).map(
    ({ line }) => line,
  );

/** Files of which some records are there, and not all. */
const partial = () =>
  ask<{ file: string }>(
    `SELECT split_part(id, '#', 1) AS file FROM records WHERE id LIKE 'many-%' GROUP BY 1 HAVING count(*) <> ${BATCH}`,
  );

async function untilAcknowledged(count: number): Promise<void> {
  while (books.acknowledged.length < count && books.odd.length === 0) await sleep(20);
}

async function killService(): Promise<void> {
  await service.kill();
  service = await ServiceProcess.start(app, dataDir);
}

async function killDatabase(): Promise<void> {
  await killPostgres(dataDir);
  await sleep(100);
  await service.stop();
  service = await ServiceProcess.start(app, dataDir);
}

describe(`kill -9 while records come in (seed ${SEED})`, () => {
  it(
    `${POSTGRES_KILLS} × PostgreSQL, ${SERVICE_KILLS} × the service: all that was acknowledged is there, once and whole`,
    async () => {
      const random = new Random(SEED);
      const kills = [
        ...Array<() => Promise<void>>(POSTGRES_KILLS).fill(killDatabase),
        ...Array<() => Promise<void>>(SERVICE_KILLS).fill(killService),
      ];
      for (const sender of senders) sender.begin();
      for (const [nth, kill] of random.shuffled(kills).entries()) {
        await untilAcknowledged(((nth + 1) * RECORDS) / kills.length);
        await sleep(random.below(1_500));
        await kill();
        expect(await partial()).toEqual([]);
      }
      for (const sender of senders) await sender.stop();
      console.info(
        `seed ${SEED}: ${books.acknowledged.length} records acknowledged in ${books.requests} requests, ` +
          `${books.brokenOff} of them broken off`,
      );
      expect(books.odd).toEqual([]);
      const lines = await kept();
      const [known, there] = [new Set(books.acknowledged), new Set(lines)];
      expect({
        lost: books.acknowledged.filter((line) => !there.has(line)),
        unknown: lines.filter((line) => !known.has(line)),
        kept: lines.length,
      }).toEqual({ lost: [], unknown: [], kept: books.acknowledged.length });
    },
    (POSTGRES_KILLS + SERVICE_KILLS) * 30_000 + 30 * MINUTE,
  );

  it('controls: one record that is lost is noticed, and so is a service that does not start again', async () => {
    await ask(`DELETE FROM records WHERE ctid = (SELECT ctid FROM records ORDER BY random() LIMIT 1)`);
    const left = new Set(await kept());
    expect(books.acknowledged.filter((line) => !left.has(line))).toHaveLength(1);
    await expect(ServiceProcess.start(app, join(app, 'package.json'))).rejects.toThrow('the service did not start');
  });
});
