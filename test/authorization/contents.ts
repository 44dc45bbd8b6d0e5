import type { HttpAppUnderTest } from '../support/http-app.js';

/** Where a refused row is kept, what was said of it, and that it was. */
const LOG = ['imports', 'import_files', 'row_fates', 'control_totals', 'audit_entries', 'audit_heads'];

/** Everything that the database holds of its mines, table by table, as a count and a hash. */
export async function contentsOf(
  running: HttpAppUnderTest,
  what: 'all' | 'but the log of imports',
): Promise<Readonly<Record<string, string>>> {
  const tables = await running.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'mine_id'
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1`,
  );
  const counted = tables.filter(({ name }) => what === 'all' || !LOG.includes(name));
  const rows = await running.query<{ name: string; held: string }>(
    counted
      .map(
        ({ name }) => `SELECT '${name}' AS name, count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n'
          ORDER BY t::text)), '') AS held FROM ${name} t`,
      )
      .join(' UNION ALL '),
  );
  return Object.fromEntries(rows.map(({ name, held }) => [name, held]));
}

/** From here on the database shows every row to every transaction. */
export async function pullDownSecondWall(running: HttpAppUnderTest): Promise<void> {
  const tables = await running.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity`,
  );
  for (const { name } of tables) await running.query(`ALTER TABLE ${name} DISABLE ROW LEVEL SECURITY`);
}
