import { type CsvFieldError, CsvRefusal } from './refusal.js';

/** A file piece by piece; a piece may end anywhere. */
export type ByteChunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;
export const QUOTE = 0x22;

/** What stands between two fields. */
export const DELIMITERS = [',', '\t', ';', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** Longest field in bytes unless the caller says otherwise. */
export const DEFAULT_MAX_FIELD_BYTES = 10_000;
/** A row is held in memory until its end is seen, so its length is bounded. */
export const MAX_ROW_BYTES = 1024 * 1024;

const NOWHERE = Number.MAX_SAFE_INTEGER;

/**
 * RFC 4180 over bytes: a delimiter, double quotes, and CRLF, LF or a lone CR at the end of a record. Push bytes, then
 * call `next` until it says false. Fields are ranges of `bytes`, trimmed of spaces and tabs (of spaces only where tabs
 * delimit them); no string is made.
 *
 * Works on UTF-8 and, with comma or tab, on GB18030 alike: no byte below 0x30 is ever part of a longer character there.
 *
 * A quote inside a field that does not begin with one, and text behind a closing quote, are errors of the row. In a
 * row without a problem every quote inside a field is therefore one half of a doubled quote.
 */
export class CsvTokenizer {
  /** Valid until the next `push`. */
  bytes = Buffer.allocUnsafeSlow(64 * 1024);
  /** Field k of the record is `bytes[starts[k]..ends[k])`; equal means blank. */
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  fieldCount = 0;
  /** Number of the record: the first line is 1, blank lines count, a newline inside quotes does not (as in a spreadsheet). */
  row = 0;
  /** The record's own problem, apart from how many fields it should have. */
  problem: CsvFieldError | null = null;

  private length = 0;
  private position = 0;
  private nulAt = NOWHERE;
  private afterCr = false;
  private ended = false;

  private readonly delimiter: number;
  /** What is trimmed beside the space. */
  private readonly blank: number;

  constructor(
    private readonly maxFieldBytes = DEFAULT_MAX_FIELD_BYTES,
    delimiter: Delimiter = ',',
  ) {
    this.delimiter = delimiter.charCodeAt(0);
    this.blank = delimiter === '\t' ? SPACE : TAB;
  }

  /** Appends bytes; they are copied, so the chunk may be reused. */
  push(chunk: Uint8Array): void {
    const kept = this.length - this.position;
    const needed = kept + chunk.length + 1;
    const target = needed > this.bytes.length ? Buffer.allocUnsafeSlow(needed * 2) : this.bytes;
    this.bytes.copy(target, 0, this.position, this.length);
    target.set(chunk, kept);
    if (this.nulAt !== NOWHERE) this.nulAt -= this.position;
    else {
      const nul = chunk.indexOf(0);
      if (nul >= 0) this.nulAt = kept + nul;
    }
    this.bytes = target;
    this.position = 0;
    this.length = kept + chunk.length;
    // A sentinel: scanning stops here without asking at every byte whether the data has ended.
    target[this.length] = LF;
  }

  /** No more bytes will come: what is left is the last record. */
  end(): void {
    this.ended = true;
  }

  /**
   * Reads the next record; false when more bytes are needed (or, after `end`, when there are no more records).
   * Throws CsvRefusal: unclosed_quote, row_too_long, invalid_character; there is no reading on after that.
   */
  next(): boolean {
    if (this.afterCr && this.position < this.length) {
      if (this.bytes[this.position] === LF) this.position++;
      this.afterCr = false;
    }
    if (this.position === this.length) return false;
    const end = this.scan();
    const reached = end < 0 ? this.length : end;
    if (reached - this.position > MAX_ROW_BYTES) throw new CsvRefusal('row_too_long', this.row + 1);
    if (end < 0) return false;
    this.row++;
    if (this.nulAt < end) this.refuseNul();
    this.afterCr = end < this.length && this.bytes[end] === CR;
    this.position = end < this.length ? end + 1 : end;
    return true;
  }

  /** True when every field of the record, or every one from `first` on, is blank: such a line is skipped, however many. */
  isBlank(first = 0): boolean {
    if (this.problem !== null) return false;
    for (let field = first; field < this.fieldCount; field++) {
      if (this.starts[field] !== this.ends[field]) return false;
    }
    return true;
  }

  /** The value of a field of a record without a problem; null when blank. Only for bytes that are UTF-8. */
  text(field: number): string | null {
    const start = this.starts[field] ?? 0;
    const end = this.ends[field] ?? 0;
    return start === end ? null : this.bytes.toString('utf8', start, end).replaceAll('""', '"');
  }

  /** Finds the fields of the record at `position`; returns where its line end stands, or -1 if that is not here yet. */
  private scan(): number {
    const { bytes, delimiter, blank } = this;
    // Nearly every byte of a field is above the delimiter, line ends and the quote, so one comparison settles it.
    const special = Math.max(delimiter, QUOTE);
    this.problem = null;
    let at = this.position;
    for (let field = 0; ; field++, at++) {
      if (field === this.starts.length) this.growFields();
      let byte: number;
      let start = at;
      let stop: number;
      if (bytes[at] === QUOTE) {
        start++;
        stop = this.closingQuote(start, field);
        if (stop < 0) return -1;
        at = stop + 1;
        byte = bytes[at] as number;
        if (byte !== delimiter && byte !== LF && byte !== CR) {
          this.note('stray_quote', field);
          at = this.endOfUnquoted(at, field);
        }
      } else {
        while ((byte = bytes[at] as number) > special) at++;
        if (byte !== delimiter && byte !== LF && byte !== CR) at = this.endOfUnquoted(at, field);
        stop = at;
        if (stop - start > this.maxFieldBytes) this.note('field_too_long', field);
      }
      while (start < stop && ((byte = bytes[start] as number) === SPACE || byte === blank)) start++;
      while (start < stop && ((byte = bytes[stop - 1] as number) === SPACE || byte === blank)) stop--;
      this.starts[field] = start;
      this.ends[field] = stop;
      if (bytes[at] === delimiter) continue;
      if (at >= this.length && !this.ended) return -1;
      this.fieldCount = field + 1;
      return at;
    }
  }

  /** Where an unquoted field ends, from a byte that is no delimiter. */
  private endOfUnquoted(from: number, field: number): number {
    const { bytes, delimiter } = this;
    const special = Math.max(delimiter, QUOTE);
    for (let at = from; ; at++) {
      const byte = bytes[at] as number;
      if (byte > special) continue;
      if (byte === delimiter || byte === LF || byte === CR) return at;
      if (byte === QUOTE) this.note('stray_quote', field);
    }
  }

  /** Where the quote opened before `start` is closed, or -1 if more bytes must tell. */
  private closingQuote(start: number, field: number): number {
    const bytes = this.bytes;
    const limit = Math.min(this.length, start + this.maxFieldBytes + 1);
    for (let at = start; at < limit; at++) {
      if (bytes[at] !== QUOTE) continue;
      // At the end of the data the sentinel answers; if more comes, the record is read again from its start.
      if (bytes[at + 1] !== QUOTE) return at;
      at++;
    }
    if (this.length - start > this.maxFieldBytes || this.ended) {
      throw new CsvRefusal('unclosed_quote', this.row + 1, field + 1);
    }
    return -1;
  }

  /** Keeps the first problem of the record: the later ones are usually its echo. */
  private note(code: CsvFieldError['code'], field: number): void {
    this.problem ??= { code, row: this.row + 1, column: field + 1 };
  }

  private growFields(): void {
    const { starts, ends } = this;
    this.starts = new Int32Array(starts.length * 4);
    this.ends = new Int32Array(ends.length * 4);
    this.starts.set(starts);
    this.ends.set(ends);
  }

  private refuseNul(): never {
    let field = 0;
    while (field < this.fieldCount - 1 && (this.starts[field + 1] as number) <= this.nulAt) field++;
    throw new CsvRefusal('invalid_character', this.row, field + 1);
  }
}
