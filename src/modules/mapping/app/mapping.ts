import type { LedgerKind } from '../../rules/ledger-columns.js';
import type { Kind } from '../../rules/columns.js';
import type { TableKind } from '../../rules/tables.js';
import type { Profile } from './profile.js';

export type ScratchTable = `scratch.${string}`;

/** Books in their staging tables, rows of sums already taken out, every column checked. */
export interface Books {
  readonly mine: string;
  readonly importId: string;
  readonly profile: Profile;
  readonly documents: readonly {
    readonly document: LedgerKind;
    readonly table: ScratchTable;
    readonly rows: number;
  }[];
}

/** Something that stops the import; `rowNo` as staged (rules/row-number). */
export interface MappingProblem {
  readonly rowNo: number;
  readonly column: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
  readonly document: TableKind;
}

/** What no rule maps, with what hangs on it: the clerk adds the mapping. */
export interface Unmapped {
  readonly what: 'account' | 'department' | 'project' | 'service' | 'indicator' | 'item';
  readonly code: string;
  readonly name: string | null;
  readonly lines: number;
  /** Yuan. */
  readonly amount: string;
}

export interface Mapping {
  /** Staged rows of the contract's kinds, to be judged like any file's. */
  readonly targets: readonly {
    readonly kind: Kind;
    /** The document whose rows became these; their row numbers are its own. */
    readonly document: LedgerKind;
    readonly table: ScratchTable;
    readonly rows: number;
    /** Of records. */
    readonly source: string;
  }[];
  readonly problems: readonly MappingProblem[];
  readonly unmapped: readonly Unmapped[];
  /** Rows of books that became nothing, by reason: carry_over, fund_spending, not_cost, void … */
  readonly leftOut: readonly { readonly reason: string; readonly lines: number; readonly amount: string }[];
}
