import type pg from 'pg';

/** What PostgreSQL itself says of the schema `public`, one line a fact, sorted; the migrations' own table is left out. */
const OURS = `SELECT c.oid, c.relname FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'schema_migrations'`;

/** TypeORM quotes the default of a bigint, which PostgreSQL keeps as it was written: '0'::bigint is 0. */
const DEFAULT = `regexp_replace(pg_get_expr(d.adbin, d.adrelid), '^''(\\d+)''::(bigint|numeric)$', '\\1')`;

/** Definitions come from PostgreSQL, which writes every spelling of a check, a default or a type in one way. */
const STRUCTURE = `
  SELECT concat_ws(' ', t.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod),
      'COLLATE ' || co.collname, CASE WHEN a.attnotnull THEN 'NOT NULL' END, 'DEFAULT ' || ${DEFAULT},
      'IDENTITY ' || nullif(a.attidentity::text, ''), 'GENERATED ' || nullif(a.attgenerated::text, '')) AS line
    FROM (${OURS}) t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type ty ON ty.oid = a.atttypid
    LEFT JOIN pg_collation co ON co.oid = a.attcollation AND co.oid <> ty.typcollation
    LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
  UNION ALL
  -- PostgreSQL 18 lists NOT NULL here too; it stands with its column above.
  SELECT concat_ws(' ', t.relname, 'CONSTRAINT', k.conname, pg_get_constraintdef(k.oid))
    FROM (${OURS}) t JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype <> 'n'
  UNION ALL
  SELECT pg_get_indexdef(i.indexrelid) FROM (${OURS}) t JOIN pg_index i ON i.indrelid = t.oid`;

export async function structureOf(client: pg.Client): Promise<string[]> {
  return lines(client, STRUCTURE);
}

const RIGHTS = `
  SELECT concat_ws(' ', c.relname, a.grantee::regrole::text, a.privilege_type) AS line
    FROM pg_class c, aclexplode(c.relacl) a WHERE c.relnamespace = 'public'::regnamespace AND a.grantee <> c.relowner
  UNION ALL
  SELECT concat_ws(' ', 'SCHEMA', n.nspname, CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END,
      a.privilege_type)
    FROM pg_namespace n, aclexplode(n.nspacl) a WHERE n.nspname IN ('public', 'scratch')`;

/** Who else than the owner may do what. */
export async function rightsIn(client: pg.Client): Promise<string[]> {
  return lines(client, RIGHTS);
}

const columnName = (table: string, number: string) =>
  `(SELECT attname FROM pg_attribute WHERE attrelid = ${table} AND attnum = ${number})`;

/**
 * Keys and indexes that do not begin with the mine, and tables without a primary key: the schema could not be
 * distributed by mine, and one mine's key could refer to another's row.
 */
const NOT_LED_BY_MINE = `
  SELECT concat_ws(' ', t.relname, k.conname) AS line
    FROM (${OURS}) t JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype IN ('p', 'u', 'f', 'x')
    WHERE coalesce(${columnName('k.conrelid', 'k.conkey[1]')}, '') <> 'mine_id'
      OR k.contype = 'f' AND ${columnName('k.confrelid', 'k.confkey[1]')} <> 'mine_id'
  UNION ALL
  SELECT concat_ws(' ', t.relname, i.indexrelid::regclass)
    FROM (${OURS}) t JOIN pg_index i ON i.indrelid = t.oid
    WHERE coalesce(${columnName('i.indrelid', 'i.indkey[0]')}, '') <> 'mine_id'
  UNION ALL
  SELECT t.relname || ' has no primary key' FROM (${OURS}) t
    WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = t.oid AND k.contype = 'p')`;

export async function notLedByMine(client: pg.Client): Promise<string[]> {
  return lines(client, NOT_LED_BY_MINE);
}

export interface NumericColumn {
  readonly table: string;
  readonly column: string;
}

/** Every column whose type can hold NaN. */
export async function numericColumns(client: pg.Client): Promise<NumericColumn[]> {
  const { rows } = await client.query<NumericColumn>(
    `SELECT t.relname AS table, a.attname AS column
     FROM (${OURS}) t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE a.atttypid IN ('numeric'::regtype, 'float4'::regtype, 'float8'::regtype) ORDER BY 1, 2`,
  );
  return rows;
}

async function lines(client: pg.Client, sql: string): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(`SELECT line FROM (${sql}) facts ORDER BY line COLLATE "C"`);
  return rows.map(({ line }) => line);
}
