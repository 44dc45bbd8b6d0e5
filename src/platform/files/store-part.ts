import type { MultipartFile } from '@fastify/multipart';
import { AppError } from '../errors/app-error.js';
import type { FileStore, StoredFile } from './file-store.js';

/**
 * Keeps the file of a form. At its limit it is cut off at once: the parser would read on, for as long as somebody sends,
 * and end it there as if it were whole.
 * @throws AppError `file_too_large`; then nothing is kept
 */
export async function storePart({ file }: MultipartFile, store: FileStore): Promise<StoredFile> {
  file.once('limit', () => file.destroy(tooLarge()));
  return store.put(file, () => {
    if (file.truncated) throw tooLarge();
  });
}

const tooLarge = () => new AppError('too_large', 'file_too_large');
