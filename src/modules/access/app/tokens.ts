import { Inject, Injectable } from '@nestjs/common';
import { SignJWT, jwtVerify } from 'jose';
import { Clock } from '../../../platform/clock/clock.js';

/** Token of the signing key, 32 bytes or more, that the composition root hands in. */
export const TOKEN_KEY = Symbol('TOKEN_KEY');

/** What an access token says: who signed in, where, and in which session. */
export interface TokenFacts {
  readonly mine: string;
  readonly username: string;
  readonly session: string;
}

const ISSUER = 'six-synergies';
const AUDIENCE = 'six-synergies/api';
const TYPE = 'at+jwt';
const ALGORITHM = 'HS256';
export const ACCESS_TOKEN_SECONDS = 600;

/** Access tokens: short, signed, and good only while the session behind them stands (see callers.ts). */
@Injectable()
export class Tokens {
  constructor(
    @Inject(TOKEN_KEY) private readonly key: Uint8Array,
    private readonly clock: Clock,
  ) {}

  sign({ mine, username, session }: TokenFacts): Promise<string> {
    const now = Math.floor(this.clock.now().getTime() / 1000);
    return new SignJWT({ mine, sid: session })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(username)
      .setIssuedAt(now)
      .setExpirationTime(now + ACCESS_TOKEN_SECONDS)
      .sign(this.key);
  }

  /** Null for whatever is no token of ours, or not any more. */
  async read(token: string): Promise<TokenFacts | null> {
    try {
      const { payload } = await jwtVerify(token, this.key, {
        ...{ algorithms: [ALGORITHM], typ: TYPE, issuer: ISSUER, audience: AUDIENCE },
        ...{ requiredClaims: ['sub', 'exp', 'iat', 'sid', 'mine'], currentDate: this.clock.now() },
      });
      const { sub, mine, sid } = payload;
      if (typeof sub !== 'string' || typeof mine !== 'string' || typeof sid !== 'string') return null;
      return { mine, username: sub, session: sid };
    } catch {
      // Every way of being wrong is answered alike: 401.
      return null;
    }
  }
}
