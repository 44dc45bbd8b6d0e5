import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { open, type FileHandle } from 'node:fs/promises';
import { StartError } from '../../config/start-error.js';
import type { Account } from './server-account.js';

/**
 * Starts a program as `account` (undefined: as ourselves) with nothing of our environment: PGPORT, PGOPTIONS, LD_* or
 * TZ of a login must not decide how the database runs.
 * @throws StartError `account_not_permitted`
 */
export function spawnAs(
  account: Account | undefined,
  program: string,
  words: readonly string[],
  stdio: StdioOptions,
  detached = false,
): ChildProcess {
  const env = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C' };
  try {
    return spawn(program, words, { cwd: '/', env, stdio, detached, ...account });
  } catch (cause) {
    // Unlike a missing program, this is thrown at once: a root without the right to become somebody else.
    throw new StartError(
      'account_not_permitted',
      `无权以 uid ${account?.uid} 运行内置数据库（${String(cause)}）：请改用普通用户启动，或授予 SETUID 和 SETGID 权限。`,
      `Not permitted to run the embedded database as uid ${account?.uid} (${String(cause)}): start as an ordinary user, or grant the SETUID and SETGID capabilities.`,
      { cause },
    );
  }
}

/** Runs a short program to its end. @returns its exit code (-1: did not even start) and the last lines it wrote */
export async function runAs(
  account: Account | undefined,
  program: string,
  words: readonly string[],
  inherited?: FileHandle,
): Promise<{ readonly code: number; readonly output: string }> {
  const child = spawnAs(account, program, words, ['ignore', 'pipe', 'pipe', inherited?.fd ?? 'ignore']);
  let output = '';
  const collect = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-4_000);
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return { code: code ?? -1, output: lastLines(output) };
  } catch (error) {
    return { code: -1, output: String(error) };
  }
}

/** A folder under the name by which the server's account can enter it; `handle` must be inherited as descriptor 3. */
export interface Reachable {
  readonly path: string;
  readonly handle: FileHandle | undefined;
}

/**
 * Root's data folder often lies below a folder that only root may enter (/root, a 0700 checkout). The data then stay
 * where they were asked for: we open the folder and the server, having inherited the descriptor, enters it through
 * /proc/self/fd, which does not walk the closed parents. Tried, not computed, so that ACLs count too. Close `handle`
 * once the child runs.
 * @throws StartError `data_folder_closed` where the system has no such way in
 */
export async function reach(folder: string, account: Account | undefined): Promise<Reachable> {
  if (account === undefined || (await canEnter(folder, account))) return { path: folder, handle: undefined };
  const handle = await open(folder, 'r');
  if (await canEnter('/proc/self/fd/3', account, handle)) return { path: '/proc/self/fd/3', handle };
  await handle.close();
  throw new StartError(
    'data_folder_closed',
    `内置数据库的运行账户（uid ${account.uid}）进不了数据目录 ${folder}：请放开上级目录的进入权限，或用 DATA_DIR 指定别的目录。`,
    `The account that runs the embedded database (uid ${account.uid}) cannot enter ${folder}: open its parent folders, or set DATA_DIR.`,
  );
}

/** `inherited` becomes descriptor 3 of the trial. */
export async function canEnter(folder: string, account: Account, inherited?: FileHandle): Promise<boolean> {
  return (await runAs(account, '/bin/sh', ['-c', 'cd "$1"', 'sh', folder], inherited)).code === 0;
}

function lastLines(output: string): string {
  return output.trim().split('\n').slice(-5).join(' | ');
}
