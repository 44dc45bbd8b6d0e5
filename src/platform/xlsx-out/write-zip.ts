import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

export interface NewEntry {
  readonly name: string;
  readonly modified: Date;
  /** Of deflate, 1 to 9; 6 unless said otherwise. */
  readonly compressionLevel?: number;
  readonly content: () => AsyncIterable<Buffer>;
}

/** Writes a zip entry by entry: the next one is asked for when the last is read to its end. Nothing is held in memory. */
export async function writeZip(entries: Iterable<NewEntry>, target: string): Promise<void> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const written = pipeline(output, createWriteStream(target));
  // Until it is awaited, a failure of writing must not count as nobody's.
  written.catch(() => undefined);
  try {
    for (const { name, modified, compressionLevel = 6, content } of entries) {
      const source = Readable.from(content(), { objectMode: false });
      const read = new Promise<void>((resolve, reject) => {
        source.once('end', resolve);
        source.once('error', reject);
        // Where writing fails nobody reads on.
        written.catch(reject);
      });
      zip.addReadStream(source, name, { mtime: modified, compressionLevel });
      await read;
    }
    zip.end();
  } catch (error) {
    output.destroy(error as Error);
    await written.catch(() => undefined);
    throw error;
  }
  await written;
}
