/** What invalidates what (docs/architecture.md), line by line: after every step the stored cells are those of the oracle. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Door } from '../support/door.js';
import { KeptBooks, newBooks, type Fields } from './kept-books.js';

let door: Door;
beforeAll(async () => {
  door = await Door.open();
});
afterAll(() => door.close());

let books: KeptBooks;
/** A mine in March 2023 (calculation.md, “Worked example”), to which each test does something. */
const march = async () => (books = await newBooks(door));
afterEach(() => books.expectAsAtOnce());

const record = (id: string, fields: Fields): Fields => ({
  ...{ id, date: '2023-03-20', department: 'CM1', category: 'resource', item: '0104', nature: 'explicit' },
  ...{ unit: '件', internal: 'no', ...fields },
});

describe('records', () => {
  it('join their group, which may change its clause for all (USE-1 → AMT-1)', async () => {
    await march();
    await books.say('records', record('R20', { quantity: '5', amount: '500.00' }));
    await books.say('records', record('R21', { amount: '90.00' }));
    await books.say('records', record('R22', { quantity: '0', amount: '-12.34' }));
  });

  it('that correct count in the corrected period and are reported in their own', async () => {
    await march();
    const correction = { date: '2023-04-10', corrects_period: '2023-03', quantity: '-1', amount: '-95.00' };
    await books.say('records', record('R20', correction), record('R21', { ...correction, project: 'P02' }));
    // April has no data yet: only corrections were posted there.
    expect(await books.periodsWithData()).toEqual(['2023-03']);
    await books.say('records', record('R22', { date: '2023-04-11', quantity: '3', amount: '300.00' }));
    expect(await books.periodsWithData()).toEqual(['2023-03', '2023-04']);
  });

  it('that come first in a period let its missing reports show, and a report takes its own away', async () => {
    await march();
    await books.say('records', record('R20', { date: '2023-05-10', quantity: '3', amount: '300.00' }));
    expect(await books.issues('2023-05', 'not_reported')).toContain('B-11');
    await books.say(
      'records',
      record('R21', { date: '2023-05-31', department: 'GY', item: '11', unit: '', quantity: '0', amount: '0' }),
    );
    expect(await books.issues('2023-05', 'not_reported')).not.toContain('B-11');
    expect(await books.issues('2023-03', 'not_reported')).toContain('B-11');
  });

  it('without a quantity stop an implicit group, and without a driver volume every group', async () => {
    await march();
    const rework = { item: 'REWORK', nature: 'implicit_booked', category: 'management', unit: '小时' };
    await books.say('records', record('R20', { ...rework, quantity: '4' }));
    await books.say('records', record('R21', { ...rework, unit: '', amount: '40.00' }));
    expect(await books.issues('2023-03', 'not_comparable')).toEqual(['B-REWORK']);
  });
});

describe('baselines', () => {
  it('added take over the records that they fit best, whenever these were posted', async () => {
    await march();
    const wages = { department: 'GY', category: 'personnel', item: '03', nature: 'explicit', basis: 'budget' };
    await books.say('baselines', { code: 'B-03', ...wages, amount: '300000.00' });
    await books.say('baselines', { code: 'B-07', ...wages, item: '07', amount: '7.00' });
    await books.say('records', record('R20', { ...wages, item: '07', unit: '', amount: '9.00' }));
    const drilling = { department: 'CM1', category: 'industry', item: '10', nature: 'explicit', basis: 'market' };
    await books.say('baselines', { code: 'B-10-any', ...drilling, department: '', unit_price: '500' });
    await books.say('baselines', { code: 'B-10-own', ...drilling, unit_price: '450' });
  });

  it('changed measure anew: price, norm, kind, department, item', async () => {
    await march();
    await books.change('baselines', 'B-0104', { unit_price: '107.5' });
    await books.change('baselines', 'B-0104', { norm: '2.000001' });
    await books.change('baselines', 'B-0104', { unit_price: '', norm: '', driver: '', amount: '20000.00', unit: '' });
    await books.change('baselines', 'B-0104', { department: 'JD' });
    await books.change('baselines', 'B-0104', { department: 'CM1' });
    await books.change('baselines', 'B-0104', { category: 'market' });
    await books.change('baselines', 'B-0101', { driver: 'advance_m' });
    await books.change('baselines', 'B-11', { item: '12' });
    await books.change('baselines', 'B-11', { project: 'P01' });
    await books.change('baselines', 'B-05', { project: 'P02' });
  });

  it('whose validity changes give their records to what is valid then', async () => {
    await march();
    await books.change('baselines', 'B-0104', { valid_to: '2023-02-28' });
    await books.say('baselines', {
      ...books.row('baselines', 'B-0104'),
      code: 'B-next',
      valid_from: '2023-03-01',
      valid_to: '',
      unit_price: '111',
    });
    await books.say(
      'baselines',
      { ...books.row('baselines', 'B-next'), valid_from: '2023-04-01' },
      { ...books.row('baselines', 'B-0104'), valid_to: '2023-03-31' },
    );
    await books.change('baselines', 'B-11', { valid_from: '2023-04-01' });
    expect(await books.issues('2023-03', 'not_reported')).not.toContain('B-11');
    await books.change('baselines', 'B-05', { valid_to: '2023-03-21' });
    await books.change('baselines', 'B-05', { valid_to: '2023-03-22' });
  });
});

