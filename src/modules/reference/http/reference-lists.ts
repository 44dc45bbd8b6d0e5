import { Controller, Get, Query, type Type } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { decodeCursor, keyText, pageOf, PageQuery, type Page } from '../../../platform/http/paging.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import { KEY_LENGTH, listReferences, type KeyedRow, type ShownRow } from '../db/reference-queries.js';
import type { ReferenceKind } from '../db/reference-tables.js';
import { HTTP_KINDS, REFERENCE_DTOS, nameOfKind } from './reference.dto.js';

/** `GET /api/v1/<kind>`: one controller a kind, all alike. */
function listController(kind: ReferenceKind): Type<object> {
  @ApiTags(kind)
  @Needs('references.read')
  @Controller(`api/v1/${kind}`)
  class ListController {
    constructor(private readonly uow: UnitOfWork) {}

    @Get()
    @ApiOperation({ operationId: `list${nameOfKind(kind)}s` })
    @ApiOkResponse({ type: REFERENCE_DTOS.get(kind)!.list })
    @ApiProblems({ 400: ['invalid_request', 'invalid_cursor', 'mine_missing'], 404: ['unknown_mine'] })
    async list(@By() { reach }: CallerHere, @Query() page: PageQuery): Promise<Page<ShownRow>> {
      const parts = Array.from({ length: KEY_LENGTH(kind) }, () => keyText);
      const after = decodeCursor(page.cursor, parts);
      const rows = await this.uow.run(reach, (tx) => listReferences(tx, reach, kind, after, page.limit + 1));
      const { data, next } = pageOf(rows, page.limit, ({ key }) => key);
      return { data: data.map(withoutKey), next };
    }
  }
  Object.defineProperty(ListController, 'name', { value: `${nameOfKind(kind)}ListController` });
  return ListController;
}

/** The key orders the list; it is not part of what is shown. */
export function withoutKey(row: KeyedRow): ShownRow {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'key')) as ShownRow;
}

export const REFERENCE_LISTS = HTTP_KINDS.map(listController);
