import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sealTrip } from '../../src/modules/access/app/sso-trip.js';
import { TOKEN_KEY } from '../../src/modules/access/app/tokens.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { People } from './people.js';
import { CLIENT, REDIRECT_URL, signInAtProvider, startProvider, type TestProvider } from './provider.js';

let provider: TestProvider;
let service: HttpAppUnderTest;
let people: People;
beforeAll(async () => {
  // The provider says at length that it is set up for a test.
  for (const level of ['warn', 'info'] as const) jest.spyOn(console, level).mockImplementation(() => undefined);
  provider = await startProvider();
  const client = { clientId: CLIENT.id, clientSecret: CLIENT.secret, redirectUrl: REDIRECT_URL };
  service = await startHttpApp({ anonymous: true, oidc: { issuer: provider.issuer, ...client } });
  people = await People.of(service);
  const user = { username: 'zhang.wei', displayName: '张伟', externalSubject: 'emp-1001', grants: [{ role: 'clerk' }] };
  await people.post('/api/v1/users', user).expect(201);
});
afterAll(async () => {
  await service.stop();
  await provider.stop();
});

interface Trip {
  readonly address: string;
  readonly cookie: string;
}

const START = '/api/v1/auth/oidc/start';

async function begin(): Promise<Trip> {
  const { headers } = await service.http.get(START).expect(302);
  return { address: headers.location!, cookie: headers['set-cookie']![0]! };
}

const comeBack = (query: string, cookie?: string) => {
  const request = service.http.get(`/api/v1/auth/oidc/callback${query}`);
  return cookie === undefined ? request : request.set('Cookie', cookie.split(';')[0]!);
};
const outcome = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
const REFUSED = [401, 'sso_refused'];

/** The address that the browser is sent to, with another value of a parameter. */
const altered = (address: string, parameter: string, value: string): string => {
  const url = new URL(address);
  url.searchParams.set(parameter, value);
  return url.href;
};

describe('single sign-on with a real OpenID provider', () => {
  it('sends the browser there with PKCE, state and nonce, which only the cookie knows', async () => {
    const { address, cookie } = await begin();
    const asked = Object.fromEntries(new URL(address).searchParams);
    expect(asked).toMatchObject({
      ...{ client_id: CLIENT.id, redirect_uri: REDIRECT_URL, response_type: 'code', scope: 'openid' },
      ...{ code_challenge_method: 'S256', code_challenge: expect.stringMatching(/^[\w-]{43}$/) },
      ...{ state: expect.stringMatching(/^[\w-]{43}$/), nonce: expect.stringMatching(/^[\w-]{43}$/) },
    });
    expect(cookie).toMatch(/^sso_trip=[^;]+; Max-Age=600; Path=\/api\/v1\/auth\/oidc; HttpOnly; SameSite=Lax$/);
    for (const secret of [asked.state!, asked.nonce!, 'chaili']) {
      expect(Buffer.from(cookie, 'base64url').toString()).not.toContain(secret);
      expect(cookie).not.toContain(secret);
    }
  });

  it('brings the person with that subject in, as a password does', async () => {
    const { address, cookie } = await begin();
    const { search } = await signInAtProvider(address, 'emp-1001');
    const answer = await comeBack(search, cookie);
    expect([answer.status, answer.headers['cache-control'], answer.body]).toEqual([
      ...[200, 'no-store'],
      {
        ...{ accessToken: expect.any(String), tokenType: 'Bearer', expiresIn: 600 },
        ...{ refreshToken: expect.any(String), mustChangePassword: false },
      },
    ]);
    expect(answer.headers['set-cookie']![0]).toMatch(/^sso_trip=; .*Expires=Thu, 01 Jan 1970/);
    expect((await people.get('/api/v1/me', answer.body)).body).toMatchObject({
      ...{ username: 'zhang.wei', displayName: '张伟', roles: [{ role: 'clerk', departments: null }] },
    });
    expect((await people.get('/api/v1/users/zhang.wei')).body.lastSignInAt).not.toBeNull();
    // The code was good once.
    expect(outcome(await comeBack(search, cookie))).toEqual(REFUSED);
  });

  it('knows nobody whom the mine does not know, or does not let in', async () => {
    const attempt = async (name: string) => {
      const { address, cookie } = await begin();
      return outcome(await comeBack((await signInAtProvider(address, name)).search, cookie));
    };
    expect(await attempt('emp-9999')).toEqual([403, 'no_account']);
    // A username is no subject.
    expect(await attempt('zhang.wei')).toEqual([403, 'no_account']);
    await people.post('/api/v1/users/zhang.wei/disable').expect(200);
    expect(await attempt('emp-1001')).toEqual([403, 'no_account']);
    await people.post('/api/v1/users/zhang.wei/enable').expect(200);
    expect((await attempt('emp-1001'))[0]).toBe(200);
  });
});

