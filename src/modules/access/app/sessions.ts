import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { wholeMine } from '../../mines/index.js';
import { insertSession, lockSession, revokeSession, rotateSession } from '../db/session-queries.js';
import { isSecret, secretHash } from './api-key.js';
import { ACCESS_TOKEN_SECONDS, Tokens } from './tokens.js';

/** What a person holds once signed in. */
export interface SignedIn {
  readonly accessToken: string;
  /** Of the access token. */
  readonly expiresInSeconds: number;
  readonly refreshToken: string;
  /** Signed in with a one-time password. */
  readonly mustChangePassword: boolean;
}

export interface SessionOf {
  readonly username: string;
  readonly mustChangePassword: boolean;
}

/** A working day with its handover: refreshing does not lengthen it. */
export const SESSION_HOURS = 12;

const REFRESH_PATTERN = /^ssr\.([A-Za-z0-9_-]{1,32})\.([0-9a-f]{32})\.([A-Za-z0-9_-]{43})$/;

/** Sessions of people: opened by a sign-in, refreshed by tokens that are good once, ended by whoever may. */
@Injectable()
export class Sessions {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly tokens: Tokens,
    private readonly clock: Clock,
  ) {}

  async open(tx: Tx, mine: string, of: SessionOf, address: string): Promise<SignedIn> {
    const now = this.clock.now();
    const id = randomBytes(16).toString('hex');
    const secret = newSecret();
    const expiresAt = new Date(now.getTime() + SESSION_HOURS * 3_600_000);
    const { username } = of;
    await insertSession(tx, mine, { id, username, refreshSha256: secretHash(secret), address, expiresAt }, now);
    return this.signedIn(mine, id, secret, of);
  }

  /**
   * New tokens for a refresh token. It is good once: whoever sends one that was used, be it a thief or the robbed, ends
   * the session, and so does the slower of two who send it at the same moment, for nobody can tell which is the thief.
   * @throws AppError `refresh_refused`
   */
  async refresh(token: string): Promise<SignedIn> {
    const [, mine, id, secret] = REFRESH_PATTERN.exec(token) ?? [];
    if (mine === undefined) throw new AppError('unauthenticated', 'refresh_refused');
    const signedIn = await this.uow.run(wholeMine(mine), (tx) => this.rotate(tx, mine, id!, secret!));
    if (signedIn === null) throw new AppError('unauthenticated', 'refresh_refused');
    return signedIn;
  }

  private async rotate(tx: Tx, mine: string, id: string, secret: string): Promise<SignedIn | null> {
    const now = this.clock.now();
    const session = await lockSession(tx, mine, id, now);
    if (session === null) return null;
    if (!isSecret(secret, session.refreshSha256)) {
      // Only those who were given a token of this session know its id.
      await revokeSession(tx, mine, id, now);
      return null;
    }
    const next = newSecret();
    await rotateSession(tx, mine, id, secretHash(next), now);
    return this.signedIn(mine, id, next, session);
  }

  private async signedIn(mine: string, id: string, secret: string, of: SessionOf): Promise<SignedIn> {
    return {
      accessToken: await this.tokens.sign({ mine, username: of.username, session: id }),
      expiresInSeconds: ACCESS_TOKEN_SECONDS,
      refreshToken: `ssr.${mine}.${id}.${secret}`,
      mustChangePassword: of.mustChangePassword,
    };
  }
}

const newSecret = (): string => randomBytes(32).toString('base64url');
