import type { FastifyReply } from 'fastify';
import type { KeptAnswer } from './key-queries.js';

/** A larger answer is not kept. */
const MAX_KEPT_BYTES = 2 ** 20;

/** What a caller acts upon; the others are of the sending, not of the answer. */
const KEPT_HEADERS = ['content-type', 'content-language', 'location', 'etag', 'cache-control', 'vary', 'retry-after'];

/** Null for what is too large, or a stream. */
export function keptAnswer(reply: FastifyReply, payload: unknown): KeptAnswer | null {
  const body = bytesOf(payload);
  if (body === null || body.length > MAX_KEPT_BYTES) return null;
  const headers = KEPT_HEADERS.flatMap((name) => {
    const value = reply.getHeader(name);
    return value === undefined ? [] : [[name, String(value)] as const];
  });
  return { status: reply.statusCode, headers: Object.fromEntries(headers), body };
}

/** Makes it the answer of another request, and returns its body. */
export function replay(reply: FastifyReply, { status, headers, body }: KeptAnswer): Buffer | undefined {
  void reply.status(status).headers(headers).header('idempotency-replayed', 'true');
  return body.length === 0 ? undefined : body;
}

function bytesOf(payload: unknown): Buffer | null {
  if (payload === undefined || payload === null) return Buffer.alloc(0);
  if (typeof payload === 'string') return Buffer.from(payload);
  return Buffer.isBuffer(payload) ? payload : null;
}
