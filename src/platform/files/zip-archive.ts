import { pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';

export interface ZipLimits {
  readonly maxEntries: number;
  readonly maxInflatedBytes: number;
  /** An entry that inflates to more than `bytes` and more than `times` its packed size is a bomb. Default: no such limit. */
  readonly bomb?: { readonly bytes: number; readonly times: number };
}

export type ZipRefusalCode = 'not_a_zip' | 'too_many_entries' | 'zip_too_large' | 'encrypted_zip' | 'doubled_entry';

export class ZipRefusal extends Error {
  constructor(
    readonly code: ZipRefusalCode,
    readonly entry = '',
  ) {
    super(code);
    this.name = 'ZipRefusal';
  }
}

const STORED = 0;
const DEFLATED = 8;
/** A chunk decoded to UTF-16 must not exceed 128 KiB: V8 allocates larger strings one by one, which took nine times as long. */
const CHUNK_BYTES = 60 * 1024;

/**
 * A zip read in any order by its directory, and taken as hostile: the sizes that the directory claims are capped before
 * anything is inflated, no entry may give a byte more than it claims, and every entry's CRC is checked.
 */
export class ZipArchive {
  private constructor(
    private readonly zip: ZipFile,
    /** Files in the order of the directory, without folders; no two of one name. */
    readonly entries: readonly Entry[],
  ) {}

  /** Reads the directory. Throws ZipRefusal, and the file system's own errors. */
  static async open(path: string, limits: ZipLimits): Promise<ZipArchive> {
    const zip = await openPromise(path, { autoClose: false }).catch(refuseFault(''));
    try {
      return new ZipArchive(zip, await readDirectory(zip, limits));
    } catch (error) {
      zip.close();
      return refuseFault('')(error);
    }
  }

  /** What an entry holds, inflated. Throws ZipRefusal where it is not what the directory says. */
  async *read(entry: Entry): AsyncGenerator<Buffer, void, undefined> {
    let bytes = 0;
    let sum = 0;
    try {
      for await (const chunk of await this.inflated(entry)) {
        bytes += chunk.length;
        if (bytes > entry.uncompressedSize) break;
        sum = crc32(chunk, sum);
        yield chunk;
      }
    } catch (error) {
      refuseFault(entry.fileName)(error);
    }
    if (bytes !== entry.uncompressedSize || sum !== entry.crc32) throw new ZipRefusal('not_a_zip', entry.fileName);
  }

  close(): void {
    this.zip.close();
  }

  private async inflated(entry: Entry): Promise<AsyncIterable<Buffer>> {
    if (entry.compressionMethod !== DEFLATED && entry.compressionMethod !== STORED) {
      throw new ZipRefusal('not_a_zip', entry.fileName);
    }
    const packed = await this.zip.openReadStreamPromise(entry, { decodeFileData: false });
    if (entry.compressionMethod === STORED) return packed;
    // The pipeline's own end is of no interest: an error comes out of the inflated side, and so does a reader who stops.
    return pipeline(packed, createInflateRaw({ chunkSize: CHUNK_BYTES }), () => undefined);
  }
}

async function readDirectory(zip: ZipFile, { maxEntries, maxInflatedBytes, bomb }: ZipLimits): Promise<Entry[]> {
  if (zip.entryCount > maxEntries) throw new ZipRefusal('too_many_entries');
  const entries: Entry[] = [];
  const seen = new Set<string>();
  let claimed = 0;
  for await (const entry of zip.eachEntry()) {
    const { fileName, compressedSize, uncompressedSize } = entry;
    if (fileName.endsWith('/')) continue;
    if (seen.has(fileName)) throw new ZipRefusal('doubled_entry', fileName);
    if (entry.isEncrypted()) throw new ZipRefusal('encrypted_zip', fileName);
    const isBomb = bomb && uncompressedSize > bomb.bytes && uncompressedSize > bomb.times * compressedSize;
    claimed += uncompressedSize;
    if (isBomb || claimed > maxInflatedBytes) throw new ZipRefusal('zip_too_large', fileName);
    seen.add(fileName);
    entries.push(entry);
  }
  return entries;
}

/** A broken archive is refused; what the file system says is handed on. */
function refuseFault(entry: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof ZipRefusal || !isZipFault(error)) throw error;
    throw new ZipRefusal('not_a_zip', entry);
  };
}

/** What yauzl and zlib say of a broken archive, as opposed to what the file system says. */
function isZipFault(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall === undefined && (code === undefined || code.startsWith('Z_'));
}
