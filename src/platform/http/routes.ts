import { MethodNotAllowedException } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

interface Route {
  readonly methods: readonly string[];
  readonly pattern: RegExp;
}

/**
 * Tells a known address that is called with another method (405 with Allow, RFC 9110 15.5.6) from an unknown one (404);
 * Fastify answers both as unknown. Call before any route exists.
 */
export function refuseOtherMethods(server: FastifyInstance): void {
  const routes: Route[] = [];
  server.addHook('onRoute', ({ method, url }) => {
    if (!url.includes('*')) routes.push({ methods: [method].flat(), pattern: patternOf(url) });
  });
  server.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    const path = request.raw.url?.split('?')[0] ?? '';
    const allowed = new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods));
    if (allowed.size === 0) return done();
    reply.header('allow', [...allowed].sort().join(', '));
    done(new MethodNotAllowedException());
  });
}

const patternOf = (url: string): RegExp =>
  new RegExp(`^${url.replace(/:\w+|[.+?^${}()|[\]\\]/g, (part) => (part.startsWith(':') ? '[^/]+' : `\\${part}`))}$`);
