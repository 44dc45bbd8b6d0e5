import { CR, LF, TAB } from './tokenizer.js';

/** PostgreSQL's COPY text format: delimiter tab, null `\N`, a backslash before what would be taken for something else. */

export const BACKSLASH = 0x5c;
export const LETTER_N = 0x4e;
const LETTER_N_SMALL = 0x6e;
const LETTER_R_SMALL = 0x72;
const LETTER_T_SMALL = 0x74;
const ZERO = 0x30;

/** The letter behind the backslash, or 0 where the byte stands for itself. */
export function escapeLetter(byte: number): number {
  switch (byte) {
    case BACKSLASH:
      return BACKSLASH;
    case TAB:
      return LETTER_T_SMALL;
    case LF:
      return LETTER_N_SMALL;
    case CR:
      return LETTER_R_SMALL;
    default:
      return 0;
  }
}

/** Writes a number ≥ 0 at `at`; says where it ends. */
export function writeInteger(out: Buffer, at: number, value: number): number {
  let digits = 1;
  for (let power = 10; power <= value; power *= 10) digits++;
  for (let i = at + digits - 1, rest = value; i >= at; i--) {
    const tenth = Math.floor(rest / 10);
    out[i] = ZERO + rest - tenth * 10;
    rest = tenth;
  }
  return at + digits;
}

/** A value of our own, the same in every line. */
export function constantBytes(value: string | null): Buffer {
  if (value === null) return Buffer.of(BACKSLASH, LETTER_N);
  if (value.includes('\0')) throw new RangeError('U+0000 in a constant column');
  return Buffer.from(
    value.replace(/[\\\t\n\r]/g, (c) => `\\${String.fromCharCode(escapeLetter(c.charCodeAt(0)))}`),
    'utf8',
  );
}
