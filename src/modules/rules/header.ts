import { COLUMNS, type Kind } from './columns.js';

export interface HeaderReading {
  /** For each column of the kind the index of the file's column that feeds it, or -1. */
  readonly sources: readonly number[];
  readonly problems: readonly { readonly column: string; readonly code: string }[];
}

/** Finds the columns of a kind in a file's header, Chinese or English, in any order; what does not fit is refused by name. */
export function readHeaderOf(kind: Kind, names: readonly string[]): HeaderReading {
  const columns = COLUMNS[kind];
  const sources = columns.map(() => -1);
  const problems: { column: string; code: string }[] = [];
  names.forEach((name, index) => {
    const place = columns.findIndex((column) => column.name === name || column.chinese === name);
    if (place < 0) problems.push({ column: name, code: 'unknown_column' });
    else if (sources[place]! >= 0) problems.push({ column: name, code: 'doubled_column' });
    else sources[place] = index;
  });
  columns.forEach((column, place) => {
    if (sources[place]! < 0 && !column.isOptionalInHeader)
      problems.push({ column: column.name, code: 'missing_column' });
  });
  return { sources, problems };
}
