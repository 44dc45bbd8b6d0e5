import { once } from 'node:events';
import { readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../../config/start-error.js';
import type { ClusterPaths } from './cluster.js';
import { appendable } from './owned-file.js';
import { commandLine, exists, identify, isAlive } from './process-identity.js';
import { reach, spawnAs } from './run-as.js';
import type { Accounts } from './server-account.js';
import { serverSettings } from './server-settings.js';

/** The running server of a cluster, as its postmaster.pid tells. */
export interface Postmaster {
  readonly pid: number;
  readonly identity: string;
}

/** Crash recovery replays up to max_wal_size; on a slow disk that takes minutes, and cutting it short gains nothing. */
const READY_PATIENCE_MS = 600_000;
/** A fast stop writes all changed pages out. After this long it is cut short: recovery at the next start loses nothing. */
const FAST_STOP_MS = 60_000;
const IMMEDIATE_STOP_MS = 15_000;
const LOG_KEPT_BYTES = 10 * 2 ** 20;

/**
 * The live server of the cluster, in whatever state. A postmaster.pid whose number meanwhile names a zombie or somebody
 * else's process would make PostgreSQL refuse to start for ever, so it is removed; that of a dead process is left, since
 * PostgreSQL uses it to look for surviving children.
 */
export async function runningPostmaster({ cluster }: ClusterPaths): Promise<Postmaster | undefined> {
  const found = await readPidFile(cluster);
  if (found === undefined) return undefined;
  const identity = identify(found.pid);
  if (identity !== undefined && mayBePostmaster(found.pid, found.port)) return { pid: found.pid, identity };
  if (exists(found.pid)) await rm(join(cluster, 'postmaster.pid'), { force: true });
  return undefined;
}

/**
 * @returns its port, or undefined when it went away instead (it was stopping, or recovery failed)
 * @throws StartError `database_not_ready` after ten minutes
 */
export async function readyPort({ cluster }: ClusterPaths, { pid, identity }: Postmaster): Promise<number | undefined> {
  const begun = performance.now();
  while (isAlive(identity)) {
    const found = await readPidFile(cluster);
    if (found?.pid === pid && found.status === 'ready') return found.port;
    if (performance.now() - begun > READY_PATIENCE_MS) {
      throw new StartError(
        'database_not_ready',
        `内置数据库（进程 ${pid}）十分钟仍未就绪，详见数据目录中的 postgres.log。`,
        `The embedded database (process ${pid}) was not ready within ten minutes; see postgres.log in the data folder.`,
      );
    }
    await pause(begun);
  }
  return undefined;
}

/**
 * A power cut can leave a postmaster.pid without content, at which PostgreSQL refuses to start. Call only while holding
 * the folder guard, which says that no server runs.
 */
export async function removeBrokenPidFile({ cluster }: ClusterPaths): Promise<void> {
  const path = join(cluster, 'postmaster.pid');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text !== undefined && !/^-?[1-9]\d*\n/.test(text)) await rm(path, { force: true });
}

/** Between our finding the port free and the server's binding it, somebody else may have taken it. */
const PORT_TAKEN = /could not (bind|create any TCP)/;

/**
 * When the postmaster alone is killed, its children roll back, but the log of that does not reach the disk: of an unlogged
 * table (staging) the file is left and its template is gone. Recovery makes the template anew and trips over the file; the
 * next recovery finds both, and empties the table as after every crash.
 */
const LEFT_BEHIND = /could not create file "[^"]+": File exists/;

/**
 * Starts the server, in a session of its own: Ctrl-C in the terminal then reaches Node alone, which stops things in
 * order. `guard` is inherited by every process of the server (see folder-guard.ts).
 * @throws StartError `postgres_failed` with the last lines of its log
 */
