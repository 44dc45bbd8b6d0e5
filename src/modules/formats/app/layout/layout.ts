import type { LedgerKind } from '../../../rules/ledger-columns.js';

/** Fields of which all must be there. */
export type Alternative = readonly string[];

/**
 * How the files of one kind head their columns, as data. A field is a column of rules/ledger-columns, or one that only
 * helps to fill such a column (`feeds`).
 */
export interface LayoutData {
  /** Field → headers that name it, the preferred first; of several in one file the others are ignored. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** Of every line one alternative must be there; else the header is not of this layout. */
  readonly signature: readonly (readonly Alternative[])[];
  /** Helping field → the column that it fills. */
  readonly feeds?: Readonly<Record<string, string>>;
  /** Field → helping fields that nothing is read from where it is there itself. */
  readonly insteadOf?: Readonly<Record<string, readonly string[]>>;
}

export interface Layout extends LayoutData {
  readonly document: LedgerKind;
}

/** The column that a field fills. */
export const columnFedBy = (layout: Layout, field: string): string => layout.feeds?.[field] ?? field;
