import type { Tx } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { lockRights } from '../db/grant-queries.js';
import { revokeSessionsOf } from '../db/session-queries.js';
import { storeOneTimePassword, type StoredOneTimePassword } from '../db/sign-in-queries.js';
import { findUser, insertUser, setDisabled, type GrantRow, type NewUser, type UserRow } from '../db/user-queries.js';
import type { Caller } from './caller.js';
import { refuseWithoutAdministrator, setGrantsOfPerson } from './grants.js';

/** @throws AppError `unknown_user` */
export async function shownUser(tx: Tx, mine: string, username: string): Promise<UserRow> {
  const user = await findUser(tx, mine, username);
  if (user === null) throw new AppError('not_found', 'unknown_user', { username });
  return user;
}

/**
 * A new person. `oneTime` is null for those who come in by single sign-on alone.
 * @throws AppError `user_exists`, and what `setGrantsOfPerson` throws
 */
export async function createUser(
  tx: Tx,
  by: Caller,
  user: NewUser,
  grants: readonly GrantRow[],
  oneTime: StoredOneTimePassword | null,
): Promise<UserRow> {
  const isNew = await insertUser(tx, by.mine, user, by.actor);
  if (!isNew) throw new AppError('conflict', 'user_exists', { username: user.username });
  if (oneTime !== null) await storeOneTimePassword(tx, by.mine, user.username, oneTime);
  await setGrantsOfPerson(tx, by, user.username, grants);
  return shownUser(tx, by.mine, user.username);
}

/** @throws AppError `unknown_user`, and what `setGrantsOfPerson` throws */
export async function changeGrants(
  tx: Tx,
  by: Caller,
  username: string,
  grants: readonly GrantRow[],
): Promise<UserRow> {
  await shownUser(tx, by.mine, username);
  await setGrantsOfPerson(tx, by, username, grants);
  return shownUser(tx, by.mine, username);
}

/** Their sessions end, and do not come back when they are let in again. @throws AppError `unknown_user`, `last_administrator` */
export async function disableUser(tx: Tx, mine: string, username: string, now: Date): Promise<UserRow> {
  await lockRights(tx, mine);
  if (!(await setDisabled(tx, mine, username, true))) throw new AppError('not_found', 'unknown_user', { username });
  await refuseWithoutAdministrator(tx, mine);
  await revokeSessionsOf(tx, mine, username, now, null);
  return shownUser(tx, mine, username);
}

/** @throws AppError `unknown_user` */
export async function enableUser(tx: Tx, mine: string, username: string): Promise<UserRow> {
  if (!(await setDisabled(tx, mine, username, false))) throw new AppError('not_found', 'unknown_user', { username });
  return shownUser(tx, mine, username);
}

/** Takes the place of the password there was; their sessions end. @throws AppError `unknown_user` */
export async function giveOneTimePassword(
  tx: Tx,
  mine: string,
  username: string,
  oneTime: StoredOneTimePassword,
  now: Date,
): Promise<void> {
  const isKnown = await storeOneTimePassword(tx, mine, username, oneTime);
  if (!isKnown) throw new AppError('not_found', 'unknown_user', { username });
  await revokeSessionsOf(tx, mine, username, now, null);
}
