import { Body, Controller, Post, Res, type Type } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiCreatedResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import {
  HTTP_KINDS,
  REFERENCE_DTOS,
  findReference,
  nameOfKind,
  withoutKey,
  type ReferenceKind,
  type ShownRow,
} from '../../reference/index.js';
import { canonicalDay } from '../../rules/check-rows.js';
import { KEYS, columnOf } from '../../rules/columns.js';
import { rowValues, type RowBody } from '../../rules/row-dto.js';
import { TakeRow } from '../app/take-row.js';

/** A row that changes nothing until it is approved. */
class WaitingRowDto {
  @ApiProperty({ description: '导入编号' }) importId!: string;
  @ApiProperty({ description: '审批事项的编号' }) submissionId!: string;
  @ApiProperty({ enum: ['submitted'] }) status!: string;
}

/** `POST /api/v1/<kind>`: one row through the door; equal is unchanged, different is a new version. */
function doorController(kind: ReferenceKind): Type<object> {
  const { body: bodyDto, answer } = REFERENCE_DTOS.get(kind)!;

  @ApiTags(kind)
  @Needs('references.write')
  @Controller(`api/v1/${kind}`)
  class DoorController {
    constructor(
      private readonly takeRow: TakeRow,
      private readonly uow: UnitOfWork,
    ) {}

    @Post()
    @ApiOperation({ operationId: `put${nameOfKind(kind)}` })
    @ApiBody({ type: bodyDto })
    @ApiCreatedResponse({ type: answer, description: '已生效' })
    @ApiAcceptedResponse({ type: WaitingRowDto, description: '等待审批，批准后生效' })
    @ApiProblems({ 404: ['unknown_mine'], 422: ['row_refused'] })
    async create(
      @By() { reach }: CallerHere,
      @Body() body: RowBody,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<ShownRow | WaitingRowDto> {
      const values = rowValues(kind, body);
      const { importId, submissionId } = await this.takeRow.take(reach, kind, values);
      if (submissionId !== null) {
        reply.status(202);
        return { importId, submissionId, status: 'submitted' };
      }
      return withoutKey((await this.uow.run(reach, (tx) => findReference(tx, reach, kind, keyOf(kind, values))))!);
    }
  }
  // The type of the body is made from data, so the compiler cannot leave it for the validation pipe to find.
  Reflect.defineMetadata('design:paramtypes', [Object, bodyDto, Object], DoorController.prototype, 'create');
  Object.defineProperty(DoorController, 'name', { value: `${nameOfKind(kind)}DoorController` });
  return DoorController;
}

/** The key under which the row now stands. */
function keyOf(kind: ReferenceKind, values: Readonly<Record<string, string | null>>): string[] {
  return KEYS[kind].map((name) => {
    const text = values[name] ?? null;
    if (text === null) return '-infinity';
    return columnOf(kind, name).type.is === 'date' ? canonicalDay(text)! : text;
  });
}

export const REFERENCE_DOORS = HTTP_KINDS.map(doorController);
