/** `password USERNAME [--mine CODE]`: a one-time password, for whoever holds the machine (docs/operations.md). */
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import { ACCESS_SENTENCES, Administrators, type IssuedPassword } from '../modules/access/index.js';
import { FIRST_MINE, MINE_SENTENCES, Mines } from '../modules/mines/index.js';
import { filled, type Sentence } from '../modules/rules/messages/sentence.js';
import { openDatabase } from '../open-database.js';
import { loadConfig } from '../platform/config/config.js';
import { AppError } from '../platform/errors/app-error.js';
import { createLog } from '../platform/logging/log.js';
import { NestLog } from '../platform/logging/nest-log.js';
import { UsageError, type Terminal } from '../platform/terminal/terminal.js';
import { tokenKey } from '../token-key.js';
import type { ExitCode } from './exit-code.js';
import { oneTimePasswordLines } from './one-time-password-lines.js';

export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { username, mine } = readRequest(args);
  try {
    const issued = await issue(username, mine);
    terminal.stdout.write(`${oneTimePasswordLines(issued).join('\n')}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const said = REFUSALS[error.code];
    if (said === undefined) throw error;
    terminal.stderr.write(`${filled(said.zh, error.params)} ${filled(said.en, error.params)}\n`);
    return 1;
  }
}

const REFUSALS: Readonly<Record<string, Sentence>> = { ...MINE_SENTENCES, ...ACCESS_SENTENCES };

function readRequest(args: readonly string[]): { readonly username: string; readonly mine: string | null } {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      options: { mine: { type: 'string' } },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    throw new UsageError('参数有误。', (error as Error).message);
  }
  const [username, ...others] = parsed.positionals;
  if (!username || others.length > 0) throw new UsageError('请给出一个用户名。', 'Please name one USERNAME.');
  return { username, mine: parsed.values.mine ?? null };
}

async function issue(username: string, mine: string | null): Promise<IssuedPassword> {
  const config = loadConfig(process.env, process.cwd());
  const log = createLog('warn', 'readable', process.stderr);
  const database = await openDatabase(config, log);
  try {
    const parts = { config, databaseUrl: database.url, tokenKey: await tokenKey(config), log };
    const app = await NestFactory.createApplicationContext(AppModule.with(parts), { logger: new NestLog(log) });
    try {
      const mines = app.get(Mines);
      await mines.ensure(FIRST_MINE);
      return await app.get(Administrators).issue(await mines.resolve(mine), username);
    } finally {
      await app.close();
    }
  } finally {
    await database.release();
  }
}
