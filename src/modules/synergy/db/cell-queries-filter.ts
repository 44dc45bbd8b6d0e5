/** Which cells, or lines, a question is about: one filter for cells, records, baselines' lines, adjustments and targets. */
import type { Dimension } from '../../../../analytics/synergy/roll-up.js';

export interface CellFilter {
  /** Exactly this department, and the departments of the tree below `under` with it; both may be given. */
  readonly department?: string;
  readonly under?: string;
  readonly category?: string;
  /** Of these three '' is “none”: the lines that name no item, nature or project. */
  readonly item?: string;
  readonly nature?: string;
  readonly project?: string;
  /** The departments that the asker may see; absent: all. Part of every question, whatever else it asks. */
  readonly within?: readonly string[];
}

/** Where a relation has the dimensions, as SQL expressions. */
export type Places = Readonly<Record<Dimension, string>>;

/** Parameters of one statement, numbered as they are named. $1 is always the mine. */
export class Parameters {
  readonly values: unknown[];

  constructor(mine: string) {
    this.values = [mine];
  }

  /** Takes a value and answers its place in the statement. */
  add(value: unknown, type = 'text'): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}

const EXACT_FILTERS = ['department', 'category', 'item', 'nature', 'project'] as const;

/** Conditions for `WHERE`, each led by AND; `periods` are those asked for that the mine has. */
export function conditions(
  periods: readonly string[],
  filter: CellFilter,
  places: Places,
  parameters: Parameters,
): string {
  const all = [`${places.period} = ANY (${parameters.add(periods, 'text[]')})`];
  for (const name of EXACT_FILTERS) {
    const wanted = filter[name];
    if (wanted !== undefined) all.push(`${places[name]} = ${parameters.add(wanted)}`);
  }
  if (filter.within !== undefined) all.push(`${places.department} = ANY (${parameters.add(filter.within, 'text[]')})`);
  if (filter.under !== undefined) all.push(`${places.department} IN (${below(parameters.add(filter.under))})`);
  return all.map((condition) => `AND ${condition}`).join(' ');
}

const below = (department: string) => `WITH RECURSIVE tree AS (
    SELECT code FROM departments WHERE mine_id = $1 AND code = ${department}
    UNION SELECT d.code FROM tree t JOIN departments d ON d.mine_id = $1 AND d.parent = t.code)
  SELECT code FROM tree`;
