import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { GrantRow } from './user-queries.js';

/**
 * One change of rights in a mine at a time, so that two administrators cannot take each other away at the same moment.
 * Rows that only refer to the mine are not held up.
 */
export async function lockRights(tx: Tx, mine: string): Promise<void> {
  await tx.rows('SELECT 1 FROM mines WHERE mine_id = $1 FOR NO KEY UPDATE', [mine]);
}

/** Makes these the whole set; who granted what stays as it is keeps its date and its grantor. */
export async function replaceGrants(
  tx: Tx,
  mine: string,
  principal: string,
  grants: readonly GrantRow[],
  by: string,
): Promise<void> {
  const wanted = JSON.stringify(grants);
  const WANTED = `SELECT role, coalesce(department, '') COLLATE "C" AS department
    FROM json_to_recordset($3::json) AS w (role text, department text)`;
  await tx.rows(`DELETE FROM grants WHERE mine_id = $1 AND principal = $2 AND (role, department) NOT IN (${WANTED})`, [
    mine,
    principal,
    wanted,
  ]);
  await tx.rows(
    `INSERT INTO grants (mine_id, principal, role, department, granted_by)
     SELECT $1, $2, role, department, $4 FROM (${WANTED}) wanted ON CONFLICT DO NOTHING`,
    [mine, principal, wanted, by],
  );
}

/** Which of these codes no department of the mine has. */
export async function unknownDepartments(tx: Tx, mine: string, codes: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ code: string }>(
    `SELECT asked.code FROM unnest($2::text[]) AS asked (code)
     WHERE NOT EXISTS (SELECT FROM departments d WHERE d.mine_id = $1 AND d.code = asked.code)`,
    [mine, codes],
  );
  return rows.map(({ code }) => code);
}

const ADMINISTRATORS = `SELECT u.username, u.last_sign_in_at IS NOT NULL AS "hasSignedIn" FROM users u
  WHERE u.mine_id = $1 AND NOT u.is_disabled AND EXISTS (SELECT FROM grants g
    WHERE g.mine_id = u.mine_id AND g.principal = u.username AND g.role = 'admin' AND g.department = '')
  ORDER BY u.username`;

export interface Administrator {
  readonly username: string;
  /** With what is their own, not with a one-time password. */
  readonly hasSignedIn: boolean;
}

/** Persons who may sign in and manage the mine's accounts. */
export function listAdministrators(tx: Tx, mine: string): Promise<Administrator[]> {
  return tx.rows<Administrator>(ADMINISTRATORS, [mine]);
}
