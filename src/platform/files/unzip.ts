import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipArchive, type ZipLimits } from './zip-archive.js';

export { ZipRefusal, type ZipLimits } from './zip-archive.js';

/** Reads the files of a zip one after the other. Throws ZipRefusal as ZipArchive does, and what `take` throws. */
export async function unzip(
  path: string,
  limits: ZipLimits,
  take: (name: string, content: Readable) => Promise<void>,
): Promise<void> {
  const archive = await ZipArchive.open(path, limits);
  try {
    for (const entry of archive.entries) {
      const content = new PassThrough();
      await Promise.all([pipeline(archive.read(entry), content), take(entry.fileName, content)]);
    }
  } finally {
    archive.close();
  }
}
