import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { oneTimePasswordLines } from '../../src/commands/one-time-password-lines.js';
import { Administrators, type IssuedPassword } from '../../src/modules/access/index.js';
import { loadConfig } from '../../src/platform/config/config.js';
import { tokenKey } from '../../src/token-key.js';
import { runFolder } from '../support/database.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { bearer, login } from './people.js';

let service: HttpAppUnderTest;
beforeAll(async () => {
  service = await startHttpApp({ anonymous: true });
});
afterAll(() => service.stop());

const atStart = () => service.app.get(Administrators).issueWhereNobodyCame();
const statusOf = async ({ username, password }: IssuedPassword) => (await login(service, username, password)).status;
const OWN = 'a password of my own';

/** Signs in with a one-time password and chooses another. */
async function settle({ mine, username, password }: IssuedPassword): Promise<string> {
  const sent = { username, password };
  const { body } = await service.http.post('/api/v1/auth/login').set('X-Mine', mine).send(sent).expect(200);
  const change = { current: password, next: OWN };
  await service.http.post('/api/v1/auth/password').set(bearer(body.accessToken)).send(change).expect(204);
  return body.accessToken;
}

describe('the first administrator', () => {
  it('is there from the first start on, and no password lets anyone in', async () => {
    const [admin] = await service.query('SELECT username, password_hash AS hash, created_by AS by FROM users');
    expect(admin).toEqual({ username: 'admin', hash: null, by: 'console' });
    for (const password of ['admin', 'password', 'chaili', '123456', '']) {
      const { status } = await login(service, 'admin', password);
      expect([password, [400, 401].includes(status)]).toEqual([password, true]);
    }
    await service.query('DELETE FROM sign_in_attempts');
  });

  it('gets a new one-time password at every start, in place of the last, until they came in and chose their own', async () => {
    const [first] = await atStart();
    expect([first!.mine, first!.username]).toEqual(['chaili', 'admin']);
    expect(await statusOf(first!)).toBe(200);
    const [second] = await atStart();
    expect([await statusOf(first!), await statusOf(second!)]).toEqual([401, 200]);
    await settle(second!);
    expect(await atStart()).toEqual([]);
  });

  it('is told in both languages until when it is good, once, and never in the log', async () => {
    const expiresAt = new Date('2026-11-28T18:30:00Z');
    const lines = oneTimePasswordLines({ mine: 'chaili', username: 'admin', password: 'abcd-efgh', expiresAt });
    expect(lines).toEqual([
      '矿井 chaili 的用户 admin 的一次性密码：abcd-efgh',
      '  2026-11-29 02:30（北京时间）以前登录并设置自己的密码；它只显示这一次。',
      'One-time password of admin at mine chaili: abcd-efgh',
      '  Sign in and choose your own before 2026-11-29 02:30 (China time); it is shown this once.',
    ]);
    const issued = await service.app.get(Administrators).issueFirst('chaili');
    const held = await service.query('SELECT u::text FROM users u');
    expect(JSON.stringify([service.log, held])).not.toContain(issued.password);
    await settle(issued);
  });

  it('comes to a mine that had none yet', async () => {
    await service.query(`INSERT INTO mines (mine_id, name) VALUES ('OLD', '老矿')`);
    const issued = await atStart();
    expect(issued.map(({ mine, username }) => [mine, username])).toEqual([['OLD', 'admin']]);
    await settle(issued[0]!);
    expect(await atStart()).toEqual([]);
  });

  it('founds another mine, whose administrator is another, and sees no more of it', async () => {
    const token = await settle(await service.app.get(Administrators).issueFirst('chaili'));
    const found = (code: string) =>
      service.http.post('/api/v1/mines').set(bearer(token)).send({ code, name: '二号矿' });
    const { status, body, headers } = await found('M2');
    expect([status, headers['cache-control'], body]).toEqual([
      ...[201, 'no-store'],
      {
        ...{ code: 'M2', name: '二号矿' },
        administrator: { username: 'admin', oneTimePassword: expect.any(String), expiresAt: expect.any(String) },
      },
    ]);
    expect((await found('M2')).body.code).toBe('mine_exists');
    const theirs = await settle({ ...body.administrator, mine: 'M2', password: body.administrator.oneTimePassword });
    const mines = async (of: string) => (await service.http.get('/api/v1/mines').set(bearer(of))).body.data;
    expect([await mines(token), await mines(theirs)]).toMatchObject([[{ code: 'chaili' }], [{ code: 'M2' }]]);
    expect((await service.http.get('/api/v1/mines').set(bearer(token)).set('X-Mine', 'M2')).status).toBe(404);
    const users = (await service.http.get('/api/v1/users').set(bearer(theirs))).body.data;
    expect(users).toMatchObject([{ username: 'admin', createdBy: 'console' }]);
  });

  it('who lost the password gets another from whoever holds the machine', async () => {
    const administrators = service.app.get(Administrators);
    const issued = await administrators.issue('chaili', 'admin');
    // They did come in once, so no start takes this one away.
    expect(await atStart()).toEqual([]);
    await settle(issued);
    await expect(administrators.issue('chaili', 'nobody')).rejects.toThrow('unknown_user');
  });
});

