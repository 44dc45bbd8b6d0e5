import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat, chown, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StartError } from '../../config/start-error.js';
import { reach, runAs } from './run-as.js';
import { chownTree, type Account } from './server-account.js';

const STAGING = 'postgres-initdb-';

/** Everything the embedded database keeps in the data folder. */
export interface ClusterPaths {
  readonly dataDir: string;
  /** PostgreSQL's own folder. */
  readonly cluster: string;
  readonly password: string;
  readonly serverLog: string;
  readonly startLock: string;
  readonly holders: string;
  /** Locked by the kernel for as long as any process of the server lives. */
  readonly guard: string;
}

export function clusterPaths(dataDir: string): ClusterPaths {
  return {
    dataDir,
    cluster: join(dataDir, 'postgres'),
    password: join(dataDir, 'postgres-password'),
    serverLog: join(dataDir, 'postgres.log'),
    startLock: join(dataDir, 'postgres-lock'),
    holders: join(dataDir, 'postgres-holders'),
    guard: join(dataDir, 'postgres-in-use'),
  };
}

/**
 * All data of the service lie here: on its making only we may list it. Under root the server's account must
 * pass through it.
 */
export async function makeDataFolder(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
}

/**
 * Whether the cluster exists; an empty folder counts as none.
 * @throws StartError `database_of_other_version`, `database_of_other_user`, `not_a_database`
 */
export async function clusterExists({ cluster }: ClusterPaths, major: string): Promise<boolean> {
  let found: string;
  try {
    if ((await readdir(cluster)).length === 0) return false;
    found = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && !(await isFolder(cluster))) return false;
    if (code === 'EACCES' || code === 'EPERM') {
      throw new StartError(
        'database_of_other_user',
        `数据库目录 ${cluster} 属于另一个用户：请用创建它的用户启动。`,
        `The database folder ${cluster} belongs to another user: start as the user who made it.`,
      );
    }
    throw new StartError(
      'not_a_database',
      `目录 ${cluster} 不是 PostgreSQL 数据目录（没有 PG_VERSION）：请移走它，或用 DATA_DIR 指定别的目录。`,
      `The folder ${cluster} is not a PostgreSQL data folder (no PG_VERSION): move it away, or set DATA_DIR.`,
    );
  }
  if (found === major) return true;
  throw new StartError(
    'database_of_other_version',
    `数据库目录 ${cluster} 由 PostgreSQL ${found} 创建，而本程序自带 PostgreSQL ${major}：请先用原版本备份，再恢复到新目录。`,
    `The database folder ${cluster} was made by PostgreSQL ${found}, but this program brings PostgreSQL ${major}: back up with the old version, then restore into a new folder.`,
  );
}

/**
 * Makes the cluster in a staging folder and renames it into place, so that a crash at any point leaves either none or a
 * whole one. The staged files are on disk before the rename: PostgreSQL itself never syncs again what initdb wrote, so a
 * power cut soon after could otherwise take acknowledged rows with it. One syncfs does that much quicker than 1,000
 * fsyncs.
 * @throws StartError `initdb_failed` with the last lines of its output
 */
export async function createCluster(
  paths: ClusterPaths,
  binaries: string,
  account: Account | undefined,
): Promise<void> {
  const staging = await mkdtemp(join(paths.dataDir, STAGING));
  try {
    await writeFile(join(staging, 'password'), `${await readPassword(paths)}\n`, { mode: 0o600 });
    if (account !== undefined) {
      await chown(join(staging, 'password'), account.uid, account.gid);
      await chown(staging, account.uid, account.gid);
    }
    const { path, handle } = await reach(staging, account);
    const { code, output } = await runAs(account, join(binaries, 'bin', 'initdb'), initdbWords(path), handle).finally(
      () => handle?.close(),
    );
    if (code !== 0) {
      throw new StartError(
        'initdb_failed',
        `无法在 ${paths.dataDir} 建立数据库：${output}。`,
        `The database could not be made in ${paths.dataDir}: ${output}.`,
      );
    }
    await rename(join(staging, 'data'), paths.cluster);
    await syncFolder(paths.dataDir);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/**
 * Removes what crashed beginnings left behind; nobody else can be making a cluster under the start lock. Where an initdb
 * that outlived its parent is still writing, the rest goes with the next start.
 */
export async function removeStaging({ dataDir }: ClusterPaths): Promise<void> {
  const left = (await readdir(dataDir)).filter((name) => name.startsWith(STAGING));
  const removal = { recursive: true, force: true, maxRetries: 3, retryDelay: 100 };
  await Promise.allSettled(left.map((name) => rm(join(dataDir, name), removal)));
}

/** A data folder that root copied back from a backup belongs to root, as whom PostgreSQL does not run. */
export async function adoptCluster({ cluster }: ClusterPaths, account: Account | undefined): Promise<void> {
  if (account !== undefined && (await stat(cluster)).uid === 0) await chownTree(cluster, account);
}

/**
 * Makes the superuser's password unless it is there. It is whole and on disk before any cluster that knows it.
 * `owner`: who may read it, beside root.
 */
export async function ensurePassword({ password }: ClusterPaths, owner: Account | undefined): Promise<void> {
  const partial = `${password}.partial`;
  if (await readFile(password, 'utf8').then(Boolean, unlessMissing)) return;
  await rm(partial, { force: true });
  const file = await open(partial, 'wx', 0o600);
  try {
    await file.writeFile(randomBytes(24).toString('base64url'));
    if (owner !== undefined) await file.chown(owner.uid, owner.gid);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, password);
  await syncFolder(dirname(password));
}

/** @throws StartError `database_password_missing` */
export async function readPassword({ password }: ClusterPaths): Promise<string> {
  const text = await readFile(password, 'utf8').catch(unlessMissing);
  if (text !== false && text.trim() !== '') return text.trim();
  throw new StartError(
    'database_password_missing',
    `内置数据库的口令文件 ${password} 不见了：请从备份中恢复它。`,
    `The password file ${password} of the embedded database is missing: restore it from a backup.`,
  );
}

function initdbWords(staging: string): string[] {
  return [
    `--pgdata=${staging}/data`,
    `--pwfile=${staging}/password`,
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--data-checksums',
    '--no-instructions',
    ...(process.platform === 'linux' ? ['--sync-method=syncfs'] : []),
  ];
}

/** Makes a rename in the folder last through a power cut. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isDirectory(), unlessMissing);
}

function unlessMissing(error: NodeJS.ErrnoException): false {
  if (error.code === 'ENOENT') return false;
  throw error;
}
