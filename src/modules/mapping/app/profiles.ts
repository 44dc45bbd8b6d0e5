import { isDeepStrictEqual } from 'node:util';
import { AppError, type Finding } from '../../../platform/errors/app-error.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { FormatId } from '../../formats/index.js';
import { BUILT_IN_PROFILES } from './built-in-profiles.js';
import { profileFindings, type KnownCodes } from './check-profile.js';
import { PROFILE_DEFAULTS } from './profile-defaults.js';
import type { AccountRule, Profile } from './profile.js';

interface StoredProfile {
  readonly name: string;
  readonly version: number;
  readonly content: Omit<Profile, 'name' | 'version'>;
}

/** What was stored before a property existed has its default. */
const profileOf = ({ name, version, content }: StoredProfile): Profile => ({
  ...{ ...PROFILE_DEFAULTS, ...content, name, version },
});

/** A mine's profiles by name: the newest version of its own, and the built-in ones that none of its own replaces. */
export async function loadProfiles(tx: Tx, mine: string): Promise<Profile[]> {
  const stored = await tx.rows<StoredProfile>(
    `SELECT DISTINCT ON (name) name, version, content FROM mapping_profiles WHERE mine_id = $1
     ORDER BY name, version DESC`,
    [mine],
  );
  const own = stored.map(profileOf);
  const names = new Set(own.map(({ name }) => name));
  const builtIn = BUILT_IN_PROFILES.filter(({ name }) => !names.has(name));
  return [...own, ...builtIn].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** One version of a profile, or the newest; null where there is none. */
export async function findProfile(tx: Tx, mine: string, name: string, version: number | null): Promise<Profile | null> {
  const builtIn = BUILT_IN_PROFILES.find((profile) => profile.name === name) ?? null;
  if (version === 0) return builtIn;
  const [stored] = await tx.rows<StoredProfile>(
    `SELECT name, version, content FROM mapping_profiles WHERE mine_id = $1 AND name = $2
       AND ($3::int IS NULL OR version = $3) ORDER BY version DESC LIMIT 1`,
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

export interface SavedProfile {
  readonly profile: Profile;
  /** False: it said the same already. */
  readonly isNew: boolean;
}

/**
 * Keeps a profile as a new version of its name; one that says nothing new stays as it is.
 * @throws AppError `profile_refused` with a finding for everything that the mine cannot mean
 */
export async function saveProfile(tx: Tx, mine: string, profile: Profile, actor: string): Promise<SavedProfile> {
  // Versions count up without gaps, and a format has one profile: who comes second waits.
  await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 7))', [`profiles ${mine}`]);
  const findings = [
    ...profileFindings(profile, await knownCodes(tx, mine)),
    ...takenFormats(profile, await loadProfiles(tx, mine)),
  ];
  if (findings.length > 0) throw new AppError('refused', 'profile_refused', { name: profile.name }, findings);
  const current = await findProfile(tx, mine, profile.name, null);
  if (current !== null && isDeepStrictEqual(contentOf(current), contentOf(profile))) {
    return { profile: current, isNew: false };
  }
  const version = (current?.version ?? 0) + 1;
  await tx.rows(
    'INSERT INTO mapping_profiles (mine_id, name, version, content, actor) VALUES ($1, $2, $3, $4::jsonb, $5)',
    [mine, profile.name, version, JSON.stringify(contentOf(profile)), actor],
  );
  return { profile: { ...profile, version }, isNew: true };
}

/** Which of a mine's own profiles maps a file that names none must never be a matter of chance. */
function takenFormats({ name, formats }: Profile, profiles: readonly Profile[]): Finding[] {
  const others = profiles.filter((other) => other.version > 0 && other.name !== name);
  return formats.flatMap((format) => {
    const other = others.find((one) => one.formats.includes(format));
    if (!other) return [];
    return [{ row: 1, column: 'formats', code: 'format_taken', params: { format, profile: other.name } }];
  });
}

/** What a profile says; a property that is undefined says nothing. */
function contentOf(profile: Profile): Record<string, unknown> {
  const content = JSON.parse(JSON.stringify(profile)) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(content).filter(([name]) => name !== 'name' && name !== 'version'));
}

async function knownCodes(tx: Tx, mine: string): Promise<KnownCodes> {
  const codes = async (table: keyof KnownCodes) => {
    const rows = await tx.rows<{ code: string }>(`SELECT code FROM ${table} WHERE mine_id = $1`, [mine]);
    return new Set(rows.map(({ code }) => code));
  };
  return { items: await codes('items'), departments: await codes('departments'), projects: await codes('projects') };
}

/** What a clerk adds to a profile: rules stand before the older ones and replace those with the same conditions. */
export type Additions = Partial<
  Pick<Profile, 'accounts' | 'services' | 'indicators' | 'departments' | 'projects' | 'internal'>
>;

/**
 * Adds mappings to the newest version of a profile; a built-in one becomes the mine's own by it.
 * @throws AppError `unknown_profile`, `profile_refused`
 */
export async function addMappings(
  tx: Tx,
  mine: string,
  name: string,
  additions: Additions,
  actor: string,
): Promise<SavedProfile> {
  const profile = await findProfile(tx, mine, name, null);
  if (profile === null) throw new AppError('not_found', 'unknown_profile', { name });
  return saveProfile(tx, mine, withAdditions(profile, additions), actor);
}

export function withAdditions(profile: Profile, additions: Additions): Profile {
  const added = <Rule>(known: readonly Rule[], rules: readonly Rule[] = [], key: (rule: Rule) => string): Rule[] => {
    const keys = new Set(rules.map(key));
    return [...rules, ...known.filter((rule) => !keys.has(key(rule)))];
  };
  const union = (known: readonly string[], more: readonly string[] = []) => [...new Set([...known, ...more])];
  return {
    ...profile,
    accounts: added(profile.accounts, additions.accounts, conditionsOf),
    services: added(profile.services, additions.services, ({ contains }) => contains),
    indicators: added(profile.indicators, additions.indicators, ({ indicator, becomes }) => `${indicator}/${becomes}`),
    departments: { ...profile.departments, ...additions.departments },
    projects: { ...profile.projects, ...additions.projects },
    internal: {
      counterparties: union(profile.internal.counterparties, additions.internal?.counterparties),
      accounts: union(profile.internal.accounts, additions.internal?.accounts),
    },
  };
}

const conditionsOf = ({ account, name, department, project }: AccountRule) =>
  JSON.stringify([account, name ?? null, department ?? null, project ?? null]);