describe('the key that signs tokens', () => {
  const folder = () => join(runFolder(), `key-${randomUUID()}`);
  const from = (dataDir: string, env: NodeJS.ProcessEnv = {}) => tokenKey({ ...loadConfig(env, '/'), dataDir });

  it('is made once, for this user alone, also when ten processes start at the same moment', async () => {
    const dataDir = folder();
    const keys = await Promise.all(Array.from({ length: 10 }, () => from(dataDir)));
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1);
    expect([keys[0]!.length, await readdir(dataDir)]).toEqual([32, ['token-key']]);
    expect((await stat(join(dataDir, 'token-key'))).mode & 0o777).toBe(0o600);
    expect(await from(dataDir)).toEqual(await readFile(join(dataDir, 'token-key')));
    expect(await from(folder())).not.toEqual(keys[0]);
  });

  it('is not used where it is cut short or others may read it', async () => {
    const dataDir = folder();
    await from(dataDir);
    await chmod(join(dataDir, 'token-key'), 0o640);
    await expect(from(dataDir)).rejects.toMatchObject({ code: 'token_key_unusable' });
    const short = folder();
    await mkdir(short);
    await writeFile(join(short, 'token-key'), Buffer.alloc(7), { mode: 0o600 });
    await expect(from(short)).rejects.toMatchObject({ code: 'token_key_unusable' });
  });

  it('may be given in TOKEN_KEY, and then no file is made', async () => {
    const dataDir = folder();
    const key = Buffer.from('0123456789abcdefghijklmnopqrstuv');
    expect(await from(dataDir, { TOKEN_KEY: key.toString('base64') })).toEqual(key);
    await expect(stat(dataDir)).rejects.toThrow('ENOENT');
  });

  it.each([
    'c2hvcnQ=',
    'not base64 at all, but long enough to be one',
    Buffer.alloc(32).toString('base64'),
    'changeme'.repeat(8),
  ])('is refused as TOKEN_KEY=%s, without being repeated', (value) => {
    const load = () => loadConfig({ TOKEN_KEY: value }, '/');
    expect(load).toThrow(/TOKEN_KEY/);
    expect(load).not.toThrow(value);
  });
});

describe('the settings of single sign-on', () => {
  const SETTINGS = {
    ...{ OIDC_ISSUER: 'https://sso.example.com', OIDC_CLIENT_ID: 'c', OIDC_CLIENT_SECRET: 's3cret' },
    OIDC_REDIRECT_URL: 'https://mine.example.com/api/v1/auth/oidc/callback',
  };

  it('are four, or none', () => {
    expect(loadConfig({}, '/').oidc).toBeUndefined();
    expect(loadConfig(SETTINGS, '/').oidc).toEqual({
      ...{
        issuer: SETTINGS.OIDC_ISSUER,
        clientId: 'c',
        clientSecret: 's3cret',
        redirectUrl: SETTINGS.OIDC_REDIRECT_URL,
      },
    });
    for (const name of Object.keys(SETTINGS)) {
      expect(() => loadConfig({ ...SETTINGS, [name]: '' }, '/')).toThrow(new RegExp(`变量 ${name} 未设置`));
    }
  });

  it.each([
    ['OIDC_ISSUER', 'http://sso.example.com'],
    ['OIDC_REDIRECT_URL', 'http://mine.example.com/api/v1/auth/oidc/callback'],
    ['OIDC_ISSUER', 'sso.example.com'],
    ['OIDC_ISSUER', 'http://127.0.0.1.example.com'],
  ])('%s=%s is refused', (name, value) => {
    expect(() => loadConfig({ ...SETTINGS, [name]: value }, '/')).toThrow(name);
  });

  it.each(['http://127.0.0.1:8080', 'http://localhost:8080', 'http://[::1]:8080'])('%s is this machine', (issuer) => {
    expect(loadConfig({ ...SETTINGS, OIDC_ISSUER: issuer }, '/').oidc?.issuer).toBe(issuer);
  });
});
