import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ACCESS_SENTENCES } from '../../src/modules/access/index.js';
import { IDEMPOTENCY_SENTENCES } from '../../src/platform/idempotency/idempotency-sentences.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { bearer, People, type ShownGrant, type Tokens } from './people.js';

const DAY = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();

let service: HttpAppUnderTest;
let people: People;
beforeAll(async () => {
  service = await startHttpApp({ anonymous: true });
  people = await People.of(service);
  await service.query(`INSERT INTO departments (mine_id, code, name, parent) VALUES
    ('chaili', 'ZC', '综采', NULL), ('chaili', 'ZC1', '综采一队', 'ZC'), ('chaili', 'JY', '机运', NULL)`);
});
afterAll(() => service.stop());

const outcome = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
const findings = ({ body }: { body: { errors?: { row: number; column: string; code: string }[] } }) =>
  (body.errors ?? []).map(({ row, column, code }) => [row, column, code]);
const rightIn = async (tokens: Tokens, right: string) =>
  ((await people.get('/api/v1/me', tokens)).body.rights as { right: string; departments: string[] | null }[]).find(
    (held) => held.right === right,
  )?.departments;

describe('accounts', () => {
  it('are made with a one-time password and listed by username, page by page', async () => {
    const grants = [{ role: 'clerk', department: 'ZC' }, { role: 'auditor' }];
    const { status, body } = await people.post('/api/v1/users', { username: 'b.user', displayName: '乙', grants });
    expect([status, body]).toEqual([
      201,
      {
        ...{ username: 'b.user', displayName: '乙', externalSubject: null, isDisabled: false, hasPassword: true },
        ...{ mustChangePassword: true, passwordExpiresAt: expect.any(String), createdBy: 'admin' },
        ...{ createdAt: expect.any(String), lastSignInAt: null, oneTimePassword: expect.any(String) },
        grants: [
          { role: 'auditor', department: null },
          { role: 'clerk', department: 'ZC' },
        ],
      },
    ]);
    const hours = (Date.parse(body.passwordExpiresAt) - Date.now()) / 3_600_000;
    expect(Math.round(hours)).toBe(72);
    await people.post('/api/v1/users', { username: 'c.user', displayName: '丙', externalSubject: 's1' }).expect(201);
    const pages: unknown[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { body: { data: { username: string }[]; next: string | null } } = await people
        .get(`/api/v1/users?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
        .expect(200);
      pages.push(page.body.data.map(({ username }) => username));
      cursor = page.body.next;
    }
    expect(pages).toEqual([['admin', 'b.user'], ['c.user']]);
    const { body: shown } = await people.get('/api/v1/users/b.user');
    expect(JSON.stringify(shown)).not.toMatch(/argon2|oneTimePassword/);
  });

  it.each([
    ['a username that is taken', { username: 'admin', displayName: '甲' }, [409, 'user_exists']],
    ['a subject that is taken', { username: 'd.user', displayName: '丁', externalSubject: 's1' }, [409, 'user_exists']],
    ['a username with capitals', { username: 'Admin', displayName: '甲' }, [400, 'invalid_request']],
    ['a username like a key', { username: 'key:1', displayName: '甲' }, [400, 'invalid_request']],
    ['a role nobody has', { username: 'e', displayName: '戊', grants: [{ role: 'owner' }] }, [400, 'invalid_request']],
    ['no list of roles', { username: 'e', displayName: '戊', grants: null }, [400, 'invalid_request']],
    ['more than is asked', { username: 'e', displayName: '戊', isDisabled: false }, [400, 'invalid_request']],
  ])('with %s are refused', async (_what, body, expected) => {
    expect(outcome(await people.post('/api/v1/users', body))).toEqual(expected);
  });

  it('are not there when a grant is refused', async () => {
    const answer = await people.post('/api/v1/users', {
      ...{ username: 'half', displayName: '半' },
      grants: [
        { role: 'clerk', department: 'ZC' },
        { role: 'reviewer', department: '没有' },
      ],
    });
    expect([outcome(answer), findings(answer)]).toEqual([
      [422, 'grants_refused'],
      [[2, 'department', 'unknown_grant_department']],
    ]);
    expect(outcome(await people.get('/api/v1/users/half'))).toEqual([404, 'unknown_user']);
  });

  it('belong to administrators alone', async () => {
    const tokens = await people.join('finance', [{ role: 'finance' }]);
    const calls = [
      people.get('/api/v1/users', tokens),
      people.get('/api/v1/users/admin', tokens),
      people.post('/api/v1/users', { username: 'x', displayName: 'x' }, tokens),
      people.post('/api/v1/users/admin/disable', {}, tokens),
      people.post('/api/v1/users/admin/one-time-password', {}, tokens),
      service.http.put('/api/v1/users/finance/grants').set(bearer(tokens.accessToken)).send({ grants: [] }),
      people.get('/api/v1/api-keys', tokens),
      people.post('/api/v1/api-keys', { name: 'x', grants: [], expiresAt: inDays(1) }, tokens),
      people.post('/api/v1/mines', { code: 'M1', name: '一号矿' }, tokens),
    ];
    for (const call of calls) expect(outcome(await call)).toEqual([403, 'forbidden']);
  });
});

describe('rights', () => {
  it('hold from the next request on, with the departments below', async () => {
    const tokens = await people.join('wang.li');
    expect(await rightIn(tokens, 'records.write')).toBeUndefined();
    expect(outcome(await people.get('/api/v1/records', tokens))).toEqual([403, 'forbidden']);
    await people.grant('wang.li', [{ role: 'clerk', department: 'ZC' }]).expect(200);
    expect(await rightIn(tokens, 'records.write')).toEqual(['ZC', 'ZC1']);
    expect((await people.get('/api/v1/records', tokens)).status).toBe(200);
    await people
      .grant('wang.li', [
        { role: 'clerk', department: 'ZC' },
        { role: 'clerk', department: 'JY' },
      ])
      .expect(200);
    expect(await rightIn(tokens, 'records.write')).toEqual(['JY', 'ZC', 'ZC1']);
    await people.grant('wang.li', [{ role: 'clerk' }]).expect(200);
    expect(await rightIn(tokens, 'records.write')).toBeNull();
    await people.grant('wang.li', []).expect(200);
    expect(outcome(await people.get('/api/v1/records', tokens))).toEqual([403, 'forbidden']);
  });

  it('follow a department that is put under another', async () => {
    const tokens = await people.join('follower', [{ role: 'reviewer', department: 'JY' }]);
    expect(await rightIn(tokens, 'records.read')).toEqual(['JY']);
    await service.query(`INSERT INTO departments (mine_id, code, name, parent) VALUES ('chaili', 'JY1', '机一', 'JY')`);
    expect(await rightIn(tokens, 'records.read')).toEqual(['JY', 'JY1']);
  });

  it('keep who granted them as long as they stand', async () => {
    await people.join('second', [{ role: 'admin' }]);
    const { body: second } = await people.login('second').expect(200);
    await people.grant('wang.li', [{ role: 'clerk', department: 'ZC' }]).expect(200);
    const grants = [{ role: 'clerk', department: 'ZC' }, { role: 'clerk', department: 'ZC' }, { role: 'auditor' }];
    await service.http.put('/api/v1/users/wang.li/grants').set(bearer(second.accessToken)).send({ grants }).expect(200);
    expect(
      await service.query(`SELECT role, granted_by AS by FROM grants WHERE principal = 'wang.li' ORDER BY 1`),
    ).toEqual([
      { role: 'auditor', by: 'second' },
      { role: 'clerk', by: 'admin' },
    ]);
  });

  it.each<[string, ShownGrant[], unknown[], unknown[]]>([
    [
      'an unknown department',
      [{ role: 'clerk', department: 'zc' }],
      [422, 'grants_refused'],
      [[1, 'department', 'unknown_grant_department']],
    ],
    ['an administrator who also approves', [{ role: 'admin' }, { role: 'finance' }], [422, 'roles_apart'], []],
    ['an administrator who also enters', [{ role: 'clerk' }, { role: 'admin' }], [422, 'roles_apart'], []],
    [
      'an administrator of a department',
      [{ role: 'admin', department: 'ZC' }],
      [422, 'grants_refused'],
      [[1, 'role', 'admin_of_whole_mine']],
    ],
  ])('of %s are refused', async (_what, grants, expected, problems) => {
    await people.grant('wang.li', [{ role: 'clerk', department: 'ZC' }]).expect(200);
    const answer = await people.grant('wang.li', grants);
    expect([outcome(answer), findings(answer)]).toEqual([expected, problems]);
    expect((await people.get('/api/v1/users/wang.li')).body.grants).toEqual([{ role: 'clerk', department: 'ZC' }]);
  });

  it('nobody grants to themselves', async () => {
    expect(outcome(await people.grant('admin', [{ role: 'admin' }, { role: 'auditor' }]))).toEqual([403, 'own_grants']);
    expect(outcome(await people.grant('nobody', []))).toEqual([404, 'unknown_user']);
  });
});

describe('the last administrator', () => {
  const administrators = () =>
    service.query(
      `SELECT principal FROM grants JOIN users ON username = principal AND NOT is_disabled WHERE role = 'admin'`,
    );

  it('cannot leave', async () => {
    await people.grant('second', []).expect(200);
    expect(outcome(await people.post('/api/v1/users/admin/disable'))).toEqual([409, 'last_administrator']);
    expect((await people.get('/api/v1/users/admin')).body.isDisabled).toBe(false);
    await people.grant('second', [{ role: 'admin' }]).expect(200);
  });

  it('stays when two take each other away at the same moment', async () => {
    const { body: second } = await people.login('second').expect(200);
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all([
        people.grant('second', []),
        service.http.put('/api/v1/users/admin/grants').set(bearer(second.accessToken)).send({ grants: [] }),
      ]);
      expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
      expect(await administrators()).toHaveLength(1);
      await service.query(`INSERT INTO grants (mine_id, principal, role, department, granted_by)
        SELECT 'chaili', p, 'admin', '', 'test' FROM unnest(ARRAY['admin', 'second']) p ON CONFLICT DO NOTHING`);
    }
  });
});

describe('API keys', () => {
  const make = (grants: readonly ShownGrant[], expiresAt = inDays(30)) =>
    people.post('/api/v1/api-keys', { name: '结算中心', grants, expiresAt });
  const used = (key: string, path = '/api/v1/records') => service.http.get(path).set('X-Api-Key', key);

  it('are shown once, kept as a hash, and do what they were made for', async () => {
    const { status, body } = await make([{ role: 'integration', department: 'ZC' }]);
    expect([status, body]).toMatchObject([201, { name: '结算中心', createdBy: 'admin', revokedAt: null }]);
    expect(body.key).toMatch(/^ss\.chaili\.[0-9a-f]{16}\.[A-Za-z0-9_-]{43}$/);
    expect((await used(body.key)).status).toBe(200);
    expect(outcome(await used(body.key, '/api/v1/users'))).toEqual([403, 'forbidden']);
    const listed = (await people.get('/api/v1/api-keys')).body.data;
    const secret = body.key.split('.')[3];
    expect(listed).toHaveLength(1);
    const kept = await service.query('SELECT k::text FROM api_keys k');
    expect(JSON.stringify([listed, kept, service.log])).not.toContain(secret);
  });

  it('end when they are revoked, from the next request on', async () => {
    const { key, id } = (await make([{ role: 'auditor' }])).body;
    expect((await used(key)).status).toBe(200);
    const { body: revoked } = await people.post(`/api/v1/api-keys/${id}/revoke`).expect(200);
    expect(outcome(await used(key))).toEqual([401, 'unauthenticated']);
    expect((await people.post(`/api/v1/api-keys/${id}/revoke`)).body.revokedAt).toBe(revoked.revokedAt);
    expect(outcome(await people.post('/api/v1/api-keys/none/revoke'))).toEqual([404, 'unknown_api_key']);
  });

  it('end when their time is over, also where they were used a moment ago', async () => {
    const { key } = (await make([{ role: 'auditor' }], new Date(Date.now() + 1_500).toISOString())).body;
    expect((await used(key)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1_600));
    expect(outcome(await used(key))).toEqual([401, 'unauthenticated']);
  });

  it.each([
    ['in the past', -1],
    ['in more than a year', 367],
  ])('do not expire %s', async (_when, days) => {
    expect(outcome(await make([{ role: 'auditor' }], inDays(days)))).toEqual([422, 'key_expiry']);
  });

  it.each(['2027-06-30', '2027-06-30T00:00:00', '2027-02-30T00:00:00Z', 'soon'])('do not expire on %s', async (at) => {
    expect(outcome(await make([{ role: 'auditor' }], at))).toEqual([400, 'invalid_request']);
  });

  it.each(['clerk', 'reviewer', 'finance', 'quality', 'committee', 'supervisor', 'admin'])(
    'are no %s',
    async (role) => {
      const answer = await make([{ role: 'integration' }, { role }]);
      expect([outcome(answer), findings(answer)]).toEqual([
        [422, 'grants_refused'],
        [[2, 'role', 'role_not_for_keys']],
      ]);
    },
  );

  it('change no password and sign out of nothing', async () => {
    const { key } = (await make([{ role: 'auditor' }])).body;
    const send = (path: string, body: object) => service.http.post(path).set('X-Api-Key', key).send(body);
    const change = { current: 'whatever it is', next: 'another password' };
    expect(outcome(await send('/api/v1/auth/password', change))).toEqual([403, 'forbidden']);
    expect(outcome(await send('/api/v1/auth/logout', {}))).toEqual([403, 'forbidden']);
  });
});

it('has a sentence in both languages for every problem that it describes', async () => {
  const { body } = await service.http.get('/api/openapi.json');
  const ours = ['auth', 'sso', 'me', 'users', 'api-keys', 'delegations', 'mines'];
  const operations = Object.values(body.paths as Record<string, Record<string, { tags: string[]; responses: object }>>)
    .flatMap((item) => Object.values(item))
    .filter(({ tags }) => tags.some((tag) => ours.includes(tag)));
  expect(operations.length).toBeGreaterThan(20);
  const known = new Set([
    ...Object.keys(ACCESS_SENTENCES),
    ...Object.keys(IDEMPOTENCY_SENTENCES),
    'mine_exists',
    'mine_missing',
    'unknown_mine',
    'invalid_cursor',
    'invalid_request',
  ]);
  const described = operations.flatMap(({ responses }) =>
    Object.values(responses as Record<string, { description: string }>).flatMap(({ description }) =>
      /^[a-z_]+(, [a-z_]+)*$/.test(description) ? description.split(', ') : [],
    ),
  );
  expect(described.filter((code) => !known.has(code))).toEqual([]);
  for (const { zh, en } of Object.values(ACCESS_SENTENCES))
    expect([zh, en]).toEqual([expect.stringMatching(/[一-龥].*。$/s), expect.stringMatching(/^[A-Z].*\.$/s)]);
});
