import type { Tx } from '../../../platform/database/unit-of-work.js';
import { mapCoalSettlements } from './map-coal-settlements.js';
import { mapManagement } from './map-management.js';
import { mapSettlements } from './map-settlements.js';
import { mapVouchers } from './map-vouchers.js';
import type { Books, Mapping } from './mapping.js';

type BookDocument = Books['documents'][number];

const NOTHING: Mapping = { targets: [], problems: [], unmapped: [], leftOut: [] };

/**
 * Turns books, in their staging tables and checked column by column, into staged rows of the contract's kinds by the
 * profile. Charts of accounts and balances become no rows: they name accounts, and are what records must tie to.
 */
export async function mapDocuments(tx: Tx, books: Books): Promise<Mapping> {
  let all = NOTHING;
  for (const document of books.documents) {
    if (document.rows > 0) all = joined(all, await mapOne(tx, books, document));
  }
  return all;
}

function mapOne(tx: Tx, books: Books, document: BookDocument): Promise<Mapping> {
  switch (document.document) {
    case 'vouchers':
      return mapVouchers(tx, books, document);
    case 'settlements':
      return mapSettlements(tx, books, document);
    case 'coal_settlements':
      return mapCoalSettlements(tx, books, document);
    case 'management':
      return mapManagement(tx, books, document);
    case 'balances':
    case 'accounts':
      return Promise.resolve(NOTHING);
  }
}

const joined = (a: Mapping, b: Mapping): Mapping => ({
  targets: [...a.targets, ...b.targets],
  problems: [...a.problems, ...b.problems],
  unmapped: [...a.unmapped, ...b.unmapped],
  leftOut: [...a.leftOut, ...b.leftOut],
});
