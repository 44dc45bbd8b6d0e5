import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { csvOf, type Fields } from '../db/kept-books.js';
import { freshDatabase } from '../support/database.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { Proxy } from '../support/proxy.js';

/** npm run test:network: silences that outlast every patience of the service, and more of everything. */
const IS_LONG = process.env.NETWORK === 'all';
/** Shown as skipped in the ordinary run, which waits for one cut and some lost answers alone. */
const inFull = IS_LONG ? it : it.skip;
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
  const body = (answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : {}) as {
    readonly code?: string;
    readonly errors?: readonly { readonly code: string }[];
  };
  return { status: answer.status, code: body.errors?.[0]?.code ?? body.code, ms: performance.now() - begun };
}

const post = (kind: string, body: object, key: string | null) =>
  timed(() =>
    fetch(`${service.url}/api/v1/${kind}`, {
      method: 'POST',
      headers: { ...caller, 'content-type': 'application/json', ...(key === null ? {} : { 'idempotency-key': key }) },
      body: JSON.stringify(body),
    }),
  );

const readiness = () => timed(() => fetch(`${service.url}/health/ready`));

const recordOf = (id: string) => ({ id, date: '2023-03-10', ...PLACE, quantity: '1', amount: '1.00' });

/** Told so, or by the key that it was done and that nobody knows any more what was answered. */
const isThere = ({ status, code }: Timed): boolean =>
  status === 201 || code === 'duplicate_record' || code === 'outcome_unknown';

/** A failure by name after which its sender sends it again, the same under the same key. */
const isToSendAgain = ({ status, code }: Timed): boolean =>
  (status === 503 && code !== undefined) || code === 'request_in_flight';

const SENT_AGAIN_AFTER_MS = 50;

/** Sent until it is there; every answer on the way. */
async function sentUntilThere(id: string, key: string | null, noticed: (answer: Timed) => void): Promise<void> {
  for (;;) {
    const answer = await post('records', recordOf(id), key);
    noticed(answer);
    if (isThere(answer) || !isToSendAgain(answer)) return;
    await sleep(SENT_AGAIN_AFTER_MS);
  }
}

/** Writes records one after the other until it is stopped; each of them until it is there. */
class Writer {
  readonly ids: string[] = [];
  readonly answers: Timed[] = [];
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
      await sentUntilThere(id, id, (answer) => this.answers.push(answer));
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
  const probe = `${name}-after`;
  await sentUntilThere(probe, probe, () => undefined);
  // Also for those who were cut off under a key.
  await Promise.all(writers.map((writer) => writer.stop()));
  const recovered = performance.now() - mendedAt;
  const answers = writers.flatMap((writer) => writer.answers);
  const sent = [probe, ...writers.flatMap(({ ids }) => ids)];
  const [{ rows, ids }] = (await service.query<{ rows: number; ids: number }>(
    'SELECT count(*)::int AS rows, count(DISTINCT id)::int AS ids FROM records WHERE id LIKE $1',
    [`${name}-%`],
  )) as [{ rows: number; ids: number }];
  const longestMs = Math.round(Math.max(meanwhile.ms, ...answers.map(({ ms }) => ms)));
  const odd = answers.filter((answer) => !isThere(answer) && !isToSendAgain(answer));
  console.log(
    `${name}: ${sent.length} records in ${answers.length} requests, the longest ${longestMs} ms; ` +
      `ready ${Math.round(readyAfterMs)} ms and writing ${Math.round(recovered)} ms after`,
  );
  return { meanwhile, readyAfterMs, recovered, sent: sent.length, rows, ids, longestMs, odd };
}

/** Nobody waited long, nothing is there twice, and all is well soon after. */
function expectSound(met: Awaited<ReturnType<typeof through>>): void {
  expect(met).toMatchObject({
    meanwhile: { status: 503, code: 'not_ready' },
    odd: [],
    rows: met.sent,
    ids: met.sent,
  });
  expect(met.longestMs).toBeLessThan(HANGS_AFTER_MS);
  expect(met.readyAfterMs).toBeLessThan(RECOVERS_WITHIN_MS);
  expect(met.recovered).toBeLessThan(RECOVERS_WITHIN_MS);
}

describe('the network between the service and PostgreSQL', () => {
  it('cut: nobody waits long, nothing is there twice, and all is well soon after', async () => {
    expectSound(await through('cut', () => proxy.cut(), CUT_MS));
  }, 120_000);

  inFull(
    'silent: the same',
    async () => {
      expectSound(await through('silent', () => proxy.silence(), SILENCE_MS));
    },
    180_000,
  );

  inFull(
    'slow: everything is answered, later',
    async () => {
      proxy.delay(IS_LONG ? 50 : 10);
      const answers: Timed[] = [];
      await Promise.all(
        Array.from({ length: WRITERS }, (_, at) =>
          sentUntilThere(`slow-${at}`, null, (answer) => answers.push(answer)),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(WRITERS).fill(201));
      expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(HANGS_AFTER_MS);
    },
    60_000,
  );

  it('broken in the middle of the answer to COMMIT: what was written is not written again', async () => {
    for (let nth = 0; nth < LOST_COMMITS; nth++) {
      // A key is written down by a transaction of its own, before that of the record.
      const key = nth % 2 === 0 ? null : `lost-${nth}`;
      const before = proxy.swallowedAnswers;
      proxy.swallowAnswersTo('COMMIT', key === null ? 0 : 1);
      const first = await post('records', recordOf(`lost-${nth}`), key);
      proxy.mend();
      expect({ nth, ...first, isLost: proxy.swallowedAnswers > before && isToSendAgain(first) }).toMatchObject({
        isLost: true,
      });
      const answers: Timed[] = [];
      await sentUntilThere(`lost-${nth}`, key, (answer) => answers.push(answer));
      const last = answers.at(-1)!;
      expect([nth, last.code, isThere(last)]).toEqual([nth, last.code, true]);
    }
    const found = await service.query(`SELECT id FROM records WHERE id LIKE 'lost-%'`);
    expect(found.length).toBe(LOST_COMMITS);
  }, 180_000);

  inFull.each([
    ['cut', () => proxy.cut(), CUT_MS],
    ['silent', () => proxy.silence(), SILENCE_MS],
  ] as const)(
    '%s while a file is taken in: it is in the books once, whole',
    async (name, breakIt, brokenMs) => {
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
      const found = await service.query(
        `SELECT count(*)::int AS rows, count(DISTINCT id)::int AS ids FROM records WHERE id LIKE $1`,
        [`${name}-file-%`],
      );
      console.log(`${name} during an import: ${status} ${Math.round(performance.now() - mendedAt)} ms after`);
      expect([status, found[0]]).toEqual(['accepted', { rows: IMPORTED_ROWS, ids: IMPORTED_ROWS }]);
    },
    240_000,
  );
});
