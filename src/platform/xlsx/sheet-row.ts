/** What a cell is, beside its text. */
export const CELL = {
  TEXT: 0,
  /** A plain decimal without exponent. */
  NUMBER: 1,
  /** YYYY-MM-DD: a number under a date format, or a cell written as a date. */
  DATE: 2,
  /** The text is the value that was last computed, which may be missing (null) or stale. */
  FORMULA: 3,
  /** #REF! and the like. */
  ERROR: 4,
  /** A number that is not exactly a decimal of at most 15 digits; the text is as the file has it. */
  INEXACT: 5,
  /** A number under a date format that is no day from 1900 to 2199; the text is the number. */
  BAD_DATE: 6,
  /** TRUE or FALSE. */
  BOOLEAN: 7,
} as const;

export interface SheetRow {
  /** As the spreadsheet shows it, from 1; rising, with gaps. */
  readonly rowNo: number;
  /** Hidden, filtered out, or of no height. */
  readonly isHidden: boolean;
  /** By column from 0 to the last one with content: trimmed of spaces and tabs; null where blank. */
  readonly texts: readonly (string | null)[];
  /** CELL of each column; null: all are TEXT. */
  readonly marks: Uint8Array | null;
}

/** A merged range. Rows count from 1, columns from 0. */
export interface Merge {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

export interface SheetReading {
  /** Rows in batches, once. Throws XlsxRefusal. */
  readonly rows: AsyncGenerator<readonly SheetRow[], void, undefined>;
  /** Complete when the rows are exhausted: the file names them behind the rows. */
  readonly merges: readonly Merge[];
}
