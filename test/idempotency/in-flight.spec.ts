import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { buildHttpApp } from '../../src/http-app.js';
import { withConnection } from '../../src/platform/database/connect.js';
import { Attempts } from '../../src/platform/idempotency/attempts.js';
import { createLog } from '../../src/platform/logging/log.js';
import { Client, type Answer, type Headers } from '../authorization/client.js';
import { startHttpApp, testConfig, type HttpAppUnderTest } from '../support/http-app.js';

/** Two services on one database; a request that is under way in one of them, held by a lock on the departments. */
let running: HttpAppUnderTest;
let other: NestFastifyApplication;
let clients: readonly [Client, Client];
let by: Headers;

beforeAll(async () => {
  running = await startHttpApp();
  await ageKeys();
  other = await buildHttpApp({
    ...{ config: testConfig(), databaseUrl: running.database.appUrl, tokenKey: Buffer.from(randomUUID()) },
    log: createLog('silent', 'json', process.stdout),
  });
  await other.listen({ host: '127.0.0.1', port: 0 });
  clients = [new Client(running.url), new Client(await other.getUrl())];
  by = await running.callerWith('finance');
});
afterAll(async () => {
  await other.close();
  await running.stop();
});

let key: string;
beforeEach(() => {
  key = randomUUID();
});

const OLD = 2_500;

/** Before the second service starts: more keys than one batch that are 36 days old, and some that are not. */
const ageKeys = () =>
  running.query(
    `INSERT INTO idempotency_keys (mine_id, actor, key, attempt, sight, begun_at, lease_until)
     SELECT 'chaili', 'a', n, gen_random_uuid(), '', now() - make_interval(days => CASE WHEN n <= $1 THEN 36 ELSE 34 END),
       now() FROM generate_series(1, $1 + 5) n`,
    [OLD],
  );

const post = (client: Client, code: string, name = code): Promise<Answer> =>
  client.send({ method: 'POST', path: '/api/v1/departments', json: { code, name } }, { ...by, 'Idempotency-Key': key });

const said = ({ status, headers, body }: Answer) => [
  status,
  (body as { code: string }).code,
  headers['idempotency-replayed'] ?? 'new',
];

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(20);
}

interface Row {
  readonly attempt: string;
  readonly hasEffect: boolean;
  readonly isAnswered: boolean;
  readonly secondsLeft: number;
}

const keptRow = async (): Promise<Row | undefined> =>
  (
    await running.query<Row>(
      `SELECT attempt, has_effect AS "hasEffect", is_answered AS "isAnswered",
         extract(epoch FROM lease_until - clock_timestamp())::float8 AS "secondsLeft"
       FROM idempotency_keys WHERE key = $1`,
      [key],
    )
  )[0];

/** Nothing is written to departments meanwhile. */
const whileHeld = (work: () => Promise<void>): Promise<void> =>
  withConnection(running.database.ownerUrl, async (holder) => {
    await holder.query('BEGIN; LOCK TABLE departments IN SHARE MODE');
    await work();
    await holder.query('ROLLBACK');
  });

const departmentsOf = async (code: string) =>
  (await running.query('SELECT FROM departments WHERE code = $1', [code])).length;

it('a repeat waits for the first in another process, then is told to come again; other content is refused at once', async () => {
  let first!: Promise<Answer>;
  let later!: Promise<Answer>;
  await whileHeld(async () => {
    first = post(clients[0], 'F1');
    await until(async () => (await keptRow()) !== undefined);
    await running.query(`UPDATE idempotency_keys SET lease_until = now() + interval '2.5 seconds' WHERE key = $1`, [
      key,
    ]);
    const changed = post(clients[1], 'F1', 'other');
    const early = await post(clients[1], 'F1');
    expect(said(await changed)).toEqual([422, 'idempotency_key_reused', 'new']);
    expect([said(early), early.headers['retry-after']]).toEqual([[409, 'request_in_flight', 'new'], '2']);
    // Alive, it has put off its lease meanwhile.
    await until(async () => (await keptRow())!.secondsLeft > 2.5);
    later = post(clients[1], 'F1');
    await sleep(100);
  });
  expect([said(await first), said(await later)]).toEqual([
    [201, 'F1', 'new'],
    [201, 'F1', 'true'],
  ]);
  expect((await later).body).toEqual((await first).body);
}, 60_000);

