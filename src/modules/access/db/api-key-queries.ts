import type { Tx } from '../../../platform/database/unit-of-work.js';
import { grantsOf, iso, type GrantRow } from './user-queries.js';

/** A key as it is shown; times in ISO. Never with its secret or its hash. */
export interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
  readonly grants: GrantRow[];
}

const SHOWN = `SELECT k.id, k.name, k.created_by AS "createdBy", ${iso('k.created_at')} AS "createdAt",
    ${iso('k.expires_at')} AS "expiresAt", ${iso('k.revoked_at')} AS "revokedAt",
    ${grantsOf("'key:' || k.id", 'k.mine_id')} AS grants
  FROM api_keys k WHERE k.mine_id = $1`;

/** By id, after one. */
export function listApiKeys(tx: Tx, mine: string, after: string | null, limit: number): Promise<ApiKeyRow[]> {
  return tx.rows<ApiKeyRow>(`${SHOWN} AND ($2::text IS NULL OR k.id > $2) ORDER BY k.id LIMIT $3`, [
    ...[mine, after, limit],
  ]);
}

export async function findApiKey(tx: Tx, mine: string, id: string): Promise<ApiKeyRow | null> {
  const [key] = await tx.rows<ApiKeyRow>(`${SHOWN} AND k.id = $2`, [mine, id]);
  return key ?? null;
}

export interface NewKey {
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
  readonly expiresAt: Date;
}

export async function insertApiKey(tx: Tx, mine: string, key: NewKey, by: string): Promise<void> {
  await tx.rows(
    `INSERT INTO api_keys (mine_id, id, name, secret_sha256, created_by, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [mine, key.id, key.name, key.sha256, by, key.expiresAt],
  );
}

export async function revokeKey(tx: Tx, mine: string, id: string, now: Date): Promise<void> {
  await tx.rows('UPDATE api_keys SET revoked_at = $3 WHERE mine_id = $1 AND id = $2 AND revoked_at IS NULL', [
    ...[mine, id, now],
  ]);
}
