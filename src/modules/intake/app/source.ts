import type { Method } from '../../../../analytics/synergy/types.js';
import type { Kind } from '../../rules/columns.js';
import type { Problem } from '../../rules/problem.js';

/** One table of rows on its way in: a stored CSV file, or the one row of an HTTP body. */
export type Source =
  | { readonly kind: Kind; readonly name: string; readonly sha256: string; readonly path: string }
  | {
      readonly kind: Kind;
      readonly name: string;
      readonly sha256: string;
      readonly values: Readonly<Record<string, string | null>>;
    };

/** Everything one import takes in. */
export interface Intake {
  readonly mine: string;
  readonly importId: string;
  readonly sources: readonly Source[];
  readonly method: Method | null;
  /** What was already found wrong with the files themselves. */
  readonly problems: readonly Problem[];
  readonly onProgress: (phase: Phase, rows: number) => void;
}

export type Phase = 'reading' | 'checking' | 'posting';

/** A source in its staging table. */
export interface Staged {
  readonly source: Source;
  readonly table: `scratch.${string}`;
  readonly rows: number;
  readonly skipped: number;
  readonly encoding: string | null;
}
