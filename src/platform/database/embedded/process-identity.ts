import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Stands for a process that exists but may not be looked at (/proc mounted with hidepid). */
const HIDDEN = 'hidden';

/**
 * Names one process for good: `pid:start:boot`. A pid alone is not enough, because containers and reboots hand the same
 * small pids out again, and a crashed run's leftovers would then look alive.
 * @returns undefined when no such process exists; a zombie counts as gone, since under a container's first process
 * nobody may ever collect it.
 */
export function identify(pid: number): string | undefined {
  if (!exists(pid)) return undefined;
  if (process.platform === 'linux') return identifyLinux(pid);
  const started = ask('ps', ['-o', 'lstart=', '-p', String(pid)]);
  return started === '' ? undefined : `${pid}:${started ?? HIDDEN}`;
}

/** Whether the very process that `identify` once named still runs; in doubt, yes. */
export function isAlive(identity: string): boolean {
  const pid = Number.parseInt(identity, 10);
  const now = Number.isSafeInteger(pid) && pid > 0 ? identify(pid) : undefined;
  return now !== undefined && (now === identity || now.endsWith(`:${HIDDEN}`));
}

/** Whether the number is taken, be it by a zombie or by another account's process. */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The words a process was started with; undefined when they may not be read. */
export function commandLine(pid: number): readonly string[] | undefined {
  if (process.platform === 'linux') {
    // World-readable, unlike /proc/<pid>/cwd, which root in a container may not read of another account's process.
    const words = read(`/proc/${pid}/cmdline`);
    return words === undefined || words === '' ? undefined : words.split('\0').slice(0, -1);
  }
  return ask('ps', ['-o', 'command=', '-p', String(pid)])?.split(' ');
}

function identifyLinux(pid: number): string | undefined {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return exists(pid) ? `${pid}:${HIDDEN}` : undefined;
  // The second field is the program's name in brackets and may hold blanks, so count from the last bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTicks] = [fields[0], fields[19]];
  if (state === 'Z' || state === 'X') return undefined;
  return `${pid}:${startTicks}:${read('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}`;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function ask(program: string, words: string[]): string | undefined {
  try {
    return execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
