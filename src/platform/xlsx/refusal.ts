/** Caps of what is read from a workbook. */
export interface XlsxLimits {
  readonly maxEntries: number;
  readonly maxInflatedBytes: number;
  readonly maxSharedStringBytes: number;
  /** Per sheet: rows with content. */
  readonly maxRows: number;
  /** Per sheet: the index of the last column with content, from 1. */
  readonly maxColumns: number;
  /** Per sheet: cells, also those without content. */
  readonly maxCells: number;
  readonly maxXmlDepth: number;
}

/** The workbook cannot be read, or not beyond this place. Rows count from 1; 0 and '' where there is no place. */
export class XlsxRefusal extends Error {
  override readonly name = 'XlsxRefusal';

  constructor(
    readonly code: string,
    readonly sheet: string | null = null,
    readonly row = 0,
    /** The column's letter. */
    readonly column = '',
    readonly params: Readonly<Record<string, string>> = {},
  ) {
    super(code);
  }
}
