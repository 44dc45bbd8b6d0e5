import type { Tx } from '../../../platform/database/unit-of-work.js';

/** A person as a sign-in needs to know them. */
export interface Credentials {
  readonly username: string;
  readonly passwordHash: string | null;
  readonly mustChangePassword: boolean;
  readonly passwordExpiresAt: Date | null;
  readonly isDisabled: boolean;
}

const CREDENTIALS = `SELECT username, password_hash AS "passwordHash", must_change_password AS "mustChangePassword",
  password_expires_at AS "passwordExpiresAt", is_disabled AS "isDisabled" FROM users WHERE mine_id = $1`;

export async function findCredentials(tx: Tx, mine: string, username: string): Promise<Credentials | null> {
  const [found] = await tx.rows<Credentials>(`${CREDENTIALS} AND username = $2`, [mine, username]);
  return found ?? null;
}

/** The same, and nobody changes them until the transaction ends. */
export async function lockCredentials(tx: Tx, mine: string, username: string): Promise<Credentials | null> {
  const [found] = await tx.rows<Credentials>(`${CREDENTIALS} AND username = $2 FOR NO KEY UPDATE`, [mine, username]);
  return found ?? null;
}

/** By what the provider of single sign-on calls the person; locked like `lockCredentials`. */
export async function findBySubject(tx: Tx, mine: string, subject: string): Promise<Credentials | null> {
  const [found] = await tx.rows<Credentials>(`${CREDENTIALS} AND external_subject = $2 FOR NO KEY UPDATE`, [
    ...[mine, subject],
  ]);
  return found ?? null;
}

/** When the person last came in with what is their own; a one-time password is the administrator's. */
export async function markSignIn(tx: Tx, mine: string, username: string, now: Date): Promise<void> {
  await tx.rows('UPDATE users SET last_sign_in_at = $3 WHERE mine_id = $1 AND username = $2', [mine, username, now]);
}

/** False where the password is not `from` any more. */
export async function replacePassword(
  tx: Tx,
  mine: string,
  username: string,
  from: string,
  to: string,
): Promise<boolean> {
  const changed = await tx.rows(
    `UPDATE users SET password_hash = $4, must_change_password = false, password_expires_at = NULL
     WHERE mine_id = $1 AND username = $2 AND password_hash = $3 RETURNING 1`,
    [mine, username, from, to],
  );
  return changed.length === 1;
}

export interface StoredOneTimePassword {
  readonly hash: string;
  readonly expiresAt: Date;
}

/** False where there is no such person. */
export async function storeOneTimePassword(
  tx: Tx,
  mine: string,
  username: string,
  { hash, expiresAt }: StoredOneTimePassword,
): Promise<boolean> {
  const changed = await tx.rows(
    `UPDATE users SET password_hash = $3, must_change_password = true, password_expires_at = $4
     WHERE mine_id = $1 AND username = $2 RETURNING 1`,
    [mine, username, hash, expiresAt],
  );
  return changed.length === 1;
}
