import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StreamableFile } from '@nestjs/common';
import { attachment } from './attachment.js';

/**
 * A file that is written to its end before the first byte is sent, so that a failure is still answered as one.
 * `write` gets the path to write to and answers the name that the file is sent under.
 */
export async function writtenDownload(type: string, write: (path: string) => Promise<string>): Promise<StreamableFile> {
  const folder = await mkdtemp(join(tmpdir(), 'six-synergies-download-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, 'file');
    const name = await write(path);
    const { size } = await stat(path);
    const stream = createReadStream(path);
    // The folder goes once the answer is out, or its reader gone.
    stream.once('close', () => void remove());
    return new StreamableFile(stream, { type, length: size, disposition: attachment(name) });
  } catch (error) {
    await remove();
    throw error;
  }
}
