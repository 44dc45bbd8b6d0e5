import { Body, Controller, Post, type Type } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
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
    @ApiCreatedResponse({ type: answer })
    @ApiProblems({ 404: ['unknown_mine'], 422: ['row_refused'] })
    async create(@By() { mine, actor, reach }: CallerHere, @Body() body: RowBody): Promise<ShownRow> {
      const values = rowValues(kind, body);
      await this.takeRow.take(mine, kind, values, actor);
      return withoutKey((await this.uow.run(reach, (tx) => findReference(tx, reach, kind, keyOf(kind, values))))!);
    }
  }
  // The type of the body is made from data, so the compiler cannot leave it for the validation pipe to find.
  Reflect.defineMetadata('design:paramtypes', [String, bodyDto], DoorController.prototype, 'create');
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
