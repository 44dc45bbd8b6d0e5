import type { FastifyInstance, FastifyReply } from 'fastify';
import { AppError } from '../errors/app-error.js';
import { mayTakeLong, REQUEST_PATIENCE_MS } from '../origin/origin.js';
import type { RequestThrottle } from './request-throttle.js';

/** Asked by machines that must learn the truth under any load. */
const PROBES = /^\/(health\/|metrics$)/;
/** Whatever a handler waits for: its transactions have ended by themselves before. */
const ANSWER_AT_LAST_MS = REQUEST_PATIENCE_MS + 3_000;

/** Turns away what is too much before anything is done for it, and lets nobody wait for ever. */
export function guardServer(server: FastifyInstance, throttle: RequestThrottle, requestsAtOnce: number): void {
  let underWay = 0;
  server.addHook('onRequest', (request, reply, done) => {
    if (PROBES.test(request.raw.url ?? '')) return done();
    try {
      throttle.admit(request.headers, request.ip, performance.now());
    } catch (error) {
      return done(error as AppError);
    }
    if (underWay >= requestsAtOnce) return done(new AppError('unavailable', 'overloaded'));
    underWay += 1;
    reply.raw.once('close', () => (underWay -= 1));
    if (!mayTakeLong(request)) answerInTime(reply);
    done();
  });
}

/** An answer that has begun is left to its reader. */
function answerInTime(reply: FastifyReply): void {
  const timer = setTimeout(() => {
    if (!reply.sent && !reply.raw.headersSent) void reply.send(new AppError('unavailable', 'took_too_long'));
  }, ANSWER_AT_LAST_MS);
  reply.raw.once('close', () => clearTimeout(timer));
}
