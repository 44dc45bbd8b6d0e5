import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** A program of a compiled install (child-install.ts) in a process of its own, that can be killed. */
export class CommandProcess {
  private static readonly started: CommandProcess[] = [];
  /** The exit code, null when it was killed. */
  readonly ended: Promise<number | null>;
  private said = '';

  private constructor(private readonly child: ChildProcess) {
    child.stderr!.on('data', (chunk: Buffer) => (this.said += chunk.toString('utf8')));
    this.ended = new Promise((done) => child.once('close', (code) => done(code)));
  }

  /** `env` says where it works: DATA_DIR, DATABASE_URL. */
  static start(app: string, env: Readonly<Record<string, string>>, program: string, ...args: string[]): CommandProcess {
    const child = spawn(process.execPath, [join(app, program), ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '', ...env },
    });
    const started = new CommandProcess(child);
    CommandProcess.started.push(started);
    return started;
  }

  /** What it wrote on the standard error so far. */
  get err(): string {
    return this.said;
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** Leaves no process behind, whatever failed. */
  static async killAll(): Promise<void> {
    await Promise.all(this.started.map((each) => each.kill()));
  }
}
