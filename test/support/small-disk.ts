import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runFolder } from './database.js';

/** A disk of a few MiB, which can be filled up and emptied. Only root may mount one. */
export class SmallDisk {
  private constructor(readonly folder: string) {}

  /** Null where no disk can be mounted; says why. */
  static mount(mebibytes: number): SmallDisk | null {
    const folder = mkdtempSync(join(runFolder(), 'disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=755`, 'tmpfs', folder], { stdio: 'pipe' });
      return new SmallDisk(folder);
    } catch (error) {
      console.warn(`no disk of its own, and so not tried: ${String(error)}`);
      return null;
    }
  }

  /** A folder on it that belongs to whoever owns `like`. */
  folderOf(like: string): string {
    const made = join(this.folder, 'theirs');
    mkdirSync(made);
    const { uid, gid } = statSync(like);
    chownSync(made, uid, gid);
    return made;
  }

  /** To the last byte. */
  fill(): void {
    for (const size of [2 ** 20, 4096]) {
      for (let at = 0; ; at++) {
        try {
          writeFileSync(join(this.folder, `filler-${size}-${at}`), Buffer.alloc(size));
        } catch {
          rmSync(join(this.folder, `filler-${size}-${at}`), { force: true });
          break;
        }
      }
    }
  }

  clear(): void {
    execFileSync('find', [this.folder, '-maxdepth', '1', '-name', 'filler-*', '-delete']);
  }

  unmount(): void {
    execFileSync('umount', ['-l', this.folder], { stdio: 'pipe' });
  }
}
