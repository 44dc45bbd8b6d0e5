import { Body, Controller, Get, Header, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../../platform/clock/clock.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { decodeCursor, keyText, pageOf, PageQuery } from '../../../platform/http/paging.js';
import { UsesKey } from '../../../platform/idempotency/key-use.js';
import type { CallerHere } from '../app/caller.js';
import { newOneTimePassword } from '../app/passwords.js';
import { changeGrants, createUser, disableUser, enableUser, giveOneTimePassword, shownUser } from '../app/users.js';
import { listUsers, type GrantRow } from '../db/user-queries.js';
import { By, Needs } from './needs.js';
import { CreatedUserDto, GrantsDto, NewUserDto, OneTimePasswordDto, UserDto, UserListDto } from './user.dto.js';
import type { GrantDto } from './user.dto.js';

const GRANT_PROBLEMS = { 403: ['own_grants'], 422: ['grants_refused', 'roles_apart'] } as const;

@ApiTags('users')
@Needs('accounts.manage')
@Controller('api/v1/users')
export class UsersController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: '账户，按用户名' })
  @ApiOkResponse({ type: UserListDto })
  @ApiProblems({ 400: ['invalid_request', 'invalid_cursor'] })
  async list(@By() by: CallerHere, @Query() { limit, cursor }: PageQuery): Promise<UserListDto> {
    const [after = null] = decodeCursor(cursor, [keyText]) ?? [];
    const rows = await this.uow.run(by.reach, (tx) => listUsers(tx, by.mine, after, limit + 1));
    return pageOf(rows, limit, ({ username }) => [username]);
  }

  @Post()
  @UsesKey('no_answer')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: '开通账户；一次性密码只在应答中出现这一次' })
  @ApiCreatedResponse({ type: CreatedUserDto })
  @ApiProblems({ ...GRANT_PROBLEMS, 409: ['user_exists'] })
  async create(@By() by: CallerHere, @Body() body: NewUserDto): Promise<CreatedUserDto> {
    const { username, displayName, externalSubject = null, grants } = body;
    const oneTime = externalSubject === null ? await newOneTimePassword(this.clock.now()) : null;
    const user = { username, displayName, externalSubject };
    const made = await this.uow.run(by.reach, (tx) => createUser(tx, by, user, grantRows(grants), oneTime));
    return { ...made, oneTimePassword: oneTime?.password ?? null };
  }

  @Get(':username')
  @ApiOkResponse({ type: UserDto })
  @ApiProblems({ 404: ['unknown_user'] })
  get(@By() by: CallerHere, @Param('username') username: string): Promise<UserDto> {
    return this.uow.run(by.reach, (tx) => shownUser(tx, by.mine, username));
  }

  @Put(':username/grants')
  @ApiOperation({ summary: '全部授权：角色 × 部门，代替原有的；从下一个请求起有效' })
  @ApiOkResponse({ type: UserDto })
  @ApiProblems({ ...GRANT_PROBLEMS, 404: ['unknown_user'], 409: ['last_administrator'] })
  grant(@By() by: CallerHere, @Param('username') username: string, @Body() body: GrantsDto): Promise<UserDto> {
    return this.uow.run(by.reach, (tx) => changeGrants(tx, by, username, grantRows(body.grants)));
  }

  @Post(':username/disable')
  @HttpCode(200)
  @ApiOperation({ summary: '停用：其登录随即作废' })
  @ApiOkResponse({ type: UserDto })
  @ApiProblems({ 404: ['unknown_user'], 409: ['last_administrator'] })
  disable(@By() by: CallerHere, @Param('username') username: string): Promise<UserDto> {
    return this.uow.run(by.reach, (tx) => disableUser(tx, by.mine, username, this.clock.now()));
  }

  @Post(':username/enable')
  @HttpCode(200)
  @ApiOkResponse({ type: UserDto })
  @ApiProblems({ 404: ['unknown_user'] })
  enable(@By() by: CallerHere, @Param('username') username: string): Promise<UserDto> {
    return this.uow.run(by.reach, (tx) => enableUser(tx, by.mine, username));
  }

  @Post(':username/one-time-password')
  @UsesKey('no_answer')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: '发一次性密码（72 小时内有效），代替原密码；其登录随即作废' })
  @ApiOkResponse({ type: OneTimePasswordDto })
  @ApiProblems({ 404: ['unknown_user'] })
  async oneTimePassword(@By() by: CallerHere, @Param('username') username: string): Promise<OneTimePasswordDto> {
    const now = this.clock.now();
    const oneTime = await newOneTimePassword(now);
    await this.uow.run(by.reach, (tx) => giveOneTimePassword(tx, by.mine, username, oneTime, now));
    return { username, oneTimePassword: oneTime.password, expiresAt: oneTime.expiresAt.toISOString() };
  }
}

export const grantRows = (grants: readonly GrantDto[]): GrantRow[] =>
  grants.map(({ role, department }) => ({ role, department: department ?? null }));
