import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { AppError } from '../../errors/app-error.js';
import { withConnection } from '../connect.js';
import { lastingTables, migrationsOf, sequenceStates, type LastingTable } from './catalog.js';
import { Digest, RowCount } from './digest.js';
import { MANIFEST_FILE, manifestText, TABLES_FOLDER, tableFile, type Manifest, type TableFacts } from './manifest.js';
import { inNewFolder, makeFolder, PRIVATE_FILE, syncFolder, writeWhole } from './new-folder.js';
import { copyStoredFiles } from './stored-files.js';

export interface BackupWanted {
  /** Of a role that owns the tables: row-level security does not hold it. */
  readonly ownerUrl: string;
  /** The store of files by their SHA-256. */
  readonly filesDir: string;
  /** New or empty. */
  readonly folder: string;
  /** Version of this program. */
  readonly program: string;
  readonly migrationsTable: string;
  /** What else is to be noted of the moment that the backup shows; reads in its snapshot. */
  readonly facts: (client: pg.ClientBase) => Promise<unknown>;
  readonly onRows: (rows: number) => void;
  readonly onFile: (count: number) => void;
}

/** Rows cost little room under the quickest level, and PostgreSQL is the slower side of it. */
const GZIP = { level: 1 } as const;

/**
 * Writes the whole database, as one moment shows it, and the stored files into a folder. Others go on writing meanwhile.
 * The manifest comes last, when everything else is on disk. Memory does not grow with the data.
 * @throws AppError nothing_to_back_up, backup_schema_changing, stored_file_damaged, and those of `inNewFolder`
 */
export async function writeBackup(wanted: BackupWanted): Promise<Manifest> {
  const { folder, ownerUrl } = wanted;
  return inNewFolder(folder, async () => {
    const ofDatabase = await withConnection(ownerUrl, (client) =>
      inSnapshot(client, (tables) => writeDatabase(client, tables, wanted)),
    );
    const files = await copyStoredFiles(wanted.filesDir, folder, (count) => wanted.onFile(count));
    await syncFolder(folder);
    const manifest: Manifest = { ...ofDatabase, program: wanted.program, files };
    await writeWhole(join(folder, MANIFEST_FILE), manifestText(manifest));
    await syncFolder(join(folder, '..'));
    return manifest;
  });
}

/**
 * The tables are locked before the snapshot is taken: a migration that rewrites a table is not seen by an older snapshot
 * as it was, but as empty. Only migrations wait for these locks.
 */
async function inSnapshot<Result>(
  client: pg.ClientBase,
  work: (tables: readonly LastingTable[]) => Promise<Result>,
): Promise<Result> {
  const before = await lastingTables(client);
  if (before.length === 0) throw new AppError('conflict', 'nothing_to_back_up');
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  for (const setting of SETTINGS) await client.query(`SET LOCAL ${setting}`);
  const names = before.map(({ name }) => pg.escapeIdentifier(name)).join(', ');
  await client.query(`LOCK TABLE ${names} IN ACCESS SHARE MODE`);
  const tables = await lastingTables(client);
  if (JSON.stringify(tables) !== JSON.stringify(before)) throw new AppError('unavailable', 'backup_schema_changing');
  // What fails ends the connection, and with it the transaction: a COPY that nobody reads on answers no ROLLBACK.
  const result = await work(tables);
  await client.query('COMMIT');
  return result;
}

const SETTINGS = [
  // However a role or a database is set: a backup lasts as long as it lasts, and its text must read the same anywhere.
  ...['statement_timeout = 0', 'idle_in_transaction_session_timeout = 0'],
  ...[`lock_timeout = '120s'`, `TimeZone = 'UTC'`, `IntervalStyle = 'iso_8601'`, 'extra_float_digits = 1'],
  // Whoever does not own the tables must be refused, not given the rows that a policy lets through.
  'row_security = off',
];

type OfDatabase = Omit<Manifest, 'program' | 'files'>;

async function writeDatabase(
  client: pg.ClientBase,
  tables: readonly LastingTable[],
  { folder, migrationsTable, facts, onRows }: BackupWanted,
): Promise<OfDatabase> {
  const migrations = await migrationsOf(client, migrationsTable);
  if (migrations.length === 0) throw new AppError('conflict', 'nothing_to_back_up');
  const { rows } = await client.query<{ takenAt: string; postgres: string }>(
    `SELECT to_char(transaction_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "takenAt",
       current_setting('server_version') AS postgres`,
  );
  await makeFolder(join(folder, TABLES_FOLDER));
  const written: TableFacts[] = [];
  let before = 0;
  // Which migrations ran is said by name: they are run again, not copied.
  for (const table of tables.filter(({ name }) => name !== migrationsTable)) {
    const facts = await copyOut(client, table, join(folder, tableFile(table.name)), (count) => onRows(before + count));
    written.push(facts);
    before += facts.rows;
  }
  await syncFolder(join(folder, TABLES_FOLDER));
  const noted = await facts(client);
  // A sequence stands outside of snapshots: read after the rows, it is beyond every number that they use.
  const sequences = await sequenceStates(client);
  return { ...rows[0]!, migrations, tables: written, sequences, facts: noted };
}

async function copyOut(
  client: pg.ClientBase,
  table: LastingTable,
  path: string,
  onRows: (rows: number) => void,
): Promise<TableFacts> {
  const columns = table.columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  // As text, which every version and machine reads alike.
  const source = client.query(copyTo(`COPY public.${pg.escapeIdentifier(table.name)} (${columns}) TO STDOUT`));
  const [counted, digest] = [new RowCount(onRows), new Digest()];
  const file = createWriteStream(path, { flags: 'wx', mode: PRIVATE_FILE, flush: true });
  await pipeline(source, counted, createGzip(GZIP), digest, file);
  return { ...table, rows: counted.rows, bytes: digest.bytes, sha256: digest.sha256() };
}
