import { copyText } from '../../../platform/database/copy.js';

/** Characters gathered before they are handed out. */
const HAND_OUT = 256 * 1024;
/** What COPY escapes, and what may be unwritable: nearly every value has none of it, and one test says so. */
const SPECIAL = /[\\\t\n\r\0\ud800-\udfff]/;
/** U+0000 has no place in PostgreSQL, half a surrogate pair none in UTF-8. */
const UNWRITABLE = /\0|\p{Surrogate}/u;

/** Gathers lines in COPY text format: the row number, then the values. */
export class CopyLines {
  private text = '';

  /** Index of a value that no database can hold, and then nothing is added; -1 where all is well. */
  add(rowNo: number, values: readonly (string | null)[]): number {
    let line = String(rowNo);
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (value === null) line += '\t\\N';
      else if (!SPECIAL.test(value)) line += `\t${value}`;
      else if (UNWRITABLE.test(value)) return i;
      else line += `\t${copyText(value)}`;
    }
    this.text += `${line}\n`;
    return -1;
  }

  /** Everything gathered, once it is enough; else null. */
  take(): Buffer | null {
    return this.text.length < HAND_OUT ? null : this.rest();
  }

  rest(): Buffer {
    const bytes = Buffer.from(this.text);
    this.text = '';
    return bytes;
  }
}
