import { createHash } from 'node:crypto';
import { readlink, rm, symlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../../config/start-error.js';
import { identify, isAlive } from './process-identity.js';

const LOOK_AGAIN_MS = 20;
/** Longer than the slowest orderly stop (see postmaster.ts), which happens under the lock. */
const PATIENCE_MS = 120_000;

/**
 * Does `work` while no other living process does work under the same path. The lock is a symbolic link whose target
 * names its holder: it appears with its content in one step, so no reader ever meets a half-written lock.
 * @throws StartError `database_busy` when a living process keeps the lock for two minutes
 */
export async function withStartLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  await take(path);
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await create(path))) {
    const holder = await holderOf(path);
    if (holder === undefined) continue;
    if (!isAlive(holder)) {
      await breakLock(path, holder);
      continue;
    }
    if (performance.now() > deadline) {
      const pid = holder.split(':')[0];
      throw new StartError(
        'database_busy',
        `另一个进程（${pid}）正在启动或停止内置数据库，两分钟内没有结束。`,
        `Another process (${pid}) has been starting or stopping the embedded database for two minutes.`,
      );
    }
    await sleep(LOOK_AGAIN_MS);
  }
}

/**
 * Removing a dead holder's lock outright would race: a second process, having seen the same dead holder, could remove
 * the first one's new lock. So only the holder of a lock named after that dead holder may remove it, after looking
 * again. That lock is broken the same way should its holder die too.
 */
async function breakLock(path: string, deadHolder: string): Promise<void> {
  const name = createHash('sha256').update(deadHolder).digest('hex').slice(0, 12);
  await withStartLock(`${path}-${name}`, async () => {
    if ((await holderOf(path)) === deadHolder) await rm(path, { force: true });
  });
}

async function create(path: string): Promise<boolean> {
  try {
    await symlink(identify(process.pid) ?? String(process.pid), path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function holderOf(path: string): Promise<string | undefined> {
  try {
    return await readlink(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
