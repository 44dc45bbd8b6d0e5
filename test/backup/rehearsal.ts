import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { dispatch } from '../../src/commands/dispatch.js';
import { withConnection } from '../../src/platform/database/connect.js';
import { runFolder } from '../support/database.js';

/** Where a command works: the owner's URL and the data folder. */
export interface Place {
  readonly ownerUrl: string;
  readonly dataDir: string;
}

export interface Said {
  readonly code: number;
  readonly out: string;
  /** The codes on the standard error, line by line, and the file that each is about. */
  readonly refusals: readonly (readonly [file: string, code: string])[];
  readonly err: string;
}

export async function newFolder(what: string): Promise<string> {
  const folder = join(runFolder(), `${what}-${randomUUID()}`);
  await mkdir(folder);
  return folder;
}

/** Runs one command line as a person at the machine would. */
export async function cli({ ownerUrl, dataDir }: Place, ...args: string[]): Promise<Said> {
  const before = { ...process.env };
  Object.assign(process.env, { DATABASE_URL: ownerUrl, DATA_DIR: dataDir });
  const out: string[] = [];
  const err: string[] = [];
  try {
    const code = await dispatch(args, {
      stdout: { write: (text) => out.push(text) },
      stderr: { write: (text) => err.push(text) },
    });
    const lines = err.join('').split('\n');
    const refusals = lines.flatMap((line) => {
      const [file, , , code] = line.split('\t');
      return code === undefined ? [] : [[file!, code] as const];
    });
    return { code, out: out.join(''), err: err.join(''), refusals };
  } finally {
    process.env = before;
  }
}

/** Every table of `public`, whatever it is called: how many rows, and a digest over all of them in order. */
export async function contentsOf(ownerUrl: string): Promise<Record<string, string>> {
  return withConnection(ownerUrl, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
    );
    const contents: Record<string, string> = {};
    for (const { name } of tables) {
      const { rows } = await client.query<{ held: string }>(
        `SELECT count(*) || ' ' || md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE "C"), '')) AS held
         FROM ${name === 'schema_migrations' ? '(SELECT timestamp, name FROM schema_migrations)' : name} t`,
      );
      contents[name] = rows[0]!.held;
    }
    const { rows: sequences } = await client.query<{ name: string; next: string }>(
      `SELECT sequencename AS name, coalesce(last_value, 0)::text AS next FROM pg_sequences WHERE schemaname = 'public'
         AND sequencename <> 'schema_migrations_id_seq'`,
    );
    for (const { name, next } of sequences) contents[name] = next;
    return contents;
  });
}

/** Which of a table's triggers are on: a restore turns them off and on again. */
export async function triggersOf(ownerUrl: string): Promise<string[]> {
  return withConnection(ownerUrl, async (client) => {
    const { rows } = await client.query<{ line: string }>(
      `SELECT concat_ws(' ', tgrelid::regclass, tgname, tgenabled) AS line FROM pg_trigger WHERE NOT tgisinternal
       ORDER BY 1`,
    );
    return rows.map(({ line }) => line);
  });
}

interface TableEntry {
  name: string;
  columns: string[];
  rows: number;
  bytes: number;
  sha256: string;
}

export interface ManifestText {
  version: number;
  migrations: string[];
  tables: TableEntry[];
  sequences: { name: string; lastValue: string }[];
  files: { count: number; bytes: number; sha256: string };
}

/** A backup on disk, and ways to spoil it as somebody with time and knowledge would. */
export class BackupFolder {
  constructor(readonly folder: string) {}

  path(name: string): string {
    return join(this.folder, name);
  }

  async manifest(): Promise<ManifestText> {
    return JSON.parse(await readFile(this.path('manifest.json'), 'utf8')) as ManifestText;
  }

  async editManifest(edit: (manifest: ManifestText) => void): Promise<void> {
    const manifest = await this.manifest();
    edit(manifest);
    await writeFile(this.path('manifest.json'), JSON.stringify(manifest));
  }

  /** Replaces a table's rows; its hash is made right again, and its count too where asked. */
  async editRows(table: string, edit: (rows: string[]) => string[], isCountRepaired: boolean): Promise<void> {
    const path = this.path(`tables/${table}.copy.gz`);
    const rows = gunzipSync(await readFile(path))
      .toString('utf8')
      .split('\n')
      .slice(0, -1);
    const edited = edit(rows);
    const bytes = gzipSync(edited.map((row) => `${row}\n`).join(''));
    await writeFile(path, bytes);
    await this.editManifest(({ tables }) => {
      const entry = tables.find(({ name }) => name === table)!;
      Object.assign(entry, { bytes: bytes.length, sha256: sha256Of(bytes) });
      if (isCountRepaired) entry.rows = edited.length;
    });
  }

  async columnOf(table: string, column: string): Promise<number> {
    return (await this.manifest()).tables.find(({ name }) => name === table)!.columns.indexOf(column);
  }
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
