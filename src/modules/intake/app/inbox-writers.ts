import type { BigIntStats } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';

/** The lowest two bits of open(2)'s flags: 0 is reading alone. */
const ACCESS_MODE = 0o3;

export const identityOf = ({ dev, ino }: Pick<BigIntStats, 'dev' | 'ino'>) => `${dev}:${ino}`;

/**
 * Which of the files (by `identityOf`) some process of this machine has open for writing. Best effort: none where there is
 * no /proc, and none of processes that may not be looked into.
 */
export async function openForWriting(files: ReadonlySet<string>): Promise<Set<string>> {
  const found = new Set<string>();
  if (files.size === 0 || process.platform !== 'linux') return found;
  for (const pid of await namesIn('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    for (const fd of await namesIn(`/proc/${pid}/fd`)) {
      const stats = await stat(`/proc/${pid}/fd/${fd}`, { bigint: true }).catch(() => null);
      if (stats === null || !stats.isFile() || !files.has(identityOf(stats))) continue;
      if (await isWriting(`/proc/${pid}/fdinfo/${fd}`)) found.add(identityOf(stats));
    }
  }
  return found;
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

async function isWriting(fdInfo: string): Promise<boolean> {
  const text = await readFile(fdInfo, 'utf8').catch(() => '');
  const flags = /^flags:\s*([0-7]+)$/m.exec(text)?.[1];
  return flags !== undefined && (parseInt(flags, 8) & ACCESS_MODE) !== 0;
}
