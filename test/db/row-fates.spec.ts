import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wholeMine } from '../../src/modules/mines/index.js';
import type { Kind } from '../../src/modules/rules/columns.js';
import { Door } from '../support/door.js';
import { csvOf, type Fields } from './kept-books.js';

const CONNECTIONS = 8;

let door: Door;
beforeAll(async () => {
  door = await Door.open(CONNECTIONS);
});
afterAll(() => door.close());

const department = (code: string, name: string, parent = ''): Fields => ({ code, name, parent });
const DEPARTMENTS = csvOf('departments', [department('MINE', '柴里煤矿'), department('CM1', '采煤一区', 'MINE')]);
const record = (id: string, amount: string, fields: Fields = {}): Fields => ({
  ...{ id, date: '2023-03-05', department: 'CM1', category: 'resource', item: '0104', nature: 'explicit', amount },
  ...fields,
});

async function newMine(): Promise<string> {
  const mine = await door.newMine();
  await door.takeFile(mine, 'departments', DEPARTMENTS);
  return mine;
}

/** What became of the rows of an import that were not refused: file, row and fate, in order. */
const fatesOf = async (importId: string | null) =>
  (
    await door.query<Record<string, string>>(
      `SELECT file, row_no, fate FROM row_fates WHERE import_id = $1 AND fate <> 'refused' ORDER BY seq`,
      [importId],
    )
  ).map(({ file, row_no, fate }) => [file, row_no, fate]);

const importOf = async (importId: string | null) =>
  (
    await door.query(
      `SELECT status, rows_read::int, rows_accepted::int, rows_refused::int, control_rows::int,
         trim_scale(control_amount)::text AS control_amount FROM imports WHERE id = $1`,
      [importId],
    )
  )[0];

const fileOf = async (importId: string | null, name: string) =>
  (
    await door.query(
      `SELECT rows_read::int, rows_added::int, rows_changed::int, rows_unchanged::int, rows_skipped::int,
         trim_scale(amount)::text AS amount FROM import_files WHERE import_id = $1 AND name = $2`,
      [importId, name],
    )
  )[0];

describe('accepted rows', () => {
  it('of reference data are added, changed or unchanged, each by file and row', async () => {
    const mine = await newMine();
    const rows = [department('CM1', '采煤一队', 'MINE'), department('JD', '机电区'), department('MINE', '柴里煤矿')];
    const projects = [{ code: 'P01', name: '大修', category: '产业', lead: 'JD', approved_on: '2023/2/10' }];
    const fate = await door.takeFolder(mine, {
      // A blank line is a row of the spreadsheet, and nothing else.
      'departments.csv': csvOf('departments', rows).replace('\nJD', '\n,,\nJD'),
      'projects.csv': csvOf('projects', projects),
    });
    expect(await fatesOf(fate.importId)).toEqual([
      ['departments.csv', 2, 'changed'],
      ['departments.csv', 4, 'added'],
      ['departments.csv', 5, 'unchanged'],
      ['projects.csv', 2, 'added'],
    ]);
    const nothing = { control_rows: 0, control_amount: '0' };
    expect(await importOf(fate.importId)).toEqual({
      ...{ status: 'accepted', rows_read: 4, rows_accepted: 4, rows_refused: 0, ...nothing },
    });
    expect(await fileOf(fate.importId, 'departments.csv')).toEqual({
      ...{ rows_read: 3, rows_added: 1, rows_changed: 1, rows_unchanged: 1, rows_skipped: 1, amount: '0' },
    });
    const history = await door.query('SELECT kind, key, version, content FROM reference_history WHERE mine_id = $1', [
      mine,
    ]);
    expect(history).toEqual([
      {
        kind: 'departments',
        key: 'CM1',
        version: 1,
        content: expect.objectContaining({ code: 'CM1', name: '采煤一区' }),
      },
    ]);
    // The same value in another form is the same row.
    const again = await door.takeFile(
      mine,
      'projects',
      csvOf('projects', [{ ...projects[0], approved_on: '2023-02-10' }]),
    );
    expect(await fatesOf(again.importId)).toEqual([['projects.csv', 2, 'unchanged']]);
  });

  it('of records are the records themselves, which name their import and row', async () => {
    const mine = await newMine();
    const rows = [
      record('R1', '100.10'),
      record('R2', '-0.20'),
      record('R3', '113.00', { tax_basis: 'incl', tax_rate: '0.13' }),
    ];
    const { importId } = await door.takeFile(mine, 'records', csvOf('records', rows));
    expect(await fatesOf(importId)).toEqual([]);
    expect(
      await door.query('SELECT id, row_no, import_id FROM records WHERE mine_id = $1 ORDER BY id', [mine]),
    ).toEqual([...['R1', 'R2', 'R3'].map((id, at) => ({ id, row_no: at + 2, import_id: importId }))]);
    // Control totals are of what was stored: net of tax.
    expect(await importOf(importId)).toEqual({
      ...{
        status: 'accepted',
        rows_read: 3,
        rows_accepted: 3,
        rows_refused: 0,
        control_rows: 3,
        control_amount: '199.9',
      },
    });
    expect(await fileOf(importId, 'records.csv')).toMatchObject({ rows_added: 3, amount: '199.9' });
  });
});

