import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, UseGuards } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { Sentences } from '../../../platform/http/sentences.js';
import { InMine, MineGuard } from '../../mines/index.js';
import { PROFILE_DEFAULTS } from '../app/profile-defaults.js';
import type { Profile } from '../app/profile.js';
import { addMappings, findProfile, loadProfiles, saveProfile } from '../app/profiles.js';
import { PROFILE_SENTENCES } from '../mapping.errors.js';
import {
  MappingAdditionsDto,
  ProfileContentDto,
  ProfileDto,
  ProfileListDto,
  ProfileVersionQuery,
} from './profile.dto.js';

/** Until somebody signs in. */
const ACTOR = 'local';

@ApiTags('profiles')
@ApiHeader({ name: 'X-Mine', required: false })
@UseGuards(MineGuard)
@Controller('api/v1/profiles')
export class ProfilesController {
  constructor(
    private readonly uow: UnitOfWork,
    sentences: Sentences,
  ) {
    sentences.register(PROFILE_SENTENCES);
  }

  @Get()
  @ApiOperation({ summary: '映射方案：本矿的最新版本，和未被替换的内置方案' })
  @ApiOkResponse({ type: ProfileListDto })
  @ApiProblems({ 400: ['mine_missing'], 404: ['unknown_mine'] })
  async list(@InMine() mine: string): Promise<{ data: Profile[] }> {
    return { data: await this.uow.run((tx) => loadProfiles(tx, mine)) };
  }

  @Get(':name')
  @ApiOkResponse({ type: ProfileDto })
  @ApiProblems({ 404: ['unknown_profile', 'unknown_mine'] })
  async get(
    @InMine() mine: string,
    @Param('name') name: string,
    @Query() query: ProfileVersionQuery,
  ): Promise<Profile> {
    const profile = await this.uow.run((tx) => findProfile(tx, mine, name, query.version ?? null));
    if (!profile) throw new AppError('not_found', 'unknown_profile', { name });
    return profile;
  }

  @Put(':name')
  @ApiOperation({ summary: '保存映射方案：内容有变即为新版本' })
  @ApiOkResponse({ type: ProfileDto })
  @ApiProblems({ 404: ['unknown_mine'], 422: ['profile_refused'] })
  async save(@InMine() mine: string, @Param('name') name: string, @Body() body: ProfileContentDto): Promise<Profile> {
    const said = { title: name, formats: [], source: name, ...body };
    const profile: Profile = { ...PROFILE_DEFAULTS, ...withoutUndefined(said), name, version: 0 };
    return (await this.uow.run((tx) => saveProfile(tx, mine, profile, ACTOR))).profile;
  }

  @Post(':name/mappings')
  @HttpCode(200)
  @ApiOperation({ summary: '补充映射：内置方案由此成为本矿自己的方案' })
  @ApiOkResponse({ type: ProfileDto })
  @ApiProblems({ 404: ['unknown_profile', 'unknown_mine'], 422: ['profile_refused'] })
  async add(@InMine() mine: string, @Param('name') name: string, @Body() body: MappingAdditionsDto): Promise<Profile> {
    return (await this.uow.run((tx) => addMappings(tx, mine, name, body, ACTOR))).profile;
  }
}

const withoutUndefined = <Body extends object>(body: Body): Body =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Body;
