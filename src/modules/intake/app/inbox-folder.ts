import { constants, type BigIntStats } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, writeFile, type FileHandle } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { identityOf, openForWriting } from './inbox-writers.js';

/** A file of the inbox as it was when it stood still. */
export interface InboxFile {
  readonly name: string;
  /** Another one when the file is replaced or written to. */
  readonly version: string;
  readonly arrivedAt: Date;
}

export type Outcome = 'done' | 'refused';
const OUTCOMES: readonly Outcome[] = ['done', 'refused'];

/** What programs call a file that they are still at; `~$` is the lock of an open workbook. */
const UNFINISHED_NAME = /^(\.|~\$)|\.(tmp|part|crdownload|filepart)$/i;

/** Seconds without a change before a file counts as complete, by our own clock: shared folders have another one. */
const STILL_MS = 2_000;
/** Programs that copy make the file first; who made an empty one on another machine cannot be seen writing. */
const STILL_EMPTY_MS = 60_000;

/** Bytes of a file name, on every common file system. */
const MAX_NAME_BYTES = 255;
const LONGEST_SUFFIX = ' (9999).receipt.json'.length;

/** The watched folder. It remembers nothing that a later start would need. */
export class InboxFolder {
  private readonly seen = new Map<string, { readonly version: string; readonly sinceMs: number }>();

  constructor(readonly path: string) {}

  /** @throws Error of the file system when the folders can neither be found nor made */
  async prepare(): Promise<void> {
    for (const outcome of OUTCOMES) await mkdir(join(this.path, outcome), { recursive: true });
  }

  /** Files that have stood still for two scans at least and that nobody writes to. Links, folders and pipes are left. */
  async complete(): Promise<InboxFile[]> {
    const now = performance.now();
    const names = (await readdir(this.path)).filter((name) => !UNFINISHED_NAME.test(name)).sort();
    for (const gone of [...this.seen.keys()].filter((name) => !names.includes(name))) this.seen.delete(gone);
    const still = new Map<string, InboxFile>();
    for (const name of names) {
      const stats = await lstat(join(this.path, name), { bigint: true }).catch(() => null);
      if (stats === null || !stats.isFile()) continue;
      const version = versionOf(stats);
      const before = this.seen.get(name);
      if (before?.version !== version) this.seen.set(name, { version, sinceMs: now });
      else if (now - before.sinceMs >= (stats.size === 0n ? STILL_EMPTY_MS : STILL_MS)) {
        still.set(identityOf(stats), { name, version, arrivedAt: stats.ctime });
      }
    }
    const written = await openForWriting(new Set(still.keys()));
    return [...still].filter(([identity]) => !written.has(identity)).map(([, file]) => file);
  }

  /** Reads a file, following no link; null when it is not the one that stood still, or changed while it was read. */
  async read<Result>(file: InboxFile, work: (handle: FileHandle) => Promise<Result>): Promise<Result | null> {
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    const handle = await open(join(this.path, file.name), flags);
    try {
      const isSame = async () => versionOf(await handle.stat({ bigint: true })) === file.version;
      if (!(await isSame())) return null;
      const result = await work(handle);
      return (await isSame()) ? result : null;
    } finally {
      await handle.close();
    }
  }

  /**
   * The path without ending at which a file and what goes with it are to lie: its own name, or `name (2)` and so on where
   * that is taken. `isOurs` tells of a receipt that lies there without its file whether a crash left it of this import.
   */
  async target(outcome: Outcome, name: string, isOurs: (receiptPath: string) => Promise<boolean>): Promise<string> {
    const { name: stem, ext } = parse(name);
    for (let number = 1; ; number += 1) {
      const path = join(this.path, outcome, fitting(stem, number === 1 ? ext : ` (${number})${ext}`));
      if (await isThere(path)) continue;
      const receipt = `${path}.receipt.json`;
      if (!(await isThere(receipt)) || (await isOurs(receipt))) return path;
    }
  }

  /** Moves the file last, so that where it lies its receipt lies too; a file that was replaced meanwhile stays. */
  async fileAway(file: InboxFile, target: string, receipts: Readonly<Record<string, string>>): Promise<boolean> {
    for (const [ending, text] of Object.entries(receipts)) {
      const unfinished = `${target}${ending}.part`;
      await writeFile(unfinished, text, { flush: true });
      await rename(unfinished, `${target}${ending}`);
    }
    const path = join(this.path, file.name);
    const stats = await lstat(path, { bigint: true }).catch(() => null);
    if (stats === null || versionOf(stats) !== file.version) return false;
    await rename(path, target);
    this.seen.delete(file.name);
    return true;
  }
}

/** ctime changes with everything that changes a file, and when it is moved here. */
const versionOf = (stats: BigIntStats) => [stats.dev, stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join();

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

/** The stem cut, between characters, so that the name fits even with the longest ending. */
function fitting(stem: string, rest: string): string {
  const room = MAX_NAME_BYTES - LONGEST_SUFFIX - Buffer.byteLength(rest);
  let kept = '';
  for (const character of stem) {
    if (Buffer.byteLength(kept + character) > room) break;
    kept += character;
  }
  return `${kept}${rest}`;
}
