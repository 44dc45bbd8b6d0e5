import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { withConnection } from '../../src/platform/database/connect.js';
import { makeChildInstall } from '../db/child-install.js';
import { ServiceProcess } from '../faults/service-process.js';
import { Client, type Answer } from '../authorization/client.js';
import { runFolder } from '../support/database.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';

/**
 * A service process is killed while requests stand at three points, each held there by a lock of the database: before the
 * effect; between effect and answer; and there again, the effect not marked, as a control. Another process, which lives
 * on, is then sent each of them again.
 */
let living: HttpAppUnderTest;
let killed: ServiceProcess;
let headers: Record<string, string>;

const HELD = 4711;

/** Holds a row of `table` that `when` means, for as long as somebody holds the lock. */
const HOLD = (table: string, event: string, when: string) => `
  CREATE FUNCTION hold_${table}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_advisory_xact_lock_shared(${HELD}); RETURN NEW; END $$;
  CREATE TRIGGER hold BEFORE ${event} ON ${table} FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION hold_${table}()`;

/** Marks every effect but those under keys that say that they are a control. */
const MARK_BUT_CONTROLS = `
  ALTER FUNCTION mark_effect(text, text, text, uuid, text) RENAME TO really_mark_effect;
  CREATE FUNCTION mark_effect(m text, a text, k text, i uuid, f text) RETURNS boolean LANGUAGE sql SECURITY DEFINER AS $$
    SELECT CASE WHEN k LIKE 'control%' THEN true ELSE really_mark_effect(m, a, k, i, f) END $$`;

beforeAll(async () => {
  living = await startHttpApp();
  await living.http.post('/api/v1/departments').send({ code: 'CM1', name: '采一' }).expect(201);
  headers = await living.callerWith('clerk');
  const record = { id: 'R1', date: '2023-01-05', department: 'CM1', category: 'resource', item: '0104' };
  await living.http
    .post('/api/v1/records')
    .set(headers)
    .send({ ...record, nature: 'explicit', amount: '1.00' })
    .expect(201);
  await living.query(HOLD('evidence', 'INSERT', `NEW.name LIKE 'before%'`));
  await living.query(HOLD('idempotency_keys', 'UPDATE', `NEW.is_answered AND NEW.key LIKE '%held%'`));
  await living.query(MARK_BUT_CONTROLS);
  const settings = { DATABASE_URL: living.database.ownerUrl };
  killed = await ServiceProcess.start(await makeChildInstall(), join(runFolder(), `data-${randomUUID()}`), settings);
}, 120_000);
afterAll(async () => {
  await ServiceProcess.killAll();
  await living.stop();
}, 60_000);

function evidence(url: string, name: string, key: string): Promise<Answer> {
  const form = { name, content: '%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n', fields: {} };
  const wish = { method: 'POST', path: '/api/v1/records/R1/evidence', form };
  return new Client(url).send(wish, { ...headers, 'Idempotency-Key': key });
}

const papers = async (name: string) => (await living.query('SELECT FROM evidence WHERE name = $1', [name])).length;

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(20);
}

const countOf = async (sql: string) =>
  Number((await living.query<{ n: string }>(`SELECT count(*) AS n FROM ${sql}`))[0]!.n);
const held = () => countOf(`pg_locks WHERE locktype = 'advisory' AND objid = ${HELD} AND NOT granted`);
/** Transactions that are open, but for those of whoever asks. */
const open = () =>
  countOf(`pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()`);

/** As time passes: nobody puts off the leases of the dead. */
const leasesEnd = () => living.query(`UPDATE idempotency_keys SET lease_until = now() - interval '1 second'`);

const POINTS = [
  ['before.pdf', 'before'],
  ['after.pdf', 'held-after'],
  ['control.pdf', 'control-held'],
] as const;

const outcome = async (name: string, key: string) => {
  const { status, body } = await evidence(living.url, name, key);
  return [name, status, (body as { code?: string }).code, await papers(name)];
};

it('a killed process leaves each request done once or not at all, and a repeat learns which', async () => {
  await withConnection(living.database.ownerUrl, async (holder) => {
    await holder.query(`SELECT pg_advisory_lock(${HELD})`);
    const sent = Promise.allSettled(POINTS.map(([name, key]) => evidence(killed.url, name, key)));
    await until(async () => (await held()) === POINTS.length);
    expect(await Promise.all(POINTS.map(([name]) => papers(name)))).toEqual([0, 1, 1]);
    await killed.kill();
    expect((await sent).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });
  // The server ends the transactions of the dead when it finds them gone.
  await until(async () => (await open()) === 0);
  await leasesEnd();
  expect(await outcome('before.pdf', 'before')).toEqual(['before.pdf', 201, undefined, 1]);
  expect(await outcome('after.pdf', 'held-after')).toEqual(['after.pdf', 409, 'outcome_unknown', 1]);
  // Control: without the mark it would be done twice.
  expect(await outcome('control.pdf', 'control-held')).toEqual(['control.pdf', 201, undefined, 2]);
}, 60_000);
