import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../../platform/errors/app-error.js';
import { EVENT_SENTENCES, EventStreams, type Hearing } from '../../../platform/events/event-streams.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { Sentences } from '../../../platform/http/sentences.js';
import { By, Callers, Needs, reachOf, type CallerHere } from '../../access/index.js';
import { audienceOf, heardBy } from '../app/import-events.js';

const DESCRIPTION = `每个事件有 id、event 和 data（一行 JSON）；每 15 秒有一行注释，表示连接还在：

- \`progress\`：\`{importId, status, phase, rows, accepted, refused, reason}\`，导入进行中，至多每半秒一次；
- \`waiting\`：同上，导入已检查无误，等待审批，尚未计入任何数；
- \`accepted\`、\`refused\`：同上，导入有了结果（被退回或撤回的为 \`refused\`）；
- \`figures\`：\`{importId, dataVersion}\`，数已重算，此前的应答作废；看不到的导入不写 \`importId\`；
- \`report\`：\`{reportId, from, to, state, version, signatures}\`，协同报告已生成（草稿、正式版或按日生成的草稿）或已签一栏，只发给看得到全矿的；
- \`missed\`：\`{}\`，与数据库的连接断过，其间的事件没有收到，请重新查询。

只有能看到的导入才有事件。过去的事件不重发：断线重连后请查询 \`GET /api/v1/imports\`、\`GET /api/v1/reports\`。`;

@ApiTags('events')
@Needs('imports.read')
@Controller('api/v1/events')
export class EventsController {
  constructor(
    private readonly streams: EventStreams,
    private readonly callers: Callers,
    sentences: Sentences,
  ) {
    sentences.register(EVENT_SENTENCES);
  }

  @Get()
  @ApiOperation({ summary: '导入的进度、结果，数和报告的更新（server-sent events）', description: DESCRIPTION })
  @ApiOkResponse({ description: '事件流', content: { 'text/event-stream': { schema: { type: 'string' } } } })
  @ApiProblems({
    400: ['mine_missing'],
    404: ['unknown_mine'],
    503: ['too_many_streams', 'database_unavailable'],
  })
  async follow(@By() by: CallerHere, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.streams.serve(by.mine, reply, this.hearingOf(by, request));
  }

  /** A stream outlives the request that was let in: when rights in the mine have changed, the caller's are read anew. */
  private hearingOf({ reach, now }: CallerHere, { headers }: FastifyRequest): Hearing {
    let current = { reach, version: now.accessVersion };
    return async (event) => {
      const audience = audienceOf(event);
      if (audience !== null && audience.accessVersion !== current.version) {
        const caller = await this.callers.of(headers);
        const renewed = reachOf(caller, 'imports.read');
        if (renewed === null) throw new AppError('forbidden', 'forbidden');
        current = { reach: renewed, version: caller.now.accessVersion };
      }
      return heardBy(current.reach, event);
    };
  }
}
