import { Gb18030Reader } from './gb18030.js';
import { CsvRefusal } from './refusal.js';
import type { StrictReader } from './strict-reader.js';
import { CsvTokenizer, DEFAULT_MAX_FIELD_BYTES, type Delimiter, DELIMITERS } from './tokenizer.js';
import { Utf16Reader } from './utf16.js';
import { Utf8Reader } from './utf8.js';

export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

export interface DetectedEncoding {
  readonly encoding: Encoding;
  /** Length of a byte order mark at the start, in bytes of UTF-8: 3 or 0. */
  readonly markBytes: number;
  /** Length of the text in bytes of UTF-8, without the mark: the whole to measure progress against. */
  readonly utf8Bytes: number;
}

/** How many of its first bytes tell a file's byte order mark. */
export const SIGNATURE_BYTES = 4;

/** The encodings to try, in this order, by the first bytes. Throws CsvRefusal unsupported_encoding for UTF-32. */
export function candidateEncodings(head: Buffer): readonly Encoding[] {
  const signature = signatureOf(head);
  if (signature === 'unsupported') throw new CsvRefusal('unsupported_encoding');
  return signature === 'none' ? ['utf-8', 'gb18030'] : [signature];
}

function signatureOf(head: Buffer): Encoding | 'unsupported' | 'none' {
  const hex = head.toString('hex');
  if (hex.startsWith('efbbbf')) return 'utf-8';
  if (hex.startsWith('84319533')) return 'gb18030';
  // UTF-32 both ways; its LE begins like UTF-16LE.
  if (hex.startsWith('fffe0000') || hex.startsWith('0000feff')) return 'unsupported';
  if (hex.startsWith('fffe')) return 'utf-16le';
  if (hex.startsWith('feff')) return 'utf-16be';
  return 'none';
}

export function strictReader(encoding: Encoding): StrictReader {
  switch (encoding) {
    case 'utf-8':
      return new Utf8Reader();
    case 'gb18030':
      return new Gb18030Reader();
    case 'utf-16le':
      return new Utf16Reader('le');
    case 'utf-16be':
      return new Utf16Reader('be');
  }
}

/** One reading of the whole file on the supposition that it is in a given encoding. */
export class EncodingTrial {
  private readonly reader: StrictReader;
  private utf8Bytes = 0;

  constructor(readonly encoding: Encoding) {
    this.reader = strictReader(encoding);
  }

  /** False once the supposition has failed: the rest need not be read. */
  push(chunk: Buffer): boolean {
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

  /** Offset of the first U+0000, or -1. */
  get nulAt(): number {
    return this.reader.nulAt;
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
  readonly encoding: Encoding;
}

/**
 * What the trials say, of which only the last can have succeeded; null when the file is good. A file in neither encoding
 * most likely is in the one that got further, so the fault is where that one failed.
 */
export function faultOf(trials: readonly EncodingTrial[]): EncodingFault | null {
  const last = trials.at(-1);
  if (last !== undefined && last.failedAt < 0) {
    return last.nulAt < 0 ? null : { code: 'invalid_character', offset: last.nulAt, encoding: last.encoding };
  }
  const furthest = trials.reduce((best, trial) => (trial.failedAt > best.failedAt ? trial : best));
  return { code: 'invalid_encoding', offset: furthest.failedAt, encoding: furthest.encoding };
}

/** Finds the row and column of a fault, from the bytes in front of it. */
export class PlaceFinder {
  private tokenizer: CsvTokenizer | null = null;
  /** Rows and columns can be told from bytes of UTF-8 and GB18030 as they are. */
  private readonly reader: StrictReader | null;
  private bytes = 0;
  /** What already stops the reading in front of the fault (an open quote, a row without end, U+0000): nothing behind it counts. */
  private earlier: CsvRefusal | null = null;

  constructor(private readonly fault: EncodingFault) {
    this.reader = fault.encoding.startsWith('utf-16') ? strictReader(fault.encoding) : null;
  }

  /** False when no more bytes are needed. */
  push(chunk: Buffer): boolean {
    const before = chunk.subarray(0, this.fault.offset - this.bytes);
    const text = this.reader === null ? before : this.reader.push(before);
    this.tokenizer ??= new CsvTokenizer(DEFAULT_MAX_FIELD_BYTES, likelyDelimiter(text));
    const { tokenizer } = this;
    this.read(tokenizer, () => tokenizer.push(text));
    this.bytes += chunk.length;
    return this.earlier === null && this.bytes < this.fault.offset;
  }

  refusal(): CsvRefusal {
    const { tokenizer } = this;
    // A fault has an offset, so at least one piece was pushed.
    if (tokenizer === null) return new CsvRefusal(this.fault.code);
    const before = tokenizer.row;
    if (this.earlier === null) this.read(tokenizer, () => tokenizer.end());
    if (this.earlier !== null) return new CsvRefusal(this.fault.code, this.earlier.row, this.earlier.column);
    // What is cut off in front of the fault reads as a last row, unless the fault stands at the very start of a row.
    const { row, fieldCount } = tokenizer;
    return new CsvRefusal(this.fault.code, row > before ? row : before + 1, row > before ? fieldCount : 1);
  }

  private read(tokenizer: CsvTokenizer, feed: () => void): void {
    try {
      feed();
      while (tokenizer.next());
    } catch (error) {
      if (!(error instanceof CsvRefusal)) throw error;
      this.earlier = error;
    }
  }
}

/** To count columns while nothing is known of the file but its bytes: what stands there most often, the comma when in doubt. */
function likelyDelimiter(text: Buffer): Delimiter {
  const count = (delimiter: Delimiter) =>
    text.reduce((sum, byte) => sum + (byte === delimiter.charCodeAt(0) ? 1 : 0), 0);
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
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
