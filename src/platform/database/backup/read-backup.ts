import { constants, createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError, type Finding } from '../../errors/app-error.js';
import { Digest } from './digest.js';
import {
  FILES_LIST,
  MANIFEST_FILE,
  NewerFormat,
  parseManifest,
  storedFile,
  tableFile,
  type FileFacts,
  type Manifest,
} from './manifest.js';
import { ShapeError } from './shape.js';
import { parseFileLine } from './stored-files.js';

/** A manifest of some thousand tables is smaller; what is larger is none. */
const MAX_MANIFEST_BYTES = 16 * 2 ** 20;
/** More would not be read. */
const MAX_FINDINGS = 100;

/**
 * @throws AppError backup_without_manifest, backup_manifest_invalid, backup_of_newer_format
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, MANIFEST_FILE);
  const file = await openPlain(path);
  if (file === null) throw new AppError('refused', 'backup_without_manifest', { folder });
  try {
    if ((await file.stat()).size > MAX_MANIFEST_BYTES) throw new ShapeError('size');
    return parseManifest(await file.readFile('utf8'));
  } catch (error) {
    if (error instanceof NewerFormat) throw new AppError('refused', 'backup_of_newer_format', { found: error.message });
    if (!(error instanceof ShapeError)) throw error;
    throw new AppError('refused', 'backup_manifest_invalid', { place: error.message });
  } finally {
    await file.close();
  }
}

/**
 * Reads every byte of the backup and compares it with what the manifest says; nothing else is done before.
 * @throws AppError backup_damaged whose findings name each file that is missing or was changed (the first hundred)
 */
export async function checkFiles(
  folder: string,
  manifest: Manifest,
  onBytes: (bytes: number) => void = () => undefined,
): Promise<void> {
  const findings: Finding[] = [];
  let before = 0;
  const check = async (name: string, facts: FileFacts): Promise<void> => {
    const code = await faultOf(join(folder, name), facts, (bytes) => onBytes(before + bytes));
    before += facts.bytes;
    if (code !== null) findings.push({ file: name, row: 0, column: '', code, params: {} });
  };
  for (const table of manifest.tables) await check(tableFile(table.name), table);
  await check(FILES_LIST, manifest.files);
  let listed = 0;
  if (findings.every(({ file }) => file !== FILES_LIST)) {
    for await (const facts of listedFiles(folder)) {
      listed += 1;
      if (findings.length < MAX_FINDINGS) await check(storedFile(facts.sha256), facts);
    }
    if (listed !== manifest.files.count) findings.push(changed(FILES_LIST));
  }
  if (findings.length > 0) {
    throw new AppError('refused', 'backup_damaged', { folder }, findings.slice(0, MAX_FINDINGS));
  }
}

const changed = (file: string): Finding => ({ file, row: 0, column: '', code: 'backup_file_changed', params: {} });

/** The stored files that the backup lists. @throws AppError backup_damaged */
export async function* listedFiles(folder: string): AsyncGenerator<FileFacts> {
  for await (const line of createInterface({ input: createReadStream(join(folder, FILES_LIST)) })) {
    const facts = parseFileLine(line);
    if (facts === null) throw new AppError('refused', 'backup_damaged', { folder }, [changed(FILES_LIST)]);
    yield facts;
  }
}

async function faultOf(path: string, facts: FileFacts, onBytes: (bytes: number) => void): Promise<string | null> {
  const file = await openPlain(path);
  if (file === null) return 'backup_file_missing';
  const digest = new Digest(onBytes);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  await pipeline(file.createReadStream(), digest, nowhere);
  return digest.bytes === facts.bytes && digest.sha256() === facts.sha256 ? null : 'backup_file_changed';
}

/** Opens a file that is one: a link could lead anywhere, and a pipe would never end. */
async function openPlain(path: string): Promise<FileHandle | null> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO', 'EISDIR'].includes(error.code ?? '')) return null;
    throw error;
  });
  if (file === null || (await file.stat()).isFile()) return file;
  await file.close();
  return null;
}
