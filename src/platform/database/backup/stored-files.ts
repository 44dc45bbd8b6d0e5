import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../errors/app-error.js';
import { Digest, isSha256 } from './digest.js';
import { FILES_FOLDER, FILES_LIST, storedFile, type FileFacts } from './manifest.js';
import { makeFolder, PRIVATE_FILE, syncFolder } from './new-folder.js';

/** Hashes of what a store of files by their SHA-256 (files/file-store.ts) holds, in order; none where there is no store. */
export async function* storedHashes(store: string): AsyncGenerator<string> {
  const isPrefix = (name: string) => /^[0-9a-f]{2}$/.test(name);
  for (const prefix of (await namesIn(store)).filter(isPrefix)) {
    const isOurs = (name: string) => isSha256(name) && name.startsWith(prefix);
    yield* (await namesIn(join(store, prefix))).filter(isOurs);
  }
}

async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
  return names.sort();
}

/**
 * Copies every stored file, checking it on its way, and lists them. Called after the snapshot of the database: a file is
 * stored before anything names it and is never changed, so whatever the snapshot names is there. Never by hard links: a
 * damage to one would be a damage to both.
 * @throws AppError stored_file_damaged
 */
export async function copyStoredFiles(
  store: string,
  folder: string,
  onFile: (count: number) => void,
): Promise<FileFacts & { readonly count: number }> {
  await makeFolder(join(folder, FILES_FOLDER));
  let count = 0;
  const made = new Set<string>();
  const lines = async function* (): AsyncGenerator<string> {
    for await (const sha256 of storedHashes(store)) {
      const subfolder = join(folder, FILES_FOLDER, sha256.slice(0, 2));
      if (!made.has(subfolder)) await makeFolder(subfolder);
      made.add(subfolder);
      const source = join(store, sha256.slice(0, 2), sha256);
      const found = await copyWhole(source, join(folder, storedFile(sha256)));
      if (found.sha256 !== sha256) throw new AppError('unavailable', 'stored_file_damaged', { path: source });
      onFile((count += 1));
      yield fileLine({ ...found });
    }
  };
  const digest = new Digest();
  const list = createWriteStream(join(folder, FILES_LIST), { flags: 'wx', mode: PRIVATE_FILE, flush: true });
  await pipeline(lines, digest, list);
  for (const subfolder of made) await syncFolder(subfolder);
  await syncFolder(join(folder, FILES_FOLDER));
  return { count, bytes: digest.bytes, sha256: digest.sha256() };
}

async function copyWhole(from: string, to: string): Promise<FileFacts> {
  const digest = new Digest();
  await pipeline(
    createReadStream(from),
    digest,
    createWriteStream(to, { flags: 'wx', mode: PRIVATE_FILE, flush: true }),
  );
  return { bytes: digest.bytes, sha256: digest.sha256() };
}

const fileLine = ({ sha256, bytes }: FileFacts) => `${sha256} ${bytes}\n`;

/** A line of the list; null where it is none. */
export function parseFileLine(line: string): FileFacts | null {
  const [, sha256, bytes] = /^([0-9a-f]{64}) (\d{1,15})$/.exec(line) ?? [];
  return sha256 === undefined ? null : { sha256, bytes: Number(bytes) };
}

/** The first stored file that the backup does not have, which is somebody else's; null where there is none. */
export async function strangerIn(store: string, folder: string): Promise<string | null> {
  for await (const sha256 of storedHashes(store)) {
    const isOurs = await stat(join(folder, storedFile(sha256))).then(
      () => true,
      () => false,
    );
    if (!isOurs) return join(store, sha256.slice(0, 2), sha256);
  }
  return null;
}
