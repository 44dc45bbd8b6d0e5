import { readHeader, type CsvHeader } from '../../../../platform/csv/header.js';
import { DELIMITERS } from '../../../../platform/csv/tokenizer.js';
import type { Kind } from '../../../rules/columns.js';
import { contractHeader, faultsOf } from '../contract-table.js';
import type { HeaderSynonyms } from '../opened-file.js';
import { asRefusal } from '../refusals.js';
import type { Heads } from './heads.js';
import type { TextTable } from './read-table.js';

/**
 * The header of a file that is said to hold `kind`: its first row that is not blank. Where no delimiter makes it one, it is
 * judged as comma separated, which is what the contract asks for.
 * @throws FileRefusal with every fault of the header, or as of readHeader
 */
export async function contractHeaderIn(kind: Kind, synonyms: HeaderSynonyms, heads: Heads): Promise<TextTable> {
  const isHeaderStated = heads.sepRows > 0;
  for (const delimiter of DELIMITERS) {
    const first = heads.rows.get(delimiter)![0];
    const names = first?.fields.map((name) => name ?? '') ?? [];
    const table = contractHeader(kind, names, synonyms);
    if (first === undefined || table.reading.problems.length > 0) continue;
    return { table, columns: names.length, delimiter, headerRow: first.row, isHeaderStated };
  }
  const { row, names } = await commaHeader(heads);
  const table = contractHeader(kind, names, synonyms);
  if (table.reading.problems.length > 0) throw faultsOf(table, row);
  return { table, columns: names.length, delimiter: ',', headerRow: row, isHeaderStated };
}

async function commaHeader({ chunks, sepRows, rows }: Heads): Promise<CsvHeader> {
  if (sepRows === 0) return asRefusal(readHeader(chunks()));
  const first = rows.get(',')![0];
  return { row: first?.row ?? 2, names: first?.fields.map((name) => name ?? '') ?? [] };
}
