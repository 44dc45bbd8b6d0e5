import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { EVERY_MINE } from '../../src/modules/mines/index.js';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/data-source.js';
import { Department } from '../../src/modules/reference/db/department.entity.js';
import { Item } from '../../src/modules/reference/db/item.entity.js';
import { Period } from '../../src/modules/reference/db/period.entity.js';
import { Rate } from '../../src/modules/reference/db/rate.entity.js';
import { Mine } from '../../src/modules/mines/db/mine.entity.js';
import { withConnection } from '../../src/platform/database/connect.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
let source: DataSource;
beforeAll(async () => {
  database = await freshDatabase();
  // What an administrator may have set must not change what is read.
  await withConnection(database.ownerUrl, (owner) =>
    owner.query(`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET DateStyle = German', current_database()); END $$`),
  );
  source = await new DataSource(dataSourceOptions(database.appUrl)).initialize();
});
afterAll(async () => {
  await source.destroy();
  await database.drop();
});

const VALUES = `SELECT date '2024-03-01' AS day, date '-infinity' AS always, 99999999999999999.10::numeric(20,2) AS amount,
  9007199254740993::bigint AS count, ARRAY[date '2024-03-01', NULL] AS days, ARRAY[0.10, 99999999999999999.10] AS amounts,
  sum(n) AS total FROM generate_series(1, 2) n`;
const TEXTS = {
  day: '2024-03-01',
  always: '-infinity',
  amount: '99999999999999999.10',
  count: '9007199254740993',
  days: ['2024-03-01', null],
  amounts: ['0.10', '99999999999999999.10'],
  total: '3',
};

it('dates and numbers are read as PostgreSQL’s text, through TypeORM, its connections and our own', async () => {
  expect(await source.query<object[]>(VALUES)).toEqual([TEXTS]);
  expect(await new UnitOfWork(source).run(EVERY_MINE, (tx) => tx.rows(VALUES))).toEqual([TEXTS]);
  expect(await withConnection(database.ownerUrl, async (client) => (await client.query(VALUES)).rows)).toEqual([TEXTS]);
});

it('rows written as entities are read back equal, key by key', async () => {
  const rows = [
    [Mine, { mineId: 'M1', name: '一号矿', hasPeriodTable: true, referenceVersion: '9007199254740993' }],
    [Period, { mineId: 'M1', code: '2024-03', startDate: '2024-02-26', endDate: '2024-03-25', status: 'closing' }],
    [Item, { mineId: 'M1', code: 'I1', name: '停机', nature: 'implicit' }],
    [Rate, { mineId: 'M1', item: 'I1', validFrom: '-infinity', validTo: '2024-12-31', rate: '12.345600', unit: 'h' }],
    [Rate, { mineId: 'M1', item: 'I1', validFrom: '2025-01-01', validTo: null, rate: '0.000001', basis: null }],
    [Department, { mineId: 'M1', code: 'D1', name: '综采', parent: null, version: 3 }],
  ] as const;
  await source.transaction(async (manager) => {
    for (const [name, value] of Object.entries(EVERY_MINE.settings)) {
      await manager.query('SELECT set_config($1, $2, true)', [name, value]);
    }
    for (const [entity, row] of rows) await manager.insert(entity, { ...row });
    for (const [entity, row] of rows) expect(await manager.find(entity)).toContainEqual(expect.objectContaining(row));
    const first = await manager.findOneBy(Rate, { mineId: 'M1', item: 'I1', validFrom: '-infinity' });
    expect(first).toMatchObject(rows[3][1]);
  });
});
