import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import {
  candidateEncodings,
  type DetectedEncoding,
  EncodingTrial,
  faultOf,
  PlaceFinder,
  SIGNATURE_BYTES,
  strictReader,
} from './encoding.js';
import { CsvRefusal } from './refusal.js';

const READ_BYTES = 256 * 1024;

/**
 * Reads the whole file once (twice if it is not UTF-8) and says what it is encoded in: byte order mark, else strict UTF-8,
 * else strict GB18030. GB18030 also "decodes" Big5 and mixed files, into rubbish that no header or code list knows.
 * Throws CsvRefusal: unsupported_encoding (UTF-32), invalid_encoding, invalid_character (U+0000), the last two
 * with row and column; and the file system's own errors.
 */
export async function detectEncoding(filePath: string): Promise<DetectedEncoding> {
  const head = await readHead(filePath);
  const trials: EncodingTrial[] = [];
  for (const encoding of candidateEncodings(head)) {
    const trial = new EncodingTrial(encoding);
    trials.push(trial);
    for await (const chunk of fileChunks(filePath)) if (!trial.push(chunk)) break;
    if (trial.end()) break;
  }
  const fault = faultOf(trials);
  if (fault === null) return (trials.at(-1) as EncodingTrial).detected(head);
  const finder = new PlaceFinder(fault);
  for await (const chunk of fileChunks(filePath)) if (!finder.push(chunk)) break;
  throw finder.refusal();
}

/** The file's text as UTF-8 without a byte order mark. Chunks may end inside a character. Errors as of `detectEncoding`. */
export async function* utf8Chunks(
  filePath: string,
  detected?: DetectedEncoding,
): AsyncGenerator<Buffer, void, undefined> {
  const { encoding, markBytes } = detected ?? (await detectEncoding(filePath));
  const reader = strictReader(encoding);
  let skip = markBytes;
  for await (const chunk of fileChunks(filePath)) {
    const text = reader.push(chunk);
    const skipped = Math.min(skip, text.length);
    skip -= skipped;
    if (text.length > skipped) yield text.subarray(skipped);
  }
  reader.end();
  // Only a file changed since it was checked gets here with a fault.
  if (reader.failedAt >= 0) throw new CsvRefusal('invalid_encoding');
}

function fileChunks(filePath: string): AsyncIterable<Buffer> {
  return createReadStream(filePath, { highWaterMark: READ_BYTES });
}

async function readHead(filePath: string): Promise<Buffer> {
  const file = await open(filePath);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SIGNATURE_BYTES), 0, SIGNATURE_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
