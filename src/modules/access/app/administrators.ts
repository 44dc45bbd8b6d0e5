import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { Mines, wholeMine } from '../../mines/index.js';
import { listAdministrators, replaceGrants } from '../db/grant-queries.js';
import { insertUser } from '../db/user-queries.js';
import { newOneTimePassword } from './passwords.js';
import { giveOneTimePassword } from './users.js';

/** What is shown once to whoever holds the machine or founded the mine, and kept nowhere. */
export interface IssuedPassword {
  readonly mine: string;
  readonly username: string;
  readonly password: string;
  readonly expiresAt: Date;
}

/** The administrator that a mine is founded with. */
const FIRST_ADMINISTRATOR = 'admin';

/** Who made it: whoever holds the machine. */
const CONSOLE = 'console';

/** Sees to it that a mine has somebody who can let the others in. There is no default password. */
@Injectable()
export class Administrators {
  constructor(
    private readonly mines: Mines,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {
    mines.whenFounded(makeAdministrator);
  }

  /** At every start: for each mine whose administrators never came in, a new one-time password in place of the last. */
  async issueWhereNobodyCame(): Promise<IssuedPassword[]> {
    const issued: IssuedPassword[] = [];
    for (const { code } of await this.mines.list()) issued.push(...(await this.issueIfNobodyCame(code)));
    return issued;
  }

  /** Of a new mine. */
  async issueFirst(mine: string): Promise<IssuedPassword> {
    return this.issue(mine, FIRST_ADMINISTRATOR);
  }

  /**
   * A one-time password for a person, whose sessions end. For whoever holds the machine.
   * @throws AppError `unknown_user`
   */
  async issue(mine: string, username: string): Promise<IssuedPassword> {
    const now = this.clock.now();
    const oneTime = await newOneTimePassword(now);
    await this.uow.run(wholeMine(mine), (tx) => giveOneTimePassword(tx, mine, username, oneTime, now));
    return { mine, username, password: oneTime.password, expiresAt: oneTime.expiresAt };
  }

  private async issueIfNobodyCame(mine: string): Promise<IssuedPassword[]> {
    const administrators = await this.uow.run(wholeMine(mine), async (tx) => {
      const known = await listAdministrators(tx, mine);
      if (known.length > 0) return known;
      await makeAdministrator(tx, mine);
      return listAdministrators(tx, mine);
    });
    const [first] = administrators;
    if (first === undefined || administrators.some(({ hasSignedIn }) => hasSignedIn)) return [];
    return [await this.issue(mine, first.username)];
  }
}

/** Without a password yet: nobody can come in with it. */
async function makeAdministrator(tx: Tx, mine: string): Promise<void> {
  const user = { username: FIRST_ADMINISTRATOR, displayName: '系统管理员', externalSubject: null };
  if (!(await insertUser(tx, mine, user, CONSOLE))) return;
  await replaceGrants(tx, mine, FIRST_ADMINISTRATOR, [{ role: 'admin', department: null }], CONSOLE);
}
