import type { Tx } from '../database/unit-of-work.js';

/** Of the advisory locks that say which runners are alive; nobody else hashes with it. */
const RUNNER_SEED = 9;

/**
 * Whether any session of this database holds the advisory lock of a 64-bit key (an SQL expression), as a condition.
 * Trying the lock instead would take it for a moment, at which its rightful holder would find it taken.
 */
export const isLockHeld = (key: string) =>
  `EXISTS (SELECT FROM pg_locks l WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND ((l.classid::bigint << 32) | l.objid::bigint) = ${key})`;

/** Held by a runner's session while it lives; $1 is the id that its jobs are locked by. */
export const HOLD_RUNNER = `SELECT pg_advisory_lock(hashtextextended('job runner ' || $1, ${RUNNER_SEED}))`;

/** A runner that just began may not hold its lock yet. */
const YOUNG = `interval '2 seconds'`;

/**
 * Frees the jobs of runners that died, which the library itself would leave locked for four hours. A runner that lost
 * its listening connection may be taken for dead: a job must bear being begun twice.
 */
export async function freeStrandedJobs(tx: Tx): Promise<void> {
  await tx.rows(
    `SELECT graphile_worker.force_unlock_workers(dead.ids) FROM (
       SELECT array_agg(locked_by) AS ids FROM graphile_worker.jobs WHERE locked_at < now() - ${YOUNG}
         AND NOT ${isLockHeld(`hashtextextended('job runner ' || locked_by, ${RUNNER_SEED})`)}) dead
     WHERE dead.ids IS NOT NULL`,
  );
}
