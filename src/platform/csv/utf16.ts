import { NO_BYTES, type StrictReader } from './strict-reader.js';

/** Strict UTF-16, chunk by chunk: no lone surrogates, no character cut off at the end. */
export class Utf16Reader implements StrictReader {
  failedAt = -1;
  nulAt = -1;
  private decoded = 0;
  /** Half a code unit, or the first half of a surrogate pair, whose rest is in the next chunk. */
  private carry = NO_BYTES;

  constructor(private readonly byteOrder: 'le' | 'be') {}

  push(chunk: Buffer): Buffer {
    if (this.failedAt >= 0) return NO_BYTES;
    const bytes = this.carry.length === 0 ? chunk : Buffer.concat([this.carry, chunk]);
    const whole = this.wholeCharacters(bytes);
    const text = this.textOf(bytes.subarray(0, whole));
    const nul = this.nulAt < 0 ? text.indexOf('\0') : -1;
    if (nul >= 0) this.nulAt = this.decoded + 2 * nul;
    const lone = text.search(/\p{Surrogate}/u);
    if (lone >= 0) {
      this.failedAt = this.decoded + 2 * lone;
      return Buffer.from(text.slice(0, lone), 'utf8');
    }
    this.decoded += whole;
    this.carry = Buffer.from(bytes.subarray(whole));
    return Buffer.from(text, 'utf8');
  }

  end(): void {
    if (this.failedAt < 0 && this.carry.length > 0) this.failedAt = this.decoded;
  }

  private textOf(bytes: Buffer): string {
    return (this.byteOrder === 'le' ? bytes : Buffer.from(bytes).swap16()).toString('utf16le');
  }

  private wholeCharacters(bytes: Buffer): number {
    const whole = bytes.length & ~1;
    if (whole === 0) return 0;
    const last = this.byteOrder === 'le' ? bytes.readUInt16LE(whole - 2) : bytes.readUInt16BE(whole - 2);
    return last >= 0xd800 && last < 0xdc00 ? whole - 2 : whole;
  }
}
