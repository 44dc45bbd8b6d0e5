import type { Tx } from '../../../platform/database/unit-of-work.js';
import { iso } from './user-queries.js';

/** 出差代办; days YYYY-MM-DD, both included, times in ISO. */
export interface DelegationRow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly reason: string;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly revokedAt: string | null;
}

const SHOWN = `SELECT d.id, d.from_user AS "from", d.to_user AS "to", d.valid_from AS "validFrom",
    d.valid_to AS "validTo", d.reason, d.created_by AS "createdBy", ${iso('d.created_at')} AS "createdAt",
    ${iso('d.revoked_at')} AS "revokedAt"
  FROM delegations d WHERE d.mine_id = $1 AND ($2::text IS NULL OR $2 IN (d.from_user, d.to_user))`;

/** The latest first, before one; of a person, or null for all of the mine's. */
export function listDelegations(
  tx: Tx,
  mine: string,
  person: string | null,
  before: string | null,
  limit: number,
): Promise<DelegationRow[]> {
  return tx.rows<DelegationRow>(`${SHOWN} AND ($3::bigint IS NULL OR d.id < $3) ORDER BY d.id DESC LIMIT $4`, [
    ...[mine, person, before, limit],
  ]);
}

/** Those that let a person decide for others, or others for them, on a day or later. */
export function standingDelegations(tx: Tx, mine: string, person: string, day: string): Promise<DelegationRow[]> {
  return tx.rows<DelegationRow>(`${SHOWN} AND d.revoked_at IS NULL AND d.valid_to >= $3 ORDER BY d.id`, [
    ...[mine, person, day],
  ]);
}

export async function findDelegation(
  tx: Tx,
  mine: string,
  person: string | null,
  id: string,
): Promise<DelegationRow | null> {
  const [found] = await tx.rows<DelegationRow>(`${SHOWN} AND d.id = $3`, [mine, person, id]);
  return found ?? null;
}

export interface NewDelegation {
  readonly from: string;
  readonly to: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly reason: string;
}

export async function insertDelegation(tx: Tx, mine: string, delegation: NewDelegation, by: string): Promise<string> {
  const { from, to, validFrom, validTo, reason } = delegation;
  const [made] = await tx.rows<{ id: string }>(
    `INSERT INTO delegations (mine_id, from_user, to_user, valid_from, valid_to, reason, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
    [mine, from, to, validFrom, validTo, reason, by],
  );
  return made!.id;
}

export async function markRevoked(tx: Tx, mine: string, id: string, now: Date): Promise<void> {
  await tx.rows('UPDATE delegations SET revoked_at = $3 WHERE mine_id = $1 AND id = $2 AND revoked_at IS NULL', [
    ...[mine, id, now],
  ]);
}
