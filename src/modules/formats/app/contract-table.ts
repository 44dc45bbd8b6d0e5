/** The contract's own tables, by their header: every name known, every required one there, in any order. */
import { COLUMNS, KINDS, type Kind } from '../../rules/columns.js';
import { readHeaderOf, type HeaderReading } from '../../rules/header.js';
import { FileRefusal, type HeaderSynonyms } from './opened-file.js';

export interface ContractTable {
  readonly kind: Kind;
  readonly reading: HeaderReading;
}

/** A header read as that of `kind`; a mine's own names for columns stand for the contract's. */
export function contractHeader(kind: Kind, names: readonly string[], synonyms: HeaderSynonyms): ContractTable {
  const own = Object.entries(synonyms[kind] ?? {});
  const canonical = names.map((name) => own.find(([, headers]) => headers.includes(name))?.[0] ?? name);
  return { kind, reading: readHeaderOf(kind, canonical) };
}

/** The table whose header this is, if it is one without a fault. */
export function knownContractHeader(names: readonly string[], synonyms: HeaderSynonyms): ContractTable | null {
  for (const kind of KINDS) {
    const table = contractHeader(kind, names, synonyms);
    if (table.reading.problems.length === 0) return table;
  }
  return null;
}

/** Canonical column → index of the file's column. */
export function contractColumns({ kind, reading }: ContractTable): Record<string, number> {
  const places = COLUMNS[kind].map(({ name }, i) => [name, reading.sources[i]!] as const);
  return Object.fromEntries(places.filter(([, place]) => place >= 0));
}

/** Every fault of a header, at its row. */
export const faultsOf = ({ reading }: ContractTable, row: number, sheet?: string): FileRefusal =>
  new FileRefusal(
    reading.problems.map((problem) => ({ ...(sheet === undefined ? {} : { sheet }), row, ...problem, params: {} })),
  );
