import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machineFacts } from './machine.js';
import { print } from './report.js';

type Undo = () => Promise<void>;

/** What a benchmark leaves behind is undone in the opposite order, however it ends. */
export class Bench {
  private readonly undos: Undo[] = [];
  private undone: Promise<void> | undefined;

  private constructor(readonly folder: string) {}

  /** Runs a benchmark in a temporary folder of its own, on the file system of the system's temporary files. */
  static async run(title: string, work: (bench: Bench) => Promise<void>): Promise<void> {
    const bench = new Bench(await mkdtemp(join(tmpdir(), 'six-synergies-bench-')));
    bench.onEnd(() => rm(bench.folder, { recursive: true, force: true }));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void bench.undo().finally(() => process.exit(130)));
    }
    const begun = performance.now();
    try {
      print(`${title}\n${await machineFacts(bench.folder)}\n`);
      await work(bench);
      print(`\n用时 took ${Math.round((performance.now() - begun) / 1000)} s\n`);
    } catch (error) {
      // What fails because everything is being stopped is no failure.
      if (bench.undone === undefined) process.stderr.write(`${(error as Error).stack}\n`);
      process.exitCode = 1;
    } finally {
      await bench.undo();
    }
  }

  onEnd(undo: Undo): void {
    this.undos.push(undo);
  }

  private undo(): Promise<void> {
    const all = async () => {
      for (const undo of this.undos.reverse()) {
        await undo().catch((error: unknown) => process.stderr.write(`not cleaned up: ${String(error)}\n`));
      }
    };
    return (this.undone ??= all());
  }
}
