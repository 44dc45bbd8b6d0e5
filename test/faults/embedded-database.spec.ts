import { spawn } from 'node:child_process';
import { access, chown, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acquireDatabase } from '../../src/platform/database/embedded/embedded-database.js';
import { isRunning, PrivateInstall, query, type User } from './private-install.js';

/** Real servers in temporary folders; every fault is made, none is imitated. */
const isRoot = process.getuid?.() === 0;
/** npm run test:embedded: under another user too, and after every kind of crash. */
const isLong = process.env.EMBEDDED === 'all';
const long = isLong ? it : it.skip;
const nobody: User | undefined = isRoot ? { uid: 65_534, gid: 65_534 } : undefined;
/** No Linux or macOS gives out a number this high. */
const DEAD = '4194305:1:boot';
const QUIET = { info: () => undefined, warn: () => undefined };

let install: PrivateInstall;
beforeAll(async () => {
  install = await PrivateInstall.make();
});
afterAll(() => install.remove());

async function serverPid(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8'), 10);
}

async function untilGone(pid: number): Promise<void> {
  for (let tries = 200; tries > 0 && isRunning(pid); tries -= 1) await sleep(25);
}

/** The next process gets in, finds the row, and leaves no server behind. */
async function expectRowAfterNextStart(dataDir: string, user?: User): Promise<void> {
  const next = install.run(dataDir, user);
  const { ownerUrl, code } = await next.answer();
  expect(code).toBeUndefined();
  expect(await query(ownerUrl, 'SELECT row FROM kept')).toEqual([{ row: 1 }]);
  const pid = await serverPid(dataDir);
  expect(await next.release()).toEqual({ released: true });
  expect(isRunning(pid)).toBe(false);
}

