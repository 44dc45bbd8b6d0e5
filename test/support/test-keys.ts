import type pg from 'pg';
import { newApiKey, ROLES, type Role } from '../../src/modules/access/index.js';

/** A role and a department; '' is the whole mine. */
export type Grant = readonly [role: Role, department: string];

export const ALL_ROLES = ROLES.map((role): Grant => [role, '']);

/** Default paths of approval are not taken up: everything counts at once. */
export const NO_PATH = [
  `CREATE FUNCTION left_out() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`,
  `CREATE TRIGGER no_path BEFORE INSERT ON approval_steps FOR EACH ROW EXECUTE FUNCTION left_out()`,
];

/** API keys written straight into the database, so that a test need not sign in an administrator first. */
export class TestKeys {
  constructor(private readonly owner: Pick<pg.Client, 'query'>) {}

  /** Answers the text of a new key with these grants. */
  async make(mine: string, grants: readonly Grant[]): Promise<string> {
    const { id, text, sha256 } = newApiKey(mine);
    await this.owner.query(
      `INSERT INTO api_keys (mine_id, id, name, secret_sha256, created_by, expires_at)
       VALUES ($1, $2, 'test', $3, 'test', now() + interval '1 day')`,
      [mine, id, sha256],
    );
    await this.owner.query(
      `INSERT INTO grants (mine_id, principal, role, department, granted_by)
       SELECT $1, $2, role, department, 'test' FROM unnest($3::text[], $4::text[]) AS g (role, department)`,
      [mine, `key:${id}`, grants.map(([role]) => role), grants.map(([, department]) => department)],
    );
    return text;
  }

  async isMine(code: string): Promise<boolean> {
    const { rowCount } = await this.owner.query('SELECT FROM mines WHERE mine_id = $1', [code]);
    return rowCount === 1;
  }
}
