import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Guard } from './guard.js';

export const CHECKOUT = resolve(import.meta.dirname, '../..');

/** What the specs need of the project beside its installed packages. */
const PARTS = ['src', 'migrations', 'analytics', 'test', 'package.json', 'jest.config.mjs'];

/** What jest says of a run. */
interface Result {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  /** Specs that could not even be loaded. */
  readonly numRuntimeErrorTestSuites: number;
}

/** A copy of the project in a folder of its own, in which guards are removed and put back. */
export class GuardedCopy {
  private constructor(private readonly folder: string) {}

  static async make(): Promise<GuardedCopy> {
    const folder = await mkdtemp(join(tmpdir(), 'six-synergies-guards-'));
    for (const part of PARTS) await cp(join(CHECKOUT, part), join(folder, part), { recursive: true });
    await symlink(join(CHECKOUT, 'node_modules'), join(folder, 'node_modules'));
    return new GuardedCopy(folder);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Whether specs pass with every guard in place. */
  async passes(guard: Guard): Promise<boolean> {
    const result = await this.run(guard);
    return result.numFailedTests === 0 && result.numRuntimeErrorTestSuites === 0 && result.numPassedTests > 0;
  }

  /** Whether a spec fails once the guard is gone; one that cannot be loaded has noticed nothing. */
  async notices(guard: Guard): Promise<boolean> {
    const { file, from, to } = guard;
    const path = join(this.folder, file);
    const source = await readFile(path, 'utf8');
    await writeFile(
      path,
      source.replace(from, () => to),
    );
    try {
      const { numFailedTests, numRuntimeErrorTestSuites } = await this.run(guard);
      return numFailedTests > 0 && numRuntimeErrorTestSuites === 0;
    } finally {
      await writeFile(path, source);
    }
  }

  private async run({ specs, only, asking }: Guard): Promise<Result> {
    const told = join(this.folder, 'result.json');
    await rm(told, { force: true });
    const jest = join(this.folder, 'node_modules/jest/bin/jest.js');
    const named = only === undefined ? [] : ['-t', only];
    const words = ['--experimental-vm-modules', '--no-warnings', jest, '-i', '--json', `--outputFile=${told}`];
    // Its own folder for this run, its own sizes.
    const matrix = asking === undefined ? {} : { MATRIX: 'all', ASKING: asking };
    const env = { ...process.env, TEST_RUN_FOLDER: undefined, ...matrix };
    const child = spawn(process.execPath, [...words, ...specs, ...named], { cwd: this.folder, env, stdio: 'ignore' });
    await new Promise((ended) => child.once('exit', ended));
    return JSON.parse(await readFile(told, 'utf8')) as Result;
  }
}