describe('files without rows', () => {
  it('are accepted, alone and beside others', async () => {
    const mine = await door.newMine();
    const empty = csvOf('records', []);
    const folder = { 'departments.csv': DEPARTMENTS, 'records.csv': empty, 'baselines.csv': csvOf('baselines', []) };
    const nothing = { rows_refused: 0, control_rows: 0, control_amount: '0' };
    const fates = [await door.takeFolder(mine, folder), await door.takeFile(mine, 'records', `${empty}\n,,\n`)];
    expect(fates.map(({ status, reason }) => [status, reason])).toEqual(Array(2).fill(['accepted', null]));
    expect(await importOf(fates[0]!.importId)).toMatchObject({ ...nothing, rows_read: 2, rows_accepted: 2 });
    expect(await importOf(fates[1]!.importId)).toMatchObject({ ...nothing, rows_read: 0, rows_accepted: 0 });
  });
});

describe('refused rows', () => {
  it('are counted once each, however many findings they have, and nothing is accepted', async () => {
    const mine = await newMine();
    const rows = [
      record('R1', '1'),
      record('R2', 'x', { department: 'CM9', date: '' }),
      record('R3', '1'),
      record('R1', '2'),
      record('R5', ''),
    ];
    const ragged = csvOf('records', rows) + 'R6,2023-03-05\n';
    const fate = await door.takeFolder(mine, {
      'records.csv': ragged,
      'departments.csv': DEPARTMENTS + 'X,,NOWHERE\n',
    });
    expect(fate.problems.map(({ file, row, code }) => `${file} ${row} ${code}`)).toEqual([
      ...['departments.csv 4 value_missing', 'departments.csv 4 unknown_department'],
      ...['records.csv 3 invalid_number', 'records.csv 3 value_missing', 'records.csv 3 unknown_department'],
      ...['records.csv 5 duplicate_key', 'records.csv 6 amount_missing', 'records.csv 7 column_count'],
    ]);
    const nothing = { rows_accepted: 0, control_rows: 0, control_amount: '0' };
    expect(await importOf(fate.importId)).toEqual({ status: 'refused', rows_read: 9, rows_refused: 5, ...nothing });
    expect(await fatesOf(fate.importId)).toEqual([]);
  });

  const MANY = 10_100;
  const many = (amount: string) =>
    csvOf(
      'records',
      Array.from({ length: MANY }, (_, at) => record(`R${at}`, amount)),
    );

  it('that break a rule are all counted', async () => {
    const fate = await door.takeFile(await newMine(), 'records', many('1.001'));
    expect(await importOf(fate.importId)).toMatchObject({ rows_read: MANY, rows_refused: MANY });
  });

  it.failing('that fit no header are counted beyond those that are listed', async () => {
    const fate = await door.takeFile(await newMine(), 'records', many('1').replaceAll('\nR', '\n,R'));
    expect(await importOf(fate.importId)).toMatchObject({ rows_read: MANY, rows_refused: MANY });
  });

  it.failing('are none where the file as a whole, or its header, is refused', async () => {
    const mine = await newMine();
    const fates = [
      await door.takeFile(mine, 'records', 'id,date\nR1,2023-03-05\n'),
      await door.takeFile(mine, 'records', ''),
    ];
    for (const { importId } of fates) expect(await importOf(importId)).toMatchObject({ rows_read: 0, rows_refused: 0 });
  });
});

