import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { AppModule, type Parts } from './app.module.js';
import { HttpMetrics } from './platform/health/http-metrics.js';
import { serveApiDocs } from './platform/http/openapi.js';
import { createServer } from './platform/http/server.js';
import { NestLog } from './platform/logging/nest-log.js';
import { logRequests } from './platform/logging/request-log.js';

/** The service, made but not listening: the same for `main`, for tests and for the description of its operations. */
export async function buildHttpApp(parts: Parts): Promise<NestFastifyApplication> {
  const adapter = await createServer(parts.config);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(parts), adapter, {
    logger: new NestLog(parts.log),
    abortOnError: false,
    bodyParser: false,
  });
  const metrics = app.get(HttpMetrics);
  logRequests(adapter.getInstance<FastifyInstance>(), parts.log, (method, route, status, ms) =>
    metrics.observe(method, route, status, ms / 1000),
  );
  serveApiDocs(app);
  return app;
}
