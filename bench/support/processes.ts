import { readdir, readFile, readlink, writeFile } from 'node:fs/promises';

/** What Linux says of processes; of one that has ended, nothing. */

const KIB = 1024;
/** USER_HZ: the unit of times in /proc is 10 ms on every platform that Node runs on. */
const TICKS_PER_SECOND = 100;

interface ProcessTimes {
  readonly parent: number;
  /** Seconds of processor time of its own and of the children it has buried. */
  readonly own: number;
  readonly buried: number;
}

async function timesOf(pid: number): Promise<ProcessTimes | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  // The name in brackets may hold anything; counted from behind it, the parent is the 2nd field, times the 12th to 15th.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = (place: number) => Number(fields[place - 1]) / TICKS_PER_SECOND;
  return { parent: Number(fields[1]), own: ticks(12) + ticks(13), buried: ticks(14) + ticks(15) };
}

/** A process and its children; PostgreSQL's have none of their own. */
async function family(root: number): Promise<Map<number, ProcessTimes>> {
  const found = new Map<number, ProcessTimes>();
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  for (const pid of pids) {
    const times = await timesOf(pid);
    if (times !== undefined && (pid === root || times.parent === root)) found.set(pid, times);
  }
  return found;
}

/** The child of a process whose command line holds a word; undefined where there is none. */
export async function childNamed(root: number, word: string): Promise<number | undefined> {
  for (const pid of (await family(root)).keys()) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (pid !== root && command.includes(word)) return pid;
  }
  return undefined;
}

/** Seconds of processor time that a process has used, not counting its children. */
export async function processorSeconds(pid: number): Promise<number> {
  return (await timesOf(pid))?.own ?? 0;
}

/** Seconds of processor time of a process and all its children, of those also that have ended. */
export async function familyProcessorSeconds(root: number): Promise<number> {
  const members = await family(root);
  return [...members.values()].reduce((sum, { own }) => sum + own, members.get(root)?.buried ?? 0);
}

/** The most bytes of memory that a process has ever had, since `forgetPeak`. */
export async function peakBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * KIB;
}

/** Bytes of memory that a process has now. */
export async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * KIB;
}

/** proc(5), clear_refs: 5 sets the peak to what the process has now. */
export async function forgetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5');
}

export async function workingFolder(pid: number): Promise<string | undefined> {
  return readlink(`/proc/${pid}/cwd`).catch(() => undefined);
}

export interface FamilyMemory {
  /** Bytes; memory that processes share is counted once. */
  readonly total: number;
  /** Of which shared between the processes: PostgreSQL's buffers. */
  readonly shared: number;
}

/** Memory of a process and its children by their proportional shares (Pss). */
export async function familyMemory(root: number): Promise<FamilyMemory> {
  let total = 0;
  let shared = 0;
  for (const pid of (await family(root)).keys()) {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
    const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(rollup)?.[1] ?? 0) * KIB;
    total += bytes('Pss');
    shared += bytes('Pss_Shmem');
  }
  return { total, shared };
}

/** Looks again and again until `stop`, which answers the moment at which the family was largest. */
export function watchMemory(root: number, intervalMs: number): { stop(): Promise<FamilyMemory> } {
  let isStopped = false;
  let peak: FamilyMemory = { total: 0, shared: 0 };
  const look = async () => {
    while (!isStopped) {
      const now = await familyMemory(root);
      if (now.total > peak.total) peak = now;
      await new Promise((resolve) => setTimeout(resolve, intervalMs));
    }
  };
  const looking = look();
  return {
    stop: async () => {
      isStopped = true;
      await looking;
      return peak;
    },
  };
}
