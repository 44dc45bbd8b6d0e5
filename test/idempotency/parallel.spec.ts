import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildHouse, type House } from '../authorization/house.js';
import type { Answer, Headers, Wish } from '../authorization/client.js';
import { describedOperations } from '../authorization/routes.js';
import { seeded } from '../authorization/seed.js';
import { caseOf, Desk } from './cases.js';
import { Effects } from './effects.js';

/**
 * `SEED=… npm test -- test/idempotency/parallel` draws the same part again; IDEMPOTENCY=all takes every route,
 * IDEMPOTENCY=report those with such names.
 */
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const wanted = process.env.IDEMPOTENCY;
/** How many of the routes the ordinary run takes. */
const SAMPLE = 6;
const AT_ONCE = 20;

let house: House;
let desk: Desk;
let effects: Effects;
beforeAll(async () => {
  house = await buildHouse();
  desk = new Desk(house);
  effects = await Effects.watch(house.running);
}, 300_000);
afterAll(() => house.running.stop(), 120_000);

const WRITES = /^(POST|PUT|PATCH|DELETE) /;

interface Written {
  readonly name: string;
  readonly use: string | undefined;
}

/** Every operation that writes, by the description of the interface. */
async function writtenOperations(): Promise<Written[]> {
  const document = await house.client.must({ method: 'GET', path: '/api/openapi.json' }, {});
  const { paths } = document as { paths: Record<string, Record<string, Record<string, string>>> };
  return describedOperations(document)
    .filter(({ name }) => WRITES.test(name))
    .map(({ name, route }) => {
      const [method, path] = route.split(' ') as [string, string];
      const described = paths[path.replace(/:(\w+)/g, '{$1}')]![method.toLowerCase()]!;
      return { name, use: described['x-idempotency-key'] };
    });
}

/** As a client does: what is still under way is sent again. */
async function sendUntilAnswered(wish: Wish, headers: Headers): Promise<Answer> {
  for (;;) {
    const answer = await house.client.send(wish, headers);
    if ((answer.body as { code?: string } | undefined)?.code !== 'request_in_flight') return answer;
    await sleep(Number(answer.headers['retry-after']) * 1000);
  }
}

interface Outcome {
  readonly name: string;
  /** How many requests wrote anything. */
  readonly writers: number;
  readonly first: readonly number[];
  /** What the others were answered, each answer once. */
  readonly others: readonly string[];
  readonly replays: number;
}

async function sentTwenty({ name, use }: Written, isKeyed = true): Promise<Outcome> {
  const { by, wish } = await caseOf(name, desk);
  const key: Headers = isKeyed ? { 'Idempotency-Key': randomUUID() } : {};
  const requests = Array.from({ length: AT_ONCE }, () => randomUUID());
  const answers = await Promise.all(
    requests.map((id) =>
      sendUntilAnswered({ ...wish, method: name.split(' ')[0]! }, { ...by, ...key, 'X-Request-Id': id }),
    ),
  );
  const isFirst = ({ headers, status }: Answer) =>
    use === undefined ? headers['idempotency-replayed'] === undefined : status < 300;
  const said = ({ status, text, body }: Answer) =>
    use === undefined ? `${status} ${text.slice(text.indexOf('\n'))}` : `${status} ${(body as { code: string }).code}`;
  const first = answers.filter(isFirst);
  return {
    name,
    writers: (await effects.writersAmong(requests)).length,
    first: first.map(({ status }) => status),
    others: [...new Set([...answers.filter((each) => !isFirst(each)), ...(use === undefined ? first : [])].map(said))],
    replays: answers.length - first.length,
  };
}

/** What writes nothing by its nature. */
const WRITES_NOTHING = ['POST /imports/preview'];

/** What is wrong with an outcome; empty: one effect, and nineteen equal answers. */
function faultsOf({ name, writers, first, others, replays }: Outcome): string[] {
  const isRight =
    writers === (WRITES_NOTHING.includes(name) ? 0 : 1) &&
    first.length === 1 &&
    first[0]! < 300 &&
    others.length === 1 &&
    replays === AT_ONCE - 1;
  return isRight ? [] : [`${name}: ${writers} writers, ${first.join(' ')} first, others ${others.join(' | ')}`];
}

describe('twenty equal requests at once', () => {
  it('on every route that writes come out as one effect and nineteen equal answers', async () => {
    const written = (await writtenOperations()).filter(({ use }) => use !== 'ignored');
    const random = seeded(seed);
    const drawn =
      wanted === undefined
        ? [...written].sort(() => random() - 0.5).slice(0, SAMPLE)
        : written.filter(({ name }) => wanted === 'all' || new RegExp(wanted).test(name));
    const faults: string[] = [];
    const started = Date.now();
    for (const operation of drawn) {
      faults.push(...(await sentTwenty(operation).then(faultsOf, (error: unknown) => [String(error)])));
    }
    const seconds = Math.round((Date.now() - started) / 1000);
    console.log(`${drawn.length} of ${written.length} routes × ${AT_ONCE} (seed ${seed}), ${seconds} s`);
    expect(faults).toEqual([]);
  }, 1_800_000);

  it('there is a case for every route that writes', async () => {
    const missing: string[] = [];
    for (const { name, use } of await writtenOperations()) {
      if (use !== 'ignored') await caseOf(name, desk).catch((error: unknown) => missing.push(String(error)));
    }
    expect(missing).toEqual([]);
  }, 300_000);

  it('control: without the key every one of them has its effect', async () => {
    const outcome = await sentTwenty({ name: 'POST /records/{id}/evidence', use: undefined }, false);
    expect([outcome.writers, outcome.first.length]).toEqual([AT_ONCE, AT_ONCE]);
    expect(faultsOf(outcome)).not.toEqual([]);
  });

  it('only signing in and out ignores a key', async () => {
    const ignoring = (await writtenOperations()).filter(({ use }) => use === 'ignored').map(({ name }) => name);
    expect(ignoring.sort()).toEqual(['POST /auth/login', 'POST /auth/logout', 'POST /auth/refresh']);
  });
});
