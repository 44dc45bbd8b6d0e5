import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { AppError } from '../../../platform/errors/app-error.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { FileStore, type StoredFile } from '../../../platform/files/file-store.js';
import { unzip, ZipRefusal } from '../../../platform/files/unzip.js';
import { zipNames } from '../../../platform/files/zip-names.js';
import { findProfile } from '../../mapping/index.js';
import { wholeMine, type Reach } from '../../mines/index.js';
import { KINDS, type Kind } from '../../rules/columns.js';
import { METHOD_FILE } from '../../rules/method.js';
import type { ImportFile, ImportKind, NewImport, SameContent, Wishes } from '../db/import-queries.js';
import { NO_WISHES, findSameContent, insertImport, lockContent, mayBeSuperseded } from '../db/import-queries.js';
import { enqueueImport } from './import-job.js';

export interface Registered {
  readonly importId: string;
  /** False when the same content was taken in before: that import is the answer. */
  readonly isNew: boolean;
}

/** A file as it is handed in. */
export interface HandIn {
  /** `auto` is told from the content. */
  readonly kind: ImportKind;
  readonly fileName: string;
  readonly wishes?: Wishes;
}

const ZIP_LIMITS = { maxEntries: 200, maxInflatedBytes: 4 * 2 ** 30 };

/** Keeps the original bytes and writes down that they are to be taken in; from here on a crash loses nothing. */
@Injectable()
export class RegisterImport {
  constructor(
    private readonly uow: UnitOfWork,
    readonly store: FileStore,
  ) {}

  /**
   * One file, or a zip of an example folder, already stored. The reach is that of whoever hands it in: its rows may be of
   * no other departments.
   */
  async stored(reach: Reach, { wishes = NO_WISHES, ...handIn }: HandIn, stored: StoredFile): Promise<Registered> {
    const isFolder = handIn.kind === 'folder' || (handIn.kind === 'auto' && (await this.isFolder(stored.sha256)));
    const kind = isFolder ? 'folder' : handIn.kind;
    const of: NewImport = { ...senderOf(reach), ...handIn, kind, ...stored, wishes };
    if (of.kind === 'folder') return this.register(of, await this.unpack(stored.sha256));
    return this.register(of, [{ name: of.fileName, kind: of.kind, sha256: stored.sha256 }]);
  }

  /** A folder on this machine. Its hash is that of its files' names and hashes. */
  async folder(reach: Reach, path: string, wishes = NO_WISHES): Promise<Registered> {
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
    const of = { ...senderOf(reach), kind: 'folder', fileName: basename(path), sizeBytes, wishes } as const;
    return this.register({ ...of, sha256: hash.digest('hex') }, files);
  }

  /** @throws AppError `same_content_elsewhere` where it is an import that the sender may not see */
  private async register(of: NewImport, files: readonly ImportFile[]): Promise<Registered> {
    return this.uow.run(wholeMine(of.mine, of.actor), async (tx) => {
      await lockContent(tx, of);
      const same = await findSameContent(tx, of);
      if (same?.isShown === false) throw new AppError('conflict', 'same_content_elsewhere');
      if (same !== null && isAnswer(same, of.wishes)) return { importId: same.id, isNew: false };
      await this.checkWishes(tx, of);
      const importId = await insertImport(tx, of, files, null);
      await enqueueImport(tx, of.mine, importId);
      return { importId, isNew: true };
    });
  }

  /** @throws AppError `unknown_profile`, `not_to_be_superseded` */
  private async checkWishes(tx: Tx, of: NewImport): Promise<void> {
    const { mine, wishes } = of;
    const { profile, supersedes } = wishes;
    if (profile !== null && (await findProfile(tx, mine, profile, null)) === null) {
      throw new AppError('refused', 'unknown_profile', { name: profile });
    }
    if (supersedes !== null && !(await mayBeSuperseded(tx, of, supersedes))) {
      throw new AppError('refused', 'not_to_be_superseded', { import_id: supersedes });
    }
  }

  /** A zip that is no workbook can only be a folder of ours. */
  private async isFolder(sha256: string): Promise<boolean> {
    const names = await zipNames(this.store.pathOf(sha256), ZIP_LIMITS.maxEntries);
    return names !== null && names.length > 0 && !names.includes('[Content_Types].xml');
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

const senderOf = ({ mine, actor, departments }: Reach) => ({ mine, actor, departments });

/**
 * Whether the import of the same content is what is asked for. Under another profile it would become something else, which
 * is a correction and said so: `supersedes`.
 * @throws AppError `imported_by_other_profile`
 */
function isAnswer({ id, profile, supersedes }: SameContent, wishes: Wishes): boolean {
  if (wishes.supersedes !== null) return wishes.supersedes === supersedes;
  if (wishes.profile === null || wishes.profile === profile) return true;
  throw new AppError('refused', 'imported_by_other_profile', { import_id: id, profile: profile ?? '' });
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
