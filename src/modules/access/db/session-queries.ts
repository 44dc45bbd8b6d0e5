import type { Tx } from '../../../platform/database/unit-of-work.js';

export interface NewSession {
  readonly id: string;
  readonly username: string;
  readonly refreshSha256: string;
  readonly address: string;
  readonly expiresAt: Date;
}

export async function insertSession(tx: Tx, mine: string, session: NewSession, now: Date): Promise<void> {
  const { id, username, refreshSha256, address, expiresAt } = session;
  await tx.rows(
    `INSERT INTO sessions (mine_id, id, username, refresh_sha256, address, created_at, refreshed_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $6, $7)`,
    [mine, id, username, refreshSha256, address, now, expiresAt],
  );
}

export interface StandingSession {
  readonly username: string;
  readonly refreshSha256: string;
  readonly mustChangePassword: boolean;
}

/** Locks a session that neither ended nor was ended, of a person who may sign in; null where there is none. */
export async function lockSession(tx: Tx, mine: string, id: string, now: Date): Promise<StandingSession | null> {
  const [session] = await tx.rows<StandingSession>(
    `SELECT s.username, s.refresh_sha256 AS "refreshSha256", u.must_change_password AS "mustChangePassword"
     FROM sessions s JOIN users u ON u.mine_id = s.mine_id AND u.username = s.username AND NOT u.is_disabled
     WHERE s.mine_id = $1 AND s.id = $2 AND s.revoked_at IS NULL AND s.expires_at > $3 FOR UPDATE OF s`,
    [mine, id, now],
  );
  return session ?? null;
}

export async function rotateSession(tx: Tx, mine: string, id: string, refreshSha256: string, now: Date): Promise<void> {
  await tx.rows('UPDATE sessions SET refresh_sha256 = $3, refreshed_at = $4 WHERE mine_id = $1 AND id = $2', [
    ...[mine, id, refreshSha256, now],
  ]);
}

export async function revokeSession(tx: Tx, mine: string, id: string, now: Date): Promise<void> {
  await tx.rows('UPDATE sessions SET revoked_at = $3 WHERE mine_id = $1 AND id = $2 AND revoked_at IS NULL', [
    ...[mine, id, now],
  ]);
}

/** All sessions of a person but one. */
export async function revokeSessionsOf(
  tx: Tx,
  mine: string,
  username: string,
  now: Date,
  except: string | null,
): Promise<void> {
  await tx.rows(
    `UPDATE sessions SET revoked_at = $3 WHERE mine_id = $1 AND username = $2 AND revoked_at IS NULL
     AND id IS DISTINCT FROM $4`,
    [mine, username, now, except],
  );
}
