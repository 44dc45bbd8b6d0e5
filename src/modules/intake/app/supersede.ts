import type { Tx } from '../../../platform/database/unit-of-work.js';
import { releaseVouchers, resumReversed, reverseRecords, type Posting, type Reversal } from '../../records/index.js';
import type { GroupKey } from '../../synergy/index.js';
import type { Intake } from './source.js';

/** What the superseded import had posted, taken out of the sums. */
export interface Reversed {
  readonly reversal: Reversal;
  readonly groups: readonly GroupKey[];
  /** False when it never stood, or something else superseded it in the meantime. */
  readonly isStanding: boolean;
}

/** Reverses the records of the import that this one supersedes, if it does; undone with the savepoint where it is refused. */
export async function reverseSuperseded(tx: Tx, { mine, importId, supersedes }: Intake): Promise<Reversed | null> {
  if (supersedes === null) return null;
  const [old] = await tx.rows<{ stands: boolean }>(
    `SELECT status = 'accepted' AND superseded_by IS NULL AS stands FROM imports
     WHERE mine_id = $1 AND id = $2 FOR UPDATE`,
    [mine, supersedes],
  );
  const reversal = await reverseRecords(tx, mine, supersedes, importId);
  const groups = await resumReversed(tx, mine, reversal, `scratch.import_${importId}_reversed`);
  return { reversal, groups, isStanding: old?.stands === true };
}

interface Misfit {
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
}

/** A corrected file is one of the same source and of no other periods than the file it corrects. */
export function misfitOf(
  { reversal, isStanding }: Reversed,
  supersedes: string,
  source: string | null,
  posting: Posting | null,
): Misfit | null {
  const params = { import_id: supersedes };
  if (!isStanding) return { code: 'already_superseded', params };
  if (source === null || posting === null || !reversal.sources.includes(source)) {
    return { code: 'supersedes_other_source', params: { ...params, sources: reversal.sources.join(', ') } };
  }
  const other = posting.periods.filter((period) => !reversal.periods.includes(period));
  if (other.length === 0) return null;
  const periods = { periods: other.join(', '), expected: reversal.periods.join(', ') };
  return { code: 'supersedes_other_period', params: { ...params, ...periods } };
}

/** Writes down what superseded what; answers the posting with everything that the reversal touched. */
export async function settleReversal(
  tx: Tx,
  { mine, importId, supersedes }: Intake,
  reversed: Reversed | null,
  posting: Posting | null,
): Promise<Posting | null> {
  if (reversed === null || posting === null) return posting;
  const released = await releaseVouchers(tx, mine, importId);
  await tx.rows('UPDATE imports SET superseded_by = $3 WHERE mine_id = $1 AND id = $2', [mine, supersedes, importId]);
  return {
    ...posting,
    groups: [...posting.groups, ...reversed.groups],
    gainPeriods: [...posting.gainPeriods, ...released],
  };
}
