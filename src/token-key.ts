import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './platform/config/config.js';
import { StartError } from './platform/config/start-error.js';

const KEY_BYTES = 32;
const OTHERS = 0o077;

/**
 * The key that signs access tokens: TOKEN_KEY, else the one that was made at the first start and is kept in the data
 * folder for this user's eyes only. Processes that start at the same moment come to use the same.
 * @throws StartError `token_key_unusable` where the file is cut short or others may read it
 */
export async function tokenKey({
  dataDir,
  tokenKey: given,
}: Pick<Config, 'dataDir' | 'tokenKey'>): Promise<Uint8Array> {
  if (given !== undefined) return given;
  const path = join(dataDir, 'token-key');
  const key = (await readFile(path).catch(nullWhereMissing)) ?? (await make(dataDir, path));
  const { mode } = await stat(path);
  if (key.length !== KEY_BYTES || (mode & OTHERS) !== 0) {
    throw new StartError(
      'token_key_unusable',
      `签名密钥 ${path} 不完整或他人可读：请删除它（所有人须重新登录）后再启动。`,
      `The signing key ${path} is cut short or readable by others: remove it (everybody signs in again) and start anew.`,
    );
  }
  return key;
}

/** Written whole under another name and then linked: nobody ever reads half a key, and the first one stands. */
async function make(dataDir: string, path: string): Promise<Uint8Array> {
  await mkdir(dataDir, { recursive: true });
  const beside = `${path}-${randomUUID()}`;
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(randomBytes(KEY_BYTES));
      await file.sync();
    } finally {
      await file.close();
    }
    await link(beside, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(beside, { force: true });
  }
  return readFile(path);
}

function nullWhereMissing(error: NodeJS.ErrnoException): null {
  if (error.code !== 'ENOENT') throw error;
  return null;
}
