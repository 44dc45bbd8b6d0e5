import type { DataSource } from 'typeorm';
import { quickQuery } from '../database/quick-query.js';

/** Due, not begun, and not given up. */
const WAITING = `FROM graphile_worker.jobs WHERE locked_at IS NULL AND run_at <= now() AND attempts < max_attempts`;

export interface QueueLag {
  readonly waiting: number;
  /** Whole seconds that the job that is due longest has been due; 0 where none waits. */
  readonly oldestSeconds: number;
}

/** How far the jobs of all processes lag behind. */
export async function queueLag(dataSource: DataSource): Promise<QueueLag> {
  const [found] = await quickQuery<{ waiting: string; oldest: string }>(dataSource, {
    text: `SELECT count(*) AS waiting, coalesce(floor(extract(epoch FROM now() - min(run_at))), 0)::bigint AS oldest ${WAITING}`,
  });
  return { waiting: Number(found!.waiting), oldestSeconds: Number(found!.oldest) };
}
