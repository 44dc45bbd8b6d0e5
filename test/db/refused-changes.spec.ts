/** A change of reference data that would make wrong what the mine already has is refused, at the row that does it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Door } from '../support/door.js';
import { csvOf, newBooks, type Fields, type KeptBooks } from './kept-books.js';

let door: Door;
beforeAll(async () => {
  door = await Door.open();
});
afterAll(() => door.close());

const conflict = (file: string, row: number, column: string, record: string) => [
  ...[file, row, column, 'conflicts_with_posted_record'],
  { record },
];

/** A record of drilling, which no baseline measures yet. */
const DRILLING = {
  category: 'industry',
  item: '10',
  nature: 'explicit',
  basis: 'market',
  unit: '吨',
  unit_price: '450',
};
const unitOf = (books: KeptBooks, kind: 'baselines' | 'rates', key: string, unit: string) => ({
  ...books.row(kind, key),
  unit,
});

describe('posted records', () => {
  it('keep a baseline, or a new one, from naming another unit', async () => {
    const books = await newBooks(door);
    // R10 names 件 like the others; the header is row 1.
    expect(await books.refused({ baselines: [unitOf(books, 'baselines', 'B-0104', '吨')] })).toEqual(
      ['R1', 'R10', 'R2'].map((id) => conflict('baselines.csv', 2, 'unit', id)),
    );
    const other = { code: 'B-05-own', department: 'JD', category: 'industry', item: '05', nature: 'explicit' };
    const beside = { ...other, basis: 'market', unit: '吨', unit_price: '1' };
    expect(await books.refused({ baselines: [beside, { code: 'B-10', ...DRILLING }] })).toEqual([
      conflict('baselines.csv', 3, 'unit', 'R5'),
    ]);
    await books.sayNothingNew('baselines', beside);
    // R4 leaves its project's baseline, and the one that it would fall to names another unit.
    const ended = { ...books.row('baselines', 'B-05'), valid_to: '2023-03-21' };
    expect(await books.refused({ baselines: [{ ...books.row('baselines', 'B-11'), amount: '1' }, ended] })).toEqual([
      conflict('baselines.csv', 3, 'unit', 'R4'),
    ]);
    expect(await books.refused({ projects: [{ ...books.row('projects', 'P01'), closed_on: '2023-03-21' }] })).toEqual([
      conflict('projects.csv', 2, 'approved_on', 'R4'),
    ]);
  });

  it('keep a project from being approved into a baseline of another unit', async () => {
    const books = await newBooks(door);
    await books.sayNothingNew('baselines', { code: 'B-10', project: 'P02', ...DRILLING });
    const approved = { ...books.row('projects', 'P02'), approved_on: '2023-03-25' };
    expect(await books.refused({ projects: [books.row('projects', 'P01'), approved] })).toEqual([
      conflict('projects.csv', 3, 'approved_on', 'R5'),
    ]);
  });

  it('keep their rate, and its unit', async () => {
    const books = await newBooks(door);
    expect(await books.refused({ rates: [unitOf(books, 'rates', 'REWORK/', '天')] })).toEqual([
      conflict('rates.csv', 2, 'rate', 'R7'),
    ]);
    const idle = books.row('rates', 'IDLE_MACHINE/');
    expect(await books.refused({ rates: [{ ...idle, valid_to: '2023-02-28' }] })).toEqual([
      conflict('rates.csv', 2, 'rate', 'R6'),
    ]);
    const april = { ...idle, valid_from: '2023-04-01', rate: '390' };
    await books.sayNothingNew('rates', { ...idle, valid_to: '2023-03-31' }, april);
    const late = { id: 'R20', date: '2023-04-03', department: 'JD', category: 'management', item: 'IDLE_MACHINE' };
    await books.say('records', { ...late, nature: 'implicit_opportunity', quantity: '1', unit: '小时' });
    // Of two rows that change, the one in force on the record's day.
    const march = { ...idle, valid_to: '2023-03-31', rate: '381' };
    expect(await books.refused({ rates: [march, { ...april, unit: '天' }] })).toEqual([
      conflict('rates.csv', 3, 'rate', 'R20'),
    ]);
    // The baseline of the record changes too, rightly.
    const baseline = { ...books.row('baselines', 'B-IDLE'), quantity: '61' };
    const gone = { ...april, valid_to: '2023-04-30', valid_from: '2023-04-01', unit: '' };
    const ended = { ...march, valid_to: '2023-02-28' };
    expect(await books.refused({ baselines: [baseline], rates: [gone, ended] })).toEqual([
      conflict('rates.csv', 3, 'rate', 'R6'),
    ]);
  });

  it('keep the nature of their item, and so do baselines and rates', async () => {
    const books = await newBooks(door);
    await books.sayNothingNew('rates', { item: 'STOCK', rate: '12' });
    const items = ['0104', 'REWORK', '11', 'STOCK', 'DOWNTIME', '07'].map((code): Fields => ({
      code,
      name: code,
      nature: /^\d/.test(code) ? 'implicit' : 'explicit',
    }));
    expect(await books.refused({ items })).toEqual(
      [2, 3, 4, 5].map((row) => ['items.csv', row, 'nature', 'item_in_use', {}]),
    );
    await books.sayNothingNew('items', ...items.slice(4));
  });

  it('do not keep an item from changing together with everything that names it', async () => {
    const mine = await door.newMine();
    const place = { department: 'CM1', category: 'resource', item: 'DOWNTIME', nature: 'explicit' };
    const folder = {
      'departments.csv': csvOf('departments', [{ code: 'CM1', name: '采煤一区' }]),
      'items.csv': csvOf('items', [{ code: 'DOWNTIME', name: '停机', nature: 'explicit' }]),
      'baselines.csv': csvOf('baselines', [{ code: 'B1', ...place, basis: 'budget', amount: '10' }]),
      'records.csv': csvOf('records', [{ id: 'R1', date: '2023-03-01', ...place, amount: '9' }]),
    };
    expect(await door.takeFolder(mine, folder)).toMatchObject({ status: 'accepted', problems: [] });
  });
});

