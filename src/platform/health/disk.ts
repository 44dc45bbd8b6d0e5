import { randomUUID } from 'node:crypto';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckResult } from './readiness.js';

const MIN_FREE_BYTES = 200 * 2 ** 20;

/** Whether the folder can be written to, by writing, and has room for work: 200 MiB. */
export async function checkDisk(folder: string): Promise<CheckResult> {
  const { bavail, bsize } = await statfs(await made(folder));
  const freeBytes = bavail * bsize;
  const probe = join(folder, `.ready-${randomUUID()}`);
  try {
    await writeFile(probe, '');
  } finally {
    await rm(probe, { force: true });
  }
  return { isReady: freeBytes > MIN_FREE_BYTES, facts: { freeBytes } };
}

async function made(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  return folder;
}
