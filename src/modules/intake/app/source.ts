import type { Method } from '../../../../analytics/synergy/types.js';
import type { FormatLimits, OpenedFile, ReadResult } from '../../formats/index.js';
import type { Kind } from '../../rules/columns.js';
import type { Problem } from '../../rules/problem.js';
import { rowPlace } from '../../rules/row-number.js';
import type { TableKind } from '../../rules/tables.js';

/** One thing on its way in: a stored file, or the one row of an HTTP body. `kind` null is told from the content. */
export type Source =
  | { readonly kind: TableKind | null; readonly name: string; readonly sha256: string; readonly path: string }
  | {
      readonly kind: Kind;
      readonly name: string;
      readonly sha256: string;
      readonly values: Readonly<Record<string, string | null>>;
    };

/** Totals that the sender read off the slip. */
export interface TypedTotals {
  readonly rows: number | null;
  readonly amountYuan: string | null;
}

/** Everything one import takes in. */
export interface Intake {
  readonly mine: string;
  readonly importId: string;
  readonly sources: readonly Source[];
  readonly method: Method | null;
  /** The mapping profile asked for; null: the one of the format. */
  readonly profile: string | null;
  readonly typed: TypedTotals;
  /** The import whose records this one reverses. */
  readonly supersedes: string | null;
  readonly limits: FormatLimits;
  /** What was already found wrong with the files themselves. */
  readonly problems: readonly Problem[];
  readonly onProgress: (phase: Phase, rows: number) => void;
}

export type Phase = 'reading' | 'checking' | 'posting';
export type ScratchTable = `scratch.${string}`;

/** A document of a source in its staging table. */
export interface Staged<Document extends TableKind = TableKind> {
  readonly source: Pick<Source, 'name'>;
  readonly document: Document;
  readonly table: ScratchTable;
  readonly rows: number;
  readonly blank: number;
  /** Names of the sheets or elements by their index in row numbers; empty where a file has only one table. */
  readonly sheets: readonly string[];
}

/** How a file was read, for its receipt. */
export interface ReadFile extends Pick<OpenedFile, 'format' | 'container' | 'encoding' | 'delimiter' | 'parts'> {
  readonly name: string;
  readonly skippedParts: ReadResult['skippedParts'];
}

/** Where a row number of a staged document stands in its file. */
export function placeIn({ sheets }: Pick<Staged, 'sheets'>, staged: number): { sheet?: string; row: number } {
  const { sheet, row } = rowPlace(staged);
  const name = sheets[sheet];
  return name === undefined ? { row } : { sheet: name, row };
}

export const stagingTable = (importId: string, document: string): ScratchTable =>
  `scratch.import_${importId}_${document}`;
