const NOTHING = Buffer.alloc(0);

/**
 * Strict GB18030, chunk by chunk. The character boundaries are walked here and only whole characters reach the platform's
 * decoder, because that one takes the lone byte 0x80 for € (and so reads broken UTF-8 as GB18030).
 */
export class Gb18030Reader {
  /** Offset of the first byte that is not GB18030, or -1; nothing is decoded from there on. */
  failedAt = -1;
  private decoded = 0;
  /** The beginning of a character whose rest is in the next chunk. */
  private carry = NOTHING;
  private readonly decoder = new TextDecoder('gb18030', { fatal: true });

  /** The characters that are complete, in UTF-8; empty from the first fault on. */
  push(chunk: Buffer): Buffer {
    if (this.failedAt >= 0) return NOTHING;
    const bytes = this.carry.length === 0 ? chunk : Buffer.concat([this.carry, chunk]);
    let whole = 0;
    let size = 1;
    while (whole < bytes.length) {
      size = characterSize(bytes, whole);
      if (size === 0 || whole + size > bytes.length) break;
      whole += size;
    }
    const text = this.decode(bytes.subarray(0, whole));
    if (text === null) {
      this.failedAt = this.decoded + this.firstFault(bytes);
      return NOTHING;
    }
    this.decoded += whole;
    if (size === 0) this.failedAt = this.decoded;
    this.carry = Buffer.from(bytes.subarray(whole));
    return Buffer.from(text, 'utf8');
  }

  end(): void {
    if (this.failedAt < 0 && this.carry.length > 0) this.failedAt = this.decoded;
  }

  private decode(bytes: Buffer): string | null {
    try {
      return this.decoder.decode(bytes);
    } catch {
      return null;
    }
  }

  /** Where the first character stands that has the form of GB18030 but no meaning. */
  private firstFault(bytes: Buffer): number {
    let at = 0;
    for (;;) {
      const size = characterSize(bytes, at);
      if (size === 0 || at + size > bytes.length) return at;
      if (size > 1 && this.decode(bytes.subarray(at, at + size)) === null) return at;
      at += size;
    }
  }
}

/** 1, 2 or 4 by the first two bytes; 0 for a byte that begins no character. At the last byte 2 stands for "two or more". */
function characterSize(bytes: Buffer, at: number): number {
  const lead = bytes[at] as number;
  if (lead < 0x80) return 1;
  if (lead === 0x80 || lead === 0xff) return 0;
  const second = bytes[at + 1];
  return second !== undefined && second >= 0x30 && second <= 0x39 ? 4 : 2;
}
