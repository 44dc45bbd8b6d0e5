/** Any grouping of cells (GRN-2): rows and total, each rounded once from its own exact sum (RND-3). */
import { byTexts } from '../kernel/order.js';
import { shown, sumOf, type Measure, type Measures } from './measures.js';

export const DIMENSIONS = ['department', 'period', 'category', 'item', 'nature', 'project'] as const;
export type Dimension = (typeof DIMENSIONS)[number];
export const DEFAULT_DIMENSIONS: readonly Dimension[] = ['department', 'period', 'category'];

export type Row = Partial<Record<Dimension, string>> & { readonly measures: Record<Measure, string> };

type Dimensioned = Readonly<Record<Dimension, string>> & { readonly measures: Measures };

export function rollUp(
  cells: readonly Dimensioned[],
  by: readonly Dimension[],
): { rows: Row[]; total: Record<Measure, string> } {
  const groups = new Map<string, { values: string[]; measures: Measures[] }>();
  for (const cell of cells) {
    const values = by.map((dimension) => cell[dimension]);
    const key = values.join('\u0000');
    const group = groups.get(key);
    if (group) group.measures.push(cell.measures);
    else groups.set(key, { values, measures: [cell.measures] });
  }
  const rows = [...groups.values()]
    .sort((a, b) => byTexts(a.values, b.values))
    .map(({ values, measures }) => ({
      ...(Object.fromEntries(by.map((dimension, i) => [dimension, values[i]])) as Partial<Record<Dimension, string>>),
      measures: shown(sumOf(measures)),
    }));
  return { rows, total: shown(sumOf(cells.map((cell) => cell.measures))) };
}
