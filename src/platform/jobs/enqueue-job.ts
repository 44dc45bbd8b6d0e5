import type { Tx } from '../database/unit-of-work.js';

export interface NewJob {
  readonly task: string;
  readonly payload: Readonly<Record<string, string>>;
  /** A job that waits under the same key is replaced; one that runs is followed by this one. */
  readonly key: string;
}

/** Asks for a job with the commit of `tx`, so that what it is about and the job are there together or not at all. */
export async function enqueueJob(tx: Tx, { task, payload, key }: NewJob): Promise<void> {
  await tx.rows('SELECT FROM graphile_worker.add_job($1, $2::json, job_key => $3)', [
    task,
    JSON.stringify(payload),
    key,
  ]);
}
