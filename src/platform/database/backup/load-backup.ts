import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { AppError, type Finding } from '../../errors/app-error.js';
import { copyBytes } from '../copy.js';
import { sqlState } from '../unit-of-work.js';
import { lastingTables, loadOrder, type LastingTable } from './catalog.js';
import { Digest, RowCount } from './digest.js';
import { tableFile, type Manifest, type TableFacts } from './manifest.js';

export interface LoadWanted {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly migrationsTable: string;
  readonly onRows: (rows: number) => void;
  /** Looks at what was loaded before it is committed; what it finds wrong undoes everything. */
  readonly check: (client: pg.ClientBase) => Promise<readonly Finding[]>;
}

/**
 * Loads every table of a checked backup into the empty tables of the same schema, in one transaction: after a crash at
 * any point the place is as empty as before. `client` is connected as the owner, who need be no superuser. Foreign keys
 * and checks hold for what is loaded; the tables' own triggers are off, since a restore repeats no change.
 * @throws AppError place_not_fresh, backup_schema_differs, backup_row_refused, backup_rows_missing, backup_damaged,
 *   restore_not_conserved
 */
export async function loadBackup(client: pg.ClientBase, wanted: LoadWanted): Promise<void> {
  await client.query('BEGIN');
  try {
    for (const setting of SETTINGS) await client.query(`SET LOCAL ${setting}`);
    const tables = await lockTables(client, wanted);
    const triggers = await disableTriggers(client);
    await loadTables(client, tables, wanted);
    // Until deferred checks are done, PostgreSQL alters no table that they wait for.
    await client.query('SET CONSTRAINTS ALL IMMEDIATE');
    for (const { table, trigger, enable } of triggers) {
      await client.query(`ALTER TABLE ${table} ${enable} TRIGGER ${trigger}`);
    }
    await setSequences(client, wanted.manifest);
    const findings = await wanted.check(client);
    if (findings.length > 0) throw new AppError('refused', 'restore_not_conserved', {}, findings);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

const SETTINGS = ['statement_timeout = 0', 'idle_in_transaction_session_timeout = 0', `lock_timeout = '120s'`];

/** @throws AppError backup_schema_differs, place_not_fresh */
async function lockTables(client: pg.ClientBase, { manifest, migrationsTable }: LoadWanted): Promise<TableFacts[]> {
  const here = (await lastingTables(client)).filter(({ name }) => name !== migrationsTable);
  const differing = differingTable(here, manifest.tables);
  if (differing !== null) throw new AppError('refused', 'backup_schema_differs', { table: differing });
  const names = here.map(({ name }) => pg.escapeIdentifier(name)).join(', ');
  await client.query(`LOCK TABLE ${names} IN SHARE ROW EXCLUSIVE MODE`);
  await refuseRows(client, migrationsTable);
  const order = await loadOrder(
    client,
    here.map(({ name }) => name),
  );
  return order.map((name) => manifest.tables.find((table) => table.name === name)!);
}

function differingTable(here: readonly LastingTable[], there: readonly LastingTable[]): string | null {
  const described = (tables: readonly LastingTable[]) =>
    new Map(tables.map(({ name, columns }) => [name, [...columns].sort().join()]));
  const [ours, theirs] = [described(here), described(there)];
  const names = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
  return names.find((name) => ours.get(name) !== theirs.get(name)) ?? null;
}

const MAX_NAMED = 5;
const MAX_COUNTED = 1000;

/**
 * A backup is restored only where there is nothing: it never mixes with rows, and never removes any.
 * @throws AppError place_not_fresh naming what there is
 */
export async function refuseRows(client: pg.ClientBase, migrationsTable: string): Promise<void> {
  const found: string[] = [];
  for (const { name } of await lastingTables(client)) {
    if (name === migrationsTable || found.length === MAX_NAMED) continue;
    const { rows } = await client.query<{ count: string }>(
      `SELECT count(*) AS count FROM (SELECT FROM public.${pg.escapeIdentifier(name)} LIMIT ${MAX_COUNTED}) t`,
    );
    const count = rows[0]!.count;
    if (count !== '0') found.push(`${name}: ${count === String(MAX_COUNTED) ? '≥' : ''}${count}`);
  }
  if (found.length > 0) throw new AppError('conflict', 'place_not_fresh', { found: found.join(', ') });
}

/** What of a trigger is needed to turn it on again as it was. */
interface OwnTrigger {
  readonly table: string;
  readonly trigger: string;
  readonly enable: string;
}

/** Not all at once: turning all on again would turn on also those that a migration turned off. */
async function disableTriggers(client: pg.ClientBase): Promise<OwnTrigger[]> {
  const { rows } = await client.query<OwnTrigger>(
    `SELECT format('public.%I', c.relname) AS table, quote_ident(t.tgname) AS trigger,
       CASE t.tgenabled WHEN 'A' THEN 'ENABLE ALWAYS' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE' END AS enable
     FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND NOT t.tgisinternal AND t.tgenabled <> 'D'`,
  );
  for (const { table, trigger } of rows) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER ${trigger}`);
  return rows;
}

async function loadTables(client: pg.ClientBase, tables: readonly TableFacts[], wanted: LoadWanted): Promise<void> {
  let before = 0;
  for (const table of tables) {
    const rows = await loadTable(client, table, wanted, before);
    if (rows !== table.rows) {
      const params = { table: table.name, expected: String(table.rows), found: String(rows) };
      throw new AppError('refused', 'backup_rows_missing', params);
    }
    before += rows;
  }
}

/** Its bytes are checked once more while they are loaded: they may have changed since. Answers how many rows it had. */
async function loadTable(
  client: pg.ClientBase,
  table: TableFacts,
  { folder, onRows }: LoadWanted,
  before: number,
): Promise<number> {
  const name = tableFile(table.name);
  const [digest, counted] = [new Digest(), new RowCount((rows) => onRows(before + rows))];
  const text = pipeline(createReadStream(join(folder, name)), digest, createGunzip(), counted, () => undefined);
  const columns = table.columns.map((column) => pg.escapeIdentifier(column));
  try {
    const rows = await copyBytes({ client }, `public.${pg.escapeIdentifier(table.name)}`, columns, text);
    if (digest.sha256() !== table.sha256) throw damaged(folder, name);
    return rows;
  } catch (error) {
    if (isFileFault(error)) throw damaged(folder, name);
    // Classes 22 and 23: a value that its column cannot hold, and a rule of the table that a row breaks.
    const state = sqlState(error) ?? '';
    if (!state.startsWith('22') && !state.startsWith('23')) throw error;
    throw new AppError('refused', 'backup_row_refused', { table: table.name, reason: (error as Error).message });
  }
}

/** What zlib says of text that it did not write. */
function isFileFault(error: unknown): boolean {
  return /^Z_|^ENOENT$/.test((error as NodeJS.ErrnoException).code ?? '');
}

function damaged(folder: string, file: string): AppError {
  const finding = { file, row: 0, column: '', code: 'backup_file_changed', params: {} };
  return new AppError('refused', 'backup_damaged', { folder }, [finding]);
}

/** @throws AppError backup_schema_differs */
async function setSequences(client: pg.ClientBase, { sequences }: Manifest): Promise<void> {
  for (const { name, lastValue, isCalled } of sequences) {
    const { rows } = await client.query<{ known: string | null }>(
      `SELECT c.oid::text AS known FROM pg_class c
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'S' AND c.relname = $1`,
      [name],
    );
    if (rows[0] === undefined) throw new AppError('refused', 'backup_schema_differs', { table: name });
    await client.query('SELECT setval($1::oid::regclass, $2::bigint, $3)', [rows[0].known, lastValue, isCalled]);
  }
}
