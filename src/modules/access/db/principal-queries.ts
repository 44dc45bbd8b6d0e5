import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Caller, HeldRole } from '../app/caller.js';
import type { Role } from '../app/rights.js';

/** What is known of a person in a session, or of a key. */
export interface Principal extends Omit<Caller, 'mine'> {
  /** Of a key. */
  readonly secretSha256: string | null;
  /** When the session or the key ends; ISO. */
  readonly expiresAt: string | null;
}

/** Null where there is none, or none any more: disabled, revoked, signed out. `day` decides which delegations hold. */
export async function loadPrincipal(
  tx: Tx,
  mine: string,
  actor: string,
  session: string | null,
  day: string,
): Promise<Principal | null> {
  const found = session === null ? await findKey(tx, mine, actor) : await findPerson(tx, mine, actor, session);
  if (found === null) return null;
  return { ...found, roles: await loadRoles(tx, mine, actor, day) };
}

type Found = Omit<Principal, 'roles'>;

async function findKey(tx: Tx, mine: string, actor: string): Promise<Found | null> {
  const [key] = await tx.rows<{ name: string; sha256: string; expires_at: string }>(
    `SELECT name, secret_sha256 AS sha256, to_json(expires_at) #>> '{}' AS expires_at FROM api_keys
     WHERE mine_id = $1 AND 'key:' || id = $2 AND revoked_at IS NULL`,
    [mine, actor],
  );
  if (key === undefined) return null;
  return {
    ...{ actor, kind: 'program', displayName: key.name, session: null, mustChangePassword: false },
    ...{ secretSha256: key.sha256, expiresAt: key.expires_at },
  };
}

async function findPerson(tx: Tx, mine: string, username: string, session: string): Promise<Found | null> {
  const [user] = await tx.rows<{ display_name: string; must_change: boolean; expires_at: string }>(
    `SELECT u.display_name, u.must_change_password AS must_change, to_json(s.expires_at) #>> '{}' AS expires_at
     FROM users u JOIN sessions s ON s.mine_id = u.mine_id AND s.username = u.username
     WHERE u.mine_id = $1 AND u.username = $2 AND s.id = $3 AND s.revoked_at IS NULL AND NOT u.is_disabled`,
    [mine, username, session],
  );
  if (user === undefined) return null;
  return {
    ...{ actor: username, kind: 'person', displayName: user.display_name, session },
    ...{ mustChangePassword: user.must_change, secretSha256: null, expiresAt: user.expires_at },
  };
}

/** Own roles, and those of people who are away and left them to the actor; departments with those below them. */
async function loadRoles(tx: Tx, mine: string, actor: string, day: string): Promise<HeldRole[]> {
  const rows = await tx.rows<{ role: Role; on_behalf_of: string | null; departments: string[] | null }>(
    `WITH RECURSIVE held AS (
       SELECT g.role, g.department, NULL::text AS on_behalf_of FROM grants g WHERE g.mine_id = $1 AND g.principal = $2
       UNION ALL
       SELECT g.role, g.department, d.from_user FROM delegations d
       JOIN users u ON u.mine_id = d.mine_id AND u.username = d.from_user AND NOT u.is_disabled
       JOIN grants g ON g.mine_id = d.mine_id AND g.principal = d.from_user
       WHERE d.mine_id = $1 AND d.to_user = $2 AND d.revoked_at IS NULL AND $3::date BETWEEN d.valid_from AND d.valid_to),
     reached AS (
       SELECT role, on_behalf_of, department FROM held WHERE department <> ''
       UNION
       SELECT r.role, r.on_behalf_of, d.code FROM reached r
       JOIN departments d ON d.mine_id = $1 AND d.parent = r.department)
     SELECT role, on_behalf_of, NULL::text[] AS departments FROM held WHERE department = ''
     UNION ALL
     SELECT role, on_behalf_of, array_agg(department::text ORDER BY department) FROM reached GROUP BY role, on_behalf_of`,
    [mine, actor, day],
  );
  return rows.map(({ role, departments, on_behalf_of }) => ({ role, departments, onBehalfOf: on_behalf_of }));
}
