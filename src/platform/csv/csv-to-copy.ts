import { BACKSLASH, constantBytes, escapeLetter, LETTER_N, writeInteger } from './copy-format.js';
import type { CsvRowError } from './refusal.js';
import { type ByteChunks, CsvTokenizer, DEFAULT_MAX_FIELD_BYTES, type Delimiter, LF, QUOTE, TAB } from './tokenizer.js';

/** Size of the buffers handed out; a longer row gets one of its own. */
const OUTPUT_BYTES = 256 * 1024;
const DEFAULT_MAX_ERRORS = 10_000;

export interface CopyPlan {
  /** Number of columns of the header; a row with another number is an error, never shifted. */
  readonly columns: number;
  /** For each target column the index (from 0) of the source column that feeds it, or -1 for its constant. */
  readonly targets: readonly number[];
  /** For each target column its value where no source column feeds it; null, or none, is NULL. */
  readonly constants?: readonly (string | null)[];
  /** What stands between two fields. Default comma. */
  readonly delimiter?: Delimiter;
  /** The row of the header; it and the rows above are passed over, unjudged and uncounted. Default: the first that is not blank. */
  readonly headerRow?: number;
  /** Fields beyond the header's columns are passed over where blank, as in exports that end every line with a delimiter. */
  readonly allowBlankTail?: boolean;
  /** Columns with the same value in every line, in front of the row number; null is NULL. */
  readonly prefix?: readonly (string | null)[];
  /** Longest field in bytes as written between the delimiters or quotes. Default 10,000. */
  readonly maxFieldBytes?: number;
  /** How many row errors are kept; all are counted. Default 10,000. */
  readonly maxErrors?: number;
}

export interface CopyResult {
  /** Rows written. */
  rows: number;
  /** Rows left out because every field is blank. */
  skippedBlank: number;
  /** Rows left out because of an error: exact, also beyond what `errors` keeps. */
  errorCount: number;
  readonly errors: CsvRowError[];
}

export interface CopyProgress {
  /** Bytes of UTF-8 taken in. */
  readonly bytes: number;
  readonly rows: number;
}

export interface CopyRun {
  /** Lines in PostgreSQL's COPY text format: prefix, row number, target columns. Each buffer is the receiver's to keep. */
  readonly output: AsyncGenerator<Buffer, void, undefined>;
  /** Complete once `output` is exhausted. */
  readonly result: CopyResult;
}

/**
 * Turns CSV (UTF-8, with its header) into the input of `COPY … FROM STDIN` (text format, delimiter tab, null `\N`).
 * Values are trimmed of spaces and tabs; blank is NULL. `row_no` is the row as a spreadsheet shows it, the header being 1.
 * Reading `output` throws CsvRefusal (unclosed_quote, row_too_long, invalid_character) where the file cannot be read on.
 */
export function copyRows(chunks: ByteChunks, plan: CopyPlan, onProgress?: (progress: CopyProgress) => void): CopyRun {
  const result: CopyResult = { rows: 0, skippedBlank: 0, errorCount: 0, errors: [] };
  return { output: copyText(chunks, new CopyWriter(plan, result), onProgress), result };
}

async function* copyText(
  chunks: ByteChunks,
  writer: CopyWriter,
  onProgress?: (progress: CopyProgress) => void,
): AsyncGenerator<Buffer, void, undefined> {
  let bytes = 0;
  for await (const chunk of chunks) {
    writer.tokenizer.push(chunk);
    for (let full = writer.fill(); full !== null; full = writer.fill()) yield full;
    bytes += chunk.length;
    onProgress?.({ bytes, rows: writer.result.rows });
  }
  writer.tokenizer.end();
  for (let full = writer.fill(); full !== null; full = writer.fill()) yield full;
  const last = writer.handOut();
  if (last.length > 0) yield last;
}

class CopyWriter {
  readonly tokenizer: CsvTokenizer;
  private readonly prefix: Buffer;
  private readonly targets: Int32Array;
  /** Per target column its constant in COPY text format. */
  private readonly constants: readonly Buffer[];
  private readonly constantsLength: number;
  /** How often one source column is used at most: bounds the length of a line. */
  private readonly repeats: number;
  private out = Buffer.allocUnsafeSlow(OUTPUT_BYTES);
  private used = 0;
  private headerSeen = false;
  /** A record has been read, but its line did not fit any more. */
  private pending = false;

