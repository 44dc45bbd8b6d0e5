import type { Tx } from '../../../platform/database/unit-of-work.js';
import { COLUMNS, KEYS } from '../../rules/columns.js';
import { TABLE_OF, tableColumn, type ReferenceKind } from './reference-tables.js';

/** A reference row as it is shown: every column a text, null where nothing is, and its version. */
export type ShownRow = Readonly<Record<string, string | null>> & { readonly version: number };

const shownColumn = (kind: ReferenceKind, name: string) => {
  const column = `r."${tableColumn(kind, name)}"`;
  // An open start is stored as -infinity only where it is part of a key.
  const isOpenStart = kind === 'rates' && name === 'valid_from';
  return `${isOpenStart ? `nullif(${column}, '-infinity')` : column}::text AS "${name}"`;
};

const selectOf = (kind: ReferenceKind) =>
  `SELECT ${COLUMNS[kind].map(({ name }) => shownColumn(kind, name)).join(', ')}, r.version,
    ARRAY[${keyColumns(kind).join(', ')}] AS key FROM ${TABLE_OF[kind]} r`;

const keyColumns = (kind: ReferenceKind) => KEYS[kind].map((name) => `r."${tableColumn(kind, name)}"::text`);

export type KeyedRow = ShownRow & { readonly key: readonly string[] };

/** Rows in the order of their keys, after a key. */
export function listReferences(
  tx: Tx,
  mine: string,
  kind: ReferenceKind,
  after: readonly string[] | null,
  limit: number,
): Promise<KeyedRow[]> {
  const key = `ROW(${keyColumns(kind)
    .map((column) => `${column} COLLATE "C"`)
    .join(', ')})`;
  const afterKey = `ROW(${keyColumns(kind)
    .map((_, i) => `$${i + 3}::text`)
    .join(', ')})`;
  return tx.rows<KeyedRow>(
    `${selectOf(kind)} WHERE r.mine_id = $1 ${after ? `AND ${key} > ${afterKey}` : ''}
     ORDER BY ${keyColumns(kind)
       .map((column) => `${column} COLLATE "C"`)
       .join(', ')} LIMIT $2`,
    [mine, limit, ...(after ?? [])],
  );
}

/** The row that an import brought or confirmed: the one row of its only file. */
export async function findReference(
  tx: Tx,
  mine: string,
  kind: ReferenceKind,
  key: readonly string[],
): Promise<KeyedRow | null> {
  const isKey = keyColumns(kind).map((column, i) => `${column} = $${i + 2}`);
  const [row] = await tx.rows<KeyedRow>(`${selectOf(kind)} WHERE r.mine_id = $1 AND ${isKey.join(' AND ')}`, [
    mine,
    ...key,
  ]);
  return row ?? null;
}

export const KEY_LENGTH = (kind: ReferenceKind): number => KEYS[kind].length;
