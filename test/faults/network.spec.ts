import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { csvOf, type Fields } from '../db/kept-books.js';
import { freshDatabase } from '../support/database.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { Proxy } from '../support/proxy.js';

/** npm run test:network: silences that outlast every patience of the service, and more of everything. */
const IS_LONG = process.env.NETWORK === 'all';
const SILENCE_MS = IS_LONG ? 45_000 : 3_000;
const CUT_MS = IS_LONG ? 10_000 : 1_000;
const LOST_COMMITS = IS_LONG ? 50 : 4;

const HANGS_AFTER_MS = 35_000;
const RECOVERS_WITHIN_MS = 10_000;
const WRITERS = 4;
const IMPORTED_ROWS = 3_000;

const PLACE = { department: 'CM1', category: 'resource', item: '0104', nature: 'explicit' };

let proxy: Proxy;
let service: HttpAppUnderTest;
let caller: { 'X-Api-Key': string };
beforeAll(async () => {
  const elsewhere = await freshDatabase();
  proxy = await Proxy.before(elsewhere.ownerUrl);
  await elsewhere.drop();
  service = await startHttpApp({ through: (url) => proxy.through(url), anonymous: true });
  caller = await service.callerWith(['clerk', 'finance', 'integration']);
  const answer = await post('departments', { code: 'CM1', name: '采煤一区' }, 'department');
  expect(answer.status).toBe(201);
}, 60_000);
afterEach(() => proxy.mend());
afterAll(async () => {
  proxy.mend();
  await service.stop();
  await proxy.close();
});

interface Timed {
  readonly status: number;
  readonly code: string | undefined;
  readonly ms: number;
}

async function timed(ask: () => Promise<Response>): Promise<Timed> {
  const begun = performance.now();
  const answer = await ask();
  const text = await answer.text();
  const { code } = (answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : {}) as { code?: string };
  return { status: answer.status, code, ms: performance.now() - begun };
}

