import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { AppError, type Finding } from '../../../platform/errors/app-error.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { Approvals, type Refusal, type Subject, type Submission } from '../../approval/index.js';
import { withAdditions, type Additions } from './add-mappings.js';
import { profileFindings, type KnownCodes } from './check-profile.js';
import type { Profile } from './profile.js';
import { findProfile, loadProfiles } from './profiles.js';

export interface SavedProfile {
  readonly profile: Profile;
  /** Where this version waits for approval; null: it is in use. */
  readonly submission: Submission | null;
}

/** Keeps the versions of a mine's profiles; each is in use from its approval on. */
@Injectable()
export class SaveProfile implements Subject {
  readonly kind = 'profile';

  constructor(private readonly approvals: Approvals) {
    approvals.register(this);
  }

  /**
   * Keeps a profile as a new version of its name, which waits for approval where that has a path; one that says nothing
   * new stays as it is.
   * @throws AppError `profile_refused` with a finding for everything that the mine cannot mean, `profile_waits`
   */
  async save(tx: Tx, mine: string, profile: Profile, actor: string): Promise<SavedProfile> {
    await lockProfiles(tx, mine);
    const findings = [
      ...profileFindings(profile, await knownCodes(tx, mine)),
      ...takenFormats(profile, await loadProfiles(tx, mine)),
    ];
    if (findings.length > 0) throw new AppError('refused', 'profile_refused', { name: profile.name }, findings);
    const newest = await this.newest(tx, mine, profile.name);
    const isWaiting = newest !== null && newest.submission !== null;
    const current = isWaiting ? newest.profile : await findProfile(tx, mine, profile.name, null);
    if (current !== null && isDeepStrictEqual(contentOf(current), contentOf(profile))) {
      return { profile: current, submission: isWaiting ? newest.submission : null };
    }
    if (isWaiting) {
      const params = { name: profile.name, version: String(newest.profile.version) };
      throw new AppError('conflict', 'profile_waits', params);
    }
    const saved = { ...profile, version: (newest?.profile.version ?? 0) + 1 };
    await tx.rows(
      'INSERT INTO mapping_profiles (mine_id, name, version, content, actor) VALUES ($1, $2, $3, $4::jsonb, $5)',
      [mine, saved.name, saved.version, JSON.stringify(contentOf(saved)), actor],
    );
    return { profile: saved, submission: await this.handIn(tx, mine, saved, actor) };
  }

  /**
   * Adds mappings to the version of a profile that is in use; a built-in one becomes the mine's own by it.
   * @throws AppError `unknown_profile`, and what `save` says
   */
  async add(tx: Tx, mine: string, name: string, additions: Additions, actor: string): Promise<SavedProfile> {
    await lockProfiles(tx, mine);
    const newest = await this.newest(tx, mine, name);
    const isWaiting = newest !== null && newest.submission !== null;
    const profile = isWaiting ? newest.profile : await findProfile(tx, mine, name, null);
    if (profile === null) throw new AppError('not_found', 'unknown_profile', { name });
    return this.save(tx, mine, withAdditions(profile, additions), actor);
  }

  /** The newest submissions of versions, by `name/version`. */
  of(tx: Tx, mine: string, profiles: readonly Profile[]): Promise<ReadonlyMap<string, Submission>> {
    return this.approvals.standing(tx, mine, this.kind, profiles.map(keyOf));
  }

  /** Nothing hangs on a version that is not approved. */
  follow(): Promise<void> {
    return Promise.resolve();
  }

  async post(tx: Tx, mine: string, submissions: readonly Submission[]) {
    await lockProfiles(tx, mine);
    const refused: Refusal[] = [];
    for (const { id, key } of submissions) {
      const profile = (await findProfile(tx, mine, ...partsOf(key)))!;
      const inUse = await loadProfiles(tx, mine);
      const findings = takenFormats(profile, inUse);
      const newer = inUse.find(({ name, version }) => name === profile.name && version > profile.version);
      if (newer) refused.push({ id, code: 'profile_outdated', params: { version: String(newer.version) } });
      else if (findings.length > 0)
        refused.push({ id, code: 'profile_refused', params: { name: profile.name }, findings });
      else await approve(tx, mine, profile);
    }
    return { done: 'posted' as const, refused };
  }

  private async newest(tx: Tx, mine: string, name: string): Promise<SavedProfile | null> {
    const [row] = await tx.rows<{ version: number }>(
      'SELECT max(version) AS version FROM mapping_profiles WHERE mine_id = $1 AND name = $2 HAVING count(*) > 0',
      [mine, name],
    );
    const profile = row === undefined ? null : await findProfile(tx, mine, name, row.version);
    if (profile === null) return null;
    const submission = (await this.of(tx, mine, [profile])).get(keyOf(profile));
    return { profile, submission: submission !== undefined && isOpen(submission) ? submission : null };
  }

  private async handIn(tx: Tx, mine: string, profile: Profile, actor: string): Promise<Submission | null> {
    const kinds = [this.kind];
    if ((await this.approvals.path(tx, mine, kinds, '0')).length === 0) {
      await approve(tx, mine, profile);
      return null;
    }
    const of = { subject: this.kind, key: keyOf(profile), title: keyOf(profile), kinds, maker: actor } as const;
    const [submission] = await this.approvals.submit(tx, mine, [
      { ...of, departments: null, periods: [], amountYuan: '0', content: contentOf(profile) },
    ]);
    return submission!;
  }
}

const isOpen = ({ state }: Submission) => state === 'submitted' || state === 'reviewed' || state === 'posting';

export const keyOf = ({ name, version }: Profile) => `${name}/${version}`;

/** A name may hold a slash itself. */
function partsOf(key: string): [name: string, version: number] {
  const at = key.lastIndexOf('/');
  return [key.slice(0, at), Number(key.slice(at + 1))];
}

/** Versions count up without gaps, and a format has one profile: who comes second waits. */
async function lockProfiles(tx: Tx, mine: string): Promise<void> {
  await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 7))', [`profiles ${mine}`]);
}

async function approve(tx: Tx, mine: string, { name, version }: Profile): Promise<void> {
  await tx.rows('UPDATE mapping_profiles SET approved_at = now() WHERE mine_id = $1 AND name = $2 AND version = $3', [
    mine,
    name,
    version,
  ]);
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
