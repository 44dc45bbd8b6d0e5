import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FairTurns } from '../../../platform/limits/fair-turns.js';
import { jsonInSlices } from '../../../platform/limits/in-slices.js';
import type { CallerHere } from '../../access/index.js';
import { reachKey } from '../../mines/index.js';
import { AnswerCache, type ReadyAnswer } from '../app/answer-cache.js';

/** Answers from memory where the data has not changed since: one statement, and the bytes as they were. */
@Injectable()
export class ReadyAnswers {
  constructor(
    private readonly cache: AnswerCache,
    private readonly turns: FairTurns,
  ) {}

  /**
   * Sends the answer to a request by its mine, the caller's reach and its whole address, which is checked in `compute` and
   * so only once. The answer must follow from these alone: it may not depend on the caller's language or name.
   */
  async send(
    { mine, actor, reach, now: { dataVersion } }: CallerHere,
    request: FastifyRequest,
    reply: FastifyReply,
    compute: () => Promise<{ readonly dataVersion: string }>,
  ): Promise<void> {
    const key = `${mine} ${reachKey(reach)} ${request.url}`;
    const answer =
      this.cache.get(key, dataVersion) ??
      (await this.turns.run(`${mine}/${actor}`, () =>
        // Shared only by those whose turn it is: nobody waits behind another's questions.
        this.cache.getOrCompute(key, dataVersion, async () => {
          const computed = await compute();
          return { dataVersion: computed.dataVersion, body: await jsonInSlices(computed) };
        }),
      ));
    write(request, reply, answer);
  }
}

/** `no-cache`: keep it, and ask with its ETag whether it still holds. */
function write(request: FastifyRequest, reply: FastifyReply, { body, bytes, etag }: ReadyAnswer): void {
  reply
    .header('etag', etag)
    .header('cache-control', 'private, no-cache')
    .header('vary', 'X-Mine, Authorization, X-Api-Key');
  if (matches(request.headers['if-none-match'], etag)) return void reply.code(304).send();
  reply.header('content-type', 'application/json; charset=utf-8').header('content-length', bytes);
  void reply.send(body.length === 1 ? body[0] : Readable.from(body, { objectMode: false }));
}

/** RFC 9110, 13.1.2: by weak comparison. */
function matches(condition: string | undefined, etag: string): boolean {
  if (condition === undefined) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return condition.trim() === '*' || condition.split(',').some((tag) => opaque(tag) === opaque(etag));
}
