import type { Tx } from '../../../platform/database/unit-of-work.js';

const WINDOW = `interval '1 minute'`;

/**
 * Counts one more evaluation for a subject; false where `most` were counted already. The count begins anew when a
 * minute has passed since the last one, so that no minute, wherever it begins, holds more than `most`. Where it is full,
 * no row is locked: a thousand who guess do not stand in line before those who work.
 */
export async function reserve(tx: Tx, mine: string, subject: string, now: Date, most: number): Promise<boolean> {
  const reserved = await tx.rows(
    `INSERT INTO sign_in_attempts AS a (mine_id, subject, window_start, attempts)
     SELECT $1, $2, $3::timestamptz, 1 WHERE NOT EXISTS (SELECT FROM sign_in_attempts f
       WHERE f.mine_id = $1 AND f.subject = $2 AND f.attempts >= $4 AND f.window_start > $3::timestamptz - ${WINDOW})
     ON CONFLICT (mine_id, subject) DO UPDATE SET
       attempts = CASE WHEN a.window_start > excluded.window_start - ${WINDOW} THEN a.attempts + 1 ELSE 1 END,
       window_start = greatest(a.window_start, excluded.window_start)
     WHERE a.attempts < $4 OR a.window_start <= excluded.window_start - ${WINDOW}
     RETURNING 1`,
    [mine, subject, now, most],
  );
  return reserved.length === 1;
}

/** Until the count of a subject begins anew; somebody's clock may have been ahead. */
export async function secondsLeft(tx: Tx, mine: string, subject: string, now: Date): Promise<number> {
  const [found] = await tx.rows<{ seconds: number }>(
    `SELECT least(60, greatest(1, ceil(extract(epoch FROM window_start + ${WINDOW} - $3::timestamptz))))::int AS seconds
     FROM sign_in_attempts WHERE mine_id = $1 AND subject = $2`,
    [mine, subject, now],
  );
  return found?.seconds ?? 1;
}

export async function giveBack(tx: Tx, mine: string, subject: string): Promise<void> {
  await tx.rows(
    'UPDATE sign_in_attempts SET attempts = attempts - 1 WHERE mine_id = $1 AND subject = $2 AND attempts > 0',
    [mine, subject],
  );
}

/** Names that nobody has are counted too; what is old says nothing any more. Rows in use are left. */
export async function forgetOldAttempts(tx: Tx, mine: string, now: Date): Promise<void> {
  await tx.rows(
    `DELETE FROM sign_in_attempts WHERE mine_id = $1 AND subject IN (
       SELECT subject FROM sign_in_attempts WHERE mine_id = $1 AND window_start < $2::timestamptz - interval '1 hour'
       FOR UPDATE SKIP LOCKED)`,
    [mine, now],
  );
}
