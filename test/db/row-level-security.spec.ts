import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { someDepartments, wholeMine, EVERY_MINE } from '../../src/modules/mines/index.js';
import { connectionSettings } from '../../src/platform/database/connect.js';
import type { Sight } from '../../src/platform/database/unit-of-work.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';

/**
 * The second wall alone: statements without any clause of their own, as the role that serves requests. Two mines, M1 and
 * M2, each with the departments A and B and one row of each in every table that knows departments.
 */
let database: TestDatabase;
let owner: pg.Client;
let app: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  owner = new pg.Client(connectionSettings(database.ownerUrl));
  app = new pg.Client(connectionSettings(database.appUrl));
  await owner.connect();
  await app.connect();
  for (const mine of ['M1', 'M2']) await owner.query(rowsOf(mine));
});
afterAll(async () => {
  await app.end();
  await owner.end();
  await database.drop();
});

const CELL = `period, department, category, item, nature, baseline, project, reported_in`;

/** One row of each department in each table; baseline P is everyone's, import 3 is of both departments, 4 of the mine. */
function rowsOf(mine: string): string {
  const each = (make: (department: string) => string) => ['A', 'B'].map(make).join(';\n');
  return `
    INSERT INTO mines (mine_id, name) VALUES ('${mine}', '矿');
    INSERT INTO methods (mine_id, version, price_reduction, opportunity_saving) VALUES ('${mine}', 1, 'within', 'within');
    INSERT INTO periods (mine_id, code, start_date, end_date) VALUES ('${mine}', '2023-01', '2023-01-01', '2023-01-31');
    INSERT INTO departments (mine_id, code, name) VALUES ('${mine}', 'A', '甲'), ('${mine}', 'B', '乙');
    INSERT INTO items (mine_id, code, name, nature) VALUES ('${mine}', '02', '电', 'explicit');
    INSERT INTO baselines (mine_id, code, kind, category, item, nature, basis, unit_price)
      VALUES ('${mine}', 'P', 'price', 'resource', '02', 'explicit', 'budget', 1);
    INSERT INTO imports (mine_id, id, kind, status, actor, file_name, size_bytes, sha256, departments) VALUES
      ('${mine}', 1, 'records', 'accepted', 'ann', 'a', 1, 'x', '{A}'),
      ('${mine}', 2, 'records', 'accepted', 'bob', 'b', 1, 'x', '{B}'),
      ('${mine}', 3, 'records', 'accepted', 'cid', 'ab', 1, 'x', '{A,B}'),
      ('${mine}', 4, 'rates', 'accepted', 'cid', 'r', 1, 'x', NULL);
    INSERT INTO row_fates (mine_id, import_id, seq, file, row_no, column_name, fate, code)
      SELECT '${mine}', id, 0, 'f', 1, 'amount', 'refused', 'x' FROM imports WHERE mine_id = '${mine}';
    INSERT INTO submissions (mine_id, id, subject, key, title, kinds, maker, state, steps, departments) VALUES
      ('${mine}', 1, 'import', '1', 't', '{records}', 'ann', 'submitted', '{finance}', '{A}'),
      ('${mine}', 2, 'import', '2', 't', '{records}', 'bob', 'submitted', '{finance}', '{B}'),
      ('${mine}', 4, 'rules', 'path', 't', '{rules}', 'cid', 'submitted', '{finance}', NULL);
    ${each(
      (d) => `INSERT INTO records (mine_id, source, id, import_id, row_no, status, date, department, category, item,
        nature, is_internal, posted_period, valued_period, valued_on)
      VALUES ('${mine}', 'direct', 'R${d}', 1, 1, 'posted', '2023-01-05', '${d}', 'resource', '02', 'explicit', false,
        '2023-01', '2023-01', '2023-01-05')`,
    )};
    ${each((d) => `INSERT INTO volumes (mine_id, period, department, driver) VALUES ('${mine}', '2023-01', '${d}', 't')`)};
    ${each(
      (d) => `INSERT INTO baselines (mine_id, code, kind, department, category, item, nature, basis, amount)
      VALUES ('${mine}', 'B${d}', 'amount', '${d}', 'resource', '02', 'explicit', 'budget', 1)`,
    )};
    ${each(
      (d) => `INSERT INTO cell_issues (mine_id, period, department, category, item, nature, baseline, code)
      VALUES ('${mine}', '2023-01', '${d}', 'resource', '02', 'explicit', '', 'x')`,
    )};
    ${each(
      (d) => `INSERT INTO cell_sums (mine_id, ${CELL}, quantified, unquantified, quantity, amount_of_quantified,
        amount_of_unquantified, internal, turnover)
      VALUES ('${mine}', '2023-01', '${d}', 'resource', '02', 'explicit', '', '', '2023-01', 1, 0, 1, 1, 0, 0, 0)`,
    )};`;
}

async function seen(sight: Sight | null, sql: string): Promise<string[]> {
  await app.query('BEGIN');
  try {
    for (const [name, value] of Object.entries(sight?.settings ?? {})) {
      await app.query(`SET LOCAL ${name} = ${pg.escapeLiteral(value)}`);
    }
    return (await app.query<{ it: string }>(`SELECT ${sql}`)).rows.map(({ it: text }) => text).sort();
  } finally {
    await app.query('ROLLBACK');
  }
}

