import { dayInChina } from '../../../platform/clock/clock.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import {
  findDelegation,
  insertDelegation,
  markRevoked,
  type DelegationRow,
  type NewDelegation,
} from '../db/delegation-queries.js';
import { existingUsers } from '../db/user-queries.js';
import { reachOf, type Caller } from './caller.js';

/** Longer absences are a change of grants. */
export const MAX_DELEGATION_DAYS = 92;

/** Whose delegations a caller may see and end: their own, or (null) everyone's. */
export const personSeen = (by: Caller): string | null => (reachOf(by, 'accounts.manage') === null ? by.actor : null);

/**
 * Leaves a person's roles to another for some days. A person leaves their own; an administrator also others', but not
 * to themselves.
 * @throws AppError `forbidden`, `own_grants`, `delegation_to_self`, `delegation_days`, `unknown_user`
 */
export async function delegate(tx: Tx, by: Caller, wanted: NewDelegation, now: Date): Promise<DelegationRow> {
  const isOwn = wanted.from === by.actor;
  if (by.kind !== 'person' || (!isOwn && personSeen(by) !== null)) throw new AppError('forbidden', 'forbidden');
  if (!isOwn && wanted.to === by.actor) throw new AppError('forbidden', 'own_grants');
  if (wanted.from === wanted.to) throw new AppError('refused', 'delegation_to_self');
  const days = (Date.parse(wanted.validTo) - Date.parse(wanted.validFrom)) / 86_400_000 + 1;
  if (days < 1 || days > MAX_DELEGATION_DAYS || wanted.validTo < dayInChina(now)) {
    throw new AppError('refused', 'delegation_days', { days: String(MAX_DELEGATION_DAYS) });
  }
  const known = await existingUsers(tx, by.mine, [wanted.from, wanted.to]);
  const unknown = [wanted.from, wanted.to].find((username) => !known.includes(username));
  if (unknown !== undefined) throw new AppError('refused', 'unknown_user', { username: unknown });
  const id = await insertDelegation(tx, by.mine, wanted, by.actor);
  return (await findDelegation(tx, by.mine, null, id))!;
}

/** Ends one early: by either person, or an administrator. @throws AppError `unknown_delegation` */
export async function revokeDelegation(tx: Tx, by: Caller, id: string, now: Date): Promise<DelegationRow> {
  const person = personSeen(by);
  if ((await findDelegation(tx, by.mine, person, id)) === null) {
    throw new AppError('not_found', 'unknown_delegation', { id });
  }
  await markRevoked(tx, by.mine, id, now);
  return (await findDelegation(tx, by.mine, person, id))!;
}
