import { PassThrough, Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';

export interface ZipLimits {
  readonly maxEntries: number;
  readonly maxInflatedBytes: number;
}

type ZipRefusalCode = 'not_a_zip' | 'too_many_entries' | 'zip_too_large' | 'encrypted_zip' | 'doubled_entry';

export class ZipRefusal extends Error {
  constructor(
    readonly code: ZipRefusalCode,
    readonly entry = '',
  ) {
    super(code);
    this.name = 'ZipRefusal';
  }
}

/**
 * Reads the files of a zip one after the other. The archive is taken as hostile: entries and inflated bytes are capped
 * by what really comes out, not by what the directory says, and every file's CRC is checked.
 */
export async function unzip(
  path: string,
  limits: ZipLimits,
  take: (name: string, content: Readable) => Promise<void>,
): Promise<void> {
  const seen = new Set<string>();
  let inflated = 0;
  const zip = await openPromise(path).catch(refuseAsNoZip);
  try {
    if (zip.entryCount > limits.maxEntries) throw new ZipRefusal('too_many_entries');
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      if (seen.has(entry.fileName)) throw new ZipRefusal('doubled_entry', entry.fileName);
      seen.add(entry.fileName);
      if (entry.isEncrypted()) throw new ZipRefusal('encrypted_zip', entry.fileName);
      inflated += await readEntry(zip, entry, limits.maxInflatedBytes - inflated, take);
    }
  } catch (error) {
    if (error instanceof ZipRefusal || !isZipFault(error)) throw error;
    throw new ZipRefusal('not_a_zip');
  } finally {
    zip.close();
  }
}

async function readEntry(
  zip: ZipFile,
  entry: Entry,
  bytesLeft: number,
  take: (name: string, content: Readable) => Promise<void>,
): Promise<number> {
  let bytes = 0;
  let sum = 0;
  const guard = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      sum = crc32(chunk, sum);
      done(bytes > bytesLeft ? new ZipRefusal('zip_too_large', entry.fileName) : null, chunk);
    },
    flush(done) {
      done(sum === entry.crc32 ? null : new ZipRefusal('not_a_zip', entry.fileName));
    },
  });
  const content = new PassThrough();
  const source = await zip.openReadStreamPromise(entry);
  await Promise.all([pipeline(source, guard, content), take(entry.fileName, content)]);
  return bytes;
}

function refuseAsNoZip(error: unknown): never {
  if (isZipFault(error)) throw new ZipRefusal('not_a_zip');
  throw error;
}

/** What yauzl and zlib say of a broken archive, as opposed to what the file system says. */
function isZipFault(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall === undefined && (code === undefined || code.startsWith('Z_'));
}
