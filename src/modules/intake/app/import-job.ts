import type { Tx } from '../../../platform/database/unit-of-work.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import { isLockHeld } from '../../../platform/jobs/stranded-jobs.js';

export const IMPORT_TASK = 'import';

export interface ImportJob {
  readonly mine: string;
  readonly importId: string;
}

/** Asks for an import to be run, in the transaction that registers it: both are there with its commit, or neither. */
export async function enqueueImport(tx: Tx, mine: string, importId: string): Promise<void> {
  const payload: ImportJob & Record<string, string> = { mine, importId };
  await enqueueJob(tx, { task: IMPORT_TASK, payload, key: `import ${importId}` });
}

/** @throws Error for a payload that `enqueueImport` did not write */
export function importJobOf(payload: unknown): ImportJob {
  const { mine, importId } = payload as Partial<Record<keyof ImportJob, unknown>>;
  if (typeof mine !== 'string' || typeof importId !== 'string') throw new Error('not the job of an import');
  return { mine, importId };
}

/**
 * Asks anew for every import that is unfinished, has no job that will run within half a minute, and that nobody is at: no
 * session holds its lock (`holdImport`). It was begun by a command that was killed, its job was given up or put off for
 * long, or it stems from a version without jobs.
 */
export async function enqueueStrandedImports(tx: Tx): Promise<void> {
  const stranded = await tx.rows<{ mine: string; id: string }>(
    `SELECT mine_id AS mine, id FROM imports WHERE status IN ('queued', 'running')
       AND NOT EXISTS (SELECT FROM graphile_worker.jobs j WHERE j.key = 'import ' || imports.id
         AND (j.locked_at IS NOT NULL OR j.attempts < j.max_attempts AND j.run_at < now() + interval '30 seconds'))
       AND NOT ${isLockHeld(`hashtextextended('import ' || imports.id, 8)`)}
     ORDER BY id`,
  );
  for (const { mine, id } of stranded) await enqueueImport(tx, mine, id);
}
