import { Body, Controller, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../../platform/clock/clock.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { decodeCursor, keyText, pageOf, PageQuery } from '../../../platform/http/paging.js';
import { UsesKey } from '../../../platform/idempotency/key-use.js';
import { createApiKey, revokeApiKey } from '../app/api-keys.js';
import type { CallerHere } from '../app/caller.js';
import { listApiKeys } from '../db/api-key-queries.js';
import { ApiKeyDto, ApiKeyListDto, CreatedApiKeyDto, NewApiKeyDto } from './api-key.dto.js';
import { By, Needs } from './needs.js';
import { grantRows } from './users.controller.js';

@ApiTags('api-keys')
@Needs('accounts.manage')
@Controller('api/v1/api-keys')
export class ApiKeysController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: '程序用的密钥，按编号；不含密钥本身' })
  @ApiOkResponse({ type: ApiKeyListDto })
  @ApiProblems({ 400: ['invalid_request', 'invalid_cursor'] })
  async list(@By() by: CallerHere, @Query() { limit, cursor }: PageQuery): Promise<ApiKeyListDto> {
    const [after = null] = decodeCursor(cursor, [keyText]) ?? [];
    const rows = await this.uow.run(by.reach, (tx) => listApiKeys(tx, by.mine, after, limit + 1));
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  @Post()
  @UsesKey('no_answer')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: '新密钥；密钥本身只在应答中出现这一次' })
  @ApiCreatedResponse({ type: CreatedApiKeyDto })
  @ApiProblems({ 422: ['key_expiry', 'grants_refused'] })
  async create(@By() by: CallerHere, @Body() { name, grants, expiresAt }: NewApiKeyDto): Promise<CreatedApiKeyDto> {
    const wanted = { name, grants: grantRows(grants), expiresAt: new Date(expiresAt) };
    const { key, text } = await this.uow.run(by.reach, (tx) => createApiKey(tx, by, wanted, this.clock.now()));
    return { ...key, key: text };
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @ApiOperation({ summary: '作废密钥：从下一个请求起' })
  @ApiOkResponse({ type: ApiKeyDto })
  @ApiProblems({ 404: ['unknown_api_key'] })
  revoke(@By() by: CallerHere, @Param('id') id: string): Promise<ApiKeyDto> {
    return this.uow.run(by.reach, (tx) => revokeApiKey(tx, by.mine, id, this.clock.now()));
  }
}
