import type { Tx } from './unit-of-work.js';

/** From how many rows on a statement over a fresh table is planned as bulk. */
const BULK_ROWS = 1_000;

export const isBulk = (rows: number): boolean => rows >= BULK_ROWS;

/**
 * PostgreSQL knows nothing of a table made in this transaction, and little of those that grew in it: it underrates what
 * reading a text costs and how many rows meet, and would work alone, sort, or compare every row with every other.
 */
const SETTINGS = {
  parallel_tuple_cost: '0',
  enable_mergejoin: 'off',
  enable_nestloop: 'off',
} as const;

/** Runs statements over `rows` fresh rows under a plan for bulk, if they are many; small work is planned as ever. */
export async function plannedFor<Result>(tx: Tx, rows: number, work: () => Promise<Result>): Promise<Result> {
  if (!isBulk(rows)) return work();
  for (const [name, value] of Object.entries(SETTINGS)) await tx.rows(`SET LOCAL ${name} = ${value}`);
  const result = await work();
  for (const name of Object.keys(SETTINGS)) await tx.rows(`SET LOCAL ${name} TO DEFAULT`);
  return result;
}
