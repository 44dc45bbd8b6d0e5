import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { of, type Observable } from 'rxjs';
import { Clock } from '../clock/clock.js';
import { UnitOfWork, type Sight, type Tx } from '../database/unit-of-work.js';
import { AppError } from '../errors/app-error.js';
import { Sentences } from '../http/sentences.js';
import { replay } from './answers.js';
import { Attempts } from './attempts.js';
import { addressPrint, FormReading, jsonPrint, sightPrint } from './fingerprint.js';
import { IDEMPOTENCY_SENTENCES } from './idempotency-sentences.js';
import { KEY_USE, type KeyUse } from './key-use.js';
import { beginKey, findKey, takeOverKey, type Attempt, type KeptKey } from './key-queries.js';

/** Who asks, and what they see. */
export interface KeyOwner {
  readonly mine: string;
  readonly actor: string;
  readonly sight: Sight;
}

/** Token of what finds the owner of a request's key; null where nobody is signed in. */
export const KEY_OWNER = Symbol('KEY_OWNER');
export type OwnerOf = (request: FastifyRequest) => KeyOwner | null;

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const KEY = /^[!-~]{1,200}$/;

/** How long a request waits for an equal one that is under way. */
const PATIENCE_MS = 5_000;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 250;

interface Keyed extends KeyOwner {
  readonly attempt: Attempt;
  readonly use: KeyUse | undefined;
  /** Null: a form, which is not read yet. */
  readonly fingerprint: string | null;
}

/**
 * Does what is sent under one Idempotency-Key once, and answers every repeat as the first was answered. Stands behind
 * the guard, so that the caller is known and may do it; a request without a key costs nothing.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly attempts: Attempts,
    @Inject(KEY_OWNER) private readonly ownerOf: OwnerOf,
    sentences: Sentences,
  ) {
    sentences.register(IDEMPOTENCY_SENTENCES);
  }

  /**
   * @throws AppError `idempotency_key_malformed`, `idempotency_key_reused`, `request_in_flight`, `outcome_unknown`,
   *   `answer_not_kept`
   */
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const keyed = this.keyed(request, context);
    if (keyed === null) return next.handle();
    const kept = await this.claim(keyed);
    const form = request.isMultipart() ? new FormReading(request) : null;
    if (kept === 'ours') {
      const { attempt, sight, use, fingerprint } = keyed;
      this.attempts.begin(request, { attempt, sight, use, fingerprint: () => fingerprint ?? form!.print });
      return next.handle();
    }
    await form?.readThrough();
    requireEqual(kept, keyed.fingerprint ?? form!.print);
    return of(answerAgain(context.switchToHttp().getResponse<FastifyReply>(), kept, keyed));
  }

  private keyed(request: FastifyRequest, context: ExecutionContext): Keyed | null {
    const key = request.headers['idempotency-key'];
    if (key === undefined || !WRITES.has(request.method)) return null;
    const use = this.reflector.get<KeyUse | undefined>(KEY_USE, context.getHandler());
    const owner = this.ownerOf(request);
    if (use === 'ignored' || owner === null) return null;
    if (typeof key !== 'string' || !KEY.test(key)) throw new AppError('malformed', 'idempotency_key_malformed');
    const attempt = { mine: owner.mine, actor: owner.actor, key, id: randomUUID() };
    if (request.isMultipart()) return { ...owner, attempt, use, fingerprint: null };
    return { ...owner, attempt, use, fingerprint: use === 'no_trace' ? addressPrint(request) : jsonPrint(request) };
  }

  /** Waits until the key is free and taken, or what was sent under it has come to an end. No connection waits. */
  private async claim(keyed: Keyed): Promise<KeptKey | 'ours'> {
    const until = performance.now() + PATIENCE_MS;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      const found = await this.uow.run(keyed.sight, (tx) => this.takeOrFind(tx, keyed));
      if (found === 'ours') return found;
      if (found !== null && keyed.fingerprint !== null) requireEqual(found, keyed.fingerprint);
      if (found?.isAnswered === true || (found?.isAbandoned === true && found.hasEffect)) return found;
      if (performance.now() > until) throw new AppError('conflict', 'request_in_flight', { retry_after: '2' });
      await sleep(pause);
    }
  }

  private async takeOrFind(tx: Tx, { attempt, fingerprint, sight }: Keyed): Promise<KeptKey | 'ours' | null> {
    const begun = { fingerprint, sight: sightPrint(sight.settings), now: this.clock.now() };
    if (await beginKey(tx, attempt, begun)) return 'ours';
    const found = await findKey(tx, attempt);
    if (found === null || found.isAnswered || found.hasEffect || !found.isAbandoned) return found;
    return (await takeOverKey(tx, attempt, found.attempt, begun)) ? 'ours' : found;
  }
}

/** @throws AppError `idempotency_key_reused`; what was never read to its end is like anything */
function requireEqual({ fingerprint }: KeptKey, other: string | null): void {
  if (fingerprint !== null && fingerprint !== other) throw new AppError('refused', 'idempotency_key_reused');
}

/** @throws AppError `outcome_unknown`, `answer_not_kept` */
function answerAgain(reply: FastifyReply, kept: KeptKey, { sight }: Keyed): Buffer | undefined {
  const { isAnswered, status, headers, body } = kept;
  if (!isAnswered) throw new AppError('conflict', 'outcome_unknown');
  if (status === null || kept.sight !== sightPrint(sight.settings)) throw new AppError('conflict', 'answer_not_kept');
  return replay(reply, { status, headers: headers!, body: body! });
}
