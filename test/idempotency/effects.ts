import type { HttpAppUnderTest } from '../support/http-app.js';

/** Which requests wrote what, as the database itself saw it: every row that a transaction of theirs changed. */
export class Effects {
  private constructor(private readonly running: HttpAppUnderTest) {}

  /** From here on every change is noted under the request that it is of; the keys themselves are no effect. */
  static async watch(running: HttpAppUnderTest): Promise<Effects> {
    const tables = await running.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
         AND relname NOT IN ('idempotency_keys', 'schema_migrations')`,
    );
    await running.query('CREATE TABLE effects (request text, relation text)');
    await running.query(`CREATE FUNCTION note_effect() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN INSERT INTO effects VALUES (current_setting('app.request', true), TG_TABLE_NAME); RETURN NULL; END $$`);
    for (const { name } of tables) {
      await running.query(`CREATE TRIGGER zz_note_effect AFTER INSERT OR UPDATE OR DELETE ON ${name}
        FOR EACH ROW EXECUTE FUNCTION note_effect()`);
    }
    return new Effects(running);
  }

  /** Those of these requests that changed anything. */
  async writersAmong(requests: readonly string[]): Promise<string[]> {
    const rows = await this.running.query<{ request: string }>(
      'SELECT DISTINCT request FROM effects WHERE request = ANY ($1)',
      [requests],
    );
    return rows.map(({ request }) => request);
  }
}
