import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';

/** What is sent again under the same Idempotency-Key is done once and answered as the first time. */
let running: HttpAppUnderTest;
beforeAll(async () => {
  running = await startHttpApp();
});
afterAll(() => running.stop());

let key: string;
beforeEach(() => {
  key = randomUUID();
});

const post = (path: string, body: object | string, headers: Record<string, string> = {}) =>
  running.http
    .post(`/api/v1${path}`)
    .set({ 'Idempotency-Key': key, 'Content-Type': 'application/json', ...headers })
    .send(body);

/** All that an answer says but of its own sending. */
const said = ({ status, text, headers }: Response) => [
  status,
  text,
  ['content-type', 'content-language', 'location', 'etag', 'cache-control'].map((name) => headers[name]),
];
const isReplay = ({ headers }: Response) => headers['idempotency-replayed'] === 'true';

const keys = () =>
  running.query<{ key: string; fingerprint: string | null; status: number | null; body: Buffer | null }>(
    'SELECT key, fingerprint, status, body FROM idempotency_keys WHERE key = $1',
    [key],
  );
const countOf = async (table: string, where: string) =>
  Number((await running.query<{ n: string }>(`SELECT count(*) AS n FROM ${table} WHERE ${where}`))[0]!.n);

const department = (code: string) => ({ code, name: `部门 ${code}` });

