import type { FastifyInstance } from 'fastify';
import type { Log } from './log.js';

/** Called every few seconds by machines. */
const PROBES = /^\/(health\/|metrics$)/;

/** Told about every answer, with its duration in milliseconds. */
export type RequestObserver = (method: string, route: string, status: number, ms: number) => void;

/**
 * One line for each request: method, pattern of the address, status, milliseconds, request id. Addresses themselves,
 * headers and bodies are not written, so that nothing secret can be.
 */
export function logRequests(server: FastifyInstance, log: Log, observe: RequestObserver): void {
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown');
    const ms = Math.round(reply.elapsedTime);
    observe(request.method, route, reply.statusCode, reply.elapsedTime);
    log[PROBES.test(route) ? 'debug' : 'info'](
      { requestId: request.id, method: request.method, route, status: reply.statusCode, ms },
      'request',
    );
    done();
  });
  server.addHook('onRequestAbort', (request, done) => {
    log.info({ requestId: request.id, method: request.method, route: request.routeOptions.url }, 'caller gone');
    done();
  });
}
