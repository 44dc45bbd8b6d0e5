import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { dataSourceOptions, migrateDatabase } from '../../src/data-source.js';
import { StartError } from '../../src/platform/config/start-error.js';
import { appUrlOf } from '../../src/platform/database/app-role.js';
import { withConnection } from '../../src/platform/database/connect.js';
import { refuseNotDurable } from '../../src/platform/database/durability.js';
import { acquireDatabase, type DatabaseLease } from '../../src/platform/database/embedded/embedded-database.js';
import { refuseServer } from '../../src/platform/database/migrate.js';
import { runFolder } from '../support/database.js';

/** Roles belong to the whole server, so these tests have one of their own; each test states the roles it starts from. */
let lease: DatabaseLease;
beforeAll(async () => {
  const log = { info: () => undefined, warn: () => undefined };
  lease = await acquireDatabase({ dataDir: join(runFolder(), 'migrate'), databaseUrl: undefined }, log);
});
afterAll(() => lease.release());

type Rows = Record<string, unknown>[];
const ask = (url: string, sql: string): Promise<Rows> =>
  withConnection(url, async (client) => (await client.query<Rows[number]>(sql)).rows);

const urlOf = (database: string, user?: { name: string; password: string }): string => {
  const url = new URL(lease.ownerUrl);
  url.pathname = `/${database}`;
  if (user !== undefined) [url.username, url.password] = [user.name, encodeURIComponent(user.password)];
  return url.href;
};

/** Starts a test from a server without the application role and without the databases and roles of earlier tests. */
async function emptied(...statements: string[]): Promise<void> {
  const databases = await ask(lease.ownerUrl, `SELECT datname AS name FROM pg_database WHERE oid >= 16384`);
  const roles = await ask(lease.ownerUrl, `SELECT rolname AS name FROM pg_roles WHERE oid >= 16384`);
  const drops = [
    ...databases.map(({ name }) => `DROP DATABASE "${String(name)}" WITH (FORCE)`),
    ...roles.map(({ name }) => `DROP ROLE "${String(name)}"`),
  ];
  for (const sql of [...drops, ...statements]) await ask(lease.ownerUrl, sql);
}

