import type { Tx } from '../../../../platform/database/unit-of-work.js';

/** What the mine calls itself, its departments and its cost items. */
export interface MineNames {
  readonly mine: { readonly code: string; readonly name: string };
  readonly departments: ReadonlyMap<string, { readonly name: string; readonly parent: string | null }>;
  readonly items: ReadonlyMap<string, string>;
}

interface NameRow {
  readonly what: 'mine' | 'department' | 'item';
  readonly code: string;
  readonly name: string;
  readonly parent: string | null;
}

/** By code. */
export async function loadNames(tx: Tx, mine: string): Promise<MineNames> {
  const rows = await tx.rows<NameRow>(
    `SELECT 'mine' AS what, mine_id AS code, name, NULL AS parent FROM mines WHERE mine_id = $1
     UNION ALL SELECT 'department', code, name, parent FROM departments WHERE mine_id = $1
     UNION ALL SELECT 'item', code, name, NULL FROM items WHERE mine_id = $1
     ORDER BY what, code`,
    [mine],
  );
  const of = (what: NameRow['what']) => rows.filter((row) => row.what === what);
  return {
    mine: { code: mine, name: of('mine')[0]!.name },
    departments: new Map(of('department').map(({ code, name, parent }) => [code, { name, parent }])),
    items: new Map(of('item').map(({ code, name }) => [code, name])),
  };
}