describe('volumes', () => {
  it('added, changed and blank', async () => {
    await march();
    await books.say('activities', { period: '2023-03', department: 'CM1', driver: 'raw_coal_kt', actual: '111.5' });
    await books.say('activities', {
      period: '2023-03',
      department: 'GY',
      driver: 'raw_coal_kt',
      actual: '',
      planned: '105',
    });
    expect(await books.issues('2023-03', 'missing_volume')).toEqual(['B-0101']);
    await books.say('activities', { period: '2023-03', department: 'GY', driver: 'raw_coal_kt', actual: '0' });
    await books.change('baselines', 'B-0101', { driver: 'advance_m' });
    expect(await books.issues('2023-03', 'missing_volume')).toEqual(['B-0101']);
    await books.say('activities', { period: '2023-03', department: 'GY', driver: 'advance_m', actual: '12.345678' });
  });

  it('that come first in a period let its missing reports show', async () => {
    await march();
    await books.say('activities', { period: '2023-06', department: 'JD', driver: 'raw_coal_kt', actual: '100' });
    expect(await books.issues('2023-06', 'not_reported')).toContain('B-02');
    await books.say('activities', { period: '2023-06', department: 'CM1', driver: 'raw_coal_kt', actual: '100' });
  });
});

describe('rates', () => {
  it('change what implicit quantities are worth, from a boundary on', async () => {
    await march();
    const idle = { department: 'JD', category: 'management', item: 'IDLE_MACHINE', nature: 'implicit_opportunity' };
    await books.say('records', record('R20', { ...idle, unit: '小时', quantity: '70.5', date: '2023-04-30' }));
    await books.say('rates', { ...books.row('rates', 'IDLE_MACHINE/'), rate: '381.123456' });
    await books.say(
      'rates',
      { ...books.row('rates', 'IDLE_MACHINE/'), valid_to: '2023-03-31' },
      { item: 'IDLE_MACHINE', unit: '小时', rate: '400', valid_from: '2023-04-01' },
    );
    // A correction takes the rate of the period that it corrects.
    const late = { date: '2023-04-05', corrects_period: '2023-03', unit: '小时', quantity: '-1' };
    await books.say('records', record('R21', { ...idle, ...late }));
  });

  it('that come into force where nothing was reported change no figure', async () => {
    await march();
    await books.sayNothingNew('rates', { item: 'STOCK', unit: '万元天', rate: '12', valid_from: '2023-01-01' });
  });
});

describe('projects', () => {
  it('approved later or earlier give their records their baselines, and their internal records turnover', async () => {
    await march();
    await books.change('projects', 'P02', { approved_on: '2023-03-25' });
    await books.change('projects', 'P01', { approved_on: '2023-03-23' });
    await books.change('projects', 'P01', { approved_on: '2023-03-22' });
  });

  it('closed take them away again', async () => {
    await march();
    await books.change('projects', 'P01', { closed_on: '2023-03-21' });
    await books.change('projects', 'P01', { closed_on: '2023-03-22' });
  });

  it('whose approval brings a baseline of their own take their records from the department', async () => {
    await march();
    const drilling = { category: 'industry', item: '10', nature: 'explicit', basis: 'market' };
    await books.say('baselines', { code: 'B-10', department: 'CM1', ...drilling, unit_price: '400' });
    await books.sayNothingNew('baselines', { code: 'B-10-P', project: 'P02', ...drilling, unit_price: '450' });
    await books.change('projects', 'P02', { approved_on: '2023-01-01' });
  });
});

describe('the method', () => {
  it('switches every figure that it concerns, and back', async () => {
    await march();
    await books.sayMethod({ priceReduction: 'beside' });
    await books.sayMethod({ priceReduction: 'beside', opportunitySaving: 'beside' });
    await books.say('records', record('R20', { quantity: '5', amount: '500.00' }));
    await books.sayMethod({ opportunitySaving: 'beside' });
  });
});

