import type { FastifyInstance } from 'fastify';
import type { HttpAppUnderTest } from '../support/http-app.js';

export interface Described {
  /** `GET /records/{id}`, as the matrix calls it. */
  readonly name: string;
  /** `GET /api/v1/records/:id`, as Fastify calls it. */
  readonly route: string;
  /** Undefined: none was declared. */
  readonly right: string | undefined;
}

/** The operations of an OpenAPI document. */
export function describedOperations(document: unknown): Described[] {
  const { paths } = document as { paths: Record<string, Record<string, { 'x-right'?: string }>> };
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path.replace(/^\/api\/v1/, '')}`,
      route: `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
      right: operation['x-right'],
    })),
  );
}

/** Every route that the server answers: what Fastify prints as a tree, but HEAD, which it adds to each GET. */
export function routesOf({ app }: HttpAppUnderTest): string[] {
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  const above: string[] = [];
  const routes: string[] = [];
  for (const line of server.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, branch, part, methods] = /^([│\s]*)[├└]── (\S*)(?: \((.*)\))?$/.exec(line) ?? [];
    if (branch === undefined) continue;
    const depth = branch.length / 4;
    above.length = depth;
    above.push(`${above[depth - 1] ?? ''}${part}`);
    for (const method of methods?.split(', ') ?? []) if (method !== 'HEAD') routes.push(`${method} ${above[depth]}`);
  }
  return routes.sort();
}
