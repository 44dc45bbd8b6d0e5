import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { AppError } from '../../../platform/errors/app-error.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FileStore, type StoredFile } from '../../../platform/files/file-store.js';
import { unzip, ZipRefusal } from '../../../platform/files/unzip.js';
import { KINDS, type Kind } from '../../rules/columns.js';
import { METHOD_FILE } from '../../rules/method.js';
import type { ImportFile, ImportKind, NewImport } from '../db/import-queries.js';
import { findSameContent, insertImport, lockContent } from '../db/import-queries.js';

export interface Registered {
  readonly importId: string;
  /** False when the same content was taken in before: that import is the answer. */
  readonly isNew: boolean;
}

const ZIP_LIMITS = { maxEntries: 200, maxInflatedBytes: 4 * 2 ** 30 };

/** Keeps the original bytes and writes down that they are to be taken in; from here on a crash loses nothing. */
@Injectable()
export class RegisterImport {
  constructor(
    private readonly uow: UnitOfWork,
    readonly store: FileStore,
  ) {}

  /** One CSV file, or a zip of an example folder, already stored. */
  async stored(
    mine: string,
    kind: ImportKind,
    fileName: string,
    actor: string,
    stored: StoredFile,
  ): Promise<Registered> {
    const of: NewImport = { mine, kind, fileName, actor, ...stored };
    if (kind === 'folder') return this.register(of, await this.unpack(stored.sha256));
    return this.register(of, [{ name: fileName, kind, sha256: stored.sha256 }]);
  }

  /** A folder on this machine. Its hash is that of its files' names and hashes. */
  async folder(mine: string, path: string, actor: string): Promise<Registered> {
    const files: ImportFile[] = [];
    const hash = createHash('sha256');
    let sizeBytes = 0;
    for (const name of (await readdir(path)).sort()) {
      const kind = kindOfFile(name);
      if (kind === null) continue;
      const stored = await this.store.put(createReadStream(join(path, name)));
      files.push({ name, kind, sha256: stored.sha256 });
      hash.update(`${name}\n${stored.sha256}\n`);
      sizeBytes += stored.sizeBytes;
    }
    if (files.length === 0) throw new AppError('refused', 'empty_folder', { folder: path });
    const of = {
      mine,
      kind: 'folder',
      fileName: basename(path),
      actor,
      sha256: hash.digest('hex'),
      sizeBytes,
    } as const;
    return this.register(of, files);
  }

  private async register(of: NewImport, files: readonly ImportFile[]): Promise<Registered> {
    return this.uow.run(async (tx) => {
      await lockContent(tx, of);
      const same = await findSameContent(tx, of);
      if (same !== null) return { importId: same, isNew: false };
      return { importId: await insertImport(tx, of, files, null), isNew: true };
    });
  }

  private async unpack(sha256: string): Promise<ImportFile[]> {
    const files: ImportFile[] = [];
    try {
      await unzip(this.store.pathOf(sha256), ZIP_LIMITS, async (path, content) => {
        const name = basename(path);
        const kind = kindOfFile(name);
        if (kind === null) return void content.resume();
        if (files.some((file) => file.name === name)) throw new ZipRefusal('doubled_entry', path);
        files.push({ name, kind, sha256: (await this.store.put(content)).sha256 });
      });
    } catch (error) {
      if (error instanceof ZipRefusal) throw new AppError('refused', error.code, { entry: error.entry });
      throw error;
    }
    if (files.length === 0) throw new AppError('refused', 'empty_zip');
    return files;
  }
}

/** What a file of a folder is by its name; null for files that are none of the folder's business (README, expected.json). */
function kindOfFile(name: string): Kind | 'method' | null {
  if (name === METHOD_FILE) return 'method';
  if (!/\.csv$/i.test(name)) return null;
  const kind = KINDS.find((known) => `${known}.csv` === name);
  // A misspelt name must not lose its rows silently.
  if (!kind) throw new AppError('refused', 'unknown_file', { file: name });
  return kind;
}