describe('the same content', () => {
  const csv = csvOf('records', [record('R1', '100.10'), record('R2', '-0.20')]);
  const send = async (mine: string, content: string, kind: Kind = 'records', name = 'records.csv') => {
    const stored = await door.register.store.put(Readable.from([Buffer.from(content)]));
    return door.register.stored(wholeMine(mine), { kind, fileName: name }, stored);
  };

  it('sent twenty times at once is one import, which runs once', async () => {
    const mine = await newMine();
    const stored = await door.register.store.put(Readable.from([Buffer.from(csv)]));
    // With every connection open nobody is late.
    await Promise.all(Array.from({ length: CONNECTIONS }, () => door.query('SELECT pg_sleep(0.05)')));
    const sent = await Promise.all(
      Array.from({ length: 20 }, () =>
        door.register.stored(wholeMine(mine), { kind: 'records', fileName: 'records.csv' }, stored),
      ),
    );
    const [importId, ...others] = new Set(sent.map((registered) => registered.importId));
    expect(others).toEqual([]);
    expect(sent.filter(({ isNew }) => isNew)).toHaveLength(1);
    await Promise.all(sent.map(() => door.runImport.run(mine, importId!, () => undefined)));
    expect(await door.fateOf(mine, importId!)).toMatchObject({ status: 'accepted', problems: [] });
    expect(await importOf(importId!)).toMatchObject({ control_rows: 2, control_amount: '99.9' });
    expect(await send(mine, csv)).toEqual({ importId, isNew: false });
    // Another mine has books of its own.
    expect(await send(await newMine(), csv)).toMatchObject({ isNew: true });
  });

  it('may be sent again after it was refused, and is then judged anew', async () => {
    const mine = await door.newMine();
    const first = await door.takeFile(mine, 'records', csv);
    expect(first).toMatchObject({ status: 'refused' });
    await door.takeFile(mine, 'departments', DEPARTMENTS);
    const second = await door.takeFile(mine, 'records', csv);
    expect(second).toMatchObject({ status: 'accepted' });
    expect(second.importId).not.toBe(first.importId);
  });

  it.failing('of reference data is taken in again once something else was said in between', async () => {
    const mine = await door.newMine();
    for (const name of ['采煤一区', '采煤一队', '采煤一区']) {
      await door.takeFile(mine, 'departments', csvOf('departments', [department('CM1', name)]));
      expect(await door.query('SELECT name FROM departments WHERE mine_id = $1', [mine])).toEqual([{ name }]);
    }
  });

  it('of records inside a folder that changed is not taken in twice', async () => {
    const mine = await newMine();
    const first = await door.takeFile(mine, 'records', csv);
    const folder = { 'departments.csv': DEPARTMENTS + 'JD,机电区,MINE\n', 'records.csv': csv };
    const second = await door.takeFolder(mine, folder);
    expect(second).toMatchObject({ status: 'accepted', problems: [] });
    expect(await importOf(second.importId)).toMatchObject({ rows_read: 3, control_rows: 0, control_amount: '0' });
    const third = await door.takeFolder(mine, { ...folder, 'departments.csv': DEPARTMENTS + 'JD,机电,MINE\n' });
    expect(third).toMatchObject({ status: 'accepted', problems: [] });
    const records = await door.query('SELECT DISTINCT import_id FROM records WHERE mine_id = $1', [mine]);
    expect(records).toEqual([{ import_id: first.importId }]);
  });
});

describe('an id that was taken', () => {
  it('is refused in another file, naming the first import and its file; the new rows beside it stay out too', async () => {
    const mine = await newMine();
    const first = await door.takeFile(
      mine,
      'records',
      csvOf('records', [record('R1', '1'), record('R2', '2')]),
      '三月.csv',
    );
    const rows = [record('R9', '9'), record('R2', '2.00'), record('R1', '7')];
    const before = await door.contents(mine);
    const second = await door.takeFile(mine, 'records', csvOf('records', rows), '四月.csv');
    const params = { import_id: first.importId, file_name: '三月.csv' };
    expect(second.problems).toEqual(
      [3, 4].map((row) => ({ file: '四月.csv', row, column: 'id', code: 'duplicate_record', params })),
    );
    expect(await importOf(second.importId)).toMatchObject({ rows_read: 3, rows_refused: 2 });
    const one = await door.takeOne(mine, 'records', record('R2', '5'));
    expect(one.problems).toEqual([{ file: 'records.json', row: 1, column: 'id', code: 'duplicate_record', params }]);
    expect(await door.contents(mine)).toEqual(before);
    expect(await door.takeFile(await newMine(), 'records', csvOf('records', rows))).toMatchObject({
      status: 'accepted',
    });
  });

  it('is said beside what else is wrong with its row', async () => {
    const mine = await newMine();
    await door.takeFile(mine, 'records', csvOf('records', [record('R1', '1')]));
    const second = await door.takeFile(mine, 'records', csvOf('records', [record('R1', 'x'), record('R1', '1')]));
    expect(second.problems.map(({ row, code }) => [row, code])).toEqual([
      [2, 'invalid_number'],
      [2, 'duplicate_record'],
      [3, 'duplicate_key'],
      [3, 'duplicate_record'],
    ]);
  });
});
