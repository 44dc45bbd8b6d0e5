import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withConnection } from '../../src/platform/database/connect.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { People, passwordOf, type Tokens } from './people.js';

let service: HttpAppUnderTest;
let people: People;
beforeAll(async () => {
  service = await startHttpApp({ anonymous: true });
  people = await People.of(service);
});
afterAll(() => service.stop());

const forget = () => service.query('DELETE FROM sign_in_attempts');
const refresh = ({ refreshToken }: Pick<Tokens, 'refreshToken'>) =>
  service.http.post('/api/v1/auth/refresh').send({ refreshToken });
const me = (tokens: Tokens) => people.get('/api/v1/me', tokens);
const outcome = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

describe('signing in with a password', () => {
  it('gives tokens that say who it is, and nothing of a password', async () => {
    await people.join('zhang.wei', [{ role: 'clerk' }]);
    const { status, body, headers } = await people.login('zhang.wei');
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    expect(body).toEqual({
      ...{ accessToken: expect.any(String), tokenType: 'Bearer', expiresIn: 600 },
      ...{ refreshToken: expect.stringMatching(/^ssr\.chaili\./), mustChangePassword: false },
    });
    expect((await me(body)).body).toMatchObject({
      ...{ username: 'zhang.wei', kind: 'person', displayName: 'zhang.wei', mine: 'chaili', mustChangePassword: false },
      roles: [{ role: 'clerk', departments: null, onBehalfOf: null }],
      rights: expect.arrayContaining([{ right: 'records.write', departments: null }]),
    });
  });

  it('keeps Argon2id hashes of 19 MiB, two passes, one lane', async () => {
    const [admin] = await service.query<{ hash: string }>(
      `SELECT password_hash AS hash FROM users WHERE username = 'admin'`,
    );
    expect(admin!.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('answers alike whoever it is that may not come in', async () => {
    await people.join('disabled', []);
    await people.post('/api/v1/users/disabled/disable').expect(200);
    await people.post('/api/v1/users', { username: 'sso.only', displayName: '', externalSubject: 'x1' }).expect(400);
    await people.post('/api/v1/users', { username: 'sso.only', displayName: '单', externalSubject: 'x1' }).expect(201);
    const { body: late } = await people.post('/api/v1/users', { username: 'late', displayName: '迟' }).expect(201);
    await service.query(`UPDATE users SET password_expires_at = now() WHERE username = 'late'`);
    await forget();
    const tries: [string, string][] = [
      ['nobody', passwordOf('admin')],
      ['admin', 'wrong password'],
      ['disabled', passwordOf('disabled')],
      ['sso.only', 'anything'],
      ['late', late.oneTimePassword],
      ['Admin', passwordOf('admin')],
    ];
    const answers: unknown[] = [];
    for (const [username, password] of tries) {
      const { status, headers, body } = await people.login(username, password);
      answers.push([status, headers['www-authenticate'], { ...body, requestId: '' }]);
    }
    expect(answers).toEqual(tries.map(() => answers[0]));
    expect(answers[0]).toMatchObject([401, 'Bearer', { code: 'sign_in_refused' }]);
  });

  it('takes as long for a user whom nobody knows as for a wrong password', async () => {
    const times: Record<'admin' | 'nobody', number[]> = { admin: [], nobody: [] };
    for (let round = 0; round < 18; round++) {
      // In turns, so that whatever else the machine does falls on both; and the fastest of each, so that it falls on neither.
      const username = round % 2 === 0 ? 'admin' : 'nobody';
      await forget();
      const began = performance.now();
      await people.login(username, 'not the password').expect(401);
      times[username].push(performance.now() - began);
    }
    const [known, unknown] = [Math.min(...times.admin), Math.min(...times.nobody)];
    // Without the work of a hash an answer takes a fifth of it.
    expect(unknown).toBeGreaterThan(known / 2);
    expect(unknown).toBeLessThan(known * 2);
  });
});

describe('a one-time password', () => {
  it('lets in to choose another, and to nothing else; then it is used up', async () => {
    const { body: made } = await people.post('/api/v1/users', {
      ...{ username: 'new.one', displayName: '新人', grants: [{ role: 'finance' }] },
    });
    expect(made.oneTimePassword).toMatch(/^([a-hj-km-np-z2-9]{4}-){3}[a-hj-km-np-z2-9]{4}$/);
    const { body: tokens } = await people.login('new.one', made.oneTimePassword).expect(200);
    expect([tokens.mustChangePassword, (await me(tokens)).body.mustChangePassword]).toEqual([true, true]);
    for (const path of ['/api/v1/mines', '/api/v1/records', '/api/v1/delegations', '/api/v1/users']) {
      expect(outcome(await people.get(path, tokens))).toEqual([403, 'password_change_required']);
    }
    const change = { current: made.oneTimePassword, next: passwordOf('new.one') };
    await people.post('/api/v1/auth/password', change, tokens).expect(204);
    expect(outcome(await people.get('/api/v1/mines', tokens))).toEqual([200, undefined]);
    expect(outcome(await people.login('new.one', made.oneTimePassword))).toEqual([401, 'sign_in_refused']);
    await people.login('new.one').expect(200);
  });

  it('takes the place of a forgotten password, and ends the sessions there are', async () => {
    const tokens = await people.join('forgetful');
    const { body } = await people.post('/api/v1/users/forgetful/one-time-password').expect(200);
    expect(outcome(await me(tokens))).toEqual([401, 'unauthenticated']);
    expect(outcome(await refresh(tokens))).toEqual([401, 'refresh_refused']);
    expect(outcome(await people.login('forgetful'))).toEqual([401, 'sign_in_refused']);
    expect((await people.login('forgetful', body.oneTimePassword)).body.mustChangePassword).toBe(true);
    expect(outcome(await people.post('/api/v1/users/nobody/one-time-password'))).toEqual([404, 'unknown_user']);
  });
});

describe('changing a password', () => {
  it.each([
    ['short', 'password_too_short'],
    ['短短短短短短短短短', 'password_too_short'],
    ['Chooser.01', 'password_is_username'],
    [passwordOf('chooser.01'), 'password_not_new'],
  ])('to %s is refused', async (next, code) => {
    const tokens = (await people.login('chooser.01')).body.accessToken ? (await people.login('chooser.01')).body : null;
    const signedIn = tokens ?? (await people.join('chooser.01'));
    const answer = await people.post('/api/v1/auth/password', { current: passwordOf('chooser.01'), next }, signedIn);
    expect(outcome(answer)).toEqual([422, code]);
  });

  it('needs the current one, ends the other sessions and keeps this one', async () => {
    const mine = await people.join('changer');
    const { body: other } = await people.login('changer');
    const change = (current: string) =>
      people.post('/api/v1/auth/password', { current, next: 'another password' }, mine);
    expect(outcome(await change('a guess'))).toEqual([422, 'current_password_wrong']);
    await change(passwordOf('changer')).expect(204);
    expect(outcome(await me(other))).toEqual([401, 'unauthenticated']);
    expect((await me(mine)).status).toBe(200);
    expect(outcome(await people.login('changer'))).toEqual([401, 'sign_in_refused']);
    await people.login('changer', 'another password').expect(200);
  });

  it('by guesses is held to ten a minute', async () => {
    const tokens = await people.join('stolen.token');
    await forget();
    const guess = (current: string) =>
      people.post('/api/v1/auth/password', { current, next: 'another password' }, tokens);
    const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => guess(`guess ${i}`)));
    const codes = answers.map(({ body }) => body.code as string);
    expect(codes.filter((code) => code === 'current_password_wrong')).toHaveLength(10);
    expect(codes.filter((code) => code === 'too_many_sign_ins')).toHaveLength(20);
    await forget();
  });
});

describe('a session', () => {
  it('goes on with a new refresh token each time, and ends when one is used twice', async () => {
    const first = await people.join('refresher');
    const { body: second } = await refresh(first).expect(200);
    const { body: third } = await refresh(second).expect(200);
    expect(new Set([first, second, third].map(({ refreshToken }) => refreshToken)).size).toBe(3);
    expect((await me(third)).status).toBe(200);
    expect(outcome(await refresh(first))).toEqual([401, 'refresh_refused']);
    expect(outcome(await refresh(third))).toEqual([401, 'refresh_refused']);
    expect(outcome(await me(third))).toEqual([401, 'unauthenticated']);
  });

  it('refreshed ten times at the same moment answers one, and ends', async () => {
    const tokens = await people.join('twice');
    const WAITING = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    const answers = await withConnection(service.database.ownerUrl, async (owner) => {
      await owner.query('BEGIN');
      await owner.query(`SELECT 1 FROM sessions WHERE username = 'twice' FOR UPDATE`);
      const sent = Promise.all(Array.from({ length: 10 }, () => refresh(tokens)));
      while ((await service.query(WAITING)).length < 10) await new Promise((resolve) => setTimeout(resolve, 10));
      await owner.query('COMMIT');
      return sent;
    });
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect(outcome(await me(won[0]!.body))).toEqual([401, 'unauthenticated']);
  });

  it('takes no access token, no made-up token and no other mine for a refresh token', async () => {
    const { accessToken, refreshToken } = await people.join('maker.up');
    const [, , id, secret] = refreshToken.split('.');
    const madeUp = [accessToken, 'x', `ssr.M1.${id}.${secret}`, `ssr.chaili.${'0'.repeat(32)}.${secret}`];
    for (const token of madeUp)
      expect(outcome(await refresh({ refreshToken: token }))[1]).toMatch(/^refresh_refused$|^invalid_request$/);
    await refresh({ refreshToken }).expect(200);
  });

  it('ends with the sign-out, its time, or the account', async () => {
    const out = await people.join('leaver');
    await people.post('/api/v1/auth/logout', {}, out).expect(204);
    expect([outcome(await me(out)), outcome(await refresh(out))]).toEqual([
      ...[
        [401, 'unauthenticated'],
        [401, 'refresh_refused'],
      ],
    ]);

    const old = await people.join('sleeper');
    await service.query(`UPDATE sessions SET expires_at = now() WHERE username = 'sleeper'`);
    await service.query(`UPDATE mines SET access_version = access_version + 1`);
    expect([outcome(await me(old)), outcome(await refresh(old))]).toEqual([
      ...[
        [401, 'unauthenticated'],
        [401, 'refresh_refused'],
      ],
    ]);

    const shut = await people.join('shut.out');
    await people.post('/api/v1/users/shut.out/disable').expect(200);
    expect(outcome(await me(shut))).toEqual([401, 'unauthenticated']);
    await people.post('/api/v1/users/shut.out/enable').expect(200);
    expect([outcome(await me(shut)), outcome(await refresh(shut))]).toEqual([
      ...[
        [401, 'unauthenticated'],
        [401, 'refresh_refused'],
      ],
    ]);
    await people.login('shut.out').expect(200);
  });

  it('keeps neither a token nor a password where anyone could read it', async () => {
    const tokens = await people.join('reader');
    const [held] = await service.query<{ all: string }>(
      `SELECT (SELECT string_agg(s::text, ' ') FROM sessions s) || (SELECT string_agg(u::text, ' ') FROM users u) AS all`,
    );
    const typed = 'typed in a hurry';
    const broken = `{"username":"reader","password":"${typed}",}`;
    await service.http.post('/api/v1/auth/login').type('json').send(broken).expect(400);
    await service.http.post('/api/v1/auth/login').send({ username: 'reader', passwort: typed }).expect(400);
    await people.login('reader', typed).expect(401);
    const secrets = [
      tokens.refreshToken.split('.')[3]!,
      tokens.accessToken.split('.')[2]!,
      passwordOf('reader'),
      typed,
    ];
    for (const secret of secrets) {
      expect(held!.all).not.toContain(secret);
      expect(JSON.stringify(service.log)).not.toContain(secret);
    }
  });
});

describe('where there are several mines', () => {
  it('a sign-in names the one it means', async () => {
    await people.post('/api/v1/mines', { code: 'M2', name: '二号矿' }).expect(201);
    const named = (mine: string) => people.login('admin').set('X-Mine', mine);
    expect(outcome(await people.login('admin'))).toEqual([400, 'mine_missing']);
    expect(outcome(await named('M2'))).toEqual([401, 'sign_in_refused']);
    expect(outcome(await named('M9'))).toEqual([404, 'unknown_mine']);
    const { body } = await named('chaili').expect(200);
    expect(outcome(await me(body).set('X-Mine', 'M2'))).toEqual([404, 'unknown_mine']);
    await service.query(`DELETE FROM sign_in_attempts WHERE mine_id = 'M2'`);
  });
});
