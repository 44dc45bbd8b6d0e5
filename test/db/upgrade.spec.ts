import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { dataSourceOptions, migrateDatabase } from '../../src/data-source.js';
import { withConnection } from '../../src/platform/database/connect.js';
import { blankDatabase } from '../support/database.js';
import { Door } from '../support/door.js';
import { structureOf } from './catalog.js';
import { newBooks, type KeptBooks } from './kept-books.js';

/** How many migrations the version before books had. */
const BEFORE_BOOKS = 3;

let door: Door;
let books: KeptBooks;
beforeEach(async () => {
  door = await Door.open();
  books = await newBooks(door);
  await toVersionBeforeBooks();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await door.close();
});

const owned = <Result>(work: (source: DataSource) => Promise<Result>, url = door.database.ownerUrl) =>
  new DataSource(dataSourceOptions(url, 1)).initialize().then((source) => work(source).finally(() => source.destroy()));

/** Takes back what later versions made; what was said stays said. */
async function toVersionBeforeBooks(): Promise<void> {
  await owned(async (source) => {
    await source.query('DROP SCHEMA graphile_worker CASCADE');
    for (let left = source.migrations.length; left > BEFORE_BOOKS; left -= 1) await source.undoLastMigration();
  });
}

const ask = <Row extends object>(sql: string): Promise<Row[]> =>
  withConnection(door.database.ownerUrl, async (owner) => (await owner.query<Row>(sql)).rows);

const versions = async () =>
  (await ask<{ name: string }>('SELECT name FROM schema_migrations ORDER BY id')).map(({ name }) => name);

/** What that version kept, row by row, by the columns that it had. */
async function kept(columns?: ReadonlyMap<string, string>): Promise<Map<string, unknown>> {
  const rows = new Map<string, unknown>();
  for (const [table, list] of columns ?? (await columnsOf())) {
    rows.set(table, await ask(`SELECT ROW(${list})::text AS row FROM ${table} ORDER BY 1`));
  }
  return rows;
}

async function columnsOf(): Promise<Map<string, string>> {
  const found = await ask<{ table: string; list: string }>(
    `SELECT table_name AS table, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS list
     FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'schema_migrations' GROUP BY 1`,
  );
  return new Map(found.map(({ table, list }) => [table, list]));
}

const structure = () => withConnection(door.database.ownerUrl, structureOf);

describe('a database of the version before books', () => {
  it('control: has the tables and columns that its migrations alone would make', async () => {
    const blank = await blankDatabase();
    const made = await owned(async (source) => {
      source.migrations.splice(BEFORE_BOOKS);
      await source.runMigrations();
      return withConnection(blank.ownerUrl, structureOf);
    }, blank.ownerUrl).finally(() => blank.drop());
    expect(await structure()).toEqual(made);
  });

  it('is brought up to date with every record standing and every figure as it was, and goes on', async () => {
    const [columns, before] = [await columnsOf(), await kept()];
    expect(before.get('records')).toHaveLength(10);
    await migrateDatabase(door.database.ownerUrl);
    expect(await kept(columns)).toEqual(before);
    expect(await ask('SELECT DISTINCT reversed_by AS by FROM records')).toEqual([{ by: '0' }]);
    await books.check();
    // From here on a mine of before has the default path, too; what follows is about its records.
    expect(await ask('DELETE FROM approval_steps RETURNING role')).not.toEqual([]);
    const more = { date: '2023-03-20', department: 'CM1', category: 'resource', item: '0104', nature: 'explicit' };
    await books.say('records', { ...more, id: 'R11', quantity: '5', unit: '件', amount: '545.00' });
    // An id of before is known to stand.
    expect(
      await books.refused({ records: [{ ...more, id: 'R1', quantity: '1', unit: '件', amount: '1.00' }] }),
    ).toEqual([['records.csv', 2, 'id', 'duplicate_record', expect.objectContaining({ import_id: '1' })]]);
  });

  it('is left as it was by an upgrade that dies in the middle, and the next one succeeds', async () => {
    const [names, made, before] = [await versions(), await structure(), await kept()];
    // TypeORM says on the terminal that a migration failed.
    jest.spyOn(console, 'log').mockImplementation(() => undefined);
    const upgrade = `upgrade-${randomUUID()}`;
    const url = new URL(door.database.ownerUrl);
    url.searchParams.set('application_name', upgrade);
    await withConnection(door.database.ownerUrl, async (other) => {
      // Altered after tables that stand before it in the migration: there it waits, with half its work done.
      await other.query('BEGIN; LOCK TABLE records IN ACCESS SHARE MODE');
      const fate = migrateDatabase(url.href).then(
        () => 'done',
        () => 'died',
      );
      await untilItWaits(upgrade);
      await other.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [
        upgrade,
      ]);
      expect(await fate).toBe('died');
      await other.query('COMMIT');
    });
    expect([await versions(), await structure(), await kept()]).toEqual([names, made, before]);
    expect(names).toHaveLength(BEFORE_BOOKS);
    await migrateDatabase(door.database.ownerUrl);
    await books.check();
  });
});

async function untilItWaits(application: string): Promise<void> {
  const waiting = `SELECT FROM pg_stat_activity WHERE application_name = '${application}' AND wait_event_type = 'Lock'`;
  for (const begun = performance.now(); (await ask(waiting)).length === 0; await sleep(20)) {
    if (performance.now() - begun > 20_000) throw new Error('the upgrade did not come as far as the records');
  }
}
