import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';

export const isSha256 = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** Lets bytes through, and knows afterwards how many they were and their SHA-256. */
export class Digest extends Transform {
  private readonly hash = createHash('sha256');
  bytes = 0;

  constructor(private readonly onBytes: (bytes: number) => void = () => undefined) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.hash.update(chunk);
    this.bytes += chunk.length;
    this.onBytes(this.bytes);
    done(null, chunk);
  }

  /** Once, when everything went through. */
  sha256(): string {
    return this.hash.digest('hex');
  }
}

const NEWLINE = 0x0a;

/** Lets COPY text through and counts its rows: a line break inside a value is written as `\n`. */
export class RowCount extends Transform {
  rows = 0;

  constructor(private readonly onRows: (rows: number) => void = () => undefined) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) this.rows += 1;
    this.onRows(this.rows);
    done(null, chunk);
  }
}
