import type { Method } from '../../../../analytics/synergy/types.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
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

/** What an import would make count, found right but for nobody's having approved it. */
export interface Claim {
  /** What it would change, in the words of the path of approval; sorted. */
  readonly kinds: readonly string[];
  /** Those of its rows; null where rows of the whole mine are among them. */
  readonly departments: readonly string[] | null;
  /** In which figures change. */
  readonly periods: readonly string[];
  /** Those of them that something is handed in for: a correction is handed in for the period of its date (COR-1). */
  readonly handedInFor: readonly string[];
  /** Its weight on the path: records by the magnitude of what each cell gets, and adjustments by theirs. */
  readonly amountYuan: string;
  /** Its records: the control total. */
  readonly records: { readonly rows: number; readonly amountYuan: string };
  readonly byDepartment: readonly DepartmentTotal[];
  /** Reference rows by kind: how many are new, and how many differ from what there is. */
  readonly changes: Readonly<Record<string, { readonly added: number; readonly changed: number }>>;
}

export interface DepartmentTotal {
  readonly department: string;
  readonly rows: number;
  readonly amountYuan: string;
}

/**
 * Says of a claim whether it may be posted at once, waits for approval, or is no longer what was approved. Asked when
 * nothing is wrong and nothing is posted.
 */
export type Gate = (tx: Tx, claim: Claim) => Promise<'open' | 'waits' | 'changed'>;

/** Nothing of it needs approval. */
export const OPEN: Gate = () => Promise.resolve('open');

/** Everything one import takes in. */
export interface Intake {
  readonly mine: string;
  /** Who handed it in, and the departments that its rows may be of; null is the whole mine. */
  readonly sender: { readonly actor: string; readonly departments: readonly string[] | null };
  readonly gate: Gate;
  readonly importId: string;
  readonly sources: readonly Source[];
  readonly method: Method | null;
  /** The mapping profile asked for; null: the one of the format. */
  readonly profile: string | null;
  /** Of an import that was checked before: the version it was checked under. Null: the one in use. */
  readonly profileVersion: number | null;
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
