/**
 * The layouts known here. Sources: GB/T 24589.1-2010, public K/3 import templates (Chinese titles and field names), public
 * 序时账 exports, a coal group's public table definitions.
 */
import { LEDGER_COLUMNS, LEDGER_KINDS, type LedgerKind } from '../../../rules/ledger-columns.js';
import { BOOK_LAYOUTS } from './book-layouts.js';
import { headerKey } from './header-key.js';
import type { Layout, LayoutData } from './layout.js';
import { TABLE_LAYOUTS } from './table-layouts.js';

const DATA: Readonly<Record<LedgerKind, LayoutData>> = { ...BOOK_LAYOUTS, ...TABLE_LAYOUTS };

/** Headers as they are compared. Every column is also known by its own two names. */
export const LAYOUTS: readonly Layout[] = LEDGER_KINDS.map((document) => {
  const headers = new Map<string, readonly string[]>();
  for (const { name, chinese } of LEDGER_COLUMNS[document]) headers.set(name, [chinese, name]);
  for (const [field, names] of Object.entries(DATA[document].headers)) {
    headers.set(field, [...names, ...(headers.get(field) ?? [])]);
  }
  const keys = [...headers].map(([field, names]) => [field, names.map((name) => headerKey(name).key)] as const);
  return { ...DATA[document], document, headers: Object.fromEntries(keys) };
});