describe('periods', () => {
  const period = (code: string, start: string, end: string) => ({ code, start, end });
  const inUse = (row: number) => ['periods.csv', row, 'code', 'period_in_use', {}];

  it('that hold data are not redefined, nor those in which only a correction was posted', async () => {
    const books = await newBooks(door);
    const correction = {
      id: 'R20',
      date: '2023-04-28',
      corrects_period: '2023-03',
      department: 'CM1',
      category: 'resource',
    };
    await books.say('records', { ...correction, item: '0104', nature: 'explicit', quantity: '-1', amount: '-95.00' });
    expect(await books.periodsWithData()).toEqual(['2023-03']);
    const table = [
      period('2023-02', '2023-01-26', '2023-02-25'),
      period('2023-03', '2023-02-26', '2023-03-25'),
      period('2023-04', '2023-04-01', '2023-04-25'),
    ];
    expect(await books.refused({ periods: table })).toEqual([inUse(3), inUse(4)]);
    expect(await books.refused({ periods: [period('2023-05', '2023-04-26', '2023-05-25')] })).toEqual([
      ['periods.csv', 2, 'start', 'period_overlap', { other: '2023-04' }],
    ]);
    // A plan is no data.
    await books.sayNothingNew('targets', {
      period: '2023-06',
      department: 'GY',
      category: 'resource',
      measure: 'gains',
      amount: '1',
    });
    const june = csvOf('periods', [period('2023-06', '2023-05-26', '2023-06-25')]);
    expect(await door.takeFile(books.mine, 'periods', june)).toMatchObject({ status: 'accepted' });
  });

  it('are not cut by validity that is there already', async () => {
    const march = period('2023-03', '2023-02-26', '2023-03-31');
    const books = await newBooks(door, [march]);
    // Outside of every period a date cuts nothing (BAS-3); of prices nothing is cut at all.
    await books.sayNothingNew('baselines', { ...books.row('baselines', 'B-11'), valid_to: '2023-04-30' });
    await books.sayNothingNew('baselines', { ...books.row('baselines', 'B-05'), valid_to: '2023-07-10' });
    await books.sayNothingNew('rates', { item: 'STOCK', rate: '12', valid_from: '2023-05-30' });
    const cut = (row: number, other: string) => ['periods.csv', row, 'start', 'period_cut_by_validity', { other }];
    const april = period('2023-04', '2023-04-26', '2023-05-25');
    const may = period('2023-05', '2023-05-26', '2023-06-25');
    expect(await books.refused({ periods: [april, may] })).toEqual([cut(2, 'B-11'), cut(3, 'STOCK')]);
    await books.sayNothingNew('periods', { ...april, end: '2023-04-30' }, { ...may, start: '2023-05-30' });
    const july = period('2023-07', '2023-06-26', '2023-07-25');
    await books.sayNothingNew('periods', july);
    const outside = { period: '2023-08', department: 'GY', driver: 'raw_coal_kt', actual: '1' };
    expect(await books.refused({ activities: [outside] })).toEqual([
      ['activities.csv', 2, 'period', 'unknown_period', {}],
    ]);
  });
});

describe('periods without data', () => {
  it.failing('may change places', async () => {
    const mine = await door.newMine();
    const [april, may] = [['2023-04-01', '2023-04-25'] as const, ['2023-04-26', '2023-05-25'] as const];
    const table = (first: readonly string[], second: readonly string[]) =>
      csvOf('periods', [
        { code: '2023-04', start: first[0]!, end: first[1]! },
        { code: '2023-05', start: second[0]!, end: second[1]! },
      ]);
    expect(await door.takeFile(mine, 'periods', table(april, may))).toMatchObject({ status: 'accepted' });
    expect(await door.takeFile(mine, 'periods', table(may, april))).toMatchObject({ status: 'accepted' });
  });
});

describe('what the mine has', () => {
  it('overlaps with new baselines, rates and departments as if it stood in the same file', async () => {
    const books = await newBooks(door);
    const again = { ...books.row('baselines', 'B-0104'), code: 'B-new' };
    const beside = { ...again, code: 'B-beside', project: 'P01', norm: '', driver: '' };
    expect(await books.refused({ baselines: [again, beside] })).toEqual([
      ['baselines.csv', 2, 'code', 'baseline_overlap', { other: 'B-0104' }],
      ['baselines.csv', 3, 'code', 'baseline_beside_project', { other: 'B-0104' }],
      ['baselines.csv', 3, 'code', 'baseline_beside_project', { other: 'B-new' }],
    ]);
    const rate = { item: 'REWORK', unit: '小时', rate: '60', valid_from: '2023-04-01' };
    expect(await books.refused({ rates: [rate] })).toEqual([
      ['rates.csv', 2, 'valid_from', 'rate_overlap', { item: 'REWORK', valid_from: '' }],
    ]);
    expect(await books.refused({ departments: [{ code: 'MINE', name: '柴里煤矿', parent: 'CM1' }] })).toEqual([
      ['departments.csv', 2, 'parent', 'department_cycle', {}],
    ]);
  });
});
