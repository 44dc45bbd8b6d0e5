import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { UnitOfWork, type Sight } from '../database/unit-of-work.js';
import { AppError } from '../errors/app-error.js';
import { LOG, type Log } from '../logging/log.js';
import { originNow, withOrigin, type Origin } from '../origin/origin.js';
import { keptAnswer } from './answers.js';
import type { KeyUse } from './key-use.js';
import {
  EVERYBODYS,
  forgetKey,
  freeKey,
  keepAnswer,
  LEASE_RENEWED_MS,
  MARK_EFFECT,
  markValues,
  renewLeases,
  type Attempt,
} from './key-queries.js';

/** A request at work under a key. */
export interface Work {
  readonly attempt: Attempt;
  readonly sight: Sight;
  readonly use: KeyUse | undefined;
  /** What is asked for; null until a form is read to its end. */
  readonly fingerprint: () => string | null;
}

/** How long an answer waits for being kept. It was given its effect, and is sent in any case. */
const KEEPING_PATIENCE_MS = 3_000;
const TOO_MANY_REQUESTS = 429;

/** The requests that this process is at under a key, from the moment the key is theirs until they are answered. */
@Injectable()
export class Attempts implements OnModuleInit, OnModuleDestroy {
  private readonly works = new Map<FastifyRequest, Work & { readonly origin: Origin }>();
  private renewing: NodeJS.Timeout | undefined;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly host: HttpAdapterHost,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onModuleInit(): void {
    // Commands work without an HTTP face.
    const server = (this.host.httpAdapter as HttpAdapterHost['httpAdapter'] | null)?.getInstance<FastifyInstance>();
    server?.addHook('onSend', (request, reply, payload, done) => {
      if (!this.works.has(request)) return done(null, payload);
      void this.end(request, reply, payload).then(() => {
        // Else whoever hung longest was answered meanwhile by the handler that it had been answered for.
        if (!reply.raw.headersSent) done(null, payload);
      });
    });
    // Not begun within a request: what it does is nobody's request.
    this.renewing = setInterval(() => void this.renew(), LEASE_RENEWED_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.renewing);
  }

  /** From here on every transaction of the request that writes is committed together with the mark that it was. */
  begin(request: FastifyRequest, work: Work): void {
    const origin = originNow()!;
    origin.beforeCommit = async (query) => {
      const [row] = (await query(MARK_EFFECT, markValues(work.attempt, work.fingerprint()))) as { isOurs: boolean }[];
      if (!row!.isOurs) throw new AppError('conflict', 'request_in_flight', { retry_after: '1' });
    };
    this.works.set(request, { ...work, origin });
  }

  /** Before the answer is sent, it is kept, or the key is free again. */
  private async end(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<void> {
    const { origin, ...work } = this.works.get(request)!;
    this.works.delete(request);
    const endsAt = performance.now() + KEEPING_PATIENCE_MS;
    const kept = withOrigin({ request: origin.request, address: origin.address, endsAt }, () =>
      this.settle(work, origin, reply, payload),
    ).catch((err: unknown) => this.log.warn({ err, requestId: request.id }, 'answer not kept under its key'));
    const patience = new AbortController();
    await Promise.race([kept, sleep(KEEPING_PATIENCE_MS, undefined, patience).catch(() => undefined)]);
    patience.abort();
  }

  private settle(
    { attempt, sight, use, fingerprint }: Omit<Work, 'origin'>,
    origin: Origin,
    reply: FastifyReply,
    payload: unknown,
  ) {
    const status = reply.statusCode;
    const print = fingerprint();
    // Failed on our side, or not even read: whatever is still at it there may not commit once the key is free.
    if (status >= 500 || status === TOO_MANY_REQUESTS || print === null) {
      return this.uow.run(sight, (tx) => freeKey(tx, attempt));
    }
    delete origin.beforeCommit;
    const isRefused = status >= 400;
    if (use === 'no_trace' && isRefused) return this.uow.run(sight, (tx) => forgetKey(tx, attempt));
    const answer = use !== undefined && !isRefused ? null : keptAnswer(reply, payload);
    return this.uow.run(sight, (tx) => keepAnswer(tx, attempt, print, answer));
  }

  /** A request whose time is over is left to its lease. */
  private async renew(): Promise<void> {
    const now = performance.now();
    const atWork = [...this.works.values()].filter(({ origin }) => now < (origin.endsAt ?? 0) + LEASE_RENEWED_MS);
    if (atWork.length === 0) return;
    await this.uow
      .run(EVERYBODYS, (tx) =>
        renewLeases(
          tx,
          atWork.map(({ attempt }) => attempt),
        ),
      )
      .catch((err: unknown) => this.log.warn({ err }, 'leases of keys not renewed'));
  }
}
