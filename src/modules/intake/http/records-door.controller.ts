import { Body, Controller, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import { NewRecordDto, RecordDto, type ShownRecord } from '../../records/index.js';
import { rowValues, type RowBody } from '../../rules/row-dto.js';
import { EnterRecord } from '../app/enter-record.js';
import { EnterQuery } from './record-steps.dto.js';

@ApiTags('records')
@Needs('records.write')
@Controller('api/v1/records')
export class RecordsDoorController {
  constructor(private readonly entry: EnterRecord) {}

  @Post()
  @ApiOperation({ summary: '录入一条成本记录：草稿，或（submit=true）已提交；无需审批的应答时已入账、已计算、已可查' })
  @ApiBody({ type: NewRecordDto })
  @ApiCreatedResponse({ type: RecordDto })
  @ApiProblems({ 404: ['unknown_mine'], 409: ['evidence_missing'], 422: ['row_refused'] })
  create(@By() by: CallerHere, @Query() { submit }: EnterQuery, @Body() body: RowBody): Promise<ShownRecord> {
    return this.entry.enter(by, rowValues('records', body), { submit });
  }

  @Put(':id')
  @ApiOperation({ operationId: 'replace', summary: '改写自己的草稿（含被退回的）' })
  @ApiBody({ type: NewRecordDto })
  @ApiOkResponse({ type: RecordDto })
  @ApiProblems({
    400: ['id_differs'],
    403: ['not_the_maker'],
    404: ['unknown_record', 'unknown_mine'],
    409: ['not_a_draft', 'evidence_missing'],
    422: ['row_refused'],
  })
  replace(
    @By() by: CallerHere,
    @Param('id') id: string,
    @Query() { submit }: EnterQuery,
    @Body() body: RowBody,
  ): Promise<ShownRecord> {
    return this.entry.replace(by, id, rowValues('records', body), { submit });
  }
}
// The type of the body is made from data, so the compiler cannot leave it for the validation pipe to find.
Reflect.defineMetadata(
  'design:paramtypes',
  [Object, EnterQuery, NewRecordDto],
  RecordsDoorController.prototype,
  'create',
);
Reflect.defineMetadata(
  'design:paramtypes',
  [Object, String, EnterQuery, NewRecordDto],
  RecordsDoorController.prototype,
  'replace',
);
