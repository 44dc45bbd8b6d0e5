import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { decodeCursor, keyText, pageOf, type Page } from '../../../platform/http/paging.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { Sentences } from '../../../platform/http/sentences.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import { findRecord, listRecords, type RecordFilter, type ShownRecord } from '../db/record-queries.js';
import { RECORD_SENTENCES } from '../records.errors.js';
import { RecordDto, RecordListDto, RecordQuery, RecordSourceQuery } from './record.dto.js';

@ApiTags('records')
@Needs('records.read')
@Controller('api/v1/records')
export class RecordsController {
  constructor(
    private readonly uow: UnitOfWork,
    sentences: Sentences,
  ) {
    sentences.register(RECORD_SENTENCES);
  }

  @Get()
  @ApiOkResponse({ type: RecordListDto })
  @ApiProblems({ 400: ['invalid_request', 'invalid_cursor', 'mine_missing'], 404: ['unknown_mine'] })
  async list(@By() { actor, reach }: CallerHere, @Query() query: RecordQuery): Promise<Page<ShownRecord>> {
    const { limit, cursor, maker, ...rest } = query;
    const filter = { ...rest, maker: maker && actor };
    const after = (decodeCursor(cursor, [keyText, keyText]) ?? ['', '']) as [string, string];
    const rows = await this.uow.run(reach, (tx) => listRecords(tx, reach, filter as RecordFilter, after, limit + 1));
    return pageOf(rows, limit, ({ source, id }) => [source, id]);
  }

  @Get(':id')
  @ApiOkResponse({ type: RecordDto })
  @ApiProblems({ 400: ['invalid_request'], 404: ['unknown_record', 'unknown_mine'] })
  async get(
    @By() { reach }: CallerHere,
    @Param('id') id: string,
    @Query() { source }: RecordSourceQuery,
  ): Promise<ShownRecord> {
    const record = keyText(id) ? await this.uow.run(reach, (tx) => findRecord(tx, reach, source, id)) : null;
    if (!record) throw new AppError('not_found', 'unknown_record', { id });
    return record;
  }
}
