import { randomUUID } from 'node:crypto';
import { newApiKey } from '../../src/modules/access/index.js';
import { Tokens } from '../../src/modules/access/app/tokens.js';
import { Clock } from '../../src/platform/clock/clock.js';
import type { HttpAppUnderTest } from '../support/http-app.js';
import type { Headers } from './client.js';
import { HELD, MINE, OTHER_MINE, type Held } from './places.js';

/** How long those have who expire: more than their first requests take, less than an access token lasts. */
const LIVES_MS = 5 * 60_000;

/** What becomes of a caller between the making and the asking. */
export type Lot = 'stays' | 'none' | 'expired' | 'revoked';

export interface NewCaller {
  readonly kind: 'key' | 'person';
  /** Null: no role at all. */
  readonly role: string | null;
  readonly held: Held;
  readonly lot: Lot;
}

interface Made extends NewCaller {
  readonly mine: string;
  readonly principal: string;
  readonly session: string;
  readonly sha256: string;
  readonly headers: Headers;
}

/** Many callers at once, written straight into the database: each is used for one question and for nothing else. */
export class Callers {
  private made: readonly Made[] = [];
  private readonly clock: Clock;

  constructor(private readonly running: HttpAppUnderTest) {
    this.clock = running.app.get(Clock);
  }

  /** Answers their headers in the same order; all may ask what their grants allow, until `takeAway`. */
  async make(wanted: readonly NewCaller[]): Promise<Headers[]> {
    this.made = await Promise.all(wanted.map((one) => this.drawn(one)));
    // In several transactions: each row of each raises the version of the mine's access rights.
    for (let at = 0; at < this.made.length; at += 500) await this.insert(this.made.slice(at, at + 500));
    return this.made.map(({ headers }) => headers);
  }

  private async drawn(one: NewCaller): Promise<Made> {
    const mine = one.held === 'away' ? OTHER_MINE : MINE;
    if (one.kind === 'key') {
      const { id, text, sha256 } = newApiKey(mine);
      return { ...one, mine, principal: `key:${id}`, session: '', sha256, headers: { 'X-Api-Key': text } };
    }
    const username = `u-${randomUUID()}`;
    const session = randomUUID();
    const token = await this.running.app.get(Tokens).sign({ mine, username, session });
    const headers = { Authorization: `Bearer ${token}` };
    return { ...one, mine, principal: username, session, sha256: '', headers };
  }

  private async insert(made: readonly Made[]): Promise<void> {
    const all = JSON.stringify(
      made.map(({ mine, principal, session, sha256, kind }) => ({ mine, principal, session, sha256, kind })),
    );
    const rows = `jsonb_to_recordset($1::jsonb) AS n (mine text, principal text, session text, sha256 text, kind text)`;
    const grants = made.flatMap(({ mine, principal, role, held }) =>
      role === null ? [] : HELD[held].map((department) => ({ mine, principal, role, department })),
    );
    const { running } = this;
    await running.query(
      `INSERT INTO api_keys (mine_id, id, name, secret_sha256, created_by, expires_at)
       SELECT mine, substr(principal, 5), 'test', sha256, 'test', now() + interval '1 day' FROM ${rows} WHERE kind = 'key'`,
      [all],
    );
    await running.query(
      `INSERT INTO users (mine_id, username, display_name, created_by)
       SELECT mine, principal, 'test', 'test' FROM ${rows} WHERE kind = 'person'`,
      [all],
    );
    await running.query(
      `INSERT INTO sessions (mine_id, id, username, refresh_sha256, address, expires_at)
       SELECT mine, session, principal, '', 'test', now() + interval '1 day' FROM ${rows} WHERE kind = 'person'`,
      [all],
    );
    await running.query(
      `INSERT INTO grants (mine_id, principal, role, department, granted_by)
       SELECT mine, principal, role, department, 'test'
       FROM jsonb_to_recordset($1::jsonb) AS n (mine text, principal text, role text, department text)`,
      [JSON.stringify(grants)],
    );
  }

  /** Takes grants, keys and sign-ins away from those whose lot it is, and sets the hour of those that expire. */
  async takeAway(): Promise<void> {
    const { running } = this;
    const of = (lot: Lot, kind: NewCaller['kind']) =>
      this.made.filter((one) => one.lot === lot && one.kind === kind).map(({ principal }) => principal);
    await running.query(`DELETE FROM grants WHERE principal = ANY ($1)`, [
      [...of('none', 'key'), ...of('none', 'person')],
    ]);
    await running.query(`UPDATE api_keys SET revoked_at = now() WHERE 'key:' || id = ANY ($1)`, [of('revoked', 'key')]);
    const people = of('revoked', 'person');
    const half = Math.ceil(people.length / 2);
    await running.query(`UPDATE sessions SET revoked_at = now() WHERE username = ANY ($1)`, [people.slice(0, half)]);
    await running.query(`UPDATE users SET is_disabled = true WHERE username = ANY ($1)`, [people.slice(half)]);
    const moment = new Date(this.clock.now().getTime() + LIVES_MS);
    await running.query(`UPDATE sessions SET expires_at = $2 WHERE username = ANY ($1)`, [
      of('expired', 'person'),
      moment,
    ]);
    await running.query(`UPDATE api_keys SET expires_at = $2 WHERE 'key:' || id = ANY ($1)`, [
      of('expired', 'key'),
      moment,
    ]);
  }

  /** It is later, in the service: those that expire have expired, and nobody else. */
  expire(): void {
    const now = this.clock.now.bind(this.clock);
    this.clock.now = () => new Date(now().getTime() + LIVES_MS);
  }
}
