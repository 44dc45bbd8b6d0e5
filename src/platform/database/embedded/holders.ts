import { randomBytes } from 'node:crypto';
import { lchown, mkdir, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { identify, isAlive } from './process-identity.js';
import type { Account } from './server-account.js';

/**
 * Who uses the embedded server now: one symbolic link per lease, whose target names the process. The last one out stops
 * the server, whoever started it; a service thus survives the end of a command that happened to start first, and the
 * server of a killed process belongs to whoever comes next. Call only under the start lock.
 */
export async function addHolder(folder: string, owner: Account | undefined): Promise<string> {
  if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined && owner !== undefined) {
    await lchown(folder, owner.uid, owner.gid);
  }
  const path = join(folder, `${process.pid}-${randomBytes(4).toString('hex')}`);
  await symlink(identify(process.pid) ?? String(process.pid), path);
  return path;
}

/** Removes `own`, forgets processes that died without saying so, and tells whether anyone is left. */
export async function removeHolder(folder: string, own: string): Promise<{ readonly anyoneLeft: boolean }> {
  await rm(own, { force: true });
  let anyoneLeft = false;
  for (const name of (await readdir(folder)).filter((entry) => /^\d+-/.test(entry))) {
    const path = join(folder, name);
    if (isAlive(await readlink(path))) anyoneLeft = true;
    else await rm(path, { force: true });
  }
  return { anyoneLeft };
}