export async function startPostmaster(
  paths: ClusterPaths,
  binaries: string,
  accounts: Accounts,
  guard: FileHandle | undefined,
): Promise<number> {
  if ((await sizeOf(paths.serverLog)) > LOG_KEPT_BYTES) await rename(paths.serverLog, `${paths.serverLog}.1`);
  for (let triesLeft = 5; ; triesLeft -= 1) {
    const logStart = await sizeOf(paths.serverLog);
    const words = await serverSettings(await freePort());
    const child = await spawnServer(paths, join(binaries, 'bin', 'postgres'), words, accounts, guard);
    if (typeof child !== 'string') {
      const port = await readyPort(paths, child);
      if (port !== undefined) return port;
    }
    const said = typeof child === 'string' ? child : await logSince(paths.serverLog, logStart);
    if (triesLeft > 1 && (PORT_TAKEN.test(said) || LEFT_BEHIND.test(said))) continue;
    throw new StartError(
      'postgres_failed',
      `内置数据库启动失败：${said}。`,
      `The embedded database did not start: ${said}.`,
    );
  }
}

/** @returns the new process, or why there is none */
async function spawnServer(
  paths: ClusterPaths,
  program: string,
  settings: readonly string[],
  { server, files }: Accounts,
  guard: FileHandle | undefined,
): Promise<Postmaster | string> {
  const log = await appendable(paths.serverLog, files);
  const { path, handle } = await reach(paths.cluster, server);
  try {
    const stdio = ['ignore', log.fd, log.fd, handle?.fd ?? 'ignore', guard?.fd ?? 'ignore'] as const;
    const child = spawnAs(server, program, ['-D', path, ...settings], [...stdio], true);
    const refusal = await once(child, 'spawn').then(() => undefined, String);
    child.unref();
    const { pid } = child;
    return pid === undefined ? String(refusal) : { pid, identity: identify(pid) ?? `${pid}:gone` };
  } finally {
    await Promise.all([log.close(), handle?.close()]);
  }
}

/**
 * Stops the server in order and waits until it is gone; open connections are cut, their transactions rolled back.
 * @throws StartError `database_not_stopped`
 */
export async function stopPostmaster({ pid, identity }: Postmaster): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', FAST_STOP_MS],
    ['SIGQUIT', IMMEDIATE_STOP_MS],
  ] as const) {
    if (!isAlive(identity)) return;
    process.kill(pid, signal);
    const begun = performance.now();
    while (performance.now() - begun < patienceMs) {
      if (!isAlive(identity)) return;
      await pause(begun);
    }
  }
  throw new StartError(
    'database_not_stopped',
    `内置数据库（进程 ${pid}）没有停下来。`,
    `The embedded database (process ${pid}) did not stop.`,
  );
}

/** In doubt yes: taking a live server for a dead one is the costlier error. */
function mayBePostmaster(pid: number, port: number): boolean {
  const words = commandLine(pid);
  if (words === undefined) return true;
  // A server's child overwrites its command line with a title such as `postgres: checkpointer`.
  if (basename(words[0] ?? '') !== 'postgres') return false;
  const ownPort = words.find((word) => word.startsWith('port='));
  return ownPort === undefined || !(port > 0) || ownPort === `port=${port}`;
}

/**
 * Lines of postmaster.pid: process, folder, start time, port, socket folder, address, shared memory, status. While it is
 * being written the later ones are missing; the port is then not a number.
 */
async function readPidFile(
  cluster: string,
): Promise<{ readonly pid: number; readonly port: number; readonly status: string } | undefined> {
  const lines = await readFile(join(cluster, 'postmaster.pid'), 'utf8').then(
    (text) => text.split('\n'),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  return { pid, port, status: lines[7]?.trim() ?? 'starting' };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    (found) => found.size,
    () => 0,
  );
}

/** Looks often while a person waits for a quick start, seldom during a long recovery. */
async function pause(begun: number): Promise<void> {
  await sleep(performance.now() - begun < 1_000 ? 5 : 100);
}

async function logSince(path: string, start: number): Promise<string> {
  const written = (await readFile(path)).subarray(start).toString('utf8');
  return written.trim().split('\n').slice(-5).join(' | ');
}
