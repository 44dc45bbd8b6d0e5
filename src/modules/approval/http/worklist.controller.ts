import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { decodeCursor, keyNumber, PageQuery, pageOf } from '../../../platform/http/paging.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import { lackingEvidence } from '../app/admit.js';
import { SUBJECTS, type SubjectKind } from '../app/subject.js';
import { countWaiting, listWaiting } from '../db/work-list.js';
import { presentWaiting } from './present-submission.js';
import { WorkListDto } from './submission.dto.js';

@ApiTags('worklist')
@Needs('approvals.read')
@Controller('api/v1/worklist')
export class WorkListController {
  constructor(private readonly uow: UnitOfWork) {}

  @Get()
  @ApiOperation({ summary: '待我审批：现在就能办理的，等得最久的在前，并有件数' })
  @ApiOkResponse({ type: WorkListDto })
  @ApiProblems({ 400: ['invalid_request', 'invalid_cursor'] })
  async list(@By() by: CallerHere, @Query() { limit, cursor }: PageQuery): Promise<WorkListDto> {
    const [sinceKey, id] = decodeCursor(cursor, [keyNumber, keyNumber]) ?? [];
    const after = sinceKey === undefined ? null : { sinceKey, id: id! };
    return this.uow.run(by.reach, async (tx) => {
      const rows = await listWaiting(tx, by, after, limit + 1);
      const { data, next } = pageOf(rows, limit, (row) => [row.sinceKey, row.id]);
      const lacking = await lackingEvidence(tx, by.mine, data);
      const waiting = await countWaiting(tx, by);
      const byKind = Object.fromEntries(SUBJECTS.map((subject) => [subject, waiting.get(subject) ?? 0]));
      const total = [...waiting.values()].reduce((sum, count) => sum + count, 0);
      return {
        counts: { total, byKind: byKind as Record<SubjectKind, number> },
        data: data.map((row) => presentWaiting(row, lacking.has(row.id))),
        next,
      };
    });
  }
}
