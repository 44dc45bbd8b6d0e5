import type { FileHandle } from 'node:fs/promises';
import { appendable } from './owned-file.js';
import { runAs } from './run-as.js';
import type { Account } from './server-account.js';

export type Guard = { readonly state: 'free'; readonly file: FileHandle | undefined } | { readonly state: 'busy' };

/**
 * Two servers on one folder destroy it, and PostgreSQL's own checks do not see a server in another container that mounts
 * the same folder: its process and its shared memory are invisible from here. A kernel lock on a file is not. Node
 * cannot take one, but flock(1), of every Linux base system, can take it on a descriptor that we share with it; the
 * server inherits that descriptor, and the kernel lets go when the last process of the server is gone, however it died.
 * Where there is no flock(1) (macOS, which has no containers of its own) only PostgreSQL's checks remain.
 */
export async function guardFolder(path: string, owner: Account | undefined): Promise<Guard> {
  if (process.platform !== 'linux') return { state: 'free', file: undefined };
  const file = await appendable(path, owner);
  const { code } = await runAs(undefined, 'flock', ['-x', '-n', '3'], file);
  if (code !== 1) return { state: 'free', file };
  await file.close();
  return { state: 'busy' };
}
