import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { newApiKey } from '../../src/modules/access/index.js';
import { TOKEN_KEY } from '../../src/modules/access/app/tokens.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { bearer, People, type Tokens } from './people.js';

let service: HttpAppUnderTest;
let people: People;
let key: Uint8Array;
let good: Tokens;
let claims: JWTPayload;
beforeAll(async () => {
  service = await startHttpApp({ anonymous: true });
  people = await People.of(service);
  key = service.app.get<Uint8Array>(TOKEN_KEY);
  good = await people.join('zhang.wei', [{ role: 'finance' }]);
  claims = decodeJwt(good.accessToken);
});
afterAll(() => service.stop());

const asked = async (headers: Record<string, string>) => {
  const { status, body } = await service.http.get('/api/v1/me').set(headers);
  return [status, body.code ?? body.username];
};
const encode = (part: object | string) =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');

/** Signed with our own key, but for what `change` makes of it. */
function signed(change: JWTPayload, header: object = {}, with_: Uint8Array = key): Promise<string> {
  return new SignJWT({ ...claims, ...change })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', ...header })
    .sign(with_);
}

it('control: a token that is signed as ours are is taken, and so is the one that was given out', async () => {
  expect(decodeProtectedHeader(good.accessToken)).toEqual({ alg: 'HS256', typ: 'at+jwt' });
  expect(await asked(bearer(await signed({})))).toEqual([200, 'zhang.wei']);
  expect(await asked(bearer(good.accessToken))).toEqual([200, 'zhang.wei']);
});

const parts = () => good.accessToken.split('.') as [string, string, string];
const without = (name: string): Promise<string> => signed({ [name]: undefined });

const FORGERIES: readonly (readonly [what: string, make: () => Promise<string> | string])[] = [
  ['no signature at all (alg none)', () => new UnsecuredJWT(claims).encode()],
  [
    'alg none with the signature left on',
    () => `${encode({ alg: 'none', typ: 'at+jwt' })}.${parts()[1]}.${parts()[2]}`,
  ],
  ['alg nOnE', () => `${encode({ alg: 'nOnE', typ: 'at+jwt' })}.${parts()[1]}.`],
  [
    'another algorithm (RS256) with a key of the forger',
    () =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt' })
        .sign(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
  ],
  ['another length of the same algorithm (HS512)', () => signed({}, { alg: 'HS512' }, Buffer.concat([key, key]))],
  ['a foreign key', () => signed({}, {}, randomBytes(32))],
  ['a key of zeros', () => signed({}, {}, new Uint8Array(32))],
  ['a foreign key named by kid', () => signed({}, { kid: '../../../../dev/null' }, new Uint8Array(32))],
  [
    'a foreign key brought along (jwk)',
    () => {
      const forged = randomBytes(32);
      return signed({}, { jwk: { kty: 'oct', k: forged.toString('base64url') } }, forged);
    },
  ],
  ['a foreign key to be fetched (jku)', () => signed({}, { jku: 'http://127.0.0.1:1/keys' }, randomBytes(32))],
  [
    'a critical header nobody knows',
    () => `${encode({ alg: 'HS256', typ: 'at+jwt', crit: ['x'], x: 1 })}.${parts()[1]}.${parts()[2]}`,
  ],
  ['a wrong audience', () => signed({ aud: 'six-synergies/other' })],
  ['no audience', () => without('aud')],
  ['a wrong issuer', () => signed({ iss: 'six-synergies.example' })],
  ['a wrong type', () => signed({}, { typ: 'JWT' })],
  ['expired', () => signed({ iat: 1_700_000_000, exp: 1_700_000_600 })],
  ['expired a second ago', () => signed({ exp: Math.floor(Date.now() / 1000) - 1 })],
  ['without an end', () => without('exp')],
  ['not good before tomorrow', () => signed({ nbf: Math.floor(Date.now() / 1000) + 86_400 })],
  ['without a session', () => without('sid')],
  ['a session that never was', () => signed({ sid: 'f'.repeat(32) })],
  ["another person in this one's session", () => signed({ sub: 'admin' })],
  ['another mine', () => signed({ mine: 'M1' })],
  ['a name that is no text', () => signed({ sub: ['admin'] as unknown as string })],
  ['the contents changed (sub)', () => `${parts()[0]}.${encode({ ...claims, sub: 'admin' })}.${parts()[2]}`],
  ['the signature cut short', () => good.accessToken.slice(0, -4)],
  ['the signature cut off', () => `${parts()[0]}.${parts()[1]}.`],
  ['a part too many', () => `${good.accessToken}.${parts()[2]}`],
  ['the refresh token', () => good.refreshToken],
  ['an API key', () => newApiKey('chaili').text],
  ['nothing', () => ''],
];

describe(`${FORGERIES.length} forged tokens`, () => {
  it.each(FORGERIES)('%s: 401', async (_what, make) => {
    const { status, body, headers } = await service.http.get('/api/v1/me').set(bearer(await make()));
    expect([status, body.code, headers['www-authenticate']]).toEqual([401, 'unauthenticated', 'Bearer']);
  });

  it('and none of them ended the session that they borrowed from', async () => {
    expect(await asked(bearer(good.accessToken))).toEqual([200, 'zhang.wei']);
  });

  it('a session that was signed out: 401', async () => {
    const tokens = await people.join('leaver');
    await people.post('/api/v1/auth/logout', {}, tokens).expect(204);
    expect(await asked(bearer(tokens.accessToken))).toEqual([401, 'unauthenticated']);
  });
});

describe('API keys', () => {
  let text: string;
  beforeAll(async () => {
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const wanted = { name: '接口', grants: [{ role: 'integration' }], expiresAt };
    text = (await people.post('/api/v1/api-keys', wanted).expect(201)).body.key;
  });

  it('control: the key itself is taken', async () => {
    expect(await asked({ 'X-Api-Key': text })).toEqual([200, expect.stringMatching(/^key:[0-9a-f]{16}$/)]);
  });

  it.each<[string, (parts: string[]) => string]>([
    ['another secret', ([a, b, c]) => [a, b, c, randomBytes(32).toString('base64url')].join('.')],
    ['another mine', ([a, , c, d]) => [a, 'M1', c, d].join('.')],
    ['an id that nobody has', ([a, b, , d]) => [a, b, '0'.repeat(16), d].join('.')],
    ['the secret cut short', ([a, b, c, d]) => [a, b, c, d!.slice(0, -1)].join('.')],
    ['no secret', ([a, b, c]) => [a, b, c, ''].join('.')],
    [
      'its hash in place of the secret',
      ([a, b, c]) => [a, b, c, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649'].join('.'),
    ],
    ['nothing', () => 'x'],
  ])('%s: 401', async (_what, forge) => {
    expect(await asked({ 'X-Api-Key': forge(text.split('.')) })).toEqual([401, 'unauthenticated']);
  });

  it('a wrong key is not made good by a token beside it', async () => {
    expect(await asked({ 'X-Api-Key': 'x', ...bearer(good.accessToken) })).toEqual([401, 'unauthenticated']);
  });
});

it('a key in the place of a token, a token in the place of a key, other schemes: 401', async () => {
  expect(await asked({ 'X-Api-Key': good.accessToken })).toEqual([401, 'unauthenticated']);
  expect(await asked({ Authorization: `Basic ${encode('admin:secret of admin')}` })).toEqual([401, 'unauthenticated']);
  expect(await asked({ Authorization: good.accessToken })).toEqual([401, 'unauthenticated']);
  expect(await asked({ Cookie: `access_token=${good.accessToken}` })).toEqual([401, 'unauthenticated']);
});