describe('adjustments', () => {
  const gain = { period: '2023-03', department: 'ZY', category: 'business', kind: 'gain', amount: '36000.00' };
  it('count once realised and confirmed, wherever they are moved', async () => {
    await march();
    const own = { id: 'A9', ...gain, department: 'GY' };
    // A row of zeros: every adjustment is a line, counting or not.
    await books.say('adjustments', { ...own, recognition: 'annualised', status: 'claimed' });
    await books.sayNothingNew('adjustments', { ...own, recognition: 'realised', status: 'claimed' });
    await books.change('adjustments', 'A9', { status: 'confirmed' });
    await books.change('adjustments', 'A9', { kind: 'input' });
    await books.change('adjustments', 'A9', { department: 'JD', project: 'P01' });
    // The first data of a period: its missing reports show, and those of the old one stay.
    await books.change('adjustments', 'A9', { period: '2023-07', amount: '-1.00' });
    expect(await books.issues('2023-07', 'not_reported')).toContain('B-11');
  });

  const realised = { recognition: 'realised', status: 'confirmed' };
  const double = () => books.issues('2023-03', 'possible_double_count');

  it('whose voucher is also a record’s are marked, whichever comes first', async () => {
    await march();
    await books.say('adjustments', { id: 'A9', ...gain, ...realised, voucher: '记-0031' });
    expect(await double()).toHaveLength(1);
    await books.change('adjustments', 'A9', { voucher: '记-9999' });
    expect(await double()).toEqual([]);
    // A voucher counts whatever period its record belongs to.
    await books.say(
      'records',
      record('R20', { date: '2023-08-01', quantity: '1', amount: '1.00', voucher: '记-9999' }),
    );
    expect(await double()).toHaveLength(1);
    await books.change('adjustments', 'A9', { recognition: 'planned' });
    expect(await double()).toEqual([]);
    await books.change('adjustments', 'A9', { recognition: 'realised' });
    expect(await double()).toHaveLength(1);
  });

  it('whose project saves in the same period are marked, whichever comes first and as long as it does', async () => {
    await march();
    await books.say('adjustments', { id: 'A9', ...gain, ...realised, project: 'P01' });
    expect(await double()).toHaveLength(1);
    // The saving of P01 is 45,000.00: this record takes it to zero exactly.
    const nothing = { department: 'JD', category: 'industry', item: '05', unit: '台', project: 'P01' };
    await books.say('records', record('R20', { ...nothing, quantity: '0', amount: '45000.00' }));
    expect(await double()).toEqual([]);
    await books.change('baselines', 'B-05', { unit_price: '231000.01', tax_basis: '', tax_rate: '' });
    expect(await double()).toHaveLength(1);
    await books.change('projects', 'P01', { closed_on: '2023-02-10' });
    expect(await double()).toEqual([]);
    await books.say('baselines', {
      ...books.row('baselines', 'B-05'),
      code: 'B-05-own',
      project: '',
      valid_from: '2023-03-10',
    });
    expect(await double()).toHaveLength(1);
  });
});

describe('nothing', () => {
  it('is changed by names, places in the tree, items, targets, unchanged rows', async () => {
    await march();
    await books.sayNothingNew('departments', { code: 'CM1', name: '采煤一队', parent: 'JD' });
    await books.sayNothingNew('items', { code: '0104', name: '备件', nature: 'explicit' });
    await books.sayNothingNew('items', { code: 'BELT', name: '皮带', nature: 'explicit' });
    await books.sayNothingNew('targets', {
      period: '2023-03',
      department: 'CM1',
      category: 'resource',
      measure: 'gains',
      amount: '1',
    });
    await books.sayNothingNew('projects', { ...books.row('projects', 'P01'), name: '综采设备大修', lead: 'GY' });
    await books.sayNothingNew('baselines', { ...books.row('baselines', 'B-0104'), basis: '合同' });
    await books.sayNothingNew('activities', {
      period: '2023-03',
      department: 'CM1',
      driver: 'raw_coal_kt',
      actual: '110.000',
    });
    await books.sayNothingNew('activities', { period: '2023-03', department: 'CM1', driver: 'advance_m', actual: '1' });
  });
});

describe('a table of periods', () => {
  const cut = (code: string, start: string, end: string) => ({ code, start, end });

  it('grows, and what holds no data may be redefined', async () => {
    books = await newBooks(door, [
      cut('2023-03', '2023-02-26', '2023-03-31'),
      cut('2023-04', '2023-04-01', '2023-04-25'),
    ]);
    await books.sayNothingNew('periods', cut('2023-05', '2023-05-01', '2023-05-25'));
    await books.sayNothingNew('periods', cut('2023-05', '2023-04-26', '2023-05-25'));
    await books.say('records', record('R20', { date: '2023-04-26', quantity: '1', amount: '80.00' }));
    await books.sayNothingNew('periods', cut('2023-13', '2023-12-31', '2023-12-31'));
    await books.say('activities', { period: '2023-13', department: 'GY', driver: 'raw_coal_kt', actual: '1' });
  });
});

it('control: a cell that was left stale is noticed', async () => {
  const spoilt = await newBooks(door);
  await door.query(
    `UPDATE cells SET m_amount_saving = m_amount_saving + 1, m_explicit_saving = m_explicit_saving + 1
     WHERE mine_id = $1 AND baseline = 'B-0101'`,
    [spoilt.mine],
  );
  await expect(spoilt.say('records', record('R20', { quantity: '5', amount: '500.00' }))).rejects.toThrow(
    'amount_saving',
  );
});