describe('single sign-on is refused', () => {
  it("with somebody else's state", async () => {
    const [mine, theirs] = [await begin(), await begin()];
    const { search } = await signInAtProvider(theirs.address, 'emp-1001');
    expect(outcome(await comeBack(search, mine.cookie))).toEqual(REFUSED);
    const { state } = Object.fromEntries(new URL(mine.address).searchParams);
    const swapped = altered(`${REDIRECT_URL}${search}`, 'state', state!);
    expect(outcome(await comeBack(new URL(swapped).search, mine.cookie))).toEqual(REFUSED);
  });

  it.each(['nonce', 'code_challenge'])('with a foreign %s', async (parameter) => {
    const { address, cookie } = await begin();
    const { search } = await signInAtProvider(altered(address, parameter, 'A'.repeat(43)), 'emp-1001');
    expect(outcome(await comeBack(search, cookie))).toEqual(REFUSED);
  });

  it('without the cookie, with one cut short, with one that is too old, with one of another key', async () => {
    const { address, cookie } = await begin();
    const { search } = await signInAtProvider(address, 'emp-1001');
    const key = service.app.get<Uint8Array>(TOKEN_KEY);
    const { state = '', nonce = '' } = Object.fromEntries(new URL(address).searchParams);
    const trip = { mine: 'chaili', state, nonce, verifier: 'v'.repeat(43) };
    const old = await sealTrip(trip, key, new Date(Date.now() - 601_000));
    const foreign = await sealTrip(trip, Buffer.alloc(32, 1), new Date());
    const cookies = [undefined, cookie.split(';')[0]!.slice(0, -2), `sso_trip=${old}`, `sso_trip=${foreign}`];
    for (const each of cookies) expect(outcome(await comeBack(search, each))).toEqual(REFUSED);
    expect((await comeBack(search, cookie)).status).toBe(200);
  });

  it('when the person or the provider says no', async () => {
    const { address, cookie } = await begin();
    const { state } = Object.fromEntries(new URL(address).searchParams);
    const denied = `?error=access_denied&state=${state}&iss=${encodeURIComponent(provider.issuer)}`;
    expect(outcome(await comeBack(denied, cookie))).toEqual(REFUSED);
    expect(outcome(await comeBack('', cookie))).toEqual(REFUSED);
  });

  it('with an ID token that the provider did not sign', async () => {
    const { address, cookie } = await begin();
    const { search } = await signInAtProvider(address, 'emp-9999');
    provider.forge = (token) => {
      const [head, body, signature] = token.split('.');
      const claims = JSON.parse(Buffer.from(body!, 'base64url').toString()) as object;
      return [head, Buffer.from(JSON.stringify({ ...claims, sub: 'emp-1001' })).toString('base64url'), signature].join(
        '.',
      );
    };
    const answer = await comeBack(search, cookie);
    provider.forge = null;
    expect(outcome(answer)).toEqual(REFUSED);
  });
});

describe('where the provider cannot be had', () => {
  it('is not available, until it answers again', async () => {
    const late = await startProvider();
    const { issuer } = late;
    await late.stop();
    const oidc = { issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret, redirectUrl: REDIRECT_URL };
    const other = await startHttpApp({ anonymous: true, oidc });
    const answer = await other.http.get(START).set('Accept-Language', 'en');
    expect([...outcome(answer), answer.headers['retry-after']]).toEqual([503, 'sso_unavailable', '5']);
    expect(answer.body.detail).toContain('try again later');
    expect(other.log.filter(({ msg }) => msg === 'single sign-on failed')).toHaveLength(1);
    const again = await startProvider(Number(new URL(issuer).port));
    expect((await other.http.get(START)).headers.location).toContain(issuer);
    await again.stop();
    await other.stop();
  });

  it('is not there at all without its settings', async () => {
    const other = await startHttpApp({ anonymous: true });
    expect(outcome(await other.http.get(START))).toEqual([404, 'sso_not_configured']);
    expect(outcome(await other.http.get('/api/v1/auth/oidc/callback?code=x'))).toEqual([404, 'sso_not_configured']);
    await other.stop();
  });
});
