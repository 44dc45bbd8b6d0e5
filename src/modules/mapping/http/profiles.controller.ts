import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { Sentences } from '../../../platform/http/sentences.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
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


@ApiTags('profiles')
@Needs('references.read')
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
  async list(@By() { mine, reach }: CallerHere): Promise<{ data: Profile[] }> {
    return { data: await this.uow.run(reach, (tx) => loadProfiles(tx, mine)) };
  }

  @Get(':name')
  @ApiOkResponse({ type: ProfileDto })
  @ApiProblems({ 404: ['unknown_profile', 'unknown_mine'] })
  async get(
    @By() { mine, reach }: CallerHere,
    @Param('name') name: string,
    @Query() query: ProfileVersionQuery,
  ): Promise<Profile> {
    const profile = await this.uow.run(reach, (tx) => findProfile(tx, mine, name, query.version ?? null));
    if (!profile) throw new AppError('not_found', 'unknown_profile', { name });
    return profile;
  }

  @Put(':name')
  @Needs('profiles.write')
  @ApiOperation({ summary: '保存映射方案：内容有变即为新版本' })
  @ApiOkResponse({ type: ProfileDto })
  @ApiProblems({ 404: ['unknown_mine'], 422: ['profile_refused'] })
  async save(
    @By() { mine, actor, reach }: CallerHere,
    @Param('name') name: string,
    @Body() body: ProfileContentDto,
  ): Promise<Profile> {
    const said = { title: name, formats: [], source: name, ...body };
    const profile: Profile = { ...PROFILE_DEFAULTS, ...withoutUndefined(said), name, version: 0 };
    return (await this.uow.run(reach, (tx) => saveProfile(tx, mine, profile, actor))).profile;
  }

  @Post(':name/mappings')
  @Needs('profiles.write')
  @HttpCode(200)
  @ApiOperation({ summary: '补充映射：内置方案由此成为本矿自己的方案' })
  @ApiOkResponse({ type: ProfileDto })
  @ApiProblems({ 404: ['unknown_profile', 'unknown_mine'], 422: ['profile_refused'] })
  async add(
    @By() { mine, actor, reach }: CallerHere,
    @Param('name') name: string,
    @Body() body: MappingAdditionsDto,
  ): Promise<Profile> {
    return (await this.uow.run(reach, (tx) => addMappings(tx, mine, name, body, actor))).profile;
  }
}

const withoutUndefined = <Body extends object>(body: Body): Body =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Body;
