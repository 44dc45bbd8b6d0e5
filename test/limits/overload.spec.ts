import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { originNow } from '../../src/platform/origin/origin.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { FORM_HEAD, RawRequest, uploadHead } from './raw-request.js';

afterEach(() => RawRequest.leaveAll());

const PROBLEM = /^application\/problem\+json/;

async function answered(url: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(url, { headers });
  const text = await response.text();
  const isProblem = PROBLEM.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    code: isProblem ? (JSON.parse(text) as { code: string }).code : null,
    retryAfter: response.headers.get('retry-after'),
  };
}

/** Looks again until what is awaited is so. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; !(await holds()); waited += 1) {
    if (waited === 200) throw new Error('it never came about');
    await sleep(20);
  }
}

describe('whoever sends too much', () => {
  let service: HttpAppUnderTest;
  beforeAll(async () => {
    service = await startHttpApp({ anonymous: true, env: { RATE_PER_SECOND: '1', RATE_BURST: '8' } });
  });
  afterAll(() => service.stop());
  const me = (headers: Readonly<Record<string, string>>) => answered(`${service.url}/api/v1/me`, headers);
  const many = (count: number, headers: Readonly<Record<string, string>>) =>
    Promise.all(Array.from({ length: count }, () => me(headers)));

  it('is told when to come again, by key; others and probes are not touched', async () => {
    const [heavy, light] = [await service.callerWith('auditor'), await service.callerWith('finance')];
    // Who is not known yet counts by address.
    expect((await me(heavy)).status).toBe(200);
    expect((await me(light)).status).toBe(200);
    const answers = await many(60, heavy);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(8);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(new Set(refused.map((each) => JSON.stringify(each)))).toEqual(
      new Set([JSON.stringify({ status: 429, code: 'too_many_requests', retryAfter: '1' })]),
    );
    expect((await me(light)).status).toBe(200);
    const probes = await Promise.all(Array.from({ length: 30 }, () => answered(`${service.url}/health/live`)));
    expect(new Set(probes.map(({ status }) => status))).toEqual(new Set([200]));
    // A token comes back each second.
    await sleep(1_100);
    expect((await me(heavy)).status).toBe(200);
  });

  it('does not get around it with made-up keys', async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) => me({ 'X-Api-Key': `ssk_chaili_${i}_made-up` })),
    );
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(20);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 429]));
  });
});

describe('when too much is under way', () => {
  /** More than the two ends of a connection hold by themselves. */
  const BIG = 30 * 2 ** 20;
  const MINE_LIMITS = { MAX_TRANSFERS_PER_MINE: '1', MAX_REQUESTS_AT_ONCE: '3' };
  let service: HttpAppUnderTest;
  let key: string;
  let upload: (body: string) => Promise<RawRequest>;
  beforeAll(async () => {
    service = await startHttpApp({ anonymous: true, maxUploadBytes: BIG, env: MINE_LIMITS });
    key = (await service.callerWith(['finance', 'clerk', 'auditor']))['X-Api-Key'];
    upload = (body) => RawRequest.open(service.url, uploadHead('Content-Length: 5000000', key), body);
  });
  afterAll(() => {
    // As main does with what is still open after its grace.
    service.app.getHttpServer().closeAllConnections();
    return service.stop();
  });
  const ready = async () => (await answered(`${service.url}/health/ready`)).status === 200;

  it('requests beyond are 503, probes are answered, and it passes', async () => {
    const head = ['POST /api/v1/auth/login HTTP/1.1', 'Content-Type: application/json', 'Content-Length: 50'];
    const slow = await Promise.all([1, 2, 3].map(() => RawRequest.open(service.url, head, '{')));
    await until(async () => (await answered(`${service.url}/api/v1/me`)).status === 503);
    expect(await answered(`${service.url}/api/v1/me`)).toEqual({ status: 503, code: 'overloaded', retryAfter: '5' });
    expect(await ready()).toBe(true);
    for (const request of slow) request.leave();
    await until(async () => (await answered(`${service.url}/api/v1/me`)).status === 401);
  });

  it('files of one mine beyond its share are 503, and its figures are answered', async () => {
    const headers = { 'X-Api-Key': key };
    const second = () =>
      service.http.post('/api/v1/imports').set(headers).attach('file', Buffer.from('code\n'), 'a.csv');
    // One that came while the place was taken does not hold it.
    await until(async () => {
      await upload(FORM_HEAD);
      return (await second()).status === 503;
    });
    const { status, body, headers: answeredWith } = await second();
    expect([status, body.code, answeredWith['retry-after']]).toEqual([503, 'too_many_transfers', '5']);
    expect((await service.http.get('/api/v1/synergy').set(headers)).status).toBe(200);
    RawRequest.leaveAll();
    await until(async () => (await second()).status === 202);
  });

  it('a file that its reader does not take holds a place until they are gone', async () => {
    const headers = { 'X-Api-Key': key };
    const content = Buffer.alloc(BIG - 1, 'x');
    const { body } = await service.http.post('/api/v1/imports').set(headers).attach('file', content, 'big.csv');
    const path = `/api/v1/imports/${body.id}/files/big.csv`;
    expect((await service.http.get(path).set(headers)).status).toBe(200);
    await until(async () => {
      (await RawRequest.open(service.url, [`GET ${path} HTTP/1.1`, `X-Api-Key: ${key}`])).pause();
      return (await answered(service.url + path, headers)).status === 503;
    });
    expect((await answered(service.url + path, headers)).code).toBe('too_many_transfers');
    RawRequest.leaveAll();
    await until(async () => (await answered(service.url + path, headers)).status === 200);
  });

  it('a chain is read for as long as it takes, and holds a place until it is', async () => {
    const [uow, headers] = [service.app.get(UnitOfWork), { 'X-Api-Key': key }];
    const run = uow.run.bind(uow);
    const minutesLeft: number[] = [];
    let goOn!: () => void;
    uow.run = async (sight, work) => {
      minutesLeft.push((originNow()!.endsAt! - performance.now()) / 60_000);
      await new Promise<void>((resolve) => (goOn = resolve));
      return run(sight, work);
    };
    const paths = ['verify', 'export'].map((name) => `${service.url}/api/v1/audit/${name}`);
    const asked = answered(paths[0]!, headers);
    await until(() => Promise.resolve(minutesLeft.length === 1));
    expect(await answered(paths[1]!, headers)).toMatchObject({ status: 503, code: 'too_many_transfers' });
    goOn();
    expect((await asked).status).toBe(200);
    uow.run = run;
    expect(minutesLeft[0]).toBeGreaterThan(30);
    await until(async () => (await answered(paths[1]!, headers)).status === 200);
  });
});