/** The code of the StartError that `work` ends with, or what it answers. */
async function outcome(work: Promise<unknown>): Promise<unknown> {
  return work.catch((error: unknown) => {
    if (!(error instanceof StartError)) throw error;
    expect([error.zh, error.en].join()).not.toMatch(/undefined|postgres:\/\//);
    return error.code;
  });
}

/** A password that a URL must escape. */
const KEEPER = { name: 'keeper', password: '口令 @:/?#%' };
const MAKE_KEEPER = `CREATE ROLE keeper LOGIN CREATEROLE PASSWORD '${KEEPER.password}'`;
const APP_PASSWORD = `SELECT xmin, rolpassword FROM pg_authid WHERE rolname = 'six_synergies_app'`;

describe('migrateDatabase', () => {
  it('migrates once when three processes start at once, and all get the same URL', async () => {
    await emptied('CREATE DATABASE mine');
    const urls = await Promise.all([1, 2, 3].map(() => migrateDatabase(urlOf('mine'))));
    expect(new Set(urls)).toEqual(new Set([appUrlOf(urlOf('mine'))]));
    expect(await ask(urls[0] ?? '', 'SELECT current_user AS role, count(*) FROM schema_migrations')).toEqual([
      { role: 'six_synergies_app', count: '11' },
    ]);
  });

  it('gives databases of one server that start at once the same password', async () => {
    const names = ['first', 'second', 'third'];
    await emptied(...names.map((name) => `CREATE DATABASE ${name}`));
    const urls = await Promise.all(names.map((name) => migrateDatabase(urlOf(name))));
    expect(new Set(urls.map((url) => new URL(url).password)).size).toBe(1);
  });

  it('leaves a password that works alone, and mends one that does not', async () => {
    await emptied('CREATE DATABASE mine');
    const url = await migrateDatabase(urlOf('mine'));
    const first = await ask(lease.ownerUrl, APP_PASSWORD);
    await migrateDatabase(urlOf('mine'));
    expect(await ask(lease.ownerUrl, APP_PASSWORD)).toEqual(first);
    await ask(lease.ownerUrl, `ALTER ROLE six_synergies_app NOLOGIN PASSWORD 'another'`);
    expect(await outcome(ask(url, 'SELECT 1'))).toBe('database_sign_in_failed');
    expect(await migrateDatabase(urlOf('mine'))).toBe(url);
    expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('works for an owner who is no superuser, up and down', async () => {
    await emptied(MAKE_KEEPER, 'CREATE DATABASE mine OWNER keeper');
    const url = await migrateDatabase(urlOf('mine', KEEPER));
    await ask(url, 'CREATE TABLE scratch.staged (id int)');
    const source = await new DataSource(dataSourceOptions(urlOf('mine', KEEPER))).initialize();
    for (let left = source.migrations.length; left > 0; left -= 1) await source.undoLastMigration();
    await source.destroy();
    expect(await ask(urlOf('mine'), `SELECT relname FROM pg_class WHERE relname IN ('mines', 'staged')`)).toEqual([]);
    expect(await migrateDatabase(urlOf('mine', KEEPER))).toBe(url);
  });

  it('takes an application role that an administrator made', async () => {
    await emptied(
      `CREATE ROLE keeper LOGIN PASSWORD '${KEEPER.password}'`,
      'CREATE ROLE six_synergies_app NOLOGIN',
      `CREATE ROLE clerk LOGIN PASSWORD 'c' IN ROLE six_synergies_app`,
      'CREATE DATABASE mine OWNER keeper',
    );
    const clerk = urlOf('mine', { name: 'clerk', password: 'c' });
    expect(await migrateDatabase(urlOf('mine', KEEPER), clerk)).toBe(clerk);
  });

  it('undoes everything when one migration fails', async () => {
    await emptied('CREATE DATABASE mine');
    await ask(urlOf('mine'), 'CREATE SCHEMA scratch');
    // TypeORM says on the terminal that a migration failed.
    const quiet = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    await expect(migrateDatabase(urlOf('mine'))).rejects.toThrow(/scratch/);
    quiet.mockRestore();
    expect(await ask(urlOf('mine'), `SELECT to_regclass('mines') AS mines`)).toEqual([{ mines: null }]);
  });
});

describe('a start is refused with a reason', () => {
  it('when the server cannot be reached or entered', async () => {
    const closed = lease.ownerUrl.replace(/:\d+\//, ':1/');
    expect(await outcome(migrateDatabase(closed))).toBe('database_unreachable');
    expect(await outcome(migrateDatabase(closed.replace('127.0.0.1', 'no-such-host.invalid')))).toBe(
      'database_unreachable',
    );
    expect(await outcome(migrateDatabase(urlOf('absent')))).toBe('database_missing');
    expect(await outcome(migrateDatabase(urlOf('postgres', { name: 'postgres', password: 'wrong' })))).toBe(
      'database_sign_in_failed',
    );
  });

  it('when the server is older than PostgreSQL 16, or the database not in UTF-8', async () => {
    const server = { versionNumber: 160_000, version: '16.0', encoding: 'UTF8' };
    expect(() => refuseServer(server)).not.toThrow();
    expect(() => refuseServer({ ...server, versionNumber: 150_014, version: '15.14' })).toThrow(/15\.14.*16/);
    await emptied(`CREATE DATABASE mine ENCODING 'SQL_ASCII' TEMPLATE template0`);
    expect(await outcome(migrateDatabase(urlOf('mine')))).toBe('database_not_utf8');
  });

  it('when a newer version of the program migrated the database', async () => {
    await emptied('CREATE DATABASE mine');
    await migrateDatabase(urlOf('mine'));
    await ask(urlOf('mine'), `INSERT INTO schema_migrations (timestamp, name) VALUES (9, 'Later9')`);
    expect(await outcome(migrateDatabase(urlOf('mine')))).toBe('database_newer');
  });

  it('when the owner may not create tables, or roles', async () => {
    await emptied(MAKE_KEEPER, 'CREATE DATABASE mine');
    expect(await outcome(migrateDatabase(urlOf('mine', KEEPER)))).toBe('owner_may_not_create');
    await ask(lease.ownerUrl, 'ALTER DATABASE mine OWNER TO keeper');
    await ask(lease.ownerUrl, 'ALTER ROLE keeper NOCREATEROLE');
    expect(await outcome(migrateDatabase(urlOf('mine', KEEPER)))).toBe('owner_may_not_create_roles');
  });

  it('when the password would be another database’s loss, or the role is not the owner’s to change', async () => {
    await emptied(MAKE_KEEPER, 'CREATE DATABASE mine', 'CREATE DATABASE other OWNER keeper');
    const url = await migrateDatabase(urlOf('mine'));
    expect(await outcome(migrateDatabase(urlOf('other', KEEPER)))).toBe('app_role_elsewhere');
    expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await ask(lease.ownerUrl, 'DROP DATABASE mine');
    expect(await outcome(migrateDatabase(urlOf('other', KEEPER)))).toBe('app_role_password');
  });

  it('when the application role may do too much or too little, or lives elsewhere', async () => {
    const clerk = { name: 'clerk', password: 'c' };
    await emptied('CREATE DATABASE mine', 'CREATE DATABASE other', `CREATE ROLE clerk LOGIN PASSWORD 'c'`);
    const start = (database = 'mine') => outcome(migrateDatabase(urlOf('mine'), urlOf(database, clerk)));
    expect(await start('other')).toBe('app_role_of_other_database');
    expect(await start()).toBe('app_role_too_weak');
    await ask(lease.ownerUrl, 'GRANT six_synergies_app TO clerk');
    expect(await start()).toBe(urlOf('mine', clerk));

    const owning = ['ALTER TABLE cells OWNER TO clerk', 'ALTER TABLE cells OWNER TO postgres'];
    const excesses = [
      ['ALTER ROLE clerk SUPERUSER', 'ALTER ROLE clerk NOSUPERUSER'],
      ['ALTER ROLE clerk BYPASSRLS', 'ALTER ROLE clerk NOBYPASSRLS'],
      ['ALTER ROLE clerk CREATEROLE', 'ALTER ROLE clerk NOCREATEROLE'],
      ['ALTER ROLE clerk REPLICATION', 'ALTER ROLE clerk NOREPLICATION'],
      ['GRANT pg_read_all_data TO clerk', 'REVOKE pg_read_all_data FROM clerk'],
      ['GRANT postgres TO clerk WITH INHERIT FALSE', 'REVOKE postgres FROM clerk'],
      ['GRANT CREATE ON SCHEMA public TO clerk', 'REVOKE CREATE ON SCHEMA public FROM clerk'],
      owning,
    ];
    for (const [give = '', take = ''] of excesses) {
      await ask(urlOf('mine'), give);
      expect([give, await start()]).toEqual([give, 'app_role_too_strong']);
      await ask(urlOf('mine'), take);
    }
    expect(await start()).toBe(urlOf('mine', clerk));
  });

  it('when a power failure would take what was acknowledged, by whichever setting', async () => {
    await emptied('CREATE DATABASE mine');
    const start = () => outcome(migrateDatabase(urlOf('mine')));
    const settings = [
      ['ALTER DATABASE mine SET synchronous_commit = off', 'ALTER DATABASE mine RESET synchronous_commit'],
      ['ALTER ROLE six_synergies_app SET synchronous_commit = off', 'ALTER ROLE six_synergies_app RESET ALL'],
    ];
    expect(await start()).toBe(appUrlOf(urlOf('mine')));
    for (const [set = '', reset = ''] of settings) {
      await ask(lease.ownerUrl, set);
      expect([set, await start()]).toEqual([set, 'not_durable']);
      await ask(lease.ownerUrl, reset);
    }
    expect(await start()).toBe(appUrlOf(urlOf('mine')));
    const off = (name: string) => () => refuseNotDurable(new Map([[name, 'off']]));
    for (const name of ['fsync', 'full_page_writes']) expect(off(name)).toThrow(`${name} = off`);
    expect(() => refuseNotDurable(new Map([['synchronous_commit', 'local']]))).not.toThrow();
  });
});

describe('appUrlOf', () => {
  const PASSWORD = new URL(appUrlOf('postgres://o:secret@h/d')).password;

  it('derives the same password from any spelling of the owner’s', () => {
    expect(PASSWORD).toMatch(/^[0-9a-f]{64}$/);
    expect(appUrlOf('postgresql://o:%73ecret@h:5433/d?sslmode=require')).toBe(
      `postgresql://six_synergies_app:${PASSWORD}@h:5433/d?sslmode=require`,
    );
    expect(appUrlOf('postgres://o@h/d?user=o2&password=secret')).toBe(`postgres://six_synergies_app:${PASSWORD}@h/d`);
    expect(appUrlOf('postgres:///d?host=%2Frun%2Fpg&user=o&password=secret')).toBe(
      `postgres:///d?host=%2Frun%2Fpg&user=six_synergies_app&password=${PASSWORD}`,
    );
    expect(new URL(appUrlOf('postgres://o:other@h/d')).password).not.toBe(PASSWORD);
  });

  it('refuses an owner’s URL without a password', async () => {
    expect(await outcome(Promise.resolve().then(() => appUrlOf('postgres://o@h/d')))).toBe('owner_password_missing');
  });
});
