/** Tables of the largest parts of a whole: the rest on a line of its own, so that the table adds up to its total. */
import { said } from '../blocks.js';
import type { Datum } from '../datum.js';
import type { Figures } from '../figures.js';
import { restOf, type Part, type Sums } from '../item-facts.js';
import type { Column, Said, Table } from '../model.js';
import { tableOf, type TableContent } from '../tables.js';

/** Not 其他 alone: an item may be called that. */
export const OTHERS = said('其余合计', 'All others');
export const TOTAL = said('合计', 'Total');

export interface Entry {
  readonly label: Said;
  readonly sums: Sums;
}

/** The first of the parts, and what the others leave of the whole where there are any. */
export function topOf(
  whole: Sums,
  parts: readonly Part[],
  atMost: number,
  labelOf: (part: Part) => Said,
): readonly Entry[] {
  const top = parts.slice(0, atMost);
  const entries: Entry[] = top.map((sums) => ({ label: labelOf(sums), sums }));
  return top.length < parts.length ? [...entries, { label: OTHERS, sums: restOf(whole, top) }] : entries;
}

/** A column of such a table; `upTo` are the entries above this one and itself. */
export interface TopColumn {
  readonly column: Column;
  readonly of: (sums: Sums, upTo: readonly Sums[]) => Datum;
}

export interface TopTable extends Omit<TableContent, 'columns' | 'body' | 'total'> {
  readonly first: Column;
  readonly columns: readonly TopColumn[];
  readonly entries: readonly Entry[];
  readonly whole: Sums;
}

export function topTable(figures: Figures, { first, columns, entries, whole, ...table }: TopTable): Table {
  const all = entries.map(({ sums }) => sums);
  return tableOf(figures, {
    ...table,
    columns: [first, ...columns.map(({ column }) => column)],
    body: entries.map(({ label, sums }, at) => [label, ...columns.map(({ of }) => of(sums, all.slice(0, at + 1)))]),
    total: [TOTAL, ...columns.map(({ of }) => of(whole, [whole]))],
  });
}
