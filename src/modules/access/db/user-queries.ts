import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Role } from '../app/rights.js';

/** A role over a department and those below it; null is the whole mine. */
export interface GrantRow {
  readonly role: Role;
  readonly department: string | null;
}

/** A person as they are shown; times in ISO. Never with a hash. */
export interface UserRow {
  readonly username: string;
  readonly displayName: string;
  readonly externalSubject: string | null;
  readonly isDisabled: boolean;
  readonly hasPassword: boolean;
  readonly mustChangePassword: boolean;
  readonly passwordExpiresAt: string | null;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly lastSignInAt: string | null;
  readonly grants: GrantRow[];
}

export const iso = (column: string) => `to_json(${column}) #>> '{}'`;

/** The grants of a principal as JSON, in a fixed order. */
export const grantsOf = (principal: string, mine: string) => `coalesce((
  SELECT json_agg(json_build_object('role', g.role, 'department', nullif(g.department, ''))
    ORDER BY g.role, g.department)
  FROM grants g WHERE g.mine_id = ${mine} AND g.principal = ${principal}), '[]')`;

const SHOWN = `SELECT u.username, u.display_name AS "displayName", u.external_subject AS "externalSubject",
    u.is_disabled AS "isDisabled", u.password_hash IS NOT NULL AS "hasPassword",
    u.must_change_password AS "mustChangePassword", ${iso('u.password_expires_at')} AS "passwordExpiresAt",
    u.created_by AS "createdBy", ${iso('u.created_at')} AS "createdAt", ${iso('u.last_sign_in_at')} AS "lastSignInAt",
    ${grantsOf('u.username', 'u.mine_id')} AS grants
  FROM users u WHERE u.mine_id = $1`;

/** By username, after one. */
export function listUsers(tx: Tx, mine: string, after: string | null, limit: number): Promise<UserRow[]> {
  return tx.rows<UserRow>(`${SHOWN} AND ($2::text IS NULL OR u.username > $2) ORDER BY u.username LIMIT $3`, [
    ...[mine, after, limit],
  ]);
}

export async function findUser(tx: Tx, mine: string, username: string): Promise<UserRow | null> {
  const [user] = await tx.rows<UserRow>(`${SHOWN} AND u.username = $2`, [mine, username]);
  return user ?? null;
}

export interface NewUser {
  readonly username: string;
  readonly displayName: string;
  readonly externalSubject: string | null;
}

/** False where the username or the external subject is taken. */
export async function insertUser(tx: Tx, mine: string, user: NewUser, by: string): Promise<boolean> {
  const inserted = await tx.rows(
    `INSERT INTO users (mine_id, username, display_name, external_subject, created_by) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [mine, user.username, user.displayName, user.externalSubject, by],
  );
  return inserted.length === 1;
}

/** False where there is no such person. */
export async function setDisabled(tx: Tx, mine: string, username: string, isDisabled: boolean): Promise<boolean> {
  const changed = await tx.rows('UPDATE users SET is_disabled = $3 WHERE mine_id = $1 AND username = $2 RETURNING 1', [
    mine,
    username,
    isDisabled,
  ]);
  return changed.length === 1;
}

/** Those of these usernames that somebody has. */
export async function existingUsers(tx: Tx, mine: string, usernames: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ username: string }>(
    'SELECT username FROM users WHERE mine_id = $1 AND username = ANY ($2)',
    [mine, usernames],
  );
  return rows.map(({ username }) => username);
}
