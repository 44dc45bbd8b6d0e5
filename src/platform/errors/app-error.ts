/** What kind of trouble it is; only platform/http turns it into a status number. */
export type Trouble =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'refused'
  | 'too_large'
  | 'unsupported'
  | 'throttled'
  | 'unavailable';

/** One thing wrong with what was sent; `row` counts from 1. */
export interface Finding {
  readonly row: number;
  readonly column: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
  readonly file?: string;
}

/** The one error class for what the world does wrong. `params` go into the sentence that the caller reads. */
export class AppError extends Error {
  constructor(
    readonly trouble: Trouble,
    /** Stable, in snake_case; programs rely on it. */
    readonly code: string,
    readonly params: Readonly<Record<string, string>> = {},
    readonly findings: readonly Finding[] = [],
  ) {
    super(code);
    this.name = 'AppError';
  }
}
