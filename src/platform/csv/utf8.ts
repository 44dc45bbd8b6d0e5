import { isUtf8 } from 'node:buffer';
import { NO_BYTES, type StrictReader } from './strict-reader.js';

/** Strict UTF-8, chunk by chunk: no overlong forms, no surrogates, no character cut off at the end. */
export class Utf8Reader implements StrictReader {
  failedAt = -1;
  nulAt = -1;
  /** Bytes checked, all of them UTF-8. */
  private checked = 0;
  /** The beginning of a character whose rest is in the next chunk. */
  private carry = NO_BYTES;

  push(chunk: Buffer): Buffer {
    if (this.failedAt >= 0) return NO_BYTES;
    const bytes = this.carry.length === 0 ? chunk : Buffer.concat([this.carry, chunk]);
    const nul = this.nulAt < 0 ? bytes.indexOf(0) : -1;
    if (nul >= 0) this.nulAt = this.checked + nul;
    const whole = wholeCharacters(bytes);
    if (!isUtf8(bytes.subarray(0, whole))) {
      const good = firstFault(bytes);
      this.failedAt = this.checked + good;
      return chunk.subarray(0, Math.max(0, good - this.carry.length));
    }
    this.checked += whole;
    this.carry = Buffer.from(bytes.subarray(whole));
    return chunk;
  }

  end(): void {
    if (this.failedAt < 0 && this.carry.length > 0) this.failedAt = this.checked;
  }
}

/** The length of `bytes` without a character that has only begun. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return size > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Where the first sequence begins that is not UTF-8, in bytes known to hold one: by halving, since every prefix up to it is. */
function firstFault(bytes: Buffer): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const head = bytes.subarray(0, middle);
    if (isUtf8(head.subarray(0, wholeCharacters(head)))) good = middle;
    else bad = middle;
  }
  return wholeCharacters(bytes.subarray(0, good));
}
