/**
 * What stands between a person and what they may not see or do: each guard by the text that is taken out of it, what is
 * left in its place, and the specs that must notice.
 */
export interface Guard {
  readonly name: string;
  /** From the root of the project. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly from: string;
  readonly to: string;
  /** Paths under test/, or the beginning of some. */
  readonly specs: readonly string[];
  /** Of a long spec: the tests that are meant, as jest's -t. */
  readonly only?: string;
  /** Of the matrix: the operations that are meant; every question about them is asked. */
  readonly asking?: string;
}

const MATRIX = ['test/authorization/matrix'];
/** Tried with the second wall pulled down. */
export const firstWall = (asking: string) => ({ specs: MATRIX, only: 'first wall', asking });
export const bothWalls = (asking: string) => ({ specs: MATRIX, only: 'no further', asking });
