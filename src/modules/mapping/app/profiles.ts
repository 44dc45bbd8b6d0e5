import { AppError } from '../../../platform/errors/app-error.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { FormatId } from '../../formats/index.js';
import { BUILT_IN_PROFILES } from './built-in-profiles.js';
import { PROFILE_DEFAULTS } from './profile-defaults.js';
import type { Profile } from './profile.js';

interface StoredProfile {
  readonly name: string;
  readonly version: number;
  readonly content: Omit<Profile, 'name' | 'version'>;
}

/** What was stored before a property existed has its default. */
const profileOf = ({ name, version, content }: StoredProfile): Profile => ({
  ...{ ...PROFILE_DEFAULTS, ...content, name, version },
});

/** A mine's profiles in use by name: the newest approved version of its own, and the built-in ones that none of its own replaces. */
export async function loadProfiles(tx: Tx, mine: string): Promise<Profile[]> {
  const stored = await tx.rows<StoredProfile>(
    `SELECT DISTINCT ON (name) name, version, content FROM mapping_profiles
     WHERE mine_id = $1 AND approved_at IS NOT NULL ORDER BY name, version DESC`,
    [mine],
  );
  const own = stored.map(profileOf);
  const names = new Set(own.map(({ name }) => name));
  const builtIn = BUILT_IN_PROFILES.filter(({ name }) => !names.has(name));
  return [...own, ...builtIn].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The newest version of each of a mine's own profiles that is not approved and newer than what is in use. */
export async function loadUnapproved(tx: Tx, mine: string): Promise<Profile[]> {
  const stored = await tx.rows<StoredProfile>(
    `SELECT DISTINCT ON (name) name, version, content FROM mapping_profiles p
     WHERE mine_id = $1 AND approved_at IS NULL AND NOT EXISTS (SELECT FROM mapping_profiles newer
       WHERE newer.mine_id = p.mine_id AND newer.name = p.name AND newer.version > p.version
         AND newer.approved_at IS NOT NULL)
     ORDER BY name, version DESC`,
    [mine],
  );
  return stored.map(profileOf);
}

/** One version of a profile, approved or not, or the one in use; null where there is none. */
export async function findProfile(tx: Tx, mine: string, name: string, version: number | null): Promise<Profile | null> {
  const builtIn = BUILT_IN_PROFILES.find((profile) => profile.name === name) ?? null;
  if (version === 0) return builtIn;
  const [stored] = await tx.rows<StoredProfile>(
    `SELECT name, version, content FROM mapping_profiles WHERE mine_id = $1 AND name = $2
       AND CASE WHEN $3::int IS NULL THEN approved_at IS NOT NULL ELSE version = $3 END
     ORDER BY version DESC LIMIT 1`,
    [mine, name, version],
  );
  if (stored) return profileOf(stored);
  return version === null ? builtIn : null;
}

/**
 * The profile that maps a file: the one that was asked for, else the mine's own for the format, else the built-in one;
 * null for the contract's own layout, which needs none. `profiles`: of `loadProfiles`.
 * @throws AppError `unknown_profile`
 */
export function profileFor(
  profiles: readonly Profile[],
  format: FormatId,
  requestedName: string | null,
): Profile | null {
  if (requestedName !== null) {
    const requested = profiles.find(({ name }) => name === requestedName);
    if (!requested) throw new AppError('refused', 'unknown_profile', { name: requestedName });
    return requested;
  }
  const fitting = profiles.filter(({ formats }) => formats.includes(format));
  return fitting.find(({ version }) => version > 0) ?? fitting[0] ?? null;
}
