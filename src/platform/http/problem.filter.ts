import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LOG, type Log } from '../logging/log.js';
import { failureOf, type Failure } from './failure.js';
import { LANGUAGE_TAGS, languageOf, type Language } from './language.js';
import { PROBLEM_MEDIA_TYPE, type Problem } from './problem.js';
import { Sentences } from './sentences.js';

const INTERNAL: Failure = { status: 500, code: 'internal_error', params: {}, findings: [] };
const RETRY_AFTER_SECONDS = 5;

/** The one place where errors become answers (RFC 9457), for handlers, guards, parsers and the server itself. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly sentences: Sentences,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const failure = failureOf(error) ?? INTERNAL;
    const route = request.routeOptions?.url;
    if (failure === INTERNAL) this.log.error({ err: error, requestId: request.id, route }, 'unexpected error');
    else if (failure.status >= 500) {
      this.log.warn({ err: error, requestId: request.id, route, code: failure.code }, 'not available');
    }
    if (reply.sent || reply.raw.headersSent) {
      // Half an answer is out: only cutting it off tells the caller that the rest is missing.
      reply.raw.destroy();
      return;
    }
    const language = languageOf(request.headers['accept-language']);
    // RFC 9110, 11.6.1 and 10.2.3.
    if (failure.status === 401) reply.header('www-authenticate', 'Bearer');
    // The rest of what is too large is not waited for.
    if (failure.status === 413) reply.header('connection', 'close');
    const wait = failure.params['retry_after'];
    if (wait !== undefined) reply.header('retry-after', wait);
    await sendProblem(reply, this.problem(failureAt(request, failure), request.id, language), language);
  }

  private problem({ status, code, params, findings }: Failure, requestId: string, language: Language): Problem {
    const errors = findings.map((finding) => ({
      row: finding.row,
      column: finding.column,
      code: finding.code,
      message: this.sentences.sayFinding(finding, language),
      ...(finding.file === undefined ? {} : { file: finding.file }),
    }));
    return {
      type: 'about:blank',
      title: this.sentences.title(status, language),
      status,
      code,
      detail: this.sentences.say(code, params, status, language),
      requestId,
      ...(errors.length === 0 ? {} : { errors }),
    };
  }
}

export async function sendProblem(reply: FastifyReply, problem: Problem, language: Language): Promise<void> {
  if (problem.status === 503) reply.header('retry-after', RETRY_AFTER_SECONDS);
  await reply
    .status(problem.status)
    .header('x-request-id', problem.requestId)
    .header('content-language', LANGUAGE_TAGS[language])
    .header('vary', 'Accept-Language')
    .header('cache-control', 'no-store')
    .type(PROBLEM_MEDIA_TYPE)
    .send(JSON.stringify(problem));
}

/** Nest says "not found" for an unknown address as for an unknown thing. */
const failureAt = (request: FastifyRequest, failure: Failure): Failure =>
  request.is404 && failure.code === 'not_found' ? { ...failure, code: 'route_not_found' } : failure;
