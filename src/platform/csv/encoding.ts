import { Gb18030Reader } from './gb18030.js';
import { CsvRefusal } from './refusal.js';
import { CsvTokenizer } from './tokenizer.js';
import { Utf8Reader } from './utf8.js';

export type Encoding = 'utf-8' | 'gb18030';

export interface DetectedEncoding {
  readonly encoding: Encoding;
  /** Length of a byte order mark at the start, in bytes of UTF-8: 3 or 0. */
  readonly markBytes: number;
  /** Length of the text in bytes of UTF-8, without the mark: the whole to measure progress against. */
  readonly utf8Bytes: number;
}

/** How many of its first bytes tell a file's byte order mark. */
export const SIGNATURE_BYTES = 4;

/** The encodings to try, in this order, by the first bytes. Throws CsvRefusal unsupported_encoding for UTF-16 and UTF-32. */
export function candidateEncodings(head: Buffer): readonly Encoding[] {
  switch (signatureOf(head)) {
    case 'utf-8':
      return ['utf-8'];
    case 'gb18030':
      return ['gb18030'];
    case 'unsupported':
      throw new CsvRefusal('unsupported_encoding');
    case 'none':
      return ['utf-8', 'gb18030'];
  }
}

function signatureOf(head: Buffer): Encoding | 'unsupported' | 'none' {
  const hex = head.toString('hex');
  if (hex.startsWith('efbbbf')) return 'utf-8';
  if (hex.startsWith('84319533')) return 'gb18030';
  // UTF-16 both ways (UTF-32LE begins like UTF-16LE), then UTF-32BE.
  if (hex.startsWith('fffe') || hex.startsWith('feff') || hex.startsWith('0000feff')) return 'unsupported';
  return 'none';
}

export function strictReader(encoding: Encoding): Utf8Reader | Gb18030Reader {
  return encoding === 'utf-8' ? new Utf8Reader() : new Gb18030Reader();
}

/** One reading of the whole file on the supposition that it is in a given encoding. */
export class EncodingTrial {
  private readonly reader: Utf8Reader | Gb18030Reader;
  private bytes = 0;
  private utf8Bytes = 0;
  /** Offset of the first byte 0, which is U+0000 in either encoding, or -1. */
  nulAt = -1;

  constructor(readonly encoding: Encoding) {
    this.reader = strictReader(encoding);
  }

  /** False once the supposition has failed: the rest need not be read. */
  push(chunk: Buffer): boolean {
    const nul = this.nulAt < 0 ? chunk.indexOf(0) : -1;
    if (nul >= 0) this.nulAt = this.bytes + nul;
    this.bytes += chunk.length;
    this.utf8Bytes += this.reader.push(chunk).length;
    return this.failedAt < 0;
  }

  /** True when the whole file is in this encoding. */
  end(): boolean {
    this.reader.end();
    return this.failedAt < 0;
  }

  /** Offset of the first byte that is not in this encoding, or -1. */
  get failedAt(): number {
    return this.reader.failedAt;
  }

  detected(head: Buffer): DetectedEncoding {
    const markBytes = signatureOf(head) === 'none' ? 0 : 3;
    return { encoding: this.encoding, markBytes, utf8Bytes: this.utf8Bytes - markBytes };
  }
}

/** Why a file is refused for its bytes, and the offset of the first byte at fault. */
export interface EncodingFault {
  readonly code: 'invalid_encoding' | 'invalid_character';
  readonly offset: number;
}

/**
 * What the trials say, of which only the last can have succeeded; null when the file is good. A file in neither encoding
 * most likely is in the one that got further, so the fault is where that one failed.
 */
export function faultOf(trials: readonly EncodingTrial[]): EncodingFault | null {
  const last = trials.at(-1);
  if (last !== undefined && last.failedAt < 0) {
    return last.nulAt < 0 ? null : { code: 'invalid_character', offset: last.nulAt };
  }
  const furthest = trials.reduce((best, trial) => (trial.failedAt > best.failedAt ? trial : best));
  return { code: 'invalid_encoding', offset: furthest.failedAt };
}

/** Finds the row and column of a fault, from the undecoded bytes in front of it. */
export class PlaceFinder {
  private readonly tokenizer = new CsvTokenizer();
  private bytes = 0;
  /** What already stops the reading in front of the fault (an open quote, a row without end, U+0000): nothing behind it counts. */
  private earlier: CsvRefusal | null = null;

  constructor(private readonly fault: EncodingFault) {}

  /** False when no more bytes are needed. */
  push(chunk: Buffer): boolean {
    this.read(() => this.tokenizer.push(chunk.subarray(0, this.fault.offset - this.bytes)));
    this.bytes += chunk.length;
    return this.earlier === null && this.bytes < this.fault.offset;
  }

  refusal(): CsvRefusal {
    const before = this.tokenizer.row;
    if (this.earlier === null) this.read(() => this.tokenizer.end());
    if (this.earlier !== null) return new CsvRefusal(this.fault.code, this.earlier.row, this.earlier.column);
    // What is cut off in front of the fault reads as a last row, unless the fault stands at the very start of a row.
    const { row, fieldCount } = this.tokenizer;
    return new CsvRefusal(this.fault.code, row > before ? row : before + 1, row > before ? fieldCount : 1);
  }

  private read(feed: () => void): void {
    try {
      feed();
      while (this.tokenizer.next());
    } catch (error) {
      if (!(error instanceof CsvRefusal)) throw error;
      this.earlier = error;
    }
  }
}

/** The text of bytes held in memory, as UTF-8 without a mark. Throws CsvRefusal as `detectEncoding` does. */
export function decodeBytes(bytes: Buffer): Buffer {
  const head = bytes.subarray(0, SIGNATURE_BYTES);
  const trials: EncodingTrial[] = [];
  for (const encoding of candidateEncodings(head)) {
    const trial = new EncodingTrial(encoding);
    trials.push(trial);
    trial.push(bytes);
    if (trial.end()) break;
  }
  const fault = faultOf(trials);
  if (fault !== null) {
    const finder = new PlaceFinder(fault);
    finder.push(bytes);
    throw finder.refusal();
  }
  const { encoding, markBytes } = (trials.at(-1) as EncodingTrial).detected(head);
  return strictReader(encoding).push(bytes).subarray(markBytes);
}
