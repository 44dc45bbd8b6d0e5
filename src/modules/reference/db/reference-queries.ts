import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Reach } from '../../mines/index.js';
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

const isOfDepartments = (kind: ReferenceKind) => COLUMNS[kind].some(({ name }) => name === 'department');

/**
 * Rows of a department are for those who reach it; a row of none, such as a common price, is everyone's. The condition,
 * and its parameter numbered `place`.
 */
function scopeOf(kind: ReferenceKind, { departments }: Reach, place: number) {
  if (departments === null || !isOfDepartments(kind)) return { sql: '', values: [] };
  return { sql: `AND (r.department IS NULL OR r.department = ANY ($${place}::text[]))`, values: [departments] };
}

export type KeyedRow = ShownRow & { readonly key: readonly string[] };

/** Rows in the order of their keys, after a key. */
export function listReferences(
  tx: Tx,
  reach: Reach,
  kind: ReferenceKind,
  after: readonly string[] | null,
  limit: number,
): Promise<KeyedRow[]> {
  const key = `ROW(${keyColumns(kind)
    .map((column) => `${column} COLLATE "C"`)
    .join(', ')})`;
  const scope = scopeOf(kind, reach, (after?.length ?? 0) + 3);
  const afterKey = `ROW(${keyColumns(kind)
    .map((_, i) => `$${i + 3}::text`)
    .join(', ')})`;
  return tx.rows<KeyedRow>(
    `${selectOf(kind)} WHERE r.mine_id = $1 ${scope.sql} ${after ? `AND ${key} > ${afterKey}` : ''}
     ORDER BY ${keyColumns(kind)
       .map((column) => `${column} COLLATE "C"`)
       .join(', ')} LIMIT $2`,
    [reach.mine, limit, ...(after ?? []), ...scope.values],
  );
}

/** The row that an import brought or confirmed: the one row of its only file. */
export async function findReference(
  tx: Tx,
  reach: Reach,
  kind: ReferenceKind,
  key: readonly string[],
): Promise<KeyedRow | null> {
  const isKey = keyColumns(kind).map((column, i) => `${column} = $${i + 2}`);
  const scope = scopeOf(kind, reach, key.length + 2);
  const [row] = await tx.rows<KeyedRow>(
    `${selectOf(kind)} WHERE r.mine_id = $1 ${scope.sql} AND ${isKey.join(' AND ')}`,
    [reach.mine, ...key, ...scope.values],
  );
  return row ?? null;
}

export const KEY_LENGTH = (kind: ReferenceKind): number => KEYS[kind].length;
