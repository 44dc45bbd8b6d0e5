import type { FindingRow } from '../db/import-answers.js';
import type { FileDetails } from './receipt-details.js';

/** A file whose import found something wrong with it. */
export interface FileToReturn {
  /** Where its bytes are kept. */
  readonly path: string;
  readonly name: string;
  readonly importKind: string;
  readonly delimiter: string | null;
  readonly details: FileDetails;
  /** In the order in which they were found, the first at least; `findingCount` counts all. */
  readonly findings: readonly FindingRow[];
  readonly findingCount: number;
}
