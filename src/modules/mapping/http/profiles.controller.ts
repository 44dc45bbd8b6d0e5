import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { Sentences } from '../../../platform/http/sentences.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import type { Submission } from '../../approval/index.js';
import { PROFILE_DEFAULTS } from '../app/profile-defaults.js';
import type { Profile } from '../app/profile.js';
import { findProfile, loadProfiles, loadUnapproved } from '../app/profiles.js';
import { SaveProfile, keyOf, type SavedProfile } from '../app/save-profile.js';
import { PROFILE_SENTENCES } from '../mapping.errors.js';
import {
  MappingAdditionsDto,
  ProfileContentDto,
  ProfileDto,
  ProfileListDto,
  ProfileVersionQuery,
} from './profile.dto.js';

@ApiTags('profiles')
@Needs('references.read')
@Controller('api/v1/profiles')
export class ProfilesController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly profiles: SaveProfile,
    sentences: Sentences,
  ) {
    sentences.register(PROFILE_SENTENCES);
  }

  @Get()
  @ApiOperation({ summary: '映射方案：在用的版本、未被替换的内置方案，和还没有批准的新版本' })
  @ApiOkResponse({ type: ProfileListDto })
  @ApiProblems({ 400: ['mine_missing'], 404: ['unknown_mine'] })
  async list(@By() { mine, reach }: CallerHere): Promise<{ data: ShownProfile[] }> {
    return this.uow.run(reach, async (tx) => {
      const [inUse, unapproved] = [await loadProfiles(tx, mine), await loadUnapproved(tx, mine)];
      const submissions = await this.profiles.of(tx, mine, unapproved);
      return {
        data: [
          ...inUse.map((profile) => shown(profile, true, undefined)),
          ...unapproved.map((profile) => shown(profile, false, submissions.get(keyOf(profile)))),
        ],
      };
    });
  }

  @Get(':name')
  @ApiOkResponse({ type: ProfileDto })
  @ApiProblems({ 404: ['unknown_profile', 'unknown_mine'] })
  async get(
    @By() { mine, reach }: CallerHere,
    @Param('name') name: string,
    @Query() query: ProfileVersionQuery,
  ): Promise<ShownProfile> {
    return this.uow.run(reach, async (tx) => {
      const profile = await findProfile(tx, mine, name, query.version ?? null);
      if (!profile) throw new AppError('not_found', 'unknown_profile', { name });
      const inUse = (await loadProfiles(tx, mine)).some((each) => keyOf(each) === keyOf(profile));
      return shown(profile, inUse, (await this.profiles.of(tx, mine, [profile])).get(keyOf(profile)));
    });
  }

  @Put(':name')
  @Needs('profiles.write')
  @ApiOperation({ summary: '保存映射方案：内容有变即为新版本，经另一人批准后生效' })
  @ApiOkResponse({ type: ProfileDto })
  @ApiProblems({ 403: ['forbidden'], 404: ['unknown_mine'], 409: ['profile_waits'], 422: ['profile_refused'] })
  async save(
    @By() by: CallerHere,
    @Param('name') name: string,
    @Body() body: ProfileContentDto,
  ): Promise<ShownProfile> {
    const said = { title: name, formats: [], source: name, ...body };
    const profile: Profile = { ...PROFILE_DEFAULTS, ...withoutUndefined(saidOf(said)), name, version: 0 };
    return this.saving(by, (tx) => this.profiles.save(tx, by.mine, profile, by.actor));
  }

  @Post(':name/mappings')
  @Needs('profiles.write')
  @HttpCode(200)
  @ApiOperation({ summary: '补充映射：内置方案由此成为本矿自己的方案，经另一人批准后生效' })
  @ApiOkResponse({ type: ProfileDto })
  @ApiProblems({
    403: ['forbidden'],
    404: ['unknown_profile', 'unknown_mine'],
    409: ['profile_waits'],
    422: ['profile_refused'],
  })
  async add(
    @By() by: CallerHere,
    @Param('name') name: string,
    @Body() body: MappingAdditionsDto,
  ): Promise<ShownProfile> {
    return this.saving(by, (tx) => this.profiles.add(tx, by.mine, name, body, by.actor));
  }

  /** A profile maps the books of the whole mine. */
  private async saving({ reach }: CallerHere, save: (tx: Tx) => Promise<SavedProfile>): Promise<ShownProfile> {
    if (reach.departments !== null) throw new AppError('forbidden', 'forbidden');
    const { profile, submission } = await this.uow.run(reach, save);
    return shown(profile, submission === null, submission ?? undefined);
  }
}

type ShownProfile = Profile & {
  readonly inUse: boolean;
  readonly approval: { readonly submissionId: string; readonly state: string } | null;
};

const shown = (profile: Profile, inUse: boolean, submission: Submission | undefined): ShownProfile => ({
  ...profile,
  inUse,
  approval: submission === undefined ? null : { submissionId: submission.id, state: submission.state },
});

/** What an answer says besides the profile itself. */
const saidOf = <Body extends object>(body: Body) =>
  Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'inUse' && name !== 'approval')) as Omit<
    Body,
    'inUse' | 'approval'
  >;

const withoutUndefined = <Body extends object>(body: Body): Body =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Body;
