import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './platform/config/config.js';

const KEY_BYTES = 32;

/** The key that signs access tokens: made at the first start, and kept in the data folder for this user's eyes only. */
export async function tokenKey({ dataDir }: Pick<Config, 'dataDir'>): Promise<Uint8Array> {
  const path = join(dataDir, 'token-key');
  await mkdir(dataDir, { recursive: true });
  try {
    await writeFile(path, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFile(path);
}
