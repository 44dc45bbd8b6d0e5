import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/data-source.js';
import { Approvals } from '../../src/modules/approval/index.js';
import { ImportApproval } from '../../src/modules/intake/app/import-approval.js';
import { ImportQueue } from '../../src/modules/intake/app/import-queue.js';
import { RunImport } from '../../src/modules/intake/app/run-import.js';
import { wholeMine } from '../../src/modules/mines/index.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { withConnection } from '../../src/platform/database/connect.js';
import { FileStore } from '../../src/platform/files/file-store.js';
import { Readiness } from '../../src/platform/health/readiness.js';
import { csvOf, newBooks, type KeptBooks } from '../db/kept-books.js';
import { blankDatabase, runFolder, type TestDatabase } from '../support/database.js';
import { Door, FILE_LIMITS } from '../support/door.js';
import { cli, contentsOf, newFolder, triggersOf, type Place } from './rehearsal.js';

const SENT = {
  date: '2023-03-21',
  department: 'CM1',
  category: 'resource',
  item: '0104',
  nature: 'explicit',
  unit: '件',
};

let door: Door;
let books: KeptBooks;
let source: Place;
const targets: TestDatabase[] = [];
beforeAll(async () => {
  jest.spyOn(Logger.prototype, 'debug').mockImplementation(() => undefined);
  door = await Door.open(8);
  source = { ownerUrl: door.database.ownerUrl, dataDir: await newFolder('data') };
  // The door keeps files in a folder of its own, the service in one of its data folder.
  await mkdir(door.storeFolder);
  await symlink(door.storeFolder, join(source.dataDir, 'files'));
  books = await newBooks(door);
});
afterAll(async () => {
  for (const target of targets) await target.drop();
  await door.close();
});

async function backedUp(): Promise<string> {
  const folder = join(runFolder(), `backup-${randomUUID()}`);
  const { code, err, out } = await cli(source, 'backup', folder);
  expect([code, err]).toEqual([0, expect.not.stringContaining('\t')]);
  expect(out).toMatch(/备份完成.*张表.*\n.*[0-9a-f]{64}/);
  return folder;
}

async function emptyPlace(): Promise<Place> {
  const database = await blankDatabase();
  targets.push(database);
  return { ownerUrl: database.ownerUrl, dataDir: join(runFolder(), `restored-${randomUUID()}`) };
}

async function restored(folder: string): Promise<Place> {
  const place = await emptyPlace();
  const { code, err, out } = await cli(place, 'restore', folder);
  expect([code, err]).toEqual([0, expect.not.stringContaining('\t')]);
  expect(out).toContain('单据 = 各单元的和 = 单元');
  return place;
}

const ask = <Row extends object>({ ownerUrl }: Place, sql: string): Promise<Row[]> =>
  withConnection(ownerUrl, async (client) => (await client.query<Row>(sql)).rows);

async function filesBelow(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => /[0-9a-f]{64}$/.test(name)).sort();
}