it('an attempt that was taken for dead, and is not, commits nothing', async () => {
  // The first service stands still, and does not put off its leases.
  running.app.get(Attempts, { strict: false }).onModuleDestroy();
  let answers!: Promise<Answer[]>;
  await whileHeld(async () => {
    const first = post(clients[0], 'F2');
    await until(async () => (await keptRow()) !== undefined);
    const { attempt } = (await keptRow())!;
    await running.query(`UPDATE idempotency_keys SET lease_until = now() - interval '1 second' WHERE key = $1`, [key]);
    const second = post(clients[1], 'F2');
    await until(async () => (await keptRow())!.attempt !== attempt);
    answers = Promise.all([first, second]);
  });
  expect((await answers).map(said)).toEqual([
    [409, 'request_in_flight', 'new'],
    [201, 'F2', 'new'],
  ]);
  const [{ n }] = (await running.query<{ n: string }>(
    `SELECT count(*) AS n FROM imports WHERE mine_id = 'chaili' AND kind = 'departments' AND status = 'accepted'
       AND actor = (SELECT actor FROM idempotency_keys WHERE key = $1)`,
    [key],
  )) as [{ n: string }];
  // F1 and F2.
  expect(n).toBe('2');
  expect(said(await post(clients[0], 'F2'))).toEqual([201, 'F2', 'true']);
}, 60_000);

it('a caller who went away before the answer finds it', async () => {
  const abort = new AbortController();
  const headers = { ...by, 'Idempotency-Key': key, 'Content-Type': 'application/json' };
  const body = JSON.stringify({ code: 'F3', name: 'F3' });
  await whileHeld(async () => {
    const gone = fetch(`${running.url}/api/v1/departments`, { method: 'POST', headers, body, signal: abort.signal });
    const left = expect(gone).rejects.toThrow('abort');
    await until(async () => (await keptRow()) !== undefined);
    abort.abort();
    await left;
  });
  await until(async () => (await keptRow())!.isAnswered);
  expect(said(await post(clients[1], 'F3'))).toEqual([201, 'F3', 'true']);
  expect(await departmentsOf('F3')).toBe(1);
});

it('what failed on our side is free to be sent again', async () => {
  await running.query(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''broken''; END';
    CREATE TRIGGER fail BEFORE INSERT ON departments FOR EACH ROW EXECUTE FUNCTION fail()`);
  expect((await post(clients[0], 'F4')).status).toBe(500);
  expect(await keptRow()).toBeUndefined();
  await running.query('DROP FUNCTION fail CASCADE');
  expect(said(await post(clients[0], 'F4'))).toEqual([201, 'F4', 'new']);
});

it('what was written, and then failed, is not written again', async () => {
  // With its commit the row cannot be read back any more.
  await running.query(`CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
      'BEGIN REVOKE SELECT ON departments FROM six_synergies_app; RETURN NULL; END';
    CREATE CONSTRAINT TRIGGER lose AFTER INSERT ON departments DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION lose()`);
  expect((await post(clients[0], 'F6')).status).toBe(500);
  await running.query('DROP FUNCTION lose CASCADE; GRANT SELECT ON departments TO six_synergies_app');
  expect(said(await post(clients[0], 'F6'))).toEqual([409, 'outcome_unknown', 'new']);
  expect([await keptRow(), await departmentsOf('F6')]).toMatchObject([{ hasEffect: true, isAnswered: false }, 1]);
});

it('keys of 35 days ago are deleted when a service starts, and no others', async () => {
  const left = async () => running.query<{ n: string }>(`SELECT count(*) AS n FROM idempotency_keys WHERE actor = 'a'`);
  await until(async () => Number((await left())[0]!.n) <= 5);
  expect(await left()).toEqual([{ n: '5' }]);
});

it('nobody sees the keys of another', async () => {
  await post(clients[0], 'F5');
  const seenBy = (mine: string, actor: string) =>
    withConnection(running.database.appUrl, async (app) => {
      await app.query(
        `BEGIN; SET LOCAL app.mine = '${mine}'; SET LOCAL app.whole = 'yes'; SET LOCAL app.actor = '${actor}'`,
      );
      return (await app.query('SELECT FROM idempotency_keys WHERE key = $1', [key])).rowCount;
    });
  const [{ actor }] = (await running.query<{ actor: string }>('SELECT actor FROM idempotency_keys WHERE key = $1', [
    key,
  ])) as [{ actor: string }];
  expect([await seenBy('chaili', actor), await seenBy('chaili', 'ann'), await seenBy('liuwan', actor)]).toEqual([
    1, 0, 0,
  ]);
});
