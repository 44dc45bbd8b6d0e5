import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../errors/app-error.js';
import { mayTakeLong, REQUEST_PATIENCE_MS } from '../origin/origin.js';
import type { RequestThrottle } from './request-throttle.js';

/** Asked by machines that must learn the truth under any load. */
const PROBES = /^\/(health\/|metrics$)/;
/** Whatever a handler waits for: its transactions have ended by themselves before. */
const ANSWER_AT_LAST_MS = REQUEST_PATIENCE_MS + 3_000;

/** Turns away what is too much before anything is done for it, and lets nobody wait for ever. */
export function guardServer(
  server: FastifyInstance,
  throttle: RequestThrottle,
  requestsAtOnce: number,
  answerAtLastMs = ANSWER_AT_LAST_MS,
): void {
  let underWay = 0;
  const clocks = new WeakMap<FastifyRequest, NodeJS.Timeout>();
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
    if (!mayTakeLong(request)) clocks.set(request, answerInTime(reply, answerAtLastMs));
    done();
  });
  // Before any other such hook, which may take its time: a second answer would end the process.
  server.addHook('onSend', (request, _reply, payload, done) => {
    clearTimeout(clocks.get(request));
    done(null, payload);
  });
}

function answerInTime(reply: FastifyReply, withinMs: number): NodeJS.Timeout {
  const timer = setTimeout(() => {
    if (!reply.sent && !reply.raw.headersSent) void reply.send(new AppError('unavailable', 'took_too_long'));
  }, withinMs);
  reply.raw.once('close', () => clearTimeout(timer));
  return timer;
}
