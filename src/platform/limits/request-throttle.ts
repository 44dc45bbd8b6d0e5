import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '../errors/app-error.js';
import { networkOf } from '../http/network-of.js';
import { TokenBuckets } from './token-buckets.js';

const MAX_REMEMBERED = 10_000;

/**
 * So many requests a second of one caller. It stands before everything, the reading of the body included, when nobody
 * has been recognised yet; therefore it goes by a credential only once that was found good, and until then by the
 * address: made-up keys are no way around it, and people behind one address do not use up each other's.
 */
export class RequestThrottle {
  private readonly buckets: TokenBuckets;
  /** Names of callers by the digest of what they were recognised by; the first ones go first. */
  private readonly recognised = new Map<string, string>();

  constructor(perSecond: number, burst: number) {
    this.buckets = new TokenBuckets(perSecond, burst);
  }

  /** @throws AppError `too_many_requests` */
  admit(headers: IncomingHttpHeaders, address: string, nowMs: number): void {
    const name = this.recognised.get(digestOf(headers)) ?? `address ${networkOf(address)}`;
    const seconds = this.buckets.take(name, nowMs);
    if (seconds > 0) throw new AppError('throttled', 'too_many_requests', { retry_after: String(seconds) });
  }

  /** Tells that a request came from this caller: the next ones like it are counted as theirs. */
  recognise(headers: IncomingHttpHeaders, caller: string): void {
    const digest = digestOf(headers);
    if (this.recognised.has(digest)) return;
    this.recognised.set(digest, `caller ${caller}`);
    if (this.recognised.size > MAX_REMEMBERED) this.recognised.delete(this.recognised.keys().next().value!);
  }
}

/** Nothing that could be used is kept. */
const digestOf = (headers: IncomingHttpHeaders): string =>
  createHash('sha256')
    .update(`${String(headers['x-api-key'] ?? '')}\n${headers.authorization ?? ''}`)
    .digest('base64');
