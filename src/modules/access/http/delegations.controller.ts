import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../../platform/clock/clock.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { decodeCursor, keyNumber, pageOf, PageQuery } from '../../../platform/http/paging.js';
import type { CallerHere } from '../app/caller.js';
import { delegate, personSeen, revokeDelegation } from '../app/delegations.js';
import { listDelegations } from '../db/delegation-queries.js';
import { DelegationDto, DelegationListDto, NewDelegationDto } from './delegation.dto.js';
import { By, Needs } from './needs.js';

@ApiTags('delegations')
@Controller('api/v1/delegations')
export class DelegationsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('delegations.read')
  @ApiOperation({ summary: '出差代办：本人的；管理员看全部；新的在前' })
  @ApiOkResponse({ type: DelegationListDto })
  @ApiProblems({ 400: ['invalid_request', 'invalid_cursor'] })
  async list(@By() by: CallerHere, @Query() { limit, cursor }: PageQuery): Promise<DelegationListDto> {
    const [before = null] = decodeCursor(cursor, [keyNumber]) ?? [];
    const rows = await this.uow.run(by.reach, (tx) => listDelegations(tx, by.mine, personSeen(by), before, limit + 1));
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  @Post()
  @Needs('delegations.write')
  @ApiOperation({ summary: '出差代办：把自己的审批角色交给另一个人几天' })
  @ApiCreatedResponse({ type: DelegationDto })
  @ApiProblems({ 403: ['own_grants'], 422: ['unknown_user', 'delegation_to_self', 'delegation_days'] })
  create(@By() by: CallerHere, @Body() body: NewDelegationDto): Promise<DelegationDto> {
    const { to, from = by.actor, validFrom, validTo, reason } = body;
    const wanted = { from, to, validFrom, validTo, reason };
    return this.uow.run(by.reach, (tx) => delegate(tx, by, wanted, this.clock.now()));
  }

  @Post(':id/revoke')
  @Needs('delegations.write')
  @HttpCode(200)
  @ApiOperation({ summary: '提前结束代办' })
  @ApiOkResponse({ type: DelegationDto })
  @ApiProblems({ 404: ['unknown_delegation'] })
  revoke(@By() by: CallerHere, @Param('id') id: string): Promise<DelegationDto> {
    if (!keyNumber(id)) throw new AppError('not_found', 'unknown_delegation', { id });
    return this.uow.run(by.reach, (tx) => revokeDelegation(tx, by, id, this.clock.now()));
  }
}
