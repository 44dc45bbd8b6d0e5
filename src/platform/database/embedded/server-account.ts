import { lchown, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '../../config/start-error.js';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Both are undefined unless we are root. */
export interface Accounts {
  /** Runs the server and owns the cluster. */
  readonly server: Account | undefined;
  /** Owns what else we make in the data folder; undefined under root too where the folder is root's. */
  readonly files: Account | undefined;
}

/**
 * The account that PostgreSQL runs as: undefined for our own; under root, whom PostgreSQL refuses, another one: the
 * owner of the cluster that exists, else the owner of the data folder, else `postgres`, else `nobody`. It must have a line in /etc/passwd, because initdb looks its own name up; making an
 * account would need a package that slim images lack, and `nobody` is in all of them.
 * @throws StartError `no_server_account`
 */
export async function chooseAccounts(dataDir: string, cluster: string): Promise<Accounts> {
  if (process.getuid?.() !== 0) return { server: undefined, files: undefined };
  const folderOwner = await ownerOf(dataDir);
  // So that the folder's user can go on without root.
  const files = folderOwner?.uid === 0 ? undefined : folderOwner;
  const clusterOwner = await ownerOf(cluster);
  if (clusterOwner !== undefined && clusterOwner.uid !== 0) return { server: clusterOwner, files };
  const known = await localAccounts();
  const account =
    known.find(({ uid }) => uid === files?.uid) ??
    known.find(({ name }) => name === 'postgres') ??
    known.find(({ name }) => name === 'nobody');
  if (account === undefined) {
    throw new StartError(
      'no_server_account',
      '内置数据库不能以 root 运行，而本机没有 postgres 或 nobody 账户：请改用普通用户启动，或新建 postgres 账户。',
      'The embedded database does not run as root and there is no account postgres or nobody: start as an ordinary user, or add an account postgres.',
    );
  }
  return { server: { uid: account.uid, gid: account.gid }, files };
}

/** Gives a tree to `account`, its top last, so that an interrupted run is seen as unfinished and repeated. */
export async function chownTree(top: string, account: Account): Promise<void> {
  for (const entry of await readdir(top, { withFileTypes: true })) {
    const path = join(top, entry.name);
    if (entry.isDirectory()) await chownTree(path, account);
    else await lchown(path, account.uid, account.gid);
  }
  await lchown(top, account.uid, account.gid);
}

async function ownerOf(path: string): Promise<Account | undefined> {
  try {
    const { uid, gid } = await stat(path);
    return { uid, gid };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function localAccounts(): Promise<readonly (Account & { readonly name: string })[]> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  return lines
    .filter(([, , uid, gid]) => /^\d+$/.test(uid ?? '') && /^\d+$/.test(gid ?? ''))
    .map(([name, , uid, gid]) => ({ name: name ?? '', uid: Number(uid), gid: Number(gid) }));
}
