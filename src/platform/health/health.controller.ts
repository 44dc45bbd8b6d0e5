import { Controller, Get, Header, Req, Res } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOkResponse,
  ApiProduces,
  ApiProperty,
  ApiResponse,
  ApiTags,
  getSchemaPath,
  type ApiPropertyOptions,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Registry } from 'prom-client';
import { languageOf } from '../http/language.js';
import { Problem, PROBLEM_MEDIA_TYPE } from '../http/problem.js';
import { sendProblem } from '../http/problem.filter.js';
import { Public } from '../http/route-rights.js';
import { Sentences } from '../http/sentences.js';
import { Readiness, type CheckState } from './readiness.js';

const CHECKS: ApiPropertyOptions = {
  description: '各部分的状态 / state of each part',
  type: 'object',
  additionalProperties: {
    type: 'object',
    required: ['status'],
    properties: {
      status: { type: 'string', enum: ['up', 'down'] },
      facts: { type: 'object', additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }] } },
    },
  },
};

export class LiveDto {
  @ApiProperty({ example: 'up' })
  status!: 'up';
}

export class ReadyDto extends LiveDto {
  @ApiProperty(CHECKS)
  checks!: Record<string, CheckState>;
}

export class NotReadyDto extends Problem {
  @ApiProperty(CHECKS)
  checks!: Record<string, CheckState>;
}

@ApiTags('health')
@ApiExtraModels(NotReadyDto)
@Public()
@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly sentences: Sentences,
    private readonly registry: Registry,
  ) {}

  @Get('health/live')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ type: LiveDto })
  live(): LiveDto {
    return { status: 'up' };
  }

  @Get('health/ready')
  @ApiOkResponse({ type: ReadyDto })
  @ApiResponse({
    ...{ status: 503, description: 'not_ready' },
    content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: getSchemaPath(NotReadyDto) } } },
  })
  async ready(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { isReady, checks } = await this.readiness.look();
    if (isReady) {
      await reply.header('cache-control', 'no-store').send({ status: 'up', checks } satisfies ReadyDto);
      return;
    }
    const language = languageOf(request.headers['accept-language']);
    const problem = {
      type: 'about:blank',
      title: this.sentences.title(503, language),
      status: 503,
      code: 'not_ready',
      detail: this.sentences.say('not_ready', {}, 503, language),
      requestId: request.id,
      checks,
    } satisfies NotReadyDto;
    await sendProblem(reply, problem, language);
  }

  @Get('metrics')
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'Prometheus', schema: { type: 'string' } })
  async metrics(@Res() reply: FastifyReply): Promise<void> {
    const text = await this.registry.metrics();
    await reply.header('cache-control', 'no-store').type(this.registry.contentType).send(text);
  }
}