describe('a backup', () => {
  it('is restored row by row: every table, every sequence, every stored file, every trigger', async () => {
    await door.takeFile(
      books.mine,
      'targets',
      csvOf('targets', [
        { period: '2023-03', department: 'CM1', category: 'resource', measure: 'synergy_value', amount: '1.00' },
      ]),
    );
    const [before, folder] = [await contentsOf(source.ownerUrl), await backedUp()];
    const place = await restored(folder);
    expect(await contentsOf(place.ownerUrl)).toEqual(before);
    expect(before.records).toMatch(/^10 /);
    expect(await filesBelow(join(place.dataDir, 'files'))).toEqual(await filesBelow(door.storeFolder));
    expect(await filesBelow(join(place.dataDir, 'files'))).not.toEqual([]);
    expect(await triggersOf(place.ownerUrl)).toEqual(await triggersOf(source.ownerUrl));
    expect(await triggersOf(place.ownerUrl)).not.toEqual([]);
  });

  it('control: one changed value, one missing row, one sequence is told by the comparison', async () => {
    const place = await restored(await backedUp());
    const before = await contentsOf(source.ownerUrl);
    const changes = [
      `UPDATE cells SET m_explicit_actual = m_explicit_actual + 0.01 WHERE ctid = (SELECT min(ctid) FROM cells)`,
      `DELETE FROM cell_issues WHERE ctid = (SELECT min(ctid) FROM cell_issues)`,
      `SELECT nextval('imports_id_seq')`,
    ];
    for (const change of changes) {
      const were = await contentsOf(place.ownerUrl);
      await ask(place, change);
      const are = await contentsOf(place.ownerUrl);
      expect([change, Object.keys(are).filter((name) => are[name] !== were[name])]).toHaveProperty('1.length', 1);
    }
    expect(await contentsOf(place.ownerUrl)).not.toEqual(before);
  });

  it('is for its owner’s eyes only, names the versions, and holds no key', async () => {
    await writeFile(join(source.dataDir, 'token-key'), 'secret');
    const folder = await backedUp();
    for (const name of ['', ...(await readdir(folder, { recursive: true }))]) {
      const { mode } = await stat(join(folder, name));
      expect([name, mode & 0o077]).toEqual([name, 0]);
    }
    const names = await readdir(folder);
    expect(names.sort()).toEqual(['files', 'files.list', 'manifest.json', 'tables']);
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Record<string, unknown>;
    expect(manifest).toMatchObject({ format: 'six-synergies-backup', version: 1, program: '0.1.0' });
    const [{ ran }] = (await ask<{ ran: string[] }>(
      source,
      'SELECT array_agg(name::text ORDER BY id) AS ran FROM schema_migrations',
    )) as [{ ran: string[] }];
    expect(manifest).toMatchObject({ migrations: ran, postgres: expect.stringMatching(/^\d+\.\d+/) });
  });

  it('goes into a new or empty folder only', async () => {
    const folder = await backedUp();
    const again = await cli(source, 'backup', folder);
    expect([again.code, again.refusals]).toEqual([1, [[folder, 'backup_folder_not_empty']]]);
    const below = await cli(source, 'backup', join(folder, 'manifest.json', 'x'));
    expect([below.code, below.refusals.map(([, code]) => code)]).toEqual([1, ['backup_folder_unwritable']]);
    expect(await cli(source, 'backup')).toMatchObject({ code: 2 });
    expect(await cli(source, 'backup', 'a', 'b')).toMatchObject({ code: 2 });
  });

  it('of nothing, or of a stored file that was damaged, is refused and leaves its folder as it was', async () => {
    const folder = await newFolder('backup');
    expect((await cli(await emptyPlace(), 'backup', folder)).refusals).toEqual([[folder, 'nothing_to_back_up']]);
    const stored = await new FileStore(door.storeFolder).put(Readable.from([Buffer.from('原件')]));
    const path = join(door.storeFolder, stored.sha256.slice(0, 2), stored.sha256);
    await writeFile(path, 'other');
    const damaged = await cli(source, 'backup', folder);
    expect(damaged.refusals).toEqual([[folder, 'stored_file_damaged']]);
    await writeFile(path, '原件');
    expect(damaged.err).toContain(stored.sha256);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a backup while others write', () => {
  const WRITERS = 4;

  it('shows one moment: of each writer the first so many records, and figures that agree', async () => {
    let isDone = false;
    const written = Array.from({ length: WRITERS }, () => 0);
    const writers = written.map(async (_, writer) => {
      for (let n = 1; !isDone; n += 1) {
        await books.takeUnseen('records', { ...SENT, id: `W${writer}-${n}`, quantity: '1', amount: '100.00' });
        written[writer] = n;
      }
    });
    while (written.some((count) => count < 3)) await sleep(10);
    const atBegin = [...written];
    const folder = await backedUp().finally(() => (isDone = true));
    const atEnd = [...written];
    await Promise.all(writers);
    expect(atEnd).not.toEqual(atBegin);

    // Restoring refuses what does not add up to the fen (hostile-backup.spec.ts has the controls).
    const place = await restored(folder);
    const seen = await ask<{ writer: number; last: number; count: number }>(
      place,
      `SELECT substring(id, 'W(\\d+)-')::int AS writer, max(substring(id, '-(\\d+)')::int) AS last, count(*)::int AS count
       FROM records WHERE id LIKE 'W%' GROUP BY 1 ORDER BY 1`,
    );
    expect(seen).toHaveLength(WRITERS);
    for (const { writer, last, count } of seen) {
      expect([writer, count]).toEqual([writer, last]);
      expect(last).toBeGreaterThanOrEqual(atBegin[writer]!);
      expect(last).toBeLessThanOrEqual(atEnd[writer]! + 1);
    }
  });
});

describe('an import that waited when the backup was taken', () => {
  it('is taken up by the service that starts on the restored place', async () => {
    const row = { ...SENT, id: 'Q1', quantity: '1', amount: '7.00' };
    const stored = await door.register.store.put(Readable.from([Buffer.from(csvOf('records', [row]))]));
    const reach = wholeMine(books.mine, 'test');
    const { importId } = await door.register.stored(reach, { kind: 'records', fileName: 'q.csv' }, stored);
    const place = await restored(await backedUp());
    const dataSource = await new DataSource(dataSourceOptions(place.ownerUrl, 4)).initialize();
    const uow = new UnitOfWork(dataSource);
    const store = new FileStore(join(place.dataDir, 'files'));
    const approval = new ImportApproval(new Approvals(uow));
    const queue = new ImportQueue(new RunImport(uow, store, FILE_LIMITS, approval), dataSource, new Readiness());
    const statusOf = async () =>
      (await ask<{ status: string }>(place, `SELECT status FROM imports WHERE id = ${importId}`))[0]!.status;
    expect(await statusOf()).toBe('queued');
    try {
      await queue.takeUpUnfinished();
      for (let left = 500; left > 0 && (await statusOf()) !== 'accepted'; left -= 1) await sleep(20);
      expect(await statusOf()).toBe('accepted');
    } finally {
      await queue.onApplicationShutdown();
      await dataSource.destroy();
    }
  });
});
