import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.js';
import { answers } from './http-client.js';
import { workingFolder } from './processes.js';
import { knowOwner, postAtOnce } from './senders.js';

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const READY_PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 5;
const STOP_PATIENCE_MS = 60_000;

/** The real service in a process of its own, with its own PostgreSQL in its own data folder. */
export interface Service {
  readonly port: number;
  readonly pid: number;
  readonly dataDir: string;
  /** PostgreSQL's main process. */
  readonly postmaster: number;
  /** URL of the role that may do everything. */
  readonly ownerUrl: string;
  /** Milliseconds from starting the process to the first `200` of /health/ready. */
  readonly readyMs: number;
  /** Stops it before the benchmark's end, which would do so otherwise. */
  stop(): Promise<void>;
}

/**
 * Starts the service as its users do, or with a module of the benchmark's loaded before it. What it logs goes to a file,
 * so that reading it costs this process nothing.
 */
export async function startService(bench: Bench, dataDir: string, preload?: URL): Promise<Service> {
  const port = await freePort();
  const log = await open(`${dataDir}.log`, 'a');
  const begun = performance.now();
  const before = preload === undefined ? [] : ['--import', preload.href];
  const child = spawn(process.execPath, [...before, MAIN], {
    env: environment(dataDir, port),
    stdio: ['ignore', log.fd, log.fd],
  });
  bench.onEnd(() => stop(child, dataDir));
  await log.close();
  await ready(child, port, `${dataDir}.log`);
  const readyMs = performance.now() - begun;
  const { pid, port: databasePort } = (await readPostmaster(dataDir))!;
  const password = (await readFile(join(dataDir, 'postgres-password'), 'utf8')).trim();
  const ownerUrl = `postgres://postgres:${password}@127.0.0.1:${databasePort}/postgres`;
  knowOwner(port, ownerUrl);
  if (preload === undefined) await postAtOnce(port);
  return {
    ...{ port, pid: child.pid!, dataDir, postmaster: pid, readyMs, ownerUrl },
    stop: () => stop(child, dataDir),
  };
}

/** A load is sent by one program. Without the settings of whoever runs the benchmark: another database would be measured, and written to. */
function environment(dataDir: string, port: number): NodeJS.ProcessEnv {
  const own = new Set(['DATABASE_URL', 'APP_DATABASE_URL', 'MAX_UPLOAD_BYTES', 'LOG_LEVEL']);
  const rest = Object.entries(process.env).filter(([name]) => !own.has(name));
  return {
    ...{ RATE_PER_SECOND: '1000000', RATE_BURST: '1000000' },
    ...Object.fromEntries(rest),
    ...{ DATA_DIR: dataDir, PORT: String(port), LOG_FORMAT: 'json' },
  };
}

async function ready(child: ChildProcess, port: number, log: string): Promise<void> {
  const begun = performance.now();
  while (performance.now() - begun < READY_PATIENCE_MS) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    if ((await answers(port, '/health/ready').catch(() => 0)) === 200) return;
    await sleep(LOOK_AGAIN_MS);
  }
  throw new Error(`the service did not become ready:\n${await readFile(log, 'utf8')}`);
}

/** Stops the service and, where it could not do so itself, its PostgreSQL. */
async function stop(child: ChildProcess, dataDir: string): Promise<void> {
  await end(child, 'SIGTERM', 'SIGKILL');
  const left = await readPostmaster(dataDir);
  if (left === undefined || (await workingFolder(left.pid)) !== join(dataDir, 'postgres')) return;
  process.kill(left.pid, 'SIGQUIT');
  while ((await workingFolder(left.pid)) !== undefined) await sleep(LOOK_AGAIN_MS);
}

/** Ends a child process and waits until it is gone. */
export async function end(child: ChildProcess, ...signals: readonly NodeJS.Signals[]): Promise<void> {
  for (const signal of signals) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await Promise.race([gone, sleep(STOP_PATIENCE_MS, undefined, { ref: false })]);
  }
}

/** Lines of postmaster.pid: process, folder, start time, port. */
async function readPostmaster(dataDir: string): Promise<{ pid: number; port: number } | undefined> {
  const text = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => undefined);
  const lines = text?.split('\n');
  return lines && { pid: Number(lines[0]), port: Number(lines[3]) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
