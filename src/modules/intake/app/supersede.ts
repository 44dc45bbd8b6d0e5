import type { Tx } from '../../../platform/database/unit-of-work.js';
import {
  releaseVouchers,
  resumReversed,
  reverseRecords,
  standingRecords,
  type Posting,
  type Reversal,
} from '../../records/index.js';
import type { GroupKey } from '../../synergy/index.js';
import type { Intake } from './source.js';

/** What the superseded import has posted. */
export interface Standing extends Reversal {
  /** False when it never stood, or something else superseded it in the meantime. */
  readonly isStanding: boolean;
}

/**
 * What this import would reverse, if it supersedes one, which is held from here on; nothing is written.
 * @throws AppError `closed_period_changed`
 */
export async function standingSuperseded(tx: Tx, { mine, supersedes }: Intake): Promise<Standing | null> {
  if (supersedes === null) return null;
  const [old] = await tx.rows<{ stands: boolean }>(
    `SELECT status = 'accepted' AND superseded_by IS NULL AS stands FROM imports
     WHERE mine_id = $1 AND id = $2 FOR UPDATE`,
    [mine, supersedes],
  );
  return { ...(await standingRecords(tx, mine, supersedes)), isStanding: old?.stands === true };
}

/** Reverses the records of the import that this one supersedes, if it does; answers the groups whose sums they left. */
export async function reverseSuperseded(tx: Tx, { mine, importId, supersedes }: Intake): Promise<GroupKey[]> {
  if (supersedes === null) return [];
  const reversal = await reverseRecords(tx, mine, supersedes, importId);
  return resumReversed(tx, mine, reversal, `scratch.import_${importId}_reversed`);
}

interface Misfit {
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
}

/** A corrected file is one of the same source and of no other periods than the file it corrects. */
export function misfitOf(
  standing: Standing,
  supersedes: string,
  source: string | null,
  valuedIn: readonly string[] | undefined,
): Misfit | null {
  const params = { import_id: supersedes };
  if (!standing.isStanding) return { code: 'already_superseded', params };
  if (source === null || valuedIn === undefined || !standing.sources.includes(source)) {
    return { code: 'supersedes_other_source', params: { ...params, sources: standing.sources.join(', ') } };
  }
  const other = valuedIn.filter((period) => !standing.periods.includes(period));
  if (other.length === 0) return null;
  const periods = { periods: other.join(', '), expected: standing.periods.join(', ') };
  return { code: 'supersedes_other_period', params: { ...params, ...periods } };
}

/** Writes down what superseded what; answers the posting with everything that the reversal touched. */
export async function settleReversal(
  tx: Tx,
  { mine, importId, supersedes }: Intake,
  reversed: readonly GroupKey[],
  posting: Posting | null,
): Promise<Posting | null> {
  if (supersedes === null || posting === null) return posting;
  const released = await releaseVouchers(tx, mine, importId);
  await tx.rows('UPDATE imports SET superseded_by = $3 WHERE mine_id = $1 AND id = $2', [mine, supersedes, importId]);
  return {
    ...posting,
    groups: [...posting.groups, ...reversed],
    gainPeriods: [...posting.gainPeriods, ...released],
  };
}
