import type { OpenedFile, Part } from '../../formats/index.js';
import type { DepartmentTotal } from './source.js';

/**
 * What `import_files.details` keeps of how a file was read, for its receipt and for the workbook that is given back. Every
 * part may be absent: a file that could not be opened has none of it.
 */
export interface FileDetails {
  readonly container?: OpenedFile['container'];
  readonly parts?: readonly Part[];
  /** Rows that became nothing because of how they look: `blank`, or the text that marks a row of sums (合计 …). */
  readonly skipped?: readonly { readonly reason: string; readonly rows: number }[];
  /** Sheets and elements that are no table known here. */
  readonly skippedParts?: readonly { readonly name: string; readonly rows: number }[];
  /** Rows of books that became nothing, by the reason of their rule; yuan. */
  readonly leftOut?: readonly { readonly reason: string; readonly lines: number; readonly amount: string }[];
  /** What its records come to, for those who approve them; yuan. */
  readonly byDepartment?: readonly DepartmentTotal[];
}
