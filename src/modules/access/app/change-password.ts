import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { wholeMine } from '../../mines/index.js';
import { revokeSessionsOf } from '../db/session-queries.js';
import { findCredentials, markSignIn, replacePassword } from '../db/sign-in-queries.js';
import type { Caller } from './caller.js';
import { checkNewPassword, hashPassword, isPassword } from './passwords.js';
import { accountSubject, giveBackPlaces, takePlaces } from './throttle.js';

@Injectable()
export class ChangePassword {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * One's own password; ends all one's other sessions. Guesses are counted as those of a sign-in are.
   * @throws AppError `forbidden` for a program; `current_password_wrong`, `too_many_sign_ins`, `password_…`
   */
  async change({ mine, actor, kind, session }: Caller, current: string, next: string): Promise<void> {
    if (kind !== 'person') throw new AppError('forbidden', 'forbidden');
    checkNewPassword(actor, current, next);
    const sight = wholeMine(mine, actor);
    const subjects = [accountSubject(actor)];
    const from = await this.uow.run(sight, async (tx) => {
      await takePlaces(tx, mine, subjects, this.clock.now());
      return (await findCredentials(tx, mine, actor))?.passwordHash ?? null;
    });
    if (!(await isPassword(current, from))) throw new AppError('refused', 'current_password_wrong');
    const to = await hashPassword(next);
    await this.uow.run(sight, async (tx) => {
      if (!(await replacePassword(tx, mine, actor, from!, to))) throw new AppError('refused', 'current_password_wrong');
      await giveBackPlaces(tx, mine, subjects);
      await markSignIn(tx, mine, actor, this.clock.now());
      await revokeSessionsOf(tx, mine, actor, this.clock.now(), session);
    });
  }
}
