import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { NO_WISHES } from '../../src/modules/intake/db/import-queries.js';
import { Door, type Fate } from '../support/door.js';
import { csvOf } from './kept-books.js';

let door: Door;
let mine: string;
beforeAll(async () => {
  door = await Door.open();
  mine = await door.newMine();
  await door.takeFile(mine, 'departments', csvOf('departments', [{ code: 'CM1', name: '采煤一区', parent: '' }]));
});
afterAll(() => door.close());

/** Two records of 100.00 and 13.00 with 13 % tax included: 100.00 + 11.50 net. */
const RECORDS = csvOf('records', [
  {
    id: 'T1',
    date: '2023-01-10',
    department: 'CM1',
    category: 'resource',
    item: '0104',
    nature: 'explicit',
    amount: '100',
  },
  {
    ...{ id: 'T2', date: '2023-01-11', department: 'CM1', category: 'resource', item: '0104', nature: 'explicit' },
    ...{ amount: '13.00', tax_basis: 'incl', tax_rate: '0.13' },
  },
]);

const take = (rows: number | null, amountYuan: string | null): Promise<Fate> =>
  door.takeFile(mine, 'records', RECORDS, 'records.csv', { wishes: { ...NO_WISHES, typed: { rows, amountYuan } } });

it.each([
  ['a row less', 1, null, { label: 'rows', stated: '1', found: '2', difference: '-1' }],
  ['another sum', 2, '113.00', { label: 'amount', stated: '113.00', found: '111.5', difference: '1.5' }],
])('a slip that says %s refuses the file', async (_, rows, amount, params) => {
  const before = await door.contents(mine);
  expect(await take(rows, amount)).toMatchObject({
    ...{ status: 'refused', problems: [{ row: 0, code: 'control_total_mismatch', params }] },
  });
  expect(await door.contents(mine)).toEqual(before);
});

it('a slip that agrees is kept beside what was found', async () => {
  const fate = await take(2, '111.50');
  expect(fate).toMatchObject({ status: 'accepted', problems: [] });
  const kept = await door.query(
    'SELECT kind, document, label, stated::text, found::text FROM control_totals WHERE import_id = $1 ORDER BY seq',
    [fate.importId],
  );
  expect(kept).toEqual([
    { kind: 'typed', document: 'records', label: 'rows', stated: '2', found: '2' },
    { kind: 'typed', document: 'records', label: 'amount', stated: '111.50', found: '111.50' },
  ]);
});
