import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { transform } from '@swc/core';
import { runFolder } from '../support/database.js';

const CHECKOUT = resolve(import.meta.dirname, '../..');

/** Connects, says so, takes in the import that it is told of, and says when it is done. */
const PROGRAM = `
import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from './src/data-source.js';
import { Approvals } from './src/modules/approval/index.js';
import { ImportApproval } from './src/modules/intake/app/import-approval.js';
import { RunImport } from './src/modules/intake/app/run-import.js';
import { loadConfig } from './src/platform/config/config.js';
import { UnitOfWork } from './src/platform/database/unit-of-work.js';
import { FileStore } from './src/platform/files/file-store.js';
const say = (text) => process.stdout.write(text + '\\n');
const { DATABASE_URL, STORE } = process.env;
const source = await new DataSource(dataSourceOptions(DATABASE_URL, 2)).initialize();
const limits = loadConfig({}, '/').fileLimits;
const uow = new UnitOfWork(source);
const runImport = new RunImport(uow, new FileStore(STORE), limits, new ImportApproval(new Approvals(uow)));
process.stdin.once('data', async (line) => {
  const [mine, importId] = String(line).trim().split(' ');
  say('begun');
  await runImport.run(mine, importId, () => undefined);
  say('done');
  await source.destroy();
  process.stdin.destroy();
});
say('ready');
`;

/** The program compiled into the folder of this run, so that a process of its own can be killed. */
export async function makeChildInstall(): Promise<string> {
  const app = join(runFolder(), `app-${randomUUID()}`);
  for (const folder of ['src', 'migrations', 'analytics']) {
    const names = await readdir(join(CHECKOUT, folder), { recursive: true });
    for (const name of names.filter((path) => path.endsWith('.ts'))) {
      const { code } = await transform(await readFile(join(CHECKOUT, folder, name), 'utf8'), {
        module: { type: 'es6' },
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
      });
      const target = join(app, folder, name.replace(/\.ts$/, '.js'));
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, code);
    }
  }
  await symlink(join(CHECKOUT, 'node_modules'), join(app, 'node_modules'));
  await writeFile(join(app, 'package.json'), '{"type":"module"}');
  await writeFile(join(app, 'import.js'), PROGRAM);
  return app;
}

/** A process that takes one import in. */
export class ImportingChild {
  private static readonly started: ImportingChild[] = [];
  private readonly lines: AsyncIterator<string>;
  private readonly ended: Promise<unknown>;

  private constructor(private readonly child: ChildProcess) {
    this.lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
    this.ended = new Promise((done) => child.once('exit', done));
  }

  static async start(app: string, databaseUrl: string, store: string): Promise<ImportingChild> {
    const child = spawn(process.execPath, [join(app, 'import.js')], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: databaseUrl, STORE: store },
    });
    const importing = new ImportingChild(child);
    this.started.push(importing);
    await importing.hears('ready');
    return importing;
  }

  async take(mine: string, importId: string): Promise<void> {
    this.child.stdin!.write(`${mine} ${importId}\n`);
    await this.hears('begun');
  }

  /** The import has a fate; the process ends by itself. */
  async done(): Promise<void> {
    await this.hears('done');
  }

  /** Leaves no process behind, whatever failed. */
  static async killAll(): Promise<void> {
    await Promise.all(this.started.map((importing) => importing.kill()));
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  private async hears(expected: string): Promise<void> {
    const line = await this.lines.next();
    if (line.done || line.value !== expected) throw new Error(`expected ${expected}, heard ${String(line.value)}`);
  }
}
