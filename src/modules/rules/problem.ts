import type { TableKind } from './tables.js';

/** Something wrong with what was handed in: where, what, and what to put into the sentence (messages.ts). */
export interface Problem {
  readonly file: string;
  /** The sheet of a workbook, or the element of an XML file; absent where a file has only one. */
  readonly sheet?: string;
  /** The table whose column is meant, where the file's name does not tell it. */
  readonly document?: TableKind;
  /** As a spreadsheet shows it, the header being row 1; 0 where the file as a whole is meant. */
  readonly row: number;
  readonly column: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
}

/** By file, then row; rules keep their order within a row. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => (a.file === b.file ? a.row - b.row : a.file < b.file ? -1 : 1));
}
