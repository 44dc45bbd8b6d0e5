import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { AppModule, type Parts } from './app.module.js';
import { loadConfig } from './platform/config/config.js';
import { HttpMetrics } from './platform/health/http-metrics.js';
import { openApiDocument, serveApiDocs } from './platform/http/openapi.js';
import { createServer } from './platform/http/server.js';
import { corsOptions } from './platform/http/cors.js';
import { guardServer } from './platform/limits/guard-server.js';
import { RequestThrottle } from './platform/limits/request-throttle.js';
import { createLog } from './platform/logging/log.js';
import { NestLog } from './platform/logging/nest-log.js';
import { logRequests } from './platform/logging/request-log.js';

/** The service, made but not listening: the same for `main` and for tests. */
export async function buildHttpApp(parts: Parts): Promise<NestFastifyApplication> {
  const adapter = await createServer(parts.config);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(parts), adapter, {
    logger: new NestLog(parts.log),
    abortOnError: false,
    bodyParser: false,
  });
  const metrics = app.get(HttpMetrics);
  const server = adapter.getInstance<FastifyInstance>();
  logRequests(server, parts.log, (method, route, status, ms) => metrics.observe(method, route, status, ms / 1000));
  guardServer(server, app.get(RequestThrottle), parts.config.loadLimits.requestsAtOnce);
  if (parts.config.corsOrigins.length > 0) app.enableCors(corsOptions(parts.config.corsOrigins));
  serveApiDocs(app);
  return app;
}

/** What the service can do, without starting it: nothing is constructed, no database and no folder is touched. */
export async function describeHttpApp(): Promise<OpenAPIObject> {
  const log = createLog('silent', 'json', process.stdout);
  const config = loadConfig({}, process.cwd());
  const adapter = await createServer(config);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with({ config, databaseUrl: '', tokenKey: new Uint8Array(), log }),
    adapter,
    { logger: false, abortOnError: false, bodyParser: false, preview: true },
  );
  return openApiDocument(app);
}
