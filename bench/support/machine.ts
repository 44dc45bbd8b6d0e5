import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';
import { serverPackage } from '../../src/platform/database/embedded/server-binaries.js';

const GIB = 2 ** 30;
/** The processors that issue 2 measures on. */
const PROCESSORS = 2;

/** What figures depend on beside the code. Ratios may be compared between machines, times may not. */
export async function machineFacts(folder: string): Promise<string> {
  const count = availableParallelism();
  const load = loadavg()[0]!;
  const facts = [
    `${cpus()[0]?.model ?? 'unknown processor'}, ${count} processors, ${Math.round(totalmem() / GIB)} GiB`,
    `Linux ${release()}, ${await fileSystemOf(folder)}, Node ${process.version}, PostgreSQL ${(await serverPackage()).version}`,
    `负载 load average ${Math.round(load * 100) / 100}`,
  ];
  if (count !== PROCESSORS) facts.push(`注意：指标以两核为准（taskset -c 0,1）the goals are for two processors`);
  if (load > 0.5) facts.push('注意：机器不空闲，数字不可作准 the machine is not idle: take no figure for good');
  return facts.join('\n');
}

/** Type of the file system: on tmpfs a commit would cost nothing. */
async function fileSystemOf(folder: string): Promise<string> {
  const mounts = await readFile('/proc/mounts', 'utf8').catch(() => '');
  const found = mounts
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, point = '']) => point === '/' || folder === point || folder.startsWith(`${point}/`))
    .sort(([, a = ''], [, b = '']) => b.length - a.length)[0];
  return found?.[2] ?? 'unknown file system';
}
