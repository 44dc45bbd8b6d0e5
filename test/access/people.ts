import { Administrators } from '../../src/modules/access/index.js';
import { FIRST_MINE } from '../../src/modules/mines/index.js';
import type { HttpAppUnderTest } from '../support/http-app.js';

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export interface ShownGrant {
  readonly role: string;
  readonly department?: string;
}

export const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

/** The people of the first mine of a service under test, who sign in as people do. */
export class People {
  private constructor(
    private readonly running: HttpAppUnderTest,
    readonly admin: Tokens,
  ) {}

  /** The administrator has signed in and chosen the password of `passwordOf('admin')`. */
  static async of(running: HttpAppUnderTest): Promise<People> {
    const { username, password } = await running.app.get(Administrators).issueFirst(FIRST_MINE.code);
    return new People(running, await choosePassword(running, username, password));
  }

  /** A new person with these grants, signed in with a password of their own. */
  async join(username: string, grants: readonly ShownGrant[] = []): Promise<Tokens> {
    const { body } = await this.running.http
      .post('/api/v1/users')
      .set(bearer(this.admin.accessToken))
      .send({ username, displayName: username, grants })
      .expect(201);
    return choosePassword(this.running, username, body.oneTimePassword);
  }

  grant(username: string, grants: readonly ShownGrant[]) {
    return this.running.http
      .put(`/api/v1/users/${username}/grants`)
      .set(bearer(this.admin.accessToken))
      .send({ grants });
  }

  get(path: string, tokens: Tokens = this.admin) {
    return this.running.http.get(path).set(bearer(tokens.accessToken));
  }

  post(path: string, body: object = {}, tokens: Tokens = this.admin) {
    return this.running.http.post(path).set(bearer(tokens.accessToken)).send(body);
  }

  login(username: string, password = passwordOf(username)) {
    return login(this.running, username, password);
  }
}

export const passwordOf = (username: string): string => `secret of ${username}`;

export const login = (running: HttpAppUnderTest, username: string, password: string) =>
  running.http.post('/api/v1/auth/login').send({ username, password });

async function choosePassword(running: HttpAppUnderTest, username: string, oneTime: string): Promise<Tokens> {
  const { body: tokens } = await login(running, username, oneTime).expect(200);
  await running.http
    .post('/api/v1/auth/password')
    .set(bearer(tokens.accessToken))
    .send({ current: oneTime, next: passwordOf(username) })
    .expect(204);
  return tokens;
}
