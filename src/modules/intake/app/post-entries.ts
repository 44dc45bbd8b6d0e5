import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Finding } from '../../../platform/errors/app-error.js';
import { postEntered } from '../../records/index.js';
import { acceptEntries } from '../db/entry-queries.js';
import { NOTHING_CHANGED } from './change-references.js';
import { recompute } from './recompute.js';

/** Makes entered records count, all figures with them; answers what is wrong with those that could not, by id. */
export async function postEntries(
  tx: Tx,
  mine: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly Finding[]>> {
  const { posting, refused } = await postEntered(tx, mine, ids);
  if (posting === null) return refused;
  await recompute(tx, mine, NOTHING_CHANGED, posting);
  await acceptEntries(
    tx,
    mine,
    ids.filter((id) => !refused.has(id)),
  );
  return refused;
}
