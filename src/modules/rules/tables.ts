/** Every kind of row that the rules know: those of the contract and those of a centre's books. */
import { COLUMNS, KEYS, KINDS, type Column, type Kind } from './columns.js';
import { LEDGER_COLUMNS, LEDGER_KINDS, type LedgerKind } from './ledger-columns.js';
import { ROW_RULES, type RowRule } from './row-rules.js';

export type TableKind = Kind | LedgerKind;
export const TABLE_KINDS: readonly TableKind[] = [...KINDS, ...LEDGER_KINDS];

export const isLedgerKind = (kind: TableKind): kind is LedgerKind =>
  (LEDGER_KINDS as readonly TableKind[]).includes(kind);

export const columnsOf = (kind: TableKind): readonly Column[] =>
  isLedgerKind(kind) ? LEDGER_COLUMNS[kind] : COLUMNS[kind];

/** What columns must say together. Books are checked voucher by voucher instead (mapping). */
export const rowRulesOf = (kind: TableKind): readonly RowRule[] => (isLedgerKind(kind) ? [] : ROW_RULES[kind]);

/** What makes a row one and the same; rows of books have no key of their own. */
export const keysOf = (kind: TableKind): readonly string[] => (isLedgerKind(kind) ? [] : KEYS[kind]);
