import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { buildHttpApp } from '../../src/http-app.js';
import { ImportQueue } from '../../src/modules/intake/index.js';
import { FIRST_MINE, Mines } from '../../src/modules/mines/index.js';
import { loadConfig, type Config } from '../../src/platform/config/config.js';
import { createLog } from '../../src/platform/logging/log.js';
import { freshDatabase, runFolder, type TestDatabase } from './database.js';

/** The real service on a database of its own, listening on a port of its own. */
export interface HttpAppUnderTest {
  readonly app: NestFastifyApplication;
  readonly database: TestDatabase;
  /** Sends requests to it: `http.get('/api/v1/mines')`. */
  readonly http: ReturnType<typeof supertest>;
  readonly url: string;
  /** What it logged, line by line. */
  readonly log: readonly Record<string, unknown>[];
  stop(): Promise<void>;
}

export interface HttpAppSettings {
  readonly maxUploadBytes?: number;
}

/** Starts it as `main` does, with the first mine in place. */
export async function startHttpApp(settings: HttpAppSettings = {}): Promise<HttpAppUnderTest> {
  const database = await freshDatabase();
  const log: Record<string, unknown>[] = [];
  const parts = {
    config: testConfig(settings),
    databaseUrl: database.appUrl,
    log: createLog('debug', 'json', { write: (line) => log.push(JSON.parse(line)) }),
  };
  const app = await buildHttpApp(parts);
  await app.get(Mines).ensure(FIRST_MINE);
  await app.get(ImportQueue).takeUpUnfinished();
  await app.listen({ host: '127.0.0.1', port: 0 });
  const url = await app.getUrl();
  const stop = async () => {
    await app.close();
    await database.drop();
  };
  return { app, database, http: supertest(url), url, log, stop };
}

export function testConfig({ maxUploadBytes = 10 * 2 ** 20 }: HttpAppSettings = {}): Config {
  const dataDir = join(runFolder(), `data-${randomUUID()}`);
  return {
    dataDir,
    filesDir: join(dataDir, 'files'),
    databaseUrl: undefined,
    appDatabaseUrl: undefined,
    host: '127.0.0.1',
    port: 0,
    maxUploadBytes,
    fileLimits: loadConfig({}, '/').fileLimits,
    inbox: loadConfig({}, '/').inbox,
    logLevel: 'debug',
  };
}
