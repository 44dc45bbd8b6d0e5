import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { AppError, type Finding } from '../../errors/app-error.js';
import { FileStore } from '../../files/file-store.js';
import { withConnection } from '../connect.js';
import { lastingTables, migrationsOf } from './catalog.js';
import { loadBackup, refuseRows } from './load-backup.js';
import { storedFile, type Manifest } from './manifest.js';
import { checkFiles, listedFiles, readManifest } from './read-backup.js';
import { strangerIn } from './stored-files.js';

/** Where a backup is to go. */
export interface Place {
  /** Of a role that owns, or is to own, the tables. */
  readonly ownerUrl: string;
  readonly filesDir: string;
}

export interface RestoreWanted {
  readonly folder: string;
  readonly migrationsTable: string;
  /** Names of the migrations that this program knows, the oldest first. */
  readonly migrations: readonly string[];
  /** Runs the first so many of them; all where none is said. */
  readonly migrate: (ownerUrl: string, upTo?: number) => Promise<unknown>;
  readonly check: (client: pg.ClientBase) => Promise<readonly Finding[]>;
  readonly onChecked: (bytes: number) => void;
  readonly onFile: (count: number, of: number) => void;
  readonly onRows: (rows: number, of: number) => void;
}

/**
 * Whether a folder holds a whole backup that this program can restore; nothing is written.
 * @throws AppError backup_without_manifest, backup_manifest_invalid, backup_of_newer_format, backup_of_newer_version,
 *   backup_damaged
 */
export async function checkBackup(wanted: RestoreWanted): Promise<Manifest> {
  const manifest = await readManifest(wanted.folder);
  const unknown = manifest.migrations.find((name, i) => wanted.migrations[i] !== name);
  if (unknown !== undefined || manifest.migrations.length === 0) {
    throw new AppError('refused', 'backup_of_newer_version', { migration: unknown ?? '–', program: manifest.program });
  }
  await checkFiles(wanted.folder, manifest, (bytes) => wanted.onChecked(bytes));
  return manifest;
}

/**
 * Restores a checked backup into a fresh place: the stored files first, which rows name; then the schema as the backup
 * had it, its rows in one transaction, and the migrations that came since. A crash leaves a place that is as good as
 * fresh: the same call may be made again.
 * @throws AppError place_not_fresh, place_of_other_schema, stored_file_damaged, and those of `loadBackup`
 */
export async function restoreBackup(place: Place, manifest: Manifest, wanted: RestoreWanted): Promise<void> {
  await refuseUsed(place, manifest, wanted);
  await putFiles(place.filesDir, manifest, wanted);
  await wanted.migrate(place.ownerUrl, manifest.migrations.length);
  const total = manifest.tables.reduce((sum, { rows }) => sum + rows, 0);
  await withConnection(place.ownerUrl, (client) =>
    loadBackup(client, {
      ...{ folder: wanted.folder, manifest, migrationsTable: wanted.migrationsTable },
      onRows: (rows) => wanted.onRows(rows, total),
      check: (loaded) => wanted.check(loaded),
    }),
  );
  await wanted.migrate(place.ownerUrl);
  await withConnection(place.ownerUrl, analyze);
}

async function refuseUsed(place: Place, { migrations }: Manifest, wanted: RestoreWanted): Promise<void> {
  const stranger = await strangerIn(place.filesDir, wanted.folder);
  if (stranger !== null) throw new AppError('conflict', 'place_not_fresh', { found: stranger });
  await withConnection(place.ownerUrl, async (client) => {
    await refuseRows(client, wanted.migrationsTable);
    const ran = await migrationsOf(client, wanted.migrationsTable);
    // An upgrade that was killed may have made that table before its first migration.
    const others = (await lastingTables(client)).filter(({ name }) => name !== wanted.migrationsTable);
    const isForeign = ran.length === 0 && others.length > 0;
    if (isForeign || ran.some((name, i) => migrations[i] !== name)) {
      throw new AppError('conflict', 'place_of_other_schema');
    }
  });
}

async function putFiles(filesDir: string, manifest: Manifest, { folder, onFile }: RestoreWanted): Promise<void> {
  const store = new FileStore(filesDir);
  let count = 0;
  for await (const { sha256 } of listedFiles(folder)) {
    const path = join(folder, storedFile(sha256));
    const stored = await store.put(createReadStream(path));
    if (stored.sha256 !== sha256) throw new AppError('unavailable', 'stored_file_damaged', { path });
    onFile((count += 1), manifest.files.count);
  }
}

/** What was just loaded has no statistics, and the first questions would be planned as if the tables were empty. */
async function analyze(client: pg.ClientBase): Promise<void> {
  const names = (await lastingTables(client)).map(({ name }) => `public.${pg.escapeIdentifier(name)}`);
  await client.query(`SET statement_timeout = 0; ANALYZE ${names.join(', ')}`);
}
