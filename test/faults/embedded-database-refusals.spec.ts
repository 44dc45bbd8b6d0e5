import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, lstat, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, PrivateInstall, query, type User } from './private-install.js';

/** What stops a start is said in one sentence per language, with a code; what only looks like it is overcome. */
const isRoot = process.getuid?.() === 0;
/** Shown as skipped, not passed, when the tests run without root. */
const asRoot = isRoot ? it : it.skip;
/** Those that copy an install or wait for a refusal: npm run test:embedded. */
const isLong = process.env.EMBEDDED === 'all';
const longAsRoot = isLong ? asRoot : it.skip;
const longOnLinux = isLong && process.platform === 'linux' ? it : it.skip;
const ordinary: User | undefined = isRoot ? { uid: 65_534, gid: 65_534 } : undefined;

const COPY = 'six-synergies-postgres-';

let install: PrivateInstall;
beforeAll(async () => {
  install = await PrivateInstall.make();
});
afterAll(() => install.remove());

async function expectRefusal(dataDir: string, code: string, says: RegExp, user?: User): Promise<Answer> {
  const answer = await install.run(dataDir, user).answer();
  expect(answer).toMatchObject({ name: 'StartError', code });
  expect(answer.zh).toMatch(/^[^。\n]*\p{Script=Han}[^。\n]*。$/u);
  expect(answer.en).toMatch(/^[A-Z][^\n]*\.$/);
  expect(answer.en).toMatch(says);
  return answer;
}

async function copiesOutside(): Promise<string[]> {
  const found = await Promise.all(
    ['/var/lib', tmpdir()].map(async (folder) =>
      (await readdir(folder)).filter((name) => name.startsWith(COPY)).map((name) => join(folder, name)),
    ),
  );
  return found.flat();
}

