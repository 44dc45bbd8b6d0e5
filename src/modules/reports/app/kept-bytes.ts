import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AppError } from '../../../platform/errors/app-error.js';
import { FileStore, type StoredFile } from '../../../platform/files/file-store.js';

/** Models, documents and templates by their hash; what no longer fits its hash is not given out. */
@Injectable()
export class KeptBytes {
  constructor(readonly store: FileStore) {}

  put(bytes: Uint8Array): Promise<StoredFile> {
    return this.store.put(Readable.from([bytes]));
  }

  /** @throws AppError `report_file_damaged` where the bytes are gone or are others */
  async get(sha256: string): Promise<Buffer> {
    const bytes = await readFile(this.store.pathOf(sha256)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return null;
    });
    if (bytes === null || createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw new AppError('unavailable', 'report_file_damaged', { sha256 });
    return bytes;
  }
}