  constructor(
    private readonly plan: CopyPlan,
    readonly result: CopyResult,
  ) {
    for (const source of plan.targets) {
      if (!Number.isInteger(source) || source < -1 || source >= plan.columns) {
        throw new RangeError(`target column fed by source column ${source} of ${plan.columns}`);
      }
    }
    this.tokenizer = new CsvTokenizer(plan.maxFieldBytes ?? DEFAULT_MAX_FIELD_BYTES, plan.delimiter);
    this.prefix = Buffer.concat((plan.prefix ?? []).flatMap((value) => [constantBytes(value), Buffer.of(TAB)]));
    this.targets = Int32Array.from(plan.targets);
    this.constants = plan.targets.map((_, target) => constantBytes(plan.constants?.[target] ?? null));
    this.constantsLength = this.constants.reduce((sum, { length }) => sum + length, 0);
    this.repeats = mostUses(plan.targets);
    this.headerSeen = plan.headerRow !== undefined;
  }

  /** Reads records until a buffer is full, which is returned, or the bytes pushed so far are used up: null. */
  fill(): Buffer | null {
    const tokenizer = this.tokenizer;
    while (this.pending || tokenizer.next()) {
      if (!this.pending && !this.isWanted()) continue;
      const needed = this.longestLine();
      this.pending = needed > this.out.length - this.used && this.used > 0;
      if (this.pending) return this.handOut();
      if (needed > this.out.length) this.out = Buffer.allocUnsafeSlow(needed);
      this.used = this.writeLine();
      this.result.rows++;
    }
    return null;
  }

  /** What has been written; it is never touched again. */
  handOut(): Buffer {
    const full = this.out.subarray(0, this.used);
    this.out = Buffer.allocUnsafeSlow(OUTPUT_BYTES);
    this.used = 0;
    return full;
  }

  /** Sorts out the header, blank rows and rows with an error. */
  private isWanted(): boolean {
    const { tokenizer, plan, result } = this;
    if (plan.headerRow !== undefined && tokenizer.row <= plan.headerRow) return false;
    if (tokenizer.isBlank()) {
      result.skippedBlank++;
      return false;
    }
    if (!this.headerSeen) {
      this.headerSeen = true;
      if (tokenizer.fieldCount !== plan.columns) {
        throw new Error(`the plan has ${plan.columns} columns, the header ${tokenizer.fieldCount}`);
      }
      return false;
    }
    const error = rowError(tokenizer, plan.columns, plan.allowBlankTail);
    if (error === null) return true;
    result.errorCount++;
    if (result.errors.length < (plan.maxErrors ?? DEFAULT_MAX_ERRORS)) result.errors.push(error);
    return false;
  }

  /** Every byte may need an escape; a blank field takes three bytes with its tab; a row number has at most 16 digits. */
  private longestLine(): number {
    const { starts, ends } = this.tokenizer;
    const record = (ends[this.plan.columns - 1] as number) - (starts[0] as number);
    return this.prefix.length + 17 + 3 * this.targets.length + this.constantsLength + 2 * record * this.repeats;
  }

  private writeLine(): number {
    const { targets, out, prefix } = this;
    const { bytes, starts, ends, row } = this.tokenizer;
    let at = this.used;
    for (let i = 0; i < prefix.length; i++) out[at++] = prefix[i] as number;
    at = writeInteger(out, at, row);
    for (let target = 0; target < targets.length; target++) {
      out[at++] = TAB;
      const source = targets[target] as number;
      if (source < 0) {
        at = this.writeConstant(target, at);
        continue;
      }
      let from = starts[source] as number;
      const to = ends[source] as number;
      if (from === to) {
        out[at++] = BACKSLASH;
        out[at++] = LETTER_N;
        continue;
      }
      for (; from < to; from++) {
        const byte = bytes[from] as number;
        if (byte > QUOTE && byte !== BACKSLASH) {
          out[at++] = byte;
          continue;
        }
        const letter = escapeLetter(byte);
        if (letter !== 0) out[at++] = BACKSLASH;
        out[at++] = letter === 0 ? byte : letter;
        // In a row without a problem a quote inside a field is always doubled.
        if (byte === QUOTE) from++;
      }
    }
    out[at++] = LF;
    return at;
  }

  private writeConstant(target: number, at: number): number {
    const constant = this.constants[target] as Buffer;
    for (let i = 0; i < constant.length; i++) this.out[at + i] = constant[i] as number;
    return at + constant.length;
  }
}

/** How many targets the most used source column feeds. */
function mostUses(targets: readonly number[]): number {
  const uses = targets.map((source) => (source < 0 ? 0 : targets.filter((other) => other === source).length));
  return Math.max(0, ...uses);
}

/** What is wrong with the record just read, or null. */
export function rowError(tokenizer: CsvTokenizer, columns: number, allowBlankTail = false): CsvRowError | null {
  if (tokenizer.problem !== null) return tokenizer.problem;
  const found = tokenizer.fieldCount;
  if (found === columns || (allowBlankTail && found > columns && tokenizer.isBlank(columns))) return null;
  return { code: 'column_count', row: tokenizer.row, expected: columns, found };
}
