import { AsyncLocalStorage } from 'node:async_hooks';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * Where the work that is under way comes from. Ambient, because nothing is decided by it: it is written beside what is
 * done, and business code neither asks for it nor passes it on.
 */
export interface Origin {
  /** Of an HTTP request its id; else what is run: `job import 37`, `command close`. */
  readonly request: string;
  /** The address that asked; null where none did. */
  readonly address: string | null;
  /** When whoever asked gives up, by `performance.now()`; absent where nobody waits. */
  readonly endsAt?: number;
  /** Done in every transaction of this work, last before its commit. */
  beforeCommit?: (query: (sql: string, parameters: readonly unknown[]) => Promise<unknown>) => Promise<void>;
}

const current = new AsyncLocalStorage<Origin>();

export const originNow = (): Origin | undefined => current.getStore();

/** Runs `work` as coming from there. */
export const withOrigin = <Result>(origin: Origin, work: () => Result): Result => current.run(origin, work);

/** Callers and proxies give up after a minute at most, and often after half of one. */
export const REQUEST_PATIENCE_MS = 30_000;
/** The largest upload over a line of 10 Mbit/s takes half an hour. */
const LONG_PATIENCE_MS = 40 * 60_000;

export const isUpload = ({ headers }: FastifyRequest): boolean =>
  headers['content-type']?.startsWith('multipart/') === true;

/** Declares a route that reads all there is, and so takes as long as there is much of it. */
export const ReadsAll = () => RouteConfig({ readsAll: true });

export const readsAll = ({ routeOptions }: FastifyRequest): boolean =>
  (routeOptions.config as { readonly readsAll?: boolean }).readsAll === true;

/** Whether more than a moment may pass before the answer begins. */
export const mayTakeLong = (request: FastifyRequest): boolean => isUpload(request) || readsAll(request);

const patienceFor = (request: FastifyRequest): number =>
  mayTakeLong(request) ? LONG_PATIENCE_MS : REQUEST_PATIENCE_MS;

/** Every request is the origin of what its handler does. Reading a body leaves the context, which is entered again. */
export function traceOrigins(server: FastifyInstance): void {
  const origins = new WeakMap<object, Origin>();
  server.addHook('onRequest', (request, _, done) => {
    const endsAt = performance.now() + patienceFor(request);
    const origin: Origin = { request: request.id, address: request.ip, endsAt };
    origins.set(request, origin);
    withOrigin(origin, done);
  });
  server.addHook('preValidation', (request, _, done) => withOrigin(origins.get(request)!, done));
}
