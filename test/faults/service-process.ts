import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Whoever kills it sends in a second what nobody sends in a minute. */
const ENVIRONMENT = {
  ...{ NODE_OPTIONS: '', PORT: '0', LOG_FORMAT: 'json', LOG_LEVEL: 'info' },
  ...{ RATE_PER_SECOND: '1000000', RATE_BURST: '1000000' },
};

/** The service itself, in a process of its own that can be killed, on a data folder of its own. */
export class ServiceProcess {
  private static readonly started: ServiceProcess[] = [];
  private readonly ended: Promise<number | null>;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {
    this.ended = new Promise((done) => child.once('exit', (code) => done(code)));
  }

  /** `app` is a compiled install (child-install.ts). Resolves when the service says that it is ready. */
  static async start(app: string, dataDir: string, settings: NodeJS.ProcessEnv = {}): Promise<ServiceProcess> {
    const child = spawn(process.execPath, [join(app, 'src/main.js')], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...ENVIRONMENT, DATA_DIR: dataDir, ...settings },
    });
    const said: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      said.push(line);
      const address = /"address":"(http[^"]+)\/api\/docs"/.exec(line)?.[1];
      if (address === undefined) continue;
      child.stdout.resume();
      const service = new ServiceProcess(child, address);
      this.started.push(service);
      return service;
    }
    throw new Error(`the service did not start:\n${said.join('\n')}`);
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** As an operator stops it; answers its exit code. */
  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM');
    return this.ended;
  }

  /** Leaves no process behind, whatever failed. */
  static async killAll(): Promise<void> {
    await Promise.all(this.started.map((service) => service.kill()));
  }
}

async function pidFile(dataDir: string): Promise<string[]> {
  return (await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n');
}

/** The owner's URL of the embedded server as it runs now. */
export async function ownerUrlOf(dataDir: string): Promise<string> {
  const password = (await readFile(join(dataDir, 'postgres-password'), 'utf8')).trim();
  return `postgres://postgres:${password}@127.0.0.1:${(await pidFile(dataDir))[3]}/postgres`;
}

/** Kills the postmaster; its children end when they notice. */
export async function killPostgres(dataDir: string): Promise<void> {
  process.kill(Number((await pidFile(dataDir))[0]), 'SIGKILL');
}
