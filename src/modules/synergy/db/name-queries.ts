/** What codes are called, for tables that people read. */
import type { Tx } from '../../../platform/database/unit-of-work.js';

export const NAMED_DIMENSIONS = ['department', 'item', 'project'] as const;
export type NamedDimension = (typeof NAMED_DIMENSIONS)[number];

export interface NamesOfCodes {
  readonly mine: string;
  readonly of: Readonly<Record<NamedDimension, ReadonlyMap<string, string>>>;
}

/** The names of a mine and, of the dimensions asked for, of all their codes. */
export async function loadNames(tx: Tx, mine: string, asked: readonly NamedDimension[]): Promise<NamesOfCodes> {
  const rows = await tx.rows<{ dimension: NamedDimension | 'mine'; code: string; name: string }>(
    `SELECT 'mine' AS dimension, mine_id AS code, name FROM mines WHERE mine_id = $1
     UNION ALL SELECT 'department', code, name FROM departments WHERE mine_id = $1 AND 'department' = ANY ($2::text[])
     UNION ALL SELECT 'item', code, name FROM items WHERE mine_id = $1 AND 'item' = ANY ($2::text[])
     UNION ALL SELECT 'project', code, name FROM projects WHERE mine_id = $1 AND 'project' = ANY ($2::text[])`,
    [mine, asked],
  );
  const named = (dimension: NamedDimension) =>
    new Map(rows.filter((row) => row.dimension === dimension).map(({ code, name }) => [code, name]));
  return {
    mine: rows.find(({ dimension }) => dimension === 'mine')!.name,
    of: { department: named('department'), item: named('item'), project: named('project') },
  };
}
