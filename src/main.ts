#!/usr/bin/env node
/** The service: `node dist/src/main.js [--demo]`. */
import { parseArgs } from 'node:util';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { buildHttpApp } from './http-app.js';
import { Administrators } from './modules/access/index.js';
import { ImportQueue, Inbox } from './modules/intake/index.js';
import { FIRST_MINE, Mines } from './modules/mines/index.js';
import { oneTimePasswordLines } from './commands/one-time-password-lines.js';
import { openDatabase } from './open-database.js';
import { tokenKey } from './token-key.js';
import { loadConfig, type Config } from './platform/config/config.js';
import { StartError } from './platform/config/start-error.js';
import { createLog, logFormat, type Log } from './platform/logging/log.js';

/** What is open; closed in the opposite order. */
const open: (() => Promise<void>)[] = [];

/** A signal that comes again so soon is the same one: a terminal's Ctrl-C reaches npm too, which passes it on. */
const SAME_SIGNAL_MS = 500;
/** How long requests under way may take to finish when the service stops. */
const GRACE_MS = 10_000;

async function start(isDemo: boolean, config: Config, log: Log): Promise<void> {
  if (config.isProduction && isDemo) throw demoInProduction('--demo', '--demo');
  const database = await openDatabase(config, log);
  open.push(() => database.release());
  const app = await buildHttpApp({ config, databaseUrl: database.url, tokenKey: await tokenKey(config), log });
  open.push(() => closeApp(app));
  await app.init();
  if (config.isProduction) await refuseDemoData(app);
  await app.get(Mines).ensure(FIRST_MINE);
  await showOneTimePasswords(app.get(Administrators));
  await app.get(ImportQueue).takeUpUnfinished();
  app.get(Inbox).start();
  if (isDemo) {
    const { runDemo } = await import('./demo.js');
    await runDemo(app, print);
  }
  await listen(app, config);
  announce(`${await app.getUrl()}/api/docs`, log);
}

/** @throws StartError `demo_in_production` */
async function refuseDemoData(app: NestFastifyApplication): Promise<void> {
  const { holdsDemo } = await import('./demo-people.js');
  if (await holdsDemo(app))
    throw demoInProduction('这个数据库里有演示账户和演示数据', 'This database holds demo accounts and data');
}

const demoInProduction = (zh: string, en: string): StartError =>
  new StartError(
    'demo_in_production',
    `${zh}：正式运行（NODE_ENV=production）请用新的 DATA_DIR 或 DATABASE_URL，不带 --demo 启动。`,
    `${en}: for production (NODE_ENV=production) set another DATA_DIR or DATABASE_URL and start without --demo.`,
  );

/** To whoever starts the service, on the standard error: the standard output may be the log. */
async function showOneTimePasswords(administrators: Administrators): Promise<void> {
  for (const issued of await administrators.issueWhereNobodyCame()) {
    process.stderr.write(`${oneTimePasswordLines(issued).join('\n')}\n`);
  }
}

async function listen(app: NestFastifyApplication, { host, port }: Config): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw cause;
    const [zh, en] = code === 'EACCES' ? ['不允许使用', 'may not be used'] : ['已被占用', 'is in use already'];
    throw new StartError(
      'port_not_available',
      `端口 ${port} ${zh}：请用环境变量 PORT 指定别的端口。`,
      `The port ${port} ${en}: set PORT to another one.`,
      { cause },
    );
  }
}

async function closeApp(app: NestFastifyApplication): Promise<void> {
  const cut = setTimeout(() => app.getHttpServer().closeAllConnections(), GRACE_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
  }
}

let closing: Promise<boolean> | undefined;

/** Closes what is open, once; false when a part of it would not close. */
function closeAll(log: Log): Promise<boolean> {
  const close = async () => {
    let isClean = true;
    for (const part of open.reverse()) {
      await part().catch((err: unknown) => {
        isClean = false;
        log.error({ err }, 'not closed');
      });
    }
    return isClean;
  };
  return (closing ??= close());
}

function stopOnSignals(started: Promise<void>, log: Log): void {
  let firstAt: number | undefined;
  const stop = (signal: NodeJS.Signals) => {
    if (firstAt !== undefined) {
      if (performance.now() - firstAt > SAME_SIGNAL_MS) process.exit(130);
      return;
    }
    firstAt = performance.now();
    log.info({ signal }, 'stopping');
    // A start that is under way is let finish: half a start could not be closed.
    void started
      .catch(() => undefined)
      .then(() => closeAll(log))
      .then((isClean) => process.exit(isClean ? 0 : 1));
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
}

/** After an error that nothing expected the state is unknown: say it, leave the database in order, end. */
function endOnUnexpected(log: Log): void {
  const end = (err: unknown) => {
    log.fatal({ err }, 'unexpected error, stopping');
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    void closeAll(log).then(() => process.exit(1));
  };
  process.on('uncaughtException', end).on('unhandledRejection', end);
}

function print(text: string): void {
  process.stdout.write(text);
}

function announce(address: string, log: Log): void {
  if (process.env['LOG_FORMAT'] === 'json') log.info({ address }, 'ready');
  else print(`服务已就绪，接口说明见 ${address}  Ready; the API is described at ${address}\n`);
}

function isDemoAsked(): boolean {
  try {
    return parseArgs({ options: { demo: { type: 'boolean' } } }).values.demo === true;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n用法 usage: node dist/src/main.js [--demo]\n`);
    return process.exit(2);
  }
}

async function main(): Promise<void> {
  // Who reads our output may leave; the service stays.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const isDemo = isDemoAsked();
  let log = createLog('info', logFormat(process.env, process.stdout), process.stdout);
  try {
    const config = loadConfig(process.env, process.cwd());
    log = createLog(config.logLevel, logFormat(process.env, process.stdout), process.stdout);
    endOnUnexpected(log);
    const started = start(isDemo, config, log);
    stopOnSignals(started, log);
    await started;
  } catch (error) {
    if (error instanceof StartError) process.stderr.write(`${error.message}\n`);
    else log.fatal({ err: error }, 'could not start');
    await closeAll(log);
    process.exit(1);
  }
}

await main();
