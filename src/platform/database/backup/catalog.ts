import pg from 'pg';

/** A table whose rows last, as PostgreSQL's own catalog tells. */
export interface LastingTable {
  readonly name: string;
  /** In the table's order; generated ones are left out, since nobody may write them. */
  readonly columns: readonly string[];
}

/**
 * Every logged table of `public` that no extension owns. Taken from the catalog and not from a list of ours, so that a
 * later migration's table is never forgotten. What is not here is scratch (unlogged, empty after a crash, in a schema
 * of its own) or the queue of graphile-worker: what waits in it is asked for anew from the rows that it is about.
 */
export async function lastingTables(client: pg.ClientBase): Promise<LastingTable[]> {
  const { rows } = await client.query<LastingTable>(
    `SELECT c.relname::text AS name, ARRAY(SELECT a.attname::text FROM pg_attribute a
       WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
       ORDER BY a.attnum) AS columns
     FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relpersistence = 'p'
       AND NOT EXISTS (SELECT FROM pg_depend d
         WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
     ORDER BY c.relname COLLATE "C"`,
  );
  return rows;
}

/** Where an identity or serial column goes on. */
export interface SequenceState {
  readonly name: string;
  /** A whole number, as text. */
  readonly lastValue: string;
  /** False: `lastValue` itself is the next one. */
  readonly isCalled: boolean;
}

export async function sequenceStates(client: pg.ClientBase): Promise<SequenceState[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
     ORDER BY relname COLLATE "C"`,
  );
  const states: SequenceState[] = [];
  for (const { name } of rows) {
    const found = await client.query<Omit<SequenceState, 'name'>>(
      `SELECT last_value::text AS "lastValue", is_called AS "isCalled" FROM public.${pg.escapeIdentifier(name)}`,
    );
    states.push({ name, ...found.rows[0]! });
  }
  return states;
}

/** `from` refers to `to` by a foreign key. */
interface Reference {
  readonly from: string;
  readonly to: string;
}

/** The names of the tables so ordered that each follows those that its foreign keys refer to. */
export async function loadOrder(client: pg.ClientBase, names: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<Reference>(
    `SELECT DISTINCT f.relname::text AS from, t.relname::text AS to FROM pg_constraint k
     JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
     WHERE k.contype = 'f' AND k.conrelid <> k.confrelid AND f.relnamespace = 'public'::regnamespace`,
  );
  return orderedBy(names, rows);
}

/** @throws Error where references run in a circle: no order could load such tables */
export function orderedBy(names: readonly string[], references: readonly Reference[]): string[] {
  const ordered: string[] = [];
  for (let left = [...names]; left.length > 0;) {
    const waiting = new Set(left);
    const ready = left.filter((name) => !references.some(({ from, to }) => from === name && waiting.has(to)));
    if (ready.length === 0) throw new Error(`foreign keys run in a circle: ${left.join(', ')}`);
    ordered.push(...ready);
    left = left.filter((name) => !ready.includes(name));
  }
  return ordered;
}

/** Names of the migrations that a database has had, the oldest first; none where it has never had any. */
export async function migrationsOf(client: pg.ClientBase, table: string): Promise<string[]> {
  const found = await client.query<{ known: string | null }>('SELECT to_regclass($1) AS known', [`public.${table}`]);
  if (!found.rows[0]?.known) return [];
  const { rows } = await client.query<{ name: string }>(
    `SELECT name FROM public.${pg.escapeIdentifier(table)} ORDER BY timestamp, id`,
  );
  return rows.map(({ name }) => name);
}