describe('a repeat under the same key', () => {
  it('is answered as the first time, and nothing is done again', async () => {
    const first = await post('/departments', department('R1'));
    const things = async () => [
      await running.query(`SELECT reference_version FROM mines WHERE mine_id = 'chaili'`),
      await countOf('imports', 'true'),
    ];
    const before = await things();
    const again = await post('/departments', department('R1'));
    expect([first.status, isReplay(first), isReplay(again)]).toEqual([201, false, true]);
    expect(said(again)).toEqual(said(first));
    expect(again.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
    expect(await things()).toEqual(before);
    key = randomUUID();
    await post('/departments', department('R1')).expect(201);
    expect(await things()).not.toEqual(before);
  });

  it('is the same request however its JSON is spaced', async () => {
    const first = await post('/departments', '{"code":"R3","name":"三"}');
    const again = await post('/departments', ' { "code" : "R3",\n "name" : "\\u4e09" } ');
    expect([said(again), isReplay(again)]).toEqual([said(first), true]);
  });

  it('repeats a refusal, in the words of then, though the reason is gone', async () => {
    const volume = { period: '2023-01', department: 'R4', driver: 't', actual: '1' };
    const refused = await post('/activities', volume, { 'Accept-Language': 'en' });
    await running.http.post('/api/v1/departments').send(department('R4')).expect(201);
    const again = await post('/activities', volume);
    expect([refused.status, said(again), isReplay(again)]).toEqual([422, said(refused), true]);
    expect(refused.headers['content-language']).toBe('en');
    key = randomUUID();
    await post('/activities', volume).expect(201);
  });

  it('repeats what the validation found', async () => {
    const refused = await post('/departments', { code: 7 });
    const again = await post('/departments', { code: 7 });
    expect([refused.status, said(again), isReplay(again)]).toEqual([400, said(refused), true]);
  });
});

describe('another request under the same key', () => {
  const reused = async (answer: PromiseLike<Response>) => {
    const { status, body, headers } = await answer;
    expect([status, body.code, headers['idempotency-replayed']]).toEqual([422, 'idempotency_key_reused', undefined]);
  };

  it('with another body, address or query is refused, and nothing is done', async () => {
    await post('/departments', department('O1')).expect(201);
    await reused(post('/departments', department('O2')));
    await reused(post('/items', department('O1')));
    await reused(post('/departments?x=1', department('O1')));
    await reused(running.http.put('/api/v1/profiles/o1').set('Idempotency-Key', key).send(department('O1')));
    expect(await countOf('departments', `code = 'O2'`)).toBe(0);
  });

  it('of another caller, or in another mine, is another key', async () => {
    const other = await running.callerWith('finance');
    await running.http.post('/api/v1/mines').send({ code: 'liuwan', name: '柳湾矿' }).expect(201);
    await post('/departments', department('O3')).expect(201);
    const answers = [
      await post('/departments', department('O4'), other),
      await post('/departments', department('O4'), { 'X-Mine': 'liuwan' }),
    ];
    expect(answers.map((answer) => [answer.status, isReplay(answer)])).toEqual([
      [201, false],
      [201, false],
    ]);
  });
});

describe('what is not kept', () => {
  it('a request without a key, and a reading', async () => {
    const before = await countOf('idempotency_keys', 'true');
    await running.http.post('/api/v1/departments').send(department('N1')).expect(201);
    await running.http.get('/api/v1/departments').set('Idempotency-Key', key).expect(200);
    expect(await countOf('idempotency_keys', 'true')).toBe(before);
  });

  it('what is refused before the handler: the right, the JSON, the sign-in', async () => {
    const auditor = await running.callerWith('auditor');
    await post('/departments', department('N2'), auditor).expect(403);
    await post('/departments', department('N2'), { 'X-Api-Key': 'no' }).expect(401);
    await post('/departments', '{').expect(400);
    expect(await keys()).toEqual([]);
    await post('/departments', department('N2')).expect(201);
  });

  it.each([['two words'], ['键'], ['x'.repeat(201)], ['']])('a malformed key: %s', async (malformed) => {
    // A client of fetch does not send what HTTP/1.1 does not allow; bytes do.
    key = Buffer.from(malformed).toString('latin1');
    const { status, body } = await post('/departments', department('N3'));
    expect([status, body.code]).toEqual([400, 'idempotency_key_malformed']);
    expect(await countOf('departments', `code = 'N3'`)).toBe(0);
  });

  it('an answer that shows a secret: the repeat is told that it was done, and it was done once', async () => {
    const wanted = { name: 'N4', expiresAt: new Date(Date.now() + 86_400_000).toISOString() };
    const body = { ...wanted, grants: [{ role: 'integration' }] };
    const first = await post('/api-keys', body);
    const again = await post('/api-keys', body);
    expect([first.status, again.status, again.body.code]).toEqual([201, 409, 'answer_not_kept']);
    expect(await countOf('api_keys', `name = 'N4'`)).toBe(1);
    expect(await keys()).toEqual([expect.objectContaining({ status: null, body: null })]);
    await post('/api-keys', { ...body, name: 'N5' }).expect(422);
  });

  it('but a refusal shows no secret', async () => {
    const body = { name: 'N6', expiresAt: '2000-01-01T00:00:00Z', grants: [{ role: 'integration' }] };
    const [first, again] = [await post('/api-keys', body), await post('/api-keys', body)];
    expect([first.status, said(again), isReplay(again)]).toEqual([422, said(first), true]);
  });
});

describe('passwords', () => {
  /** A new person's first sign-in: answers a bearer of a person who must choose a password. */
  async function personWithOneTimePassword(username: string) {
    const user = { username, displayName: username, grants: [{ role: 'clerk' }] };
    const made = await running.http.post('/api/v1/users').send(user).expect(201);
    const password = made.body.oneTimePassword as string;
    return { password, bearer: await signIn(username, password) };
  }
  const signIn = async (username: string, password: string) => {
    const { body } = await running.http
      .post('/api/v1/auth/login')
      .set({ 'Idempotency-Key': key, 'X-Mine': 'chaili' })
      .send({ username, password })
      .expect(200);
    return { Authorization: `Bearer ${body.accessToken}` };
  };

  it('a sign-in ignores the key: every one is a new one', async () => {
    const { password } = await personWithOneTimePassword('wang');
    await signIn('wang', password);
    expect(await countOf('sessions', `username = 'wang'`)).toBe(2);
    expect(await keys()).toEqual([]);
  });

  it('a new password is set once, and neither a hash of the request nor an answer is kept', async () => {
    const { password, bearer } = await personWithOneTimePassword('zhao');
    key = randomUUID();
    const change = (current: string) =>
      post('/auth/password', { current, next: 'a long enough one' }, bearer).then(({ status, body }) => [
        status,
        body.code,
      ]);
    // A refusal leaves the key free, for nothing tells one content from another.
    expect(await change('wrong one')).toEqual([422, 'current_password_wrong']);
    expect(await change(password)).toEqual([204, undefined]);
    expect(await change(password)).toEqual([409, 'answer_not_kept']);
    const [kept] = await keys();
    key = randomUUID();
    await post('/auth/password', { current: 'x', next: 'y' }, bearer);
    expect(await keys()).toEqual([]);
    key = randomUUID();
    await post('/auth/password', { current: 'a long enough one', next: 'another that is long' }, bearer).expect(204);
    expect((await keys())[0]!.fingerprint).toBe(kept!.fingerprint);
  });
});

describe('an answer is shown again only to whoever sees what its sender saw', () => {
  it('not after the sender’s departments changed', async () => {
    for (const code of ['S1', 'S2']) await running.http.post('/api/v1/departments').send(department(code)).expect(201);
    const clerk = await running.callerWith('clerk', ['S1', 'S2']);
    const volume = { period: '2023-02', department: 'S1', driver: 't', actual: '1' };
    const first = await post('/activities', volume, clerk);
    const again = await post('/activities', volume, clerk);
    expect([first.status, said(again)]).toEqual([201, said(first)]);
    await running.query(`DELETE FROM grants WHERE department = 'S1'`);
    const later = await post('/activities', volume, clerk);
    expect([later.status, later.body.code]).toEqual([409, 'answer_not_kept']);
  });
});