const OF_DEPARTMENTS = ['records', 'volumes', 'cell_issues', 'cell_sums'];

describe('without settings nothing is seen', () => {
  it.each([...OF_DEPARTMENTS, 'baselines', 'imports', 'row_fates', 'submissions', 'periods', 'departments', 'users'])(
    'of %s',
    async (table) => {
      expect(await seen(null, `mine_id AS it FROM ${table}`)).toEqual([]);
    },
  );
});

describe('the sight of a mine', () => {
  it.each(OF_DEPARTMENTS)('whole: every department of it and no other mine, in %s', async (table) => {
    expect(await seen(wholeMine('M1'), `mine_id || department AS it FROM ${table}`)).toEqual(['M1A', 'M1B']);
  });

  it.each(OF_DEPARTMENTS)('one department: its rows only, in %s', async (table) => {
    expect(await seen(someDepartments('M1', ['A'], 'ann'), `mine_id || department AS it FROM ${table}`)).toEqual([
      'M1A',
    ]);
    expect(await seen(someDepartments('M1', [], 'ann'), `mine_id || department AS it FROM ${table}`)).toEqual([]);
  });

  it('a price of no department is everyone’s', async () => {
    expect(await seen(someDepartments('M1', ['A'], 'ann'), 'code AS it FROM baselines')).toEqual(['BA', 'P']);
  });

  it('an import is seen by whoever reaches all of it, and by whoever handed it in; its findings with it', async () => {
    const ids = 'id::text AS it FROM imports';
    expect(await seen(someDepartments('M1', ['A'], 'eve'), ids)).toEqual(['1']);
    expect(await seen(someDepartments('M1', ['A', 'B'], 'eve'), ids)).toEqual(['1', '2', '3']);
    expect(await seen(someDepartments('M1', [], 'cid'), ids)).toEqual(['3', '4']);
    expect(await seen(wholeMine('M1'), ids)).toEqual(['1', '2', '3', '4']);
    const findings = 'import_id::text AS it FROM row_fates';
    expect(await seen(someDepartments('M1', ['A'], 'eve'), findings)).toEqual(['1']);
    expect(await seen(wholeMine('M1'), findings)).toEqual(['1', '2', '3', '4']);
  });

  it('what waits is seen by whoever reaches all of it, and by its maker; what concerns the mine, by its maker only', async () => {
    const ids = 'id::text AS it FROM submissions';
    expect(await seen(someDepartments('M1', ['A'], 'eve'), ids)).toEqual(['1']);
    expect(await seen(someDepartments('M1', ['A'], 'bob'), ids)).toEqual(['1', '2']);
    expect(await seen(someDepartments('M1', ['A', 'B'], 'cid'), ids)).toEqual(['1', '2', '4']);
  });

  it('nothing is written outside it', async () => {
    const insert = (mine: string, department: string) =>
      seen(
        someDepartments('M1', ['A'], 'ann'),
        `1 AS it FROM (SELECT 1) one; INSERT INTO volumes (mine_id, period, department, driver)
         VALUES ('${mine}', '2023-01', '${department}', 'new')`,
      ).then(
        () => 'done',
        (error: pg.DatabaseError) => error.code,
      );
    expect([await insert('M1', 'B'), await insert('M2', 'A')]).toEqual(['42501', '42501']);
    const changed = await seen(
      someDepartments('M1', ['A'], 'ann'),
      `department AS it FROM volumes WHERE department = 'B' FOR UPDATE`,
    );
    expect(changed).toEqual([]);
  });

  it('codes with quotes, commas and backslashes reach themselves and nothing else', async () => {
    const odd = `a"b,c\\d'e`;
    await owner.query(`INSERT INTO departments (mine_id, code, name) VALUES ('M1', $1, '怪')`, [odd]);
    await owner.query(`INSERT INTO volumes (mine_id, period, department, driver) VALUES ('M1', '2023-01', $1, 't')`, [
      odd,
    ]);
    expect(await seen(someDepartments('M1', [odd], 'ann'), 'department AS it FROM volumes')).toEqual([odd]);
    await owner.query('DELETE FROM volumes WHERE department = $1', [odd]);
  });

  it('ends with its transaction, on the same connection', async () => {
    expect(await seen(wholeMine('M1'), 'mine_id AS it FROM volumes')).toHaveLength(2);
    expect(await seen(null, 'mine_id AS it FROM volumes')).toEqual([]);
  });

  it('across mines is for errands of the service alone', async () => {
    expect(await seen(EVERY_MINE, 'mine_id || department AS it FROM volumes')).toEqual(['M1A', 'M1B', 'M2A', 'M2B']);
  });
});

it('every table of a mine has its policy; the mines themselves are named to whoever may connect', async () => {
  const { rows } = await owner.query<{ name: string; held: boolean; policies: string }>(
    `SELECT c.relname AS name, c.relrowsecurity AS held,
       (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid) AS policies
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'mine_id'
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')`,
  );
  expect(rows.filter(({ held, policies }) => !held || policies !== '1').map(({ name }) => name)).toEqual(['mines']);
  expect(rows.length).toBeGreaterThan(35);
});
