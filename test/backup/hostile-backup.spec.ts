import { randomUUID } from 'node:crypto';
import { cp, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withConnection } from '../../src/platform/database/connect.js';
import { FileStore } from '../../src/platform/files/file-store.js';
import { newBooks } from '../db/kept-books.js';
import { blankDatabase, freshDatabase, runFolder, type TestDatabase } from '../support/database.js';
import { Door } from '../support/door.js';
import { BackupFolder, cli, contentsOf, newFolder, type Place } from './rehearsal.js';
import { FALSE_WITHIN, NOT_WHOLE, ORIGINAL, type Spoiled } from './spoiled-backups.js';

let door: Door;
let whole: string;
let blank: TestDatabase;
beforeAll(async () => {
  [door, blank] = [await Door.open(), await blankDatabase()];
  await newBooks(door);
  const dataDir = await newFolder('data');
  await new FileStore(join(dataDir, 'files')).put(Readable.from([ORIGINAL]));
  whole = join(runFolder(), `backup-${randomUUID()}`);
  expect(await cli({ ownerUrl: door.database.ownerUrl, dataDir }, 'backup', whole)).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await door.close();
  await blank.drop();
});

async function copyOfBackup(): Promise<BackupFolder> {
  const folder = join(runFolder(), `backup-${randomUUID()}`);
  await cp(whole, folder, { recursive: true });
  return new BackupFolder(folder);
}

const newPlace = ({ ownerUrl }: TestDatabase): Place => ({
  ownerUrl,
  dataDir: join(runFolder(), `restored-${randomUUID()}`),
});

async function refused({ spoil, refusals, names = '' }: Spoiled, place: Place): Promise<void> {
  const backup = await copyOfBackup();
  await spoil(backup);
  const { code, refusals: said, err } = await cli(place, 'restore', backup.folder);
  expect([code, said]).toEqual([1, refusals.map(([file, reason]) => [file || backup.folder, reason])]);
  expect(err).toContain(names);
}

const tablesIn = ({ ownerUrl }: TestDatabase) =>
  withConnection(ownerUrl, async (client) => {
    const { rows } = await client.query(`SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace`);
    return rows.length;
  });

describe('a backup that is not whole is refused before anything is written', () => {
  it.each(NOT_WHOLE)('$what', async (spoiled) => {
    const place = newPlace(blank);
    await refused(spoiled, place);
    expect(await tablesIn(blank)).toBe(0);
    await expect(stat(place.dataDir)).rejects.toThrow(/ENOENT/);
  });
});

describe('a backup that is false within is undone', () => {
  it.each(FALSE_WITHIN)('$what', async (spoiled) => {
    await refused(spoiled, newPlace(blank));
    // Sequences stand outside of transactions; where they go on in an empty place is of no consequence.
    const held = Object.entries(await contentsOf(blank.ownerUrl)).filter(([name]) => !/_seq$|^schema_/.test(name));
    expect(held.filter(([, rows]) => !rows.startsWith('0 '))).toEqual([]);
    expect(held).not.toEqual([]);
  });

  it('control: the same place takes the whole one', async () => {
    const place = newPlace(blank);
    expect(await cli(place, 'restore', whole)).toMatchObject({ code: 0 });
    expect(await contentsOf(place.ownerUrl)).toEqual(await contentsOf(door.database.ownerUrl));
  });
});

describe('a place that is not fresh', () => {
  const said = async (place: Place) => {
    const { code, refusals, err } = await cli(place, 'restore', whole);
    return [code, refusals.map(([, reason]) => reason).join(), err] as const;
  };

  it('by its rows, and keeps them', async () => {
    const before = await contentsOf(door.database.ownerUrl);
    expect(await said(newPlace(door.database))).toEqual([
      1,
      'place_not_fresh',
      expect.stringContaining('adjustments: 2'),
    ]);
    expect(await contentsOf(door.database.ownerUrl)).toEqual(before);
  });

  it('by a stored file that the backup does not have', async () => {
    const [database, dataDir] = [await freshDatabase(), await newFolder('data')];
    const { sha256 } = await new FileStore(join(dataDir, 'files')).put(Readable.from([Buffer.from('别的')]));
    const place = { ownerUrl: database.ownerUrl, dataDir };
    expect(await said(place)).toEqual([1, 'place_not_fresh', expect.stringContaining(sha256)]);
    await database.drop();
  });

  it('is none where only the table of migrations was made, as by an upgrade that was killed', async () => {
    const database = await blankDatabase();
    await withConnection(database.ownerUrl, (client) =>
      client.query(
        'CREATE TABLE schema_migrations (id serial PRIMARY KEY, timestamp bigint NOT NULL, name varchar NOT NULL)',
      ),
    );
    expect(await said(newPlace(database))).toEqual([0, '', expect.anything()]);
    await database.drop();
  });

  it('by a schema of somebody else, or of a later version', async () => {
    const [foreign, later] = [await blankDatabase(), await freshDatabase()];
    const sql = async ({ ownerUrl }: TestDatabase, text: string) => withConnection(ownerUrl, (c) => c.query(text));
    await sql(foreign, 'CREATE TABLE notes (id int)');
    expect((await said(newPlace(foreign)))[1]).toBe('place_of_other_schema');
    await sql(later, `INSERT INTO schema_migrations (timestamp, name) VALUES (9e12, 'Later')`);
    expect((await said(newPlace(later)))[1]).toBe('place_of_other_schema');
    await foreign.drop();
    await later.drop();
  });
});
