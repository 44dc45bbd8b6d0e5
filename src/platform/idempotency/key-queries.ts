import type { Sight, Tx } from '../database/unit-of-work.js';

/** Whose key it is. A key belongs to one caller of one mine. */
export interface KeyName {
  readonly mine: string;
  readonly actor: string;
  readonly key: string;
}

/** Somebody at work under a key; the id is nobody else's. */
export interface Attempt extends KeyName {
  readonly id: string;
}

/** What is kept under a key. */
export interface KeptKey {
  readonly attempt: string;
  readonly fingerprint: string | null;
  readonly sight: string;
  /** Nobody is at it any more, by the database's clock. */
  readonly isAbandoned: boolean;
  readonly hasEffect: boolean;
  readonly isAnswered: boolean;
  /** Null where there is no answer, or it is not kept. */
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>> | null;
  readonly body: Buffer | null;
}

export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The service's own errands over the keys of everybody. */
export const EVERYBODYS: Sight = { settings: { 'app.mine': '*' } };

/**
 * Whoever was cut off under a key waits so long before the key is theirs again. A process that stood still for longer
 * loses the key, and then commits nothing under it.
 */
const LEASE = `interval '6 seconds'`;
/** How often a lease is put off. */
export const LEASE_RENEWED_MS = 2_000;

const OF_KEY = 'mine_id = $1 AND actor = $2 AND key = $3';
const OF_ATTEMPT = `${OF_KEY} AND attempt = $4`;
const nameOf = ({ mine, actor, key }: KeyName) => [mine, actor, key];
const attemptOf = (attempt: Attempt) => [...nameOf(attempt), attempt.id];

/**
 * Whether the key was free and is now this attempt's. It is not waited for the disk: were the row lost with the server,
 * the effect, which comes later, would be lost as well.
 */
export async function beginKey(
  tx: Tx,
  attempt: Attempt,
  { fingerprint, sight, now }: { readonly fingerprint: string | null; readonly sight: string; readonly now: Date },
): Promise<boolean> {
  const begun = await tx.rows(
    `INSERT INTO idempotency_keys (mine_id, actor, key, attempt, fingerprint, sight, begun_at, lease_until)
     SELECT $1, $2, $3, $4::uuid, $5, $6, $7::timestamptz, now() + ${LEASE} FROM set_config('synchronous_commit', 'off', true)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [...attemptOf(attempt), fingerprint, sight, now],
  );
  return begun.length === 1;
}

export async function findKey(tx: Tx, name: KeyName): Promise<KeptKey | null> {
  const [found] = await tx.rows<KeptKey>(
    `SELECT attempt, fingerprint, sight, lease_until < clock_timestamp() AS "isAbandoned", has_effect AS "hasEffect",
       is_answered AS "isAnswered", status, headers, body
     FROM idempotency_keys WHERE ${OF_KEY}`,
    nameOf(name),
  );
  return found ?? null;
}

/** Goes on under a key whose attempt ended without an effect; false where somebody was faster, or it is just ending. */
export async function takeOverKey(
  tx: Tx,
  attempt: Attempt,
  from: string,
  { fingerprint, sight }: { readonly fingerprint: string | null; readonly sight: string },
): Promise<boolean> {
  const taken = await tx.rows(
    `UPDATE idempotency_keys SET attempt = $4, fingerprint = $6, sight = $7, lease_until = now() + ${LEASE}
     WHERE ${OF_KEY} AND EXISTS (
       SELECT FROM idempotency_keys WHERE ${OF_KEY} AND attempt = $5
         AND NOT has_effect AND NOT is_answered AND lease_until < clock_timestamp() FOR UPDATE SKIP LOCKED)
     RETURNING 1`,
    [...attemptOf(attempt), from, fingerprint, sight],
  );
  return taken.length === 1;
}

/**
 * One statement, last in a transaction: where it wrote anything, its effect and the mark are committed together. False
 * where the key is another attempt's by now, and nothing may be committed.
 */
export const MARK_EFFECT = `SELECT CASE WHEN pg_current_xact_id_if_assigned() IS NULL THEN true
  ELSE coalesce(mark_effect($1, $2, $3, $4, $5), false) END AS "isOurs"`;

export const markValues = (attempt: Attempt, fingerprint: string | null) => [...attemptOf(attempt), fingerprint];

/** Puts off the leases of attempts that are still at work. A row that is locked is just ending. */
export async function renewLeases(tx: Tx, attempts: readonly Attempt[]): Promise<void> {
  await tx.rows(
    `UPDATE idempotency_keys k SET lease_until = now() + ${LEASE}
     FROM (SELECT mine_id, actor, key FROM idempotency_keys
       WHERE (mine_id, actor, key, attempt) IN
         (SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[])) FOR UPDATE SKIP LOCKED) at_work
     WHERE (k.mine_id, k.actor, k.key) = (at_work.mine_id, at_work.actor, at_work.key)`,
    [
      attempts.map(({ mine }) => mine),
      attempts.map(({ actor }) => actor),
      attempts.map(({ key }) => key),
      attempts.map(({ id }) => id),
    ],
  );
}

/** Null for an answer that is not kept. */
export async function keepAnswer(
  tx: Tx,
  attempt: Attempt,
  fingerprint: string,
  answer: KeptAnswer | null,
): Promise<void> {
  await tx.rows(
    `UPDATE idempotency_keys SET is_answered = true, fingerprint = $5, status = $6, headers = $7, body = $8
     WHERE ${OF_ATTEMPT}`,
    [
      ...attemptOf(attempt),
      fingerprint,
      answer?.status ?? null,
      answer === null ? null : JSON.stringify(answer.headers),
      answer?.body ?? null,
    ],
  );
}

/**
 * After an attempt that failed: the key is free again if it had no effect, else its outcome is unknown from now on.
 * What is being committed at this moment keeps the key, until its lease is over and shows which it was.
 */
export async function freeKey(tx: Tx, attempt: Attempt): Promise<void> {
  await tx.rows(
    `WITH ended AS (SELECT has_effect FROM idempotency_keys WHERE ${OF_ATTEMPT} FOR UPDATE SKIP LOCKED),
       freed AS (DELETE FROM idempotency_keys WHERE ${OF_ATTEMPT} AND EXISTS (SELECT FROM ended WHERE NOT has_effect))
     UPDATE idempotency_keys SET lease_until = now() WHERE ${OF_ATTEMPT} AND EXISTS (SELECT FROM ended WHERE has_effect)`,
    attemptOf(attempt),
  );
}

/** Frees the key of a request that was refused, though it may have left a trace: that somebody tried. */
export async function forgetKey(tx: Tx, attempt: Attempt): Promise<void> {
  await tx.rows(`DELETE FROM idempotency_keys WHERE ${OF_ATTEMPT}`, attemptOf(attempt));
}

/** Deletes up to so many keys that were begun before then, and answers how many. */
export async function deleteOldKeys(tx: Tx, before: Date, limit: number): Promise<number> {
  const deleted = await tx.rows(
    `DELETE FROM idempotency_keys WHERE (mine_id, actor, key) IN (
       SELECT mine_id, actor, key FROM idempotency_keys WHERE begun_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)
     RETURNING 1`,
    [before, limit],
  );
  return deleted.length;
}