/** Starts, asks, stops: all is well. */
async function expectStart(dataDir: string, user?: User, app?: string): Promise<void> {
  const driver = install.run(dataDir, user, app);
  const { ownerUrl, code, en } = await driver.answer();
  expect({ code, en }).toEqual({});
  expect(await query(ownerUrl, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
  expect(await driver.release()).toEqual({ released: true });
}

describe('a start is refused in one sentence', () => {
  it('when the folder is of another major version', async () => {
    const dataDir = await install.newFolder();
    await mkdir(join(dataDir, 'postgres'), { recursive: true });
    await writeFile(join(dataDir, 'postgres/PG_VERSION'), '15\n');
    await expectRefusal(dataDir, 'database_of_other_version', /made by PostgreSQL 15, .* brings PostgreSQL 18/);
  });

  it('when the folder holds something else', async () => {
    const dataDir = await install.newFolder();
    await mkdir(join(dataDir, 'postgres/photos'), { recursive: true });
    await expectRefusal(dataDir, 'not_a_database', /no PG_VERSION/);
    expect(await readdir(join(dataDir, 'postgres'))).toEqual(['photos']);
  });

  it('when an ordinary user may not write the data folder, or make it', async () => {
    const dataDir = await install.newFolder();
    await expectRefusalUnwritable(join(dataDir, '..'), dataDir);
    await mkdir(dataDir);
    await expectRefusalUnwritable(dataDir, dataDir);
  });

  async function expectRefusalUnwritable(closed: string, dataDir: string): Promise<void> {
    await chmod(closed, 0o555);
    await expectRefusal(dataDir, 'data_folder_unwritable', /EACCES.*set DATA_DIR/, ordinary);
    await chmod(closed, 0o755);
  }

  it('when a file stands where the folder should be', async () => {
    const dataDir = await install.newFolder();
    await writeFile(dataDir, '');
    await expectRefusal(dataDir, 'data_folder_unwritable', /EEXIST|ENOTDIR/);
  });

  asRoot('when the database belongs to another user', async () => {
    const dataDir = await install.usedFolder();
    await chmod(dataDir, 0o777);
    await chmod(join(dataDir, 'postgres-holders'), 0o777);
    await chown(join(dataDir, 'postgres'), 1, 1);
    await expectRefusal(dataDir, 'database_of_other_user', /another user/, ordinary);
  });

  it('when initdb fails, with its last lines, and the next start is not hindered', async () => {
    const dataDir = await install.newFolder();
    const template = join(install.native, 'share/postgresql/postgres.bki');
    await rename(template, `${template}.away`);
    await expectRefusal(dataDir, 'initdb_failed', /postgres\.bki.*does not exist/);
    await rename(`${template}.away`, template);
    expect((await readdir(dataDir)).filter((name) => name.startsWith('postgres-initdb-'))).toEqual([]);
    await expectStart(dataDir);
  });

  it('when the password file was replaced or lost; the server does not stay behind', async () => {
    const dataDir = await install.usedFolder();
    const password = await readFile(join(dataDir, 'postgres-password'), 'utf8');
    await writeFile(join(dataDir, 'postgres-password'), 'another');
    await expectRefusal(dataDir, 'database_sign_in_failed', /password file/);
    await rm(join(dataDir, 'postgres-password'));
    await expectRefusal(dataDir, 'database_password_missing', /restore it/);
    expect(await readdir(join(dataDir, 'postgres'))).not.toContain('postmaster.pid');
    await writeFile(join(dataDir, 'postgres-password'), password, { mode: 0o600 });
    await expectStart(dataDir);
  });

  longOnLinux('when a server that cannot be seen from here, as in another container, uses the folder', async () => {
    const dataDir = await install.usedFolder();
    const words = ['-x', join(dataDir, 'postgres-in-use'), 'sh', '-c', 'echo locked; exec sleep 60'];
    const unseen = spawn('flock', ['--no-fork', ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(unseen.stdout, 'data');
    await expectRefusal(dataDir, 'data_folder_in_use', /another container/);
    unseen.kill();
    await once(unseen, 'exit');
    await expectStart(dataDir);
  });
});

describe('what only looks like an obstacle', () => {
  longAsRoot('checkout and data below a folder that only root may enter: the data stay there', async () => {
    const closed = join(install.root, 'closed');
    const copies = await copiesOutside();
    await mkdir(closed, { mode: 0o700 });
    await cp(join(install.root, 'app'), join(closed, 'app'), { recursive: true, verbatimSymlinks: true });
    const dataDir = join(closed, 'app/.data');
    await expectStart(dataDir, undefined, join(closed, 'app'));
    await expectStart(dataDir, undefined, join(closed, 'app'));
    expect((await readFile(join(dataDir, 'postgres/PG_VERSION'), 'utf8')).trim()).toBe('18');
    expect((await stat(join(dataDir, 'postgres'))).uid).not.toBe(0);
    // Where the account can enter neither folder, the binaries (not the data) are copied to the machine's own place.
    const made = (await copiesOutside()).filter((path) => !copies.includes(path));
    await Promise.all(made.map((path) => rm(path, { recursive: true })));
  });

  asRoot('a data folder that root copied back: it is given to the account of the server', async () => {
    const dataDir = await install.usedFolder();
    await cp(dataDir, `${dataDir}-restored`, { recursive: true, verbatimSymlinks: true });
    expect((await stat(`${dataDir}-restored/postgres`)).uid).toBe(0);
    await expectStart(`${dataDir}-restored`);
  });

  longAsRoot('a folder of an ordinary user, used by root first', async () => {
    const dataDir = await install.newFolder(ordinary);
    await mkdir(dataDir, { mode: 0o700 });
    await chown(dataDir, ordinary?.uid ?? 0, ordinary?.gid ?? 0);
    await expectStart(dataDir);
    await expectStart(dataDir, ordinary);
  });

  longOnLinux(
    'libraries without their links, as --ignore-scripts leaves them, in a folder that is not ours',
    async () => {
      const lib = join(install.native, 'lib');
      for (const name of await readdir(lib)) {
        if ((await lstat(join(lib, name))).isSymbolicLink()) await rm(join(lib, name));
      }
      await chmod(lib, 0o555);
      const dataDir = await install.newFolder(ordinary);
      await expectStart(dataDir, ordinary);
      expect((await readdir(dataDir)).filter((name) => name.startsWith(COPY))).toHaveLength(1);
      await chmod(lib, 0o755);
      // Where the folder is ours the links are made in place, and nothing is copied.
      const second = await install.newFolder();
      await expectStart(second);
      expect((await readdir(second)).filter((name) => name.startsWith(COPY))).toEqual([]);
      expect((await lstat(join(lib, 'libpq.so.5'))).isSymbolicLink()).toBe(true);
    },
  );
});
