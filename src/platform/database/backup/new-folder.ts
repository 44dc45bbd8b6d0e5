import { chmod, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../errors/app-error.js';

/** It holds password hashes: nobody else may even list it. */
const PRIVATE_FOLDER = 0o700;
export const PRIVATE_FILE = 0o600;

const NO_SPACE = new Set(['ENOSPC', 'EDQUOT']);
const UNWRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ELOOP', 'EIO', 'ENAMETOOLONG']);

/**
 * Does `work` in a folder that is new or empty, and takes back what it wrote when it fails, so that the same folder can
 * be tried again. A process that is killed leaves its beginnings, which are no backup without a manifest.
 * @throws AppError backup_folder_not_empty, backup_folder_unwritable, backup_no_space
 */
export async function inNewFolder<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const isNew = await explained(folder, () => takeFolder(folder));
  try {
    return await explained(folder, work);
  } catch (error) {
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
    if (isNew) await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function takeFolder(folder: string): Promise<boolean> {
  const isNew = (await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER })) !== undefined;
  const [found] = await readdir(folder);
  if (found !== undefined) throw new AppError('conflict', 'backup_folder_not_empty', { folder, found });
  await chmod(folder, PRIVATE_FOLDER);
  return isNew;
}

async function explained<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { code = '', syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    if (NO_SPACE.has(code)) throw new AppError('unavailable', 'backup_no_space', { folder });
    if (UNWRITABLE.has(code)) throw new AppError('unavailable', 'backup_folder_unwritable', { folder, reason: code });
    throw error;
  }
}

export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { mode: PRIVATE_FOLDER });
}

/** Writes a file so that it is there whole or not at all, also after a power cut. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const partial = `${path}.partial`;
  const file = await open(partial, 'wx', PRIVATE_FILE);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
  await syncFolder(dirname(path));
}

/** Makes the names in a folder last through a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
