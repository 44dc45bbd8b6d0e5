import { Body, Controller, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import { DIRECT_SOURCE, NewRecordDto, RecordDto, findRecord, type ShownRecord } from '../../records/index.js';
import { rowValues, type RowBody } from '../../rules/row-dto.js';
import { TakeRow } from '../app/take-row.js';

@ApiTags('records')
@Needs('records.write')
@Controller('api/v1/records')
export class RecordsDoorController {
  constructor(
    private readonly takeRow: TakeRow,
    private readonly uow: UnitOfWork,
  ) {}

  @Post()
  @ApiOperation({ summary: '录入一条成本记录；应答时已入账、已计算、已可查' })
  @ApiBody({ type: NewRecordDto })
  @ApiCreatedResponse({ type: RecordDto })
  @ApiProblems({ 404: ['unknown_mine'], 422: ['row_refused'] })
  async create(@By() { mine, actor, reach }: CallerHere, @Body() body: RowBody): Promise<ShownRecord> {
    const values = rowValues('records', body);
    await this.takeRow.take(mine, 'records', values, actor);
    return (await this.uow.run(reach, (tx) => findRecord(tx, reach, DIRECT_SOURCE, values.id!)))!;
  }
}
// The type of the body is made from data, so the compiler cannot leave it for the validation pipe to find.
Reflect.defineMetadata('design:paramtypes', [String, NewRecordDto], RecordsDoorController.prototype, 'create');
