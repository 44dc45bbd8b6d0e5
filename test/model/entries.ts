/** What the model keeps, and what it expects to be answered. */
import type { Actor, Department, Period, Role } from './cast.js';
import type { Row } from './figures.js';

export interface Expected {
  readonly status: number;
  /** Of the problem. */
  readonly code?: string;
}

export type Planted = 'makers_approve' | 'returned_counts' | 'undeclared_closes';

export interface BookRecord extends Row {
  readonly id: string;
  readonly maker: Actor;
  state: 'draft' | 'submitted' | 'reviewed' | 'posted';
  /** The record that it takes back. */
  readonly reverses: string | null;
}

export interface Submission {
  readonly kind: 'record' | 'import' | 'reopening';
  /** Record id, number of the import in its order here, period. */
  readonly key: string;
  readonly maker: Actor;
  readonly departments: readonly Department[] | null;
  readonly periods: readonly Period[];
  readonly steps: readonly Role[];
  done: number;
  /** Who approved in this round. */
  took: Actor[];
  state: 'open' | 'returned' | 'withdrawn' | 'posted';
  /** Of an import. */
  readonly rows: readonly NewRow[];
}

export interface NewRow extends Row {
  readonly id: string;
}

export interface PeriodState {
  status: 'open' | 'closing' | 'closed';
  readonly declared: Set<Department>;
  /** What each closing froze. */
  readonly closings: BookRecord[][];
}

export const OK: Expected = { status: 200 };
export const refused = (status: number, code: string): Expected => ({ status, code });
export const FORBIDDEN = refused(403, 'forbidden');
export const ROW_REFUSED = refused(422, 'row_refused');
