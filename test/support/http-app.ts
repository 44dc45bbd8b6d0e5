import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import supertest from 'supertest';
import { buildHttpApp } from '../../src/http-app.js';
import type { Role } from '../../src/modules/access/index.js';
import { ImportQueue } from '../../src/modules/intake/index.js';
import { FIRST_MINE, Mines } from '../../src/modules/mines/index.js';
import { loadConfig, type Config } from '../../src/platform/config/config.js';
import { createLog } from '../../src/platform/logging/log.js';
import { freshDatabase, ownerPool, runFolder, type TestDatabase } from './database.js';
import { ALL_ROLES, NO_PATH, TestKeys, type Grant } from './test-keys.js';

/** The real service on a database of its own, listening on a port of its own. */
export interface HttpAppUnderTest {
  readonly app: NestFastifyApplication;
  readonly database: TestDatabase;
  /** Sends requests to it, by a key with every right in the mine meant, unless a request says who sends it. */
  readonly http: ReturnType<typeof supertest>;
  readonly url: string;
  /** What it logged, line by line. */
  readonly log: readonly Record<string, unknown>[];
  /** Asks the database as its owner, whom row-level security does not hold. */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Headers of a new program that holds these roles: `callerWith('clerk', ['CM1'])`; no departments: the whole mine. */
  callerWith(
    role: Role | readonly Role[],
    departments?: readonly string[],
    mine?: string,
  ): Promise<{ 'X-Api-Key': string }>;
  stop(): Promise<void>;
}

export interface HttpAppSettings {
  readonly maxUploadBytes?: number;
  /** Mines have their default path of approval; else nothing needs approval and everything counts at once. */
  readonly approval?: boolean;
  /** A request that does not say who sends it is sent by nobody. */
  readonly anonymous?: boolean;
  /** Where it reaches its database instead of at this URL. */
  readonly through?: (databaseUrl: string) => string;
  /** Where uploaded files are kept. */
  readonly filesDir?: string;
  /** Single sign-on. */
  readonly oidc?: Config['oidc'];
  /** Other settings, as a process would get them. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts it as `main` does, with the first mine in place. */
export async function startHttpApp(settings: HttpAppSettings = {}): Promise<HttpAppUnderTest> {
  const database = await freshDatabase();
  const owner = ownerPool(database);
  if (settings.approval !== true) for (const statement of NO_PATH) await owner.query(statement);
  const log: Record<string, unknown>[] = [];
  const parts = {
    config: testConfig(settings),
    databaseUrl: settings.through?.(database.appUrl) ?? database.appUrl,
    tokenKey: Buffer.from(randomUUID()),
    log: createLog('debug', 'json', { write: (line) => log.push(JSON.parse(line)) }),
  };
  const app = await buildHttpApp(parts);
  const keys = new TestKeys(owner);
  if (settings.anonymous !== true) signInByDefault(app, keys);
  await app.get(Mines).ensure(FIRST_MINE);
  await app.get(ImportQueue).takeUpUnfinished();
  await app.listen({ host: '127.0.0.1', port: 0 });
  const url = await app.getUrl();
  const stop = async () => {
    await app.close();
    await owner.end();
    await database.drop();
  };
  const callerWith = async (
    role: Role | readonly Role[],
    departments = [''] as readonly string[],
    mine = FIRST_MINE.code,
  ) => {
    const grants = [role].flat().flatMap((each) => departments.map((department): Grant => [each, department]));
    return { 'X-Api-Key': await keys.make(mine, grants) };
  };
  const query = async <Row>(sql: string, parameters: readonly unknown[] = []) =>
    (await owner.query(sql, [...parameters])).rows as Row[];
  return { app, database, http: supertest(url), url, log, query, callerWith, stop };
}

/** Most tests are about what the service does, not for whom: their requests come from a key with every right. */
function signInByDefault(app: NestFastifyApplication, keys: TestKeys): void {
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  const known = new Map<string, Promise<string>>();
  server.addHook('onRequest', async ({ raw: { headers } }) => {
    if (headers.authorization !== undefined || headers['x-api-key'] !== undefined) return;
    const named = headers['x-mine'];
    const mine = typeof named === 'string' && (await keys.isMine(named)) ? named : FIRST_MINE.code;
    if (!known.has(mine)) known.set(mine, keys.make(mine, ALL_ROLES));
    headers['x-api-key'] = await known.get(mine)!;
  });
}

/** Tests send in a second what nobody sends in a minute; those of the limits set their own. */
const NO_THROTTLE = { RATE_PER_SECOND: '1000000', RATE_BURST: '1000000' };

export function testConfig({ maxUploadBytes = 10 * 2 ** 20, oidc, env, filesDir }: HttpAppSettings = {}): Config {
  const dataDir = join(runFolder(), `data-${randomUUID()}`);
  return {
    ...loadConfig({ LOG_LEVEL: 'debug', ...NO_THROTTLE, ...env }, '/'),
    dataDir,
    filesDir: filesDir ?? join(dataDir, 'files'),
    port: 0,
    maxUploadBytes,
    oidc,
  };
}
