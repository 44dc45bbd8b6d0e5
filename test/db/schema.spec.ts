import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/data-source.js';
import { connectionSettings, withConnection } from '../../src/platform/database/connect.js';
import { blankDatabase, freshDatabase, type TestDatabase } from '../support/database.js';
import { notLedByMine, numericColumns, rightsIn, structureOf, type NumericColumn } from './catalog.js';

let database: TestDatabase;
let owner: pg.Client;
beforeAll(async () => {
  database = await freshDatabase();
  owner = new pg.Client(connectionSettings(database.ownerUrl));
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

/** Tries `work` on the shared database and takes back all it did. */
async function tried<Result>(work: () => Promise<Result>): Promise<Result> {
  await owner.query('BEGIN');
  return work().finally(() => owner.query('ROLLBACK'));
}

async function withDataSource<Result>(url: string, work: (source: DataSource) => Promise<Result>): Promise<Result> {
  const source = await new DataSource(dataSourceOptions(url, 2)).initialize();
  return work(source).finally(() => source.destroy());
}

describe('entities and migrations describe the same tables', () => {
  const missing = async (url: string) =>
    withDataSource(url, async (source) => {
      const { upQueries } = await source.driver.createSchemaBuilder().log();
      return upQueries.map(({ query }) => query);
    });

  it('by what TypeORM would change', async () => {
    expect(await missing(database.ownerUrl)).toEqual([]);
  });

  /**
   * TypeORM compares checks and foreign keys by name alone and an index by the set of its columns. So PostgreSQL
   * compares: the tables that the entities would make in an empty database, by its own definitions, with ours.
   */
  it('by what PostgreSQL makes of them', async () => {
    const blank = await blankDatabase();
    const made = await withDataSource(blank.ownerUrl, async (source) => {
      await source.synchronize();
      return withConnection(blank.ownerUrl, structureOf);
    }).finally(() => blank.drop());
    expect(made).toEqual(await structureOf(owner));
    expect(made.length).toBeGreaterThan(200);
  });

  it('control: a column, a check, a default, a collation, a foreign key, an index changed by hand are noticed', async () => {
    const copy = await freshDatabase();
    await withConnection(copy.ownerUrl, async (client) => {
      await client.query('ALTER TABLE mines ADD COLUMN by_hand text');
      expect(await missing(copy.ownerUrl)).toEqual(['ALTER TABLE "mines" DROP COLUMN "by_hand"']);
      await client.query('ALTER TABLE mines DROP COLUMN by_hand');
      expect(await structureOf(client)).toEqual(await structureOf(owner));
    });
    await copy.drop();
    const changes = [
      `ALTER TABLE methods DROP CONSTRAINT methods_price_reduction_check,
        ADD CONSTRAINT methods_price_reduction_check CHECK (price_reduction IN ('within','beside','neither'))`,
      'ALTER TABLE periods ALTER COLUMN version SET DEFAULT 2',
      'ALTER TABLE items ALTER COLUMN code TYPE text COLLATE "default"',
      'ALTER TABLE departments ALTER CONSTRAINT departments_mine_id_parent_fkey NOT DEFERRABLE',
      'DROP INDEX imports_unfinished; CREATE INDEX imports_unfinished ON imports (mine_id, id)',
    ];
    const before = await structureOf(owner);
    for (const change of changes) {
      const after = await tried(() => owner.query(change).then(() => structureOf(owner)));
      expect([change, after.filter((line) => !before.includes(line)).length]).toEqual([change, 1]);
    }
  });
});

describe('mine_id leads every primary, unique and foreign key and every index', () => {
  it('in every table', async () => {
    expect(await notLedByMine(owner)).toEqual([]);
  });

  it('control: keys and indexes that it does not lead are noticed', async () => {
    const found = await tried(async () => {
      await owner.query(`CREATE TABLE stray (id bigint PRIMARY KEY, mine_id text, item text, code text UNIQUE)`);
      await owner.query(`CREATE TABLE keyless (mine_id text)`);
      await owner.query(`CREATE INDEX by_item ON stray (item, mine_id)`);
      await owner.query(`CREATE INDEX by_expression ON stray (lower(mine_id))`);
      await owner.query(`ALTER TABLE stray ADD FOREIGN KEY (item, mine_id) REFERENCES items (code, mine_id)`);
      return notLedByMine(owner);
    });
    expect(found).toEqual([
      'keyless has no primary key',
      'stray by_expression',
      'stray by_item',
      'stray stray_code_key',
      'stray stray_code_key',
      'stray stray_item_mine_id_fkey',
      'stray stray_pkey',
      'stray stray_pkey',
    ]);
  });
});

describe('every number is finite', () => {
  const NOT_FINITE = ['NaN', 'Infinity', '-Infinity'];
  /** Refused by a check, or because a scale holds no infinity. */
  const REFUSED = ['23514', '22003'];

  /**
   * Which of the values a column takes. In a copy of the table that has its checks but requires nothing, all other
   * columns are null, a check on them is satisfied, and the column's own checks alone decide.
   */
  async function taken({ table, column }: NumericColumn, values: readonly string[]): Promise<string[]> {
    return tried(async () => {
      await owner.query(`CREATE TEMP TABLE probe (LIKE ${table} INCLUDING CONSTRAINTS)`);
      const required = await owner.query<{ name: string }>(
        `SELECT attname AS name FROM pg_attribute WHERE attrelid = 'probe'::regclass AND attnotnull AND attnum > 0`,
      );
      for (const { name } of required.rows) await owner.query(`ALTER TABLE probe ALTER COLUMN "${name}" DROP NOT NULL`);
      const accepted: string[] = [];
      for (const value of values) {
        await owner.query('SAVEPOINT before');
        try {
          await owner.query(`INSERT INTO probe ("${column}") VALUES ($1)`, [value]);
          accepted.push(value);
        } catch (error) {
          expect(REFUSED).toContain((error as pg.DatabaseError).code);
          await owner.query('ROLLBACK TO before');
        }
      }
      return accepted;
    });
  }

  it('in every numeric column', async () => {
    const columns = await numericColumns(owner);
    expect(columns.length).toBeGreaterThan(40);
    const answers = [];
    for (const column of columns) answers.push([column, await taken(column, ['1', ...NOT_FINITE])]);
    expect(answers).toEqual(columns.map((column) => [column, ['1']]));
  });

  it('control: columns without a check are noticed', async () => {
    await owner.query('CREATE TABLE unchecked (mine_id text, amount numeric, priced numeric(20,2), ratio float8)');
    const stray = (await numericColumns(owner)).filter(({ table }) => table === 'unchecked');
    const answers = [];
    for (const column of stray) answers.push([column.column, await taken(column, NOT_FINITE)]);
    await owner.query('DROP TABLE unchecked');
    expect(answers).toEqual([
      ['amount', NOT_FINITE],
      ['priced', ['NaN']],
      ['ratio', NOT_FINITE],
    ]);
  });
});

describe('the application role', () => {
  const MAY_NOT = '42501';
  const attempt = (sql: string) =>
    withConnection(database.appUrl, (app) =>
      app.query(sql).then(
        () => 'done',
        (error: unknown) => (error as pg.DatabaseError).code,
      ),
    );

  it.each([
    'CREATE TABLE public.own (id int)',
    'CREATE SCHEMA own',
    'CREATE ROLE own',
    'ALTER TABLE departments ADD COLUMN own text',
    'ALTER TABLE cells DISABLE TRIGGER ALL',
    'CREATE INDEX own ON departments (mine_id)',
    'DROP TABLE cell_issues',
    'TRUNCATE departments',
    'DELETE FROM departments',
    'DELETE FROM records',
    `INSERT INTO schema_migrations (timestamp, name) VALUES (1, 'own')`,
    `UPDATE schema_migrations SET name = 'own'`,
    `COPY departments TO PROGRAM 'cat'`,
  ])('may not: %s', async (sql) => {
    expect(await attempt(sql)).toBe(MAY_NOT);
  });

  it('may do its work: stage, write, and replace cells', async () => {
    expect(await attempt('CREATE UNLOGGED TABLE scratch.own (id int); DROP TABLE scratch.own')).toBe('done');
    const work = `SET LOCAL app.mine = 'M1'; SET LOCAL app.whole = 'yes';
      INSERT INTO mines (mine_id, name) VALUES ('M1', '一号矿');
      INSERT INTO departments (mine_id, code, name) VALUES ('M1', 'D1', '采煤');
      UPDATE departments SET name = '综采';
      INSERT INTO imports (mine_id, kind, status, actor, file_name, size_bytes, sha256)
        VALUES ('M1', 'records', 'queued', 'a', 'f', 1, 'x');
      DELETE FROM cells; DELETE FROM cell_sums; DELETE FROM cell_issues`;
    expect(await attempt(`BEGIN; ${work}; ROLLBACK`)).toBe('done');
  });

  it('reads every table, writes all but what is decided for good, deletes only what is made anew', async () => {
    const may = async (right: string) => {
      const { rows } = await owner.query<{ name: string }>(
        `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
         AND relname <> 'schema_migrations' AND has_table_privilege('six_synergies_app', oid, $1) ORDER BY 1`,
        [right],
      );
      return rows.map(({ name }) => name);
    };
    const tables = await may('SELECT');
    expect(tables).toHaveLength(51);
    const inserted = await may('INSERT');
    expect(tables.filter((table) => !inserted.includes(table))).toEqual(['audit_entries', 'audit_heads']);
    const updated = await may('UPDATE');
    expect(tables.filter((table) => !updated.includes(table))).toEqual([
      ...['audit_anchors', 'audit_entries', 'audit_heads', 'closed_cells', 'decisions'],
      ...['report_files', 'report_signatures', 'report_templates', 'reports', 'waivers'],
    ]);
    expect(await may('DELETE')).toEqual([
      ...['approval_steps', 'cell_issues', 'cell_sums', 'cells', 'control_items', 'grants', 'idempotency_keys'],
      'sign_in_attempts',
    ]);
    expect([await may('TRUNCATE'), await may('REFERENCES'), await may('TRIGGER')]).toEqual([[], [], []]);
  });
});

it('migrations go down to nothing and up again to the same schema and rights', async () => {
  const copy = await freshDatabase();
  const facts = () =>
    withConnection(copy.ownerUrl, async (client) => [await structureOf(client), await rightsIn(client)]);
  const before = await facts();
  await withDataSource(copy.ownerUrl, async (source) => {
    for (let left = source.migrations.length; left > 0; left -= 1) await source.undoLastMigration();
    const ofRole = (line: string) => line.includes('six_synergies_app');
    const [structure, rights] = await facts();
    expect(structure).toEqual([]);
    expect(rights?.filter(ofRole)).toEqual([]);
    expect(before[1]?.filter(ofRole).length).toBeGreaterThan(60);
    await source.runMigrations();
  });
  expect(await facts()).toEqual(before);
  await copy.drop();
});
