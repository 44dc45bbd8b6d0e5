import { AppError, type Finding } from '../../../platform/errors/app-error.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { listAdministrators, lockRights, replaceGrants, unknownDepartments } from '../db/grant-queries.js';
import type { GrantRow } from '../db/user-queries.js';
import type { Caller } from './caller.js';
import { ROLES_OF_PROGRAMS } from './rights.js';

/**
 * Makes these all the grants of a person. Nobody arranges for themselves what would let them act alone: not even an
 * administrator grants to themselves, and who administers accounts has no part in entering or approving.
 * @throws AppError `own_grants`, `roles_apart`, `grants_refused`, `last_administrator`
 */
export async function setGrantsOfPerson(
  tx: Tx,
  by: Caller,
  username: string,
  grants: readonly GrantRow[],
): Promise<void> {
  if (username === by.actor) throw new AppError('forbidden', 'own_grants');
  const roles = new Set(grants.map(({ role }) => role));
  if (roles.has('admin') && [...roles].some((role) => role !== 'admin' && role !== 'auditor')) {
    throw new AppError('refused', 'roles_apart');
  }
  await lockRights(tx, by.mine);
  await setGrants(tx, by, username, grants, ({ role, department }) =>
    role === 'admin' && department !== null ? 'admin_of_whole_mine' : null,
  );
  await refuseWithoutAdministrator(tx, by.mine);
}

/**
 * Grants of a new key. What a program enters a person approves, so a key has no role that checks or administers.
 * @throws AppError `grants_refused`
 */
export async function setGrantsOfKey(tx: Tx, by: Caller, id: string, grants: readonly GrantRow[]): Promise<void> {
  await setGrants(tx, by, `key:${id}`, grants, ({ role }) =>
    ROLES_OF_PROGRAMS.includes(role) ? null : 'role_not_for_keys',
  );
}

/** @throws AppError `last_administrator` */
export async function refuseWithoutAdministrator(tx: Tx, mine: string): Promise<void> {
  if ((await listAdministrators(tx, mine)).length === 0) throw new AppError('conflict', 'last_administrator');
}

/** `refuses` answers the code of what is wrong with a grant by itself. */
async function setGrants(
  tx: Tx,
  by: Caller,
  principal: string,
  grants: readonly GrantRow[],
  refuses: (grant: GrantRow) => string | null,
): Promise<void> {
  const codes = grants.flatMap(({ department }) => department ?? []);
  const unknown = new Set(await unknownDepartments(tx, by.mine, codes));
  const findings = grants.flatMap((grant, index): Finding[] => {
    const { role, department } = grant;
    const found = (column: string, code: string, params: Finding['params']) => ({
      row: index + 1,
      column,
      code,
      params,
    });
    const refusal = refuses(grant);
    return [
      ...(refusal === null ? [] : [found('role', refusal, { role })]),
      ...(department !== null && unknown.has(department)
        ? [found('department', 'unknown_grant_department', { department })]
        : []),
    ];
  });
  if (findings.length > 0) throw new AppError('refused', 'grants_refused', {}, findings);
  await replaceGrants(tx, by.mine, principal, grants, by.actor);
}
