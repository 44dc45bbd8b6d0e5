import type { FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Config } from '../../config/config.js';
import { StartError } from '../../config/start-error.js';
import {
  adoptCluster,
  clusterExists,
  clusterPaths,
  createCluster,
  ensurePassword,
  makeDataFolder,
  readPassword,
  removeStaging,
  type ClusterPaths,
} from './cluster.js';
import { guardFolder } from './folder-guard.js';
import { addHolder, removeHolder } from './holders.js';
import { readyPort, removeBrokenPidFile, runningPostmaster, startPostmaster, stopPostmaster } from './postmaster.js';
import { chooseAccounts, type Accounts } from './server-account.js';
import { runnableServer, serverPackage, type ServerPackage } from './server-binaries.js';
import { withStartLock } from './start-lock.js';

export interface DatabaseLease {
  /** URL of a role that may do everything, for migrations; never for requests. Holds the password: do not log it. */
  readonly ownerUrl: string;
  /** False when the server is external or was running already. */
  readonly startedHere: boolean;
  /** Call once all connections are closed; further calls do nothing. The last process out stops the server. */
  release(): Promise<void>;
}

/** What of a pino logger is needed here. */
export interface DatabaseLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

type Place = Pick<Config, 'dataDir' | 'databaseUrl'>;

/** A server that was just killed leaves children for a moment; one in another container stays. */
const GUARD_PATIENCE_MS = 3_000;
const GUARD_LOOK_AGAIN_MS = 20;

/**
 * Gives access to the database: the external one if configured, else the embedded PostgreSQL of the data folder, which
 * is made, started or joined as need be. Processes that share the folder (the service, commands) share one server; it
 * stops with the last of them. Killing a process leaves the server running; the next one adopts and later stops it.
 * Installs no signal handlers: the composition root calls `release`.
 * @throws StartError for everything the operator can mend
 */
export async function acquireDatabase(config: Place, log: DatabaseLog): Promise<DatabaseLease> {
  if (config.databaseUrl !== undefined) {
    return { ownerUrl: config.databaseUrl, startedHere: false, release: () => Promise.resolve() };
  }
  if (process.platform === 'win32') {
    throw new StartError(
      'platform_not_supported',
      '内置数据库不支持 Windows：请用 DATABASE_URL 指定 PostgreSQL。',
      'The embedded database does not run on Windows: set DATABASE_URL.',
    );
  }
  const paths = clusterPaths(config.dataDir);
  return explainFolder(paths.dataDir, async () => {
    await makeDataFolder(paths.dataDir);
    return withStartLock(paths.startLock, () => enter(paths, log));
  });
}

async function enter(paths: ClusterPaths, log: DatabaseLog): Promise<DatabaseLease> {
  const accounts = await chooseAccounts(paths.dataDir, paths.cluster);
  const own = await addHolder(paths.holders, accounts.files);
  try {
    const { port, startedHere } = await joinOrStart(paths, accounts, log);
    const ownerUrl = `postgres://postgres:${await readPassword(paths)}@127.0.0.1:${port}/postgres`;
    await checkSignIn(ownerUrl, paths);
    let released: Promise<void> | undefined;
    const release = (): Promise<void> => (released ??= withStartLock(paths.startLock, () => leave(paths, own, log)));
    return { ownerUrl, startedHere, release };
  } catch (error) {
    // What went wrong first is what the operator must read.
    await leave(paths, own, log).catch((failure: unknown) => log.warn({ failure: String(failure) }, 'not cleaned up'));
    throw error;
  }
}

/** The last one out stops the server, whoever started it. Under the start lock. */
async function leave(paths: ClusterPaths, own: string, log: DatabaseLog): Promise<void> {
  const { anyoneLeft } = await removeHolder(paths.holders, own);
  if (anyoneLeft) return;
  const running = await runningPostmaster(paths);
  if (running === undefined) return;
  await stopPostmaster(running);
  log.info({ pid: running.pid }, 'embedded database stopped');
}

async function joinOrStart(
  paths: ClusterPaths,
  accounts: Accounts,
  log: DatabaseLog,
): Promise<{ readonly port: number; readonly startedHere: boolean }> {
  const server = await serverPackage();
  const isMade = await clusterExists(paths, server.major);
  const begun = performance.now();
  for (let waitedMs = 0; waitedMs < GUARD_PATIENCE_MS;) {
    const running = await runningPostmaster(paths);
    if (running !== undefined) {
      const port = await readyPort(paths, running);
      if (port === undefined) continue;
      log.info({ pid: running.pid, port }, 'embedded database joined');
      return { port, startedHere: false };
    }
    const guard = await guardFolder(paths.guard, accounts.files);
    if (guard.state === 'free') {
      const port = await start(paths, server, isMade, accounts, guard.file).finally(() => guard.file?.close());
      log.info({ port, isNew: !isMade, ms: Math.round(performance.now() - begun) }, 'embedded database started');
      return { port, startedHere: true };
    }
    await sleep(GUARD_LOOK_AGAIN_MS);
    waitedMs += GUARD_LOOK_AGAIN_MS;
  }
  throw new StartError(
    'data_folder_in_use',
    `数据目录 ${paths.dataDir} 正被另一个数据库服务（可能在别的容器里）使用。`,
    `The data folder ${paths.dataDir} is in use by another database server, perhaps in another container.`,
  );
}

async function start(
  paths: ClusterPaths,
  server: ServerPackage,
  isMade: boolean,
  accounts: Accounts,
  guard: FileHandle | undefined,
): Promise<number> {
  const binaries = await runnableServer(server, paths.dataDir, accounts.server);
  await removeStaging(paths);
  if (!isMade) {
    await ensurePassword(paths, accounts.files);
    await createCluster(paths, binaries, accounts.server);
  }
  await adoptCluster(paths, accounts.server);
  await removeBrokenPidFile(paths);
  return startPostmaster(paths, binaries, accounts, guard);
}

/** The password file may have been lost or replaced; said here, once, instead of by every later query. */
async function checkSignIn(ownerUrl: string, { password }: ClusterPaths): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  try {
    await client.connect();
    await client.end();
  } catch (cause) {
    throw new StartError(
      'database_sign_in_failed',
      `无法登录内置数据库，口令文件 ${password} 可能已被替换：${String(cause)}。`,
      `Signing in to the embedded database failed; the password file ${password} may have been replaced: ${String(cause)}.`,
      { cause },
    );
  }
}

const FOLDER_FAULTS = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'EEXIST', 'ELOOP', 'EIO']);

async function explainFolder<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, path, syscall } = error as NodeJS.ErrnoException;
    if (error instanceof StartError || !FOLDER_FAULTS.has(code ?? '')) throw error;
    const where = path ?? syscall;
    throw new StartError(
      'data_folder_unwritable',
      `无法读写数据目录 ${dataDir}（${code}：${where}）：请检查权限和磁盘空间，或用 DATA_DIR 指定别的目录。`,
      `The data folder ${dataDir} cannot be read or written (${code}: ${where}): check its permissions and disk space, or set DATA_DIR.`,
      { cause: error },
    );
  }
}
