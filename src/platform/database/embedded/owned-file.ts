import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { Account } from './server-account.js';

/**
 * Opens a file of ours to append, readable by `owner` alone (undefined: by ourselves). Refuses a symbolic link, because
 * root must not write, or give away, what another user points it at.
 */
export async function appendable(path: string, owner: Account | undefined): Promise<FileHandle> {
  const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW } = constants;
  const file = await open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
  if (owner !== undefined) await file.chown(owner.uid, owner.gid);
  return file;
}
