import type { Tx } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { findApiKey, insertApiKey, revokeKey, type ApiKeyRow } from '../db/api-key-queries.js';
import type { GrantRow } from '../db/user-queries.js';
import { newApiKey } from './api-key.js';
import type { Caller } from './caller.js';
import { setGrantsOfKey } from './grants.js';

export const MAX_KEY_DAYS = 366;

export interface KeyWanted {
  readonly name: string;
  readonly grants: readonly GrantRow[];
  readonly expiresAt: Date;
}

/** The key and its text, which is answered this once. @throws AppError `key_expiry`, `grants_refused` */
export async function createApiKey(
  tx: Tx,
  by: Caller,
  { name, grants, expiresAt }: KeyWanted,
  now: Date,
): Promise<{ readonly key: ApiKeyRow; readonly text: string }> {
  const latest = now.getTime() + MAX_KEY_DAYS * 86_400_000;
  if (expiresAt <= now || expiresAt.getTime() > latest) {
    throw new AppError('refused', 'key_expiry', { days: String(MAX_KEY_DAYS) });
  }
  const { id, text, sha256 } = newApiKey(by.mine);
  await insertApiKey(tx, by.mine, { id, name, sha256, expiresAt }, by.actor);
  await setGrantsOfKey(tx, by, id, grants);
  return { key: await shownKey(tx, by.mine, id), text };
}

/** A key that was revoked already stays as it is. @throws AppError `unknown_api_key` */
export async function revokeApiKey(tx: Tx, mine: string, id: string, now: Date): Promise<ApiKeyRow> {
  await revokeKey(tx, mine, id, now);
  return shownKey(tx, mine, id);
}

async function shownKey(tx: Tx, mine: string, id: string): Promise<ApiKeyRow> {
  const key = await findApiKey(tx, mine, id);
  if (key === null) throw new AppError('not_found', 'unknown_api_key', { id });
  return key;
}