const post = (kind: string, body: object, key: string) =>
  timed(() =>
    fetch(`${service.url}/api/v1/${kind}`, {
      method: 'POST',
      headers: { ...caller, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    }),
  );

const readiness = () => timed(() => fetch(`${service.url}/health/ready`));

const recordOf = (id: string) => ({ id, date: '2023-03-10', ...PLACE, quantity: '1', amount: '1.00' });

/** Its sender sends it again, the same under the same key, until it is told that it is there. */
const isThere = ({ status, code }: Timed): boolean => status === 201 || code === 'duplicate_record';

/** A failure by name, and no answer of the service's own fault. */
const isNotAvailable = ({ status, code }: Timed): boolean => status === 503 && code !== undefined;

/** Writes records one after the other until it is stopped; each of them until it is there. */
class Writer {
  readonly ids: string[] = [];
  readonly answers: (Timed & { readonly at: number })[] = [];
  private isStopped = false;
  private readonly ended: Promise<void>;

  constructor(private readonly name: string) {
    this.ended = this.write();
  }

  stop(): Promise<void> {
    this.isStopped = true;
    return this.ended;
  }

  private async write(): Promise<void> {
    for (let nth = 0; !this.isStopped; nth++) {
      const id = `${this.name}-${nth}`;
      this.ids.push(id);
      for (;;) {
        const answer = await post('records', recordOf(id), id);
        this.answers.push({ ...answer, at: performance.now() });
        if (isThere(answer)) break;
        await sleep(50);
      }
    }
  }
}

/** What writers and probes met while the net was broken for so long, and what is in the books afterwards. */
async function through(name: string, breakIt: () => void, brokenMs: number) {
  const writers = Array.from({ length: WRITERS }, (_, at) => new Writer(`${name}-${at}`));
  await sleep(500);
  breakIt();
  await sleep(Math.min(2_500, brokenMs * 0.8));
  const meanwhile = await readiness();
  await sleep(Math.max(0, brokenMs - 2_500));
  proxy.mend();
  const mendedAt = performance.now();
  while ((await readiness()).status !== 200) await sleep(50);
  const readyAfterMs = performance.now() - mendedAt;
  await sleep(500);
  await Promise.all(writers.map((writer) => writer.stop()));
  const answers = writers.flatMap((writer) => writer.answers);
  const recovered = Math.min(
    ...answers.filter((answer) => answer.status === 201 && answer.at > mendedAt).map(({ at }) => at - mendedAt),
  );
  const sent = writers.flatMap(({ ids }) => ids);
  const [{ rows, ids }] = (await service.query<{ rows: number; ids: number }>(
    'SELECT count(*)::int AS rows, count(DISTINCT id)::int AS ids FROM records WHERE id LIKE $1',
    [`${name}-%`],
  )) as [{ rows: number; ids: number }];
  const longestMs = Math.round(Math.max(meanwhile.ms, ...answers.map(({ ms }) => ms)));
  const odd = answers.filter((answer) => !isThere(answer) && !isNotAvailable(answer));
  console.log(
    `${name}: ${sent.length} records in ${answers.length} requests, the longest ${longestMs} ms; ` +
      `ready ${Math.round(readyAfterMs)} ms and writing ${Math.round(recovered)} ms after`,
  );
  return { meanwhile, readyAfterMs, recovered, sent: sent.length, rows, ids, longestMs, odd };
}

describe('the network between the service and PostgreSQL', () => {
  it('cut: nobody waits long, nothing is there twice, and all is well soon after', async () => {
    const met = await through('cut', () => proxy.cut(), CUT_MS);
    expect(met).toMatchObject({ meanwhile: { status: 503, code: 'not_ready' }, odd: [], rows: met.sent, ids: met.sent });
    expect(met.longestMs).toBeLessThan(HANGS_AFTER_MS);
    expect(met.readyAfterMs).toBeLessThan(RECOVERS_WITHIN_MS);
    expect(met.recovered).toBeLessThan(RECOVERS_WITHIN_MS);
  }, 120_000);

  it('silent: the same', async () => {
    const met = await through('silent', () => proxy.silence(), SILENCE_MS);
    expect(met).toMatchObject({ meanwhile: { status: 503, code: 'not_ready' }, odd: [], rows: met.sent, ids: met.sent });
    expect(met.longestMs).toBeLessThan(HANGS_AFTER_MS);
    expect(met.readyAfterMs).toBeLessThan(RECOVERS_WITHIN_MS);
    expect(met.recovered).toBeLessThan(RECOVERS_WITHIN_MS);
  }, 180_000);

  it('slow: everything is answered, later', async () => {
    proxy.delay(50);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, at) => post('records', recordOf(`slow-${at}`), `slow-${at}`)));
    expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
    expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(HANGS_AFTER_MS);
  }, 60_000);

  it('broken in the middle of the answer to COMMIT: what was written is not written again', async () => {
    for (let nth = 0; nth < LOST_COMMITS; nth++) {
      const before = proxy.swallowedAnswers;
      proxy.swallowAnswersTo('COMMIT');
      const first = await post('records', recordOf(`lost-${nth}`), `lost-${nth}`);
      proxy.mend();
      expect([proxy.swallowedAnswers > before, isNotAvailable(first)]).toEqual([true, true]);
      let again = await post('records', recordOf(`lost-${nth}`), `lost-${nth}`);
      // Connections that lay in the pool are found dead one after the other.
      for (let tries = 0; !isThere(again) && tries < 20; tries++) {
        again = await post('records', recordOf(`lost-${nth}`), `lost-${nth}`);
      }
      expect(isThere(again)).toBe(true);
    }
    const found = await service.query(`SELECT id FROM records WHERE id LIKE 'lost-%'`);
    expect(found.length).toBe(LOST_COMMITS);
  }, 180_000);

  it.each([
    ['cut', () => proxy.cut(), CUT_MS],
    ['silent', () => proxy.silence(), SILENCE_MS],
  ] as const)('%s while a file is taken in: it is in the books once, whole', async (name, breakIt, brokenMs) => {
    const rows = Array.from({ length: IMPORTED_ROWS }, (_, at): Fields => recordOf(`${name}-file-${at}`));
    const form = new FormData();
    form.set('kind', 'records');
    form.set('file', new Blob([csvOf('records', rows)]), 'records.csv');
    const sent = await fetch(`${service.url}/api/v1/imports`, { method: 'POST', headers: caller, body: form });
    const { id } = (await sent.json()) as { id: string };
    await sleep(150);
    breakIt();
    await sleep(brokenMs);
    proxy.mend();
    const mendedAt = performance.now();
    let status = '';
    while (!['accepted', 'refused'].includes(status) && performance.now() - mendedAt < 90_000) {
      await sleep(100);
      status = (await service.query<{ status: string }>('SELECT status FROM imports WHERE id = $1', [id]))[0]!.status;
    }
    const found = await service.query(`SELECT count(*)::int AS rows, count(DISTINCT id)::int AS ids FROM records WHERE id LIKE $1`, [
      `${name}-file-%`,
    ]);
    console.log(`${name} during an import: ${status} ${Math.round(performance.now() - mendedAt)} ms after`);
    expect([status, found[0]]).toEqual(['accepted', { rows: IMPORTED_ROWS, ids: IMPORTED_ROWS }]);
  }, 240_000);
});
