import { ROLES } from '../../src/modules/access/index.js';
import { CODE, MINE } from '../authorization/places.js';
import type { House } from '../authorization/house.js';
import type { CallerName, Drawn } from './requests.js';
import { PASSWORDS, PERSON, REFRESH_TOKEN } from './values.js';
import { OWN_DRAFTS, UNREPORTED } from './well.js';
import type { Answer, NoAnswer, Sent } from './wire.js';

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** The callers of a run. What they are called is drawn, what they sign in with is put in as a request is sent. */
export class FuzzCallers {
  private tokens: Promise<Tokens | null> | null = null;

  private constructor(
    private readonly house: House,
    private readonly keys: Readonly<Partial<Record<CallerName, string>>>,
  ) {}

  static async hire(house: House): Promise<FuzzCallers> {
    const key = async (...args: Parameters<House['running']['callerWith']>) =>
      (await house.running.callerWith(...args))['X-Api-Key'];
    const callers = new FuzzCallers(house, {
      ...{ first: await key(ROLES), second: await key(ROLES), clerk: await key('clerk', [CODE.CM1]) },
      forger: `${(await key('clerk')).slice(0, -4)}aaaa`,
    });
    await callers.hirePerson();
    await callers.prepare();
    return callers;
  }

  /** With the secrets of its caller. */
  async signed({ caller, ...sent }: Drawn): Promise<Sent> {
    const key = this.keys[caller];
    const token = caller === 'person' ? (await this.signedIn())?.accessToken : undefined;
    const secret: [string, string][] =
      key !== undefined ? [['X-Api-Key', key]] : token !== undefined ? [['Authorization', `Bearer ${token}`]] : [];
    return { ...sent, headers: [...secret, ...sent.headers], body: await this.withToken(sent.body) };
  }

  /** Keeps up with what requests do to the person. */
  noticed({ caller, target }: Drawn, answer: Answer | NoAnswer): void {
    if (typeof answer === 'string') return;
    if (caller === 'person' && answer.status === 401) this.tokens = null;
    if (target.startsWith('/api/v1/auth/refresh') && answer.status === 200) {
      this.tokens = Promise.resolve(JSON.parse(answer.body.toString('utf8')) as Tokens);
    }
    if (caller === 'person' && target.startsWith('/api/v1/auth/') && answer.status === 204) this.tokens = null;
  }

  private signedIn(): Promise<Tokens | null> {
    return (this.tokens ??= this.signIn());
  }

  /** By one of the passwords that may be the present one, whatever others guessed meanwhile. */
  private async signIn(): Promise<Tokens | null> {
    const { client, running } = this.house;
    for (const password of PASSWORDS) {
      await running.query('DELETE FROM sign_in_attempts');
      const json = { username: PERSON, password };
      const answer = await client.send({ method: 'POST', path: '/api/v1/auth/login', json }, { 'X-Mine': MINE });
      if (answer.status === 200) return answer.body as Tokens;
    }
    return null;
  }

  private async withToken(body: Buffer | null): Promise<Buffer | null> {
    if (body === null || !body.includes(REFRESH_TOKEN)) return body;
    const token = (await this.signedIn())?.refreshToken ?? '';
    return Buffer.from(body.toString('utf8').replaceAll(REFRESH_TOKEN, token));
  }

  /** What WELL_ASKED asks about. */
  private async prepare(): Promise<void> {
    const [first, second] = [this.keys.first!, this.keys.second!].map((key) => ({ 'X-Api-Key': key }));
    const must = this.house.client.must.bind(this.house.client);
    for (const json of OWN_DRAFTS) await must({ method: 'POST', path: '/api/v1/records', json }, first!);
    const { proposal } = await must<{ proposal: { submissionId: string } }>(
      { method: 'GET', path: '/api/v1/approval-path' },
      second!,
    );
    const json = { reason: '另行提议' };
    await must({ method: 'POST', path: `/api/v1/submissions/${proposal.submissionId}/return`, json }, second!);
    const baseline = { method: 'POST', path: '/api/v1/baselines', json: UNREPORTED };
    const { submissionId } = await must<{ submissionId: string }>(baseline, first!);
    await must({ method: 'POST', path: `/api/v1/submissions/${submissionId}/approve`, json: {} }, second!);
  }

  private async hirePerson(): Promise<void> {
    const { client, staff } = this.house;
    // An administrator may hold no other role.
    const grants = ROLES.filter((role) => role !== 'admin').map((role) => ({ role }));
    const json = { username: PERSON, displayName: '王', grants };
    const { oneTimePassword } = await client.must<{ oneTimePassword: string }>(
      { method: 'POST', path: '/api/v1/users', json },
      staff.admin,
    );
    const login = { username: PERSON, password: oneTimePassword };
    const { accessToken } = await client.must<Tokens>(
      { method: 'POST', path: '/api/v1/auth/login', json: login },
      { 'X-Mine': MINE },
    );
    await client.must(
      { method: 'POST', path: '/api/v1/auth/password', json: { current: oneTimePassword, next: PASSWORDS[0] } },
      { authorization: `Bearer ${accessToken}` },
    );
  }
}
