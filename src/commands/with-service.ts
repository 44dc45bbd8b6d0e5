import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import { openDatabase } from '../open-database.js';
import { loadConfig } from '../platform/config/config.js';
import { createLog } from '../platform/logging/log.js';
import { NestLog } from '../platform/logging/nest-log.js';
import { withOrigin } from '../platform/origin/origin.js';
import { tokenKey } from '../token-key.js';

/** Whoever has the command line of the machine. */
export const CONSOLE_ACTOR = 'console';

/** Does one command's work with the parts of the service, without its HTTP face, whether the service runs or not. */
export async function withService<Result>(
  command: string,
  work: (app: INestApplicationContext) => Promise<Result>,
): Promise<Result> {
  const config = loadConfig(process.env, process.cwd());
  const log = createLog('warn', 'readable', process.stderr);
  const database = await openDatabase(config, log);
  try {
    const parts = { config, databaseUrl: database.url, tokenKey: await tokenKey(config), log };
    const app = await NestFactory.createApplicationContext(AppModule.with(parts), { logger: new NestLog(log) });
    try {
      return await withOrigin({ request: `command ${command}`, address: null }, () => work(app));
    } finally {
      await app.close();
    }
  } finally {
    await database.release();
  }
}
