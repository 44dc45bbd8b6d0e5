import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { csvOf, type Fields } from '../db/kept-books.js';
import { runFolder } from '../support/database.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { SmallDisk } from '../support/small-disk.js';

const PLACE = { department: 'CM1', category: 'resource', item: '0104', nature: 'explicit' };
const FULL = {
  status: 503,
  body: { code: 'storage_full', status: 503 },
  type: 'application/problem+json; charset=utf-8',
};
const ROWS = 5_000;

const recordOf = (id: string): Fields => ({ id, date: '2023-03-10', ...PLACE, quantity: '1', amount: '1.00' });
const manyRecords = (prefix: string, rows: number) =>
  csvOf(
    'records',
    Array.from({ length: rows }, (_, at) => recordOf(`${prefix}-${at}`)),
  );

async function upload({ http }: HttpAppUnderTest, path: string, name: string, content: string | Buffer) {
  const bytes = Buffer.from(content);
  const { status, body, headers } = await http.post(path).attach('file', bytes, name);
  return { status, body: body as Record<string, unknown>, type: headers['content-type'] as string };
}

async function post({ http }: HttpAppUnderTest, path: string, json: object) {
  const { status, body, headers } = await http.post(path).send(json);
  return { status, body: body as Record<string, unknown>, type: headers['content-type'] as string };
}

async function begin(settings: Parameters<typeof startHttpApp>[0] = {}): Promise<HttpAppUnderTest> {
  const running = await startHttpApp(settings);
  expect(await post(running, '/api/v1/departments', { code: 'CM1', name: '采煤一区' })).toMatchObject({ status: 201 });
  return running;
}

async function fateOf(running: HttpAppUnderTest, id: unknown): Promise<{ status: string; reason: string | null }> {
  for (const begun = performance.now(); ; await sleep(100)) {
    const [row] = await running.query<{ status: string; reason: string | null }>(
      'SELECT status, reason FROM imports WHERE id = $1',
      [id],
    );
    const isOver = row!.status === 'accepted' || row!.status === 'refused';
    if (isOver || performance.now() - begun > 60_000) return row!;
  }
}

const rowsOf = async (running: HttpAppUnderTest, prefix: string): Promise<number> =>
  (
    await running.query<{ rows: number }>('SELECT count(*)::int AS rows FROM records WHERE id LIKE $1', [`${prefix}-%`])
  )[0]!.rows;

const disk = SmallDisk.mount(4);
const onDisk = disk === null ? describe.skip : describe;
afterAll(() => disk?.unmount());

onDisk('the disk of the files is full', () => {
  let running: HttpAppUnderTest;
  let filesDir: string;
  beforeAll(async () => {
    filesDir = join(disk!.folder, 'files');
    running = await begin({ filesDir });
    expect(await post(running, '/api/v1/records', recordOf('R1'))).toMatchObject({ status: 201 });
  }, 60_000);
  afterEach(() => disk!.clear());
  afterAll(() => running.stop());

  it('a file and a paper are refused by name, and leave nothing behind', async () => {
    const imports = await running.query('SELECT id FROM imports');
    disk!.fill();
    expect(await upload(running, '/api/v1/imports', 'records.csv', manyRecords('full', ROWS))).toMatchObject(FULL);
    const paper = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(500_000), Buffer.from('\n%%EOF\n')]);
    expect(await upload(running, '/api/v1/records/R1/evidence', 'e.pdf', paper)).toMatchObject(FULL);
    expect(await running.query('SELECT id FROM imports')).toEqual(imports);
    expect(await running.query('SELECT id FROM evidence')).toEqual([]);
    expect(readdirSync(join(filesDir, 'incoming'))).toEqual([]);
  });

  it('readiness says which part is down; what needs no file goes on', async () => {
    disk!.fill();
    const { status, body } = await running.http.get('/health/ready');
    expect({ status, body }).toMatchObject({
      status: 503,
      body: { code: 'not_ready', checks: { disk: { status: 'down' } } },
    });
    expect(await post(running, '/api/v1/records', recordOf('R2'))).toMatchObject({ status: 201 });
  });

  it('once there is room the same file is taken in', async () => {
    disk!.fill();
    expect(await upload(running, '/api/v1/imports', 'records.csv', manyRecords('again', ROWS))).toMatchObject(FULL);
    disk!.clear();
    const { status, body } = await upload(running, '/api/v1/imports', 'records.csv', manyRecords('again', ROWS));
    expect([status, await fateOf(running, body.id)]).toEqual([202, { status: 'accepted', reason: null }]);
    expect(await rowsOf(running, 'again')).toBe(ROWS);
  }, 90_000);
});

const databaseDisk = process.env.TEST_DATABASE_URL === undefined && disk !== null ? SmallDisk.mount(24) : null;
const onDatabaseDisk = databaseDisk === null ? describe.skip : describe;
afterAll(() => databaseDisk?.unmount());

onDatabaseDisk('the disk of the database is full', () => {
  let running: HttpAppUnderTest;
  const tablespace = `small_${process.pid}`;
  beforeAll(async () => {
    running = await begin();
    const location = databaseDisk!.folderOf(join(runFolder(), 'shared/postgres'));
    await running.query(`CREATE TABLESPACE ${tablespace} LOCATION '${location}'`);
    await running.query(`ALTER TABLE records SET TABLESPACE ${tablespace}`);
    const indexes = await running.query<{ name: string }>(
      `SELECT indexrelid::regclass::text AS name FROM pg_index WHERE indrelid = 'records'::regclass`,
    );
    for (const { name } of indexes) await running.query(`ALTER INDEX ${name} SET TABLESPACE ${tablespace}`);
  }, 60_000);
  afterEach(() => databaseDisk!.clear());
  afterAll(async () => {
    await running.query(`ALTER TABLE records SET TABLESPACE pg_default`);
    await running.stop();
  });

  it('a record that finds no room is refused by name, those before it are there, and it is taken once there is room', async () => {
    databaseDisk!.fill();
    let written = 0;
    let last = await post(running, '/api/v1/records', recordOf(`one-${written}`));
    while (last.status === 201 && written < 500) {
      written += 1;
      last = await post(running, '/api/v1/records', recordOf(`one-${written}`));
    }
    expect(last).toMatchObject(FULL);
    expect(await rowsOf(running, 'one')).toBe(written);
    databaseDisk!.clear();
    expect(await post(running, '/api/v1/records', recordOf(`one-${written}`))).toMatchObject({ status: 201 });
    expect(await rowsOf(running, 'one')).toBe(written + 1);
    const [sums] = await running.query(
      'SELECT (SELECT sum(amount) FROM records) = (SELECT sum(m_explicit_actual) FROM cells) AS "areEqual"',
    );
    expect(sums).toEqual({ areEqual: true });
  }, 90_000);

  it('a file that finds no room is posted whole or not at all, and its import comes to an end', async () => {
    databaseDisk!.fill();
    const { status, body } = await upload(running, '/api/v1/imports', 'records.csv', manyRecords('file', ROWS));
    expect(status).toBe(202);
    expect(await fateOf(running, body.id)).toEqual({ status: 'refused', reason: 'storage_full' });
    expect(await rowsOf(running, 'file')).toBe(0);
    databaseDisk!.clear();
    const again = await upload(running, '/api/v1/imports', 'records.csv', manyRecords('file', ROWS));
    expect([again.status, await fateOf(running, again.body.id)]).toEqual([202, { status: 'accepted', reason: null }]);
    expect(await rowsOf(running, 'file')).toBe(ROWS);
  }, 120_000);
});
