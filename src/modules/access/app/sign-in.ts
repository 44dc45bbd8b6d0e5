import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { wholeMine } from '../../mines/index.js';
import { forgetOldAttempts } from '../db/attempt-queries.js';
import {
  findBySubject,
  findCredentials,
  lockCredentials,
  markSignIn,
  type Credentials,
} from '../db/sign-in-queries.js';
import { isPassword } from './passwords.js';
import { Sessions, type SignedIn } from './sessions.js';
import { giveBackPlaces, subjectsOf, takePlaces } from './throttle.js';

export interface PasswordSignIn {
  readonly mine: string;
  readonly username: string;
  readonly password: string;
  /** Where the request came from. */
  readonly address: string;
}

@Injectable()
export class SignIn {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  /**
   * Unknown, disabled, without a password, a wrong one, a one-time password too old: one answer, after the same work.
   * @throws AppError `sign_in_refused`; `too_many_sign_ins`, and then nothing was evaluated
   */
  async withPassword({ mine, username, password, address }: PasswordSignIn): Promise<SignedIn> {
    const sight = wholeMine(mine);
    const subjects = subjectsOf(username, address);
    const found = await this.uow.run(sight, async (tx) => {
      await takePlaces(tx, mine, subjects, this.clock.now());
      return findCredentials(tx, mine, username);
    });
    // No transaction is open meanwhile: an evaluation takes tens of milliseconds.
    const isRight = await isPassword(password, found?.passwordHash ?? null);
    if (found === null || !isRight || !this.isGood(found)) throw new AppError('unauthenticated', 'sign_in_refused');
    return this.uow.run(sight, async (tx) => {
      const now = await lockCredentials(tx, mine, username);
      // Changed or disabled while it was evaluated.
      if (now?.passwordHash !== found.passwordHash || now.isDisabled) {
        throw new AppError('unauthenticated', 'sign_in_refused');
      }
      await giveBackPlaces(tx, mine, subjects);
      await forgetOldAttempts(tx, mine, this.clock.now());
      return this.open(tx, mine, now, address);
    });
  }

  /**
   * For whom the provider of single sign-on vouches, under the name it has for them.
   * @throws AppError `no_account`
   */
  withSubject(mine: string, subject: string, address: string): Promise<SignedIn> {
    return this.uow.run(wholeMine(mine), async (tx) => {
      const found = await findBySubject(tx, mine, subject);
      if (found === null || found.isDisabled) throw new AppError('forbidden', 'no_account');
      return this.open(tx, mine, found, address);
    });
  }

  private async open(tx: Tx, mine: string, found: Credentials, address: string): Promise<SignedIn> {
    if (!found.mustChangePassword) await markSignIn(tx, mine, found.username, this.clock.now());
    return this.sessions.open(tx, mine, found, address);
  }

  private isGood({ isDisabled, passwordExpiresAt }: Credentials): boolean {
    return !isDisabled && (passwordExpiresAt === null || passwordExpiresAt > this.clock.now());
  }
}