describe.each([
  [isRoot ? 'root' : 'an ordinary user', undefined] as const,
  ...(isRoot && isLong ? [['an ordinary user', nobody] as const] : []),
])('the life of the embedded database under %s', (_name, user) => {
  it('is made, keeps rows over a stop, and starts again quickly', async () => {
    const dataDir = await install.newFolder(user);
    const first = install.run(dataDir, user);
    const made = await first.answer();
    expect(made).toMatchObject({ startedHere: true });
    await query(made.ownerUrl, 'CREATE TABLE kept AS SELECT 1 AS row');
    const pid = await serverPid(dataDir);
    // A process group of its own: Ctrl-C must not reach the server before the service has shut down.
    expect(process.kill(-pid, 0)).toBe(true);
    expect(await first.release()).toEqual({ released: true });
    expect(isRunning(pid)).toBe(false);

    const second = install.run(dataDir, user);
    const again = await second.answer();
    expect(again).toMatchObject({ startedHere: true });
    expect(await query(again.ownerUrl, 'SELECT row FROM kept')).toEqual([{ row: 1 }]);
    await second.release();
    // 2 s and 0.5 s are the aims on an idle machine; the bounds leave room for a busy one.
    console.info(`${_name}: first start ${made.ms} ms, later start ${again.ms} ms`);
    expect(made.ms).toBeLessThan(20_000);
    expect(again.ms).toBeLessThan(10_000);
  });

  it('is shared by the service and a command, and stops with the last of them', async () => {
    const dataDir = await install.newFolder(user);
    const command = install.run(dataDir, user);
    const { ownerUrl } = await command.answer();
    const service = install.run(dataDir, user);
    expect(await service.answer()).toMatchObject({ ownerUrl, startedHere: false });
    const pid = await serverPid(dataDir);
    await command.release();
    expect(await query(ownerUrl, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
    await service.release();
    expect(isRunning(pid)).toBe(false);
  });
});

it('runs inside the test process, with durable settings, and its files are private', async () => {
  const dataDir = await install.newFolder();
  const lease = await acquireDatabase({ dataDir, databaseUrl: undefined }, QUIET);
  const wanted =
    "('fsync','full_page_writes','synchronous_commit','data_checksums','jit','TimeZone','server_encoding')";
  const rows = await query(lease.ownerUrl, `SELECT name, setting FROM pg_settings WHERE name IN ${wanted}`);
  expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    data_checksums: 'on',
    jit: 'off',
    TimeZone: 'Asia/Shanghai',
    server_encoding: 'UTF8',
  });
  for (const name of ['postgres-password', 'postgres.log']) {
    expect((await stat(join(dataDir, name))).mode & 0o077).toBe(0);
  }
  await expect(query(lease.ownerUrl.replace(/:[^:@]*@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(/password/);
  await Promise.all([lease.release(), lease.release()]);
  await expect(access(join(dataDir, 'postgres/postmaster.pid'))).rejects.toThrow();
});

it('leaves an external database alone', async () => {
  const lease = await acquireDatabase({ dataDir: '/nowhere', databaseUrl: 'postgres://a@b/c' }, QUIET);
  expect(lease).toMatchObject({ ownerUrl: 'postgres://a@b/c', startedHere: false });
  await lease.release();
});

it('is made once when four processes start at once and all find the lock of a dead one', async () => {
  const dataDir = await install.newFolder();
  await mkdir(dataDir);
  await symlink(DEAD, join(dataDir, 'postgres-lock'));
  const drivers = [1, 2, 3, 4].map(() => install.run(dataDir));
  const answers = await Promise.all(drivers.map((driver) => driver.answer()));
  expect(answers.filter(({ startedHere }) => startedHere)).toHaveLength(1);
  expect(new Set(answers.map(({ ownerUrl }) => ownerUrl)).size).toBe(1);
  const pid = await serverPid(dataDir);
  await Promise.all(drivers.map((driver) => driver.release()));
  expect(isRunning(pid)).toBe(false);
});

long('is never stopped under somebody who just came in, while others come and go', async () => {
  const dataDir = await install.newFolder();
  const comeAndGo = async (): Promise<void> => {
    for (let visits = 8; visits > 0; visits -= 1) {
      const lease = await acquireDatabase({ dataDir, databaseUrl: undefined }, QUIET);
      expect(await query(lease.ownerUrl, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
      await lease.release();
    }
  };
  await Promise.all([comeAndGo(), comeAndGo(), comeAndGo()]);
  await expect(access(join(dataDir, 'postgres/postmaster.pid'))).rejects.toThrow();
});

describe('a crashed run never blocks the next one', () => {
  long('whose lock names a number that another process has now', async () => {
    const dataDir = await install.usedFolder();
    await symlink(`${process.pid}:1:another-boot`, join(dataDir, 'postgres-lock'));
    await expectRowAfterNextStart(dataDir);
    expect(await readdir(dataDir)).not.toContain('postgres-lock');
  });

  it('killed while it held the server: the next process adopts the server and stops it', async () => {
    const dataDir = await install.usedFolder();
    const killed = install.run(dataDir);
    await killed.answer();
    const pid = await serverPid(dataDir);
    await killed.kill();
    expect(isRunning(pid)).toBe(true);
    const next = install.run(dataDir);
    expect(await next.answer()).toMatchObject({ startedHere: false });
    await next.release();
    expect(isRunning(pid)).toBe(false);
    await expectRowAfterNextStart(dataDir);
  });

  long('killed while it made the database', async () => {
    const dataDir = await install.newFolder();
    const killed = install.run(dataDir);
    const staged = async (): Promise<boolean> =>
      (await readdir(dataDir).catch(() => [])).some((name) => name.startsWith('postgres-initdb-'));
    while (!(await staged())) await sleep(5);
    await sleep(50);
    await killed.kill();
    expect(await staged()).toBe(true);
    const next = install.run(dataDir);
    expect(await next.answer()).toMatchObject({ startedHere: true });
    expect(await staged()).toBe(false);
    await next.release();
  });

  long('whose server was killed: what was acknowledged is there', async () => {
    const dataDir = await install.newFolder();
    const driver = install.run(dataDir);
    await query((await driver.answer()).ownerUrl, 'CREATE TABLE kept AS SELECT 1 AS row');
    const pid = await serverPid(dataDir);
    process.kill(pid, 'SIGKILL');
    await untilGone(pid);
    expect(await driver.release()).toEqual({ released: true });
    await expectRowAfterNextStart(dataDir);
  });

  long('whose postmaster.pid now names another program, or nothing', async () => {
    const dataDir = await install.usedFolder();
    const { uid, gid } = await stat(join(dataDir, 'postgres'));
    // PostgreSQL would believe this one: it is alive and of the server's own account.
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore', ...(isRoot ? { uid, gid } : {}) });
    for (const content of [`${stranger.pid}\n${dataDir}/postgres\n1700000000\n5432\n`, '']) {
      await writeFile(join(dataDir, 'postgres/postmaster.pid'), content);
      await chown(join(dataDir, 'postgres/postmaster.pid'), uid, gid);
      await expectRowAfterNextStart(dataDir);
    }
    expect(stranger.exitCode).toBeNull();
    stranger.kill();
  });
});
