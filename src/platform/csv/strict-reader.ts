/** A file's text as UTF-8, piece by piece, from bytes that are strictly in one encoding or refused. */
export interface StrictReader {
  /** Offset of the first byte that is not in the encoding, or -1. */
  readonly failedAt: number;
  /** Offset of the first U+0000, or -1. */
  readonly nulAt: number;
  /** The piece as UTF-8, up to the first fault; empty behind it. It may end inside a character. */
  push(chunk: Buffer): Buffer;
  /** No more bytes will come: a character cut off at the end is a fault. */
  end(): void;
}

export const NO_BYTES = Buffer.alloc(0);
