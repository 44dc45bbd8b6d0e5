import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { EVENT_SENTENCES, EventStreams } from '../../../platform/events/event-streams.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { Sentences } from '../../../platform/http/sentences.js';
import { By, Needs, type CallerHere } from '../../access/index.js';

const DESCRIPTION = `每个事件有 id、event 和 data（一行 JSON）；每 15 秒有一行注释，表示连接还在：

- \`progress\`：\`{importId, status, phase, rows, accepted, refused, reason}\`，导入进行中，至多每半秒一次；
- \`accepted\`、\`refused\`：同上，导入有了结果；
- \`figures\`：\`{importId, dataVersion}\`，数已重算，此前的应答作废；
- \`missed\`：\`{}\`，与数据库的连接断过，其间的事件没有收到，请重新查询。

过去的事件不重发：断线重连后请查询 \`GET /api/v1/imports\`。`;

@ApiTags('events')
@Needs('imports.read')
@Controller('api/v1/events')
export class EventsController {
  constructor(
    private readonly streams: EventStreams,
    sentences: Sentences,
  ) {
    sentences.register(EVENT_SENTENCES);
  }

  @Get()
  @ApiOperation({ summary: '导入的进度、结果和数的更新（server-sent events）', description: DESCRIPTION })
  @ApiOkResponse({ description: '事件流', content: { 'text/event-stream': { schema: { type: 'string' } } } })
  @ApiProblems({
    400: ['mine_missing'],
    404: ['unknown_mine'],
    503: ['too_many_streams', 'database_unavailable'],
  })
  async follow(@By() { mine }: CallerHere, @Res() reply: FastifyReply): Promise<void> {
    await this.streams.serve(mine, reply);
  }
}
