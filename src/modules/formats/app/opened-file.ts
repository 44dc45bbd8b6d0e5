import type { TableKind } from '../../rules/tables.js';

/** What a file is, told from its content. `table` is the contract's own layout, in CSV or in a workbook. */
export const FORMATS = [
  'table',
  'journal',
  'k3',
  'u8',
  'gbt24589',
  'balance_sheet',
  'settlement',
  'coal_settlement',
  'management',
] as const;
export type FormatId = (typeof FORMATS)[number];

/** Other names that a mine's files give to columns: document → column → headers. */
export type HeaderSynonyms = Readonly<Partial<Record<TableKind, Readonly<Record<string, readonly string[]>>>>>;

/** Caps; each is a setting with a default (platform/config). */
export interface FormatLimits {
  readonly maxRows: number;
  readonly maxColumns: number;
  readonly maxCells: number;
  readonly maxEntries: number;
  readonly maxInflatedBytes: number;
  readonly maxSharedStringBytes: number;
  readonly maxXmlDepth: number;
}

export interface OpenRequest {
  /** Where the stored bytes lie. */
  readonly path: string;
  /** Only to be said back; never looked at to tell what a file is. */
  readonly fileName: string;
  /** What the sender says it holds; null: to be told from the content. */
  readonly kind: TableKind | null;
  readonly headers: HeaderSynonyms;
  readonly limits: FormatLimits;
}

/** Something wrong with a file: the place, a code of rules/messages, and what goes into its sentence. */
export interface FileProblem {
  /** Sheet of a workbook, element of an XML file. */
  readonly sheet?: string;
  /** Row of the sheet or line of the text from 1, or the how-manieth element of its name; 0: the whole file. */
  readonly row: number;
  /** Canonical column name, or the number or header of a column that has none; '' for none. */
  readonly column: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
  readonly document?: TableKind;
}

/** The file cannot be read at all; nothing can be said about its rows. */
export class FileRefusal extends Error {
  override readonly name = 'FileRefusal';

  constructor(readonly problems: readonly FileProblem[]) {
    super(problems.map(({ code }) => code).join(', '));
  }
}

/** One table of a file: a whole text file, a sheet of a workbook, the elements of one name. */
export interface Part {
  readonly sheet: string | null;
  /** As `rowNumber` counts sheets. */
  readonly sheetIndex: number;
  readonly document: TableKind;
  /** The row of the header, or its second row where it has two; 0 where the format needs none. */
  readonly headerRow: number;
  /** Canonical column → index of the file's column from 0. */
  readonly columns: Readonly<Record<string, number>>;
  /** Headers that nothing is read from. */
  readonly ignored: readonly string[];
}

/** Lines in COPY text format for one document: the row number (rules/row-number), then `columnsOf(document)` in order. */
export interface DocumentLines {
  readonly document: TableKind;
  readonly lines: Buffer;
}

/** What reading found; complete once `read` is exhausted. */
export interface ReadResult {
  /** Per document: rows read, those with a problem included though they are not written; and blank rows left out. */
  readonly documents: ReadonlyMap<TableKind, { readonly rows: number; readonly blank: number }>;
  /** Rows and cells that cannot be taken as they stand, at most 10,000; `problemCount` counts all. */
  readonly problems: readonly FileProblem[];
  readonly problemCount: number;
  /** Sheets and elements that are no table known here, with how many rows they have: said in the receipt. */
  readonly skippedParts: readonly { readonly name: string; readonly rows: number }[];
}

export interface OpenedFile {
  readonly format: FormatId;
  readonly container: 'csv' | 'xlsx' | 'xml' | 'text';
  /** utf-8, gb18030, utf-16le, utf-16be; null for a workbook. */
  readonly encoding: string | null;
  /** Of delimited text: `,` `\t` `;` `|`. */
  readonly delimiter: string | null;
  /** What it may hold, the bulk first. */
  readonly documents: readonly TableKind[];
  readonly parts: readonly Part[];
  /** Reads the file once, in pieces; memory does not grow with it. */
  read(onRows: (rows: number) => void): AsyncGenerator<DocumentLines, void, undefined>;
  readonly result: ReadResult;
  close(): Promise<void>;
}
