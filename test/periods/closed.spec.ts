/** Guarantee 5: no path changes a closed month; each beside the same change in an open one, which passes. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { closePeriod } from '../../src/modules/periods/app/close-period.js';
import { wholeMine } from '../../src/modules/mines/index.js';
import type { Kind } from '../../src/modules/rules/columns.js';
import type { Fields } from '../db/kept-books.js';
import { Door, type Fate } from '../support/door.js';
import { FEBRUARY, GAIN, JANUARY, MATERIAL, PRICE, PROJECT, RATE, TARGET, TwoMonths, VOLUME } from './two-months.js';

let door: Door;
let books: TwoMonths;
let sealed: string;
beforeAll(async () => {
  door = await Door.open();
  books = await TwoMonths.open(door);
  expect(await books.close(JANUARY)).toBe(1);
  sealed = await books.reported(JANUARY);
});
afterAll(() => door.close());

type Change = (month: string) => Promise<Fate>;

const rows =
  (kind: Kind, of: (month: string) => Fields): Change =>
  (month) =>
    books.take(kind, of(month));

/** By name: the change of a month, and what is said where that month is closed, by column and code. */
const CHANGES: Readonly<Record<string, readonly [Change, readonly [column: string, code: string][]]>> = {
  'a file of late records': [
    (month) => books.take('records', MATERIAL(month, `L1-${month}`), MATERIAL(month, `L2-${month}`)),
    [
      ['date', 'period_closed'],
      ['date', 'period_closed'],
    ],
  ],
  'a late record by itself': [
    (month) => books.takeOne('records', MATERIAL(month, `L3-${month}`)),
    [['date', 'period_closed']],
  ],
  'a late record of nothing': [
    (month) => books.take('records', MATERIAL(month, `L4-${month}`, { quantity: '0', amount: '0' })),
    [['date', 'period_closed']],
  ],
  'another file for the same records': [
    (month) => books.supersede(month, [MATERIAL(month, `S1-${month}`)]),
    [['date', 'period_closed']],
  ],
  'the price of a baseline': [
    rows('baselines', (month) => ({ ...PRICE(month), unit_price: '95' })),
    [['', 'closed_period_changed']],
  ],
  'a baseline more': [
    rows('baselines', (month) => ({
      ...PRICE(month),
      code: `B-NEW-${month}`,
      category: 'industry',
      item: '05',
      department: 'JD',
    })),
    [['', 'closed_period_changed']],
  ],
  'a baseline that expects a report': [
    rows('baselines', (month) => ({
      ...{ ...PRICE(month), code: `B-EXP-${month}`, unit_price: '', item: '11', department: 'ZB', amount: '70' },
    })),
    [['', 'closed_period_changed']],
  ],
  'a rate': [rows('rates', (month) => ({ ...RATE(month), rate: '400' })), [['', 'closed_period_changed']]],
  'a volume': [
    rows('activities', (month) => ({ ...VOLUME(month), actual: '120' })),
    [['period', 'row_of_closed_period']],
  ],
  'a volume that nothing is measured by': [
    rows('activities', (month) => ({ ...VOLUME(month), driver: 'footage' })),
    [['period', 'row_of_closed_period']],
  ],
  'the approval of a project': [
    rows('projects', (month) => ({ ...PROJECT(month), approved_on: '2023-12-01' })),
    [['', 'closed_period_changed']],
  ],
  'a gain more': [
    rows('adjustments', (month) => ({ ...GAIN(month), id: `G2-${month}` })),
    [['period', 'row_of_closed_period']],
  ],
  'a gain that is only planned': [
    rows('adjustments', (month) => ({ ...GAIN(month), id: `G3-${month}`, recognition: 'planned' })),
    [['period', 'row_of_closed_period']],
  ],
  'a gain taken out of the month': [
    rows('adjustments', (month) => ({ ...GAIN(month), period: '2023-06' })),
    [['period', 'row_of_closed_period']],
  ],
  'a target': [rows('targets', (month) => ({ ...TARGET(month), amount: '80' })), [['period', 'row_of_closed_period']]],
};

describe('what would change a closed month is refused and leaves no trace', () => {
  it.each(Object.entries(CHANGES))('%s', async (_, [change, said]) => {
    const before = await door.contents(books.mine);
    const fate = await change(JANUARY);
    expect({ status: fate.status, said: fate.problems.map(({ column, code }) => [column, code]) }).toEqual({
      status: 'refused',
      said,
    });
    for (const { params } of fate.problems) expect(Object.values(params)).toContain(JANUARY);
    expect(await door.contents(books.mine)).toEqual(before);
    expect(await books.reported(JANUARY)).toBe(sealed);
  });
});

describe('control: the same in an open month passes, changes that month and leaves the closed one', () => {
  // Superseding comes first: afterwards the month holds records of other imports, too.
  it.each(Object.entries(CHANGES))('%s', async (name, [change]) => {
    if (name === 'another file for the same records') {
      const other = await TwoMonths.open(door);
      expect(await other.supersede(FEBRUARY, [MATERIAL(FEBRUARY, 'S1')])).toMatchObject({ status: 'accepted' });
      return;
    }
    const before = await door.contents(books.mine);
    const fate = await change(FEBRUARY);
    expect({ status: fate.status, codes: books.codes(fate) }).toEqual({ status: 'accepted', codes: [] });
    expect(await door.contents(books.mine)).not.toEqual(before);
    expect(await books.reported(JANUARY)).toBe(sealed);
  });
});

describe('records of a closed month are not taken back either', () => {
  it('by a corrected file that leaves them out, even where they add up to nothing', async () => {
    const other = await TwoMonths.open(door);
    const nothing = MATERIAL(JANUARY, 'N1', { quantity: '0', amount: '0' });
    const both = await other.take('records', nothing, MATERIAL(FEBRUARY, 'N2'));
    await other.close(JANUARY);
    const before = await door.contents(other.mine);
    const corrected = await other.supersede(FEBRUARY, [MATERIAL(FEBRUARY, 'N3')], both.importId!);
    expect(corrected).toMatchObject({ status: 'refused', problems: [{ code: 'closed_period_changed', row: 0 }] });
    expect(await door.contents(other.mine)).toEqual(before);
  });
});

describe('the calendar and the tree of departments', () => {
  it('a closed period without data keeps its dates; an open one may have others', async () => {
    const mine = await door.newMine();
    const table = (end: string) => `code,start,end\n2023-01,2023-01-01,${end}\n`;
    expect(await door.takeFile(mine, 'periods', table('2023-01-25'))).toMatchObject({ status: 'accepted' });
    expect(await door.takeFile(mine, 'periods', table('2023-01-26'))).toMatchObject({ status: 'accepted' });
    const reach = wholeMine(mine, 'finance1');
    await door.uow.run(reach, (tx) => closePeriod(tx, reach, JANUARY));
    const before = await door.contents(mine);
    expect(await door.takeFile(mine, 'periods', table('2023-01-27'))).toMatchObject({
      ...{ status: 'refused', problems: [{ row: 2, column: 'code', code: 'closed_period_redefined' }] },
    });
    expect(await door.contents(mine)).toEqual(before);
    expect(await door.takeFile(mine, 'periods', table('2023-01-26'))).toMatchObject({ status: 'accepted' });
  });

  it('a department with closed figures keeps its place; its name, and one without figures, may change', async () => {
    const before = await door.contents(books.mine);
    const moved = await books.take('departments', { code: 'CM1', name: '采煤一区', parent: 'JD' });
    expect(moved.problems).toMatchObject([
      { row: 2, column: 'parent', code: 'department_in_closed_period', params: { periods: JANUARY } },
    ]);
    expect(await door.contents(books.mine)).toEqual(before);
    for (const row of [
      { code: 'CM1', name: '综采一区', parent: 'KS' },
      { code: 'ZX', name: '新区', parent: 'KS' },
      { code: 'ZX', name: '新区', parent: 'JD' },
    ]) {
      expect(await books.take('departments', row)).toMatchObject({ status: 'accepted', problems: [] });
    }
    expect(await books.reported(JANUARY)).toBe(sealed);
  });

  it('control: before a closing it may move', async () => {
    const other = await TwoMonths.open(door);
    const moved = await other.take('departments', { code: 'CM1', name: '采煤一区', parent: 'JD' });
    expect(moved).toMatchObject({ status: 'accepted', problems: [] });
  });
});

describe('what changes nothing that was reported passes', () => {
  it('a baseline from next year on, though its records are matched anew', async () => {
    const next = { ...PRICE(JANUARY), code: 'B-2024', valid_from: '2024-01-01', valid_to: '' };
    expect(await books.take('baselines', next)).toMatchObject({ status: 'accepted', problems: [] });
    expect(await books.reported(JANUARY)).toBe(sealed);
  });

  it('rows that are as they were, beside new ones of an open month', async () => {
    const again = await books.take('activities', VOLUME(JANUARY), { ...VOLUME(FEBRUARY), actual: '130' });
    expect(again).toMatchObject({ status: 'accepted', problems: [] });
    expect(await books.reported(JANUARY)).toBe(sealed);
  });

  /** VAL-2: beside, booked value is the saving less the price reduction: 200 + 500 − 100 = 600 instead of 700. */
  it('another method: open months follow it, closed ones keep that of their closing', async () => {
    const other = await TwoMonths.open(door);
    await other.close(JANUARY);
    const closed = await other.reported(JANUARY);
    const method = JSON.stringify({ priceReduction: 'beside', opportunitySaving: 'within' });
    expect(await door.takeFolder(other.mine, { 'method.json': method })).toMatchObject({ status: 'accepted' });
    expect(await other.reported(JANUARY)).toBe(closed);
    const [january, february] = [await other.answer(JANUARY, 'known'), await other.answer(FEBRUARY, 'known')];
    expect(january.total.booked_value).toBe('700.00');
    expect({ ...january.method, version: january.methodVersion }).toEqual({
      ...{ priceReduction: 'within', opportunitySaving: 'within', version: 1 },
    });
    expect(february.total.booked_value).toBe('600.00');
    expect({ ...february.method, version: february.methodVersion }).toEqual({
      ...{ priceReduction: 'beside', opportunitySaving: 'within', version: 2 },
    });
    // A correction of the closed month is valued by that month's method, whatever the mine has adopted since.
    const correction = MATERIAL(FEBRUARY, 'C1', { corrects_period: JANUARY, quantity: '2', amount: '150' });
    expect(await other.take('records', correction)).toMatchObject({ status: 'accepted' });
    const known = await other.answer(JANUARY, 'known');
    expect([known.total.price_reduction, known.total.booked_value]).toEqual(['150.00', '750.00']);
    expect(await other.reported(JANUARY)).toBe(closed);
  });
});

describe('COR-1: what belongs to a closed month comes as a correction', () => {
  /**
   * Two more, for 180: price reduction 100·2 − 180 = 20. Known: January 120. Reported: January 100 as it was, and in
   * February a line of its own for January with 20 beside February's own 100.
   */
  it('dated in an open month, reported there on a line of its own', async () => {
    const other = await TwoMonths.open(door);
    await other.close(JANUARY);
    const closed = await other.reported(JANUARY);
    const correction = MATERIAL(FEBRUARY, 'C1', { corrects_period: JANUARY, quantity: '2', amount: '180' });
    expect(await other.takeOne('records', correction)).toMatchObject({ status: 'accepted', problems: [] });
    expect(await other.reported(JANUARY)).toBe(closed);
    expect((await other.answer(JANUARY, 'known')).total.price_reduction).toBe('120.00');
    const { rows, total } = await other.answer(FEBRUARY, 'reported', ['period', 'category']);
    const ofMaterial = rows.filter(({ category }) => category === 'resource');
    expect(ofMaterial.map(({ priorPeriod, measures }) => [priorPeriod, measures.price_reduction])).toEqual([
      ['', '100.00'],
      [JANUARY, '20.00'],
    ]);
    expect(total.price_reduction).toBe('120.00');
  });

  it('a correction dated in a closed month is late like any other', async () => {
    const other = await TwoMonths.open(door);
    await other.close(FEBRUARY);
    const correction = MATERIAL(FEBRUARY, 'C1', { corrects_period: JANUARY, quantity: '2', amount: '180' });
    expect((await other.take('records', correction)).problems).toMatchObject([
      { column: 'date', code: 'period_closed' },
    ]);
  });

  it('an earlier report of an open month cannot move what a closed one reported of it', async () => {
    const other = await TwoMonths.open(door);
    const later = MATERIAL(FEBRUARY, 'C1', { corrects_period: JANUARY, quantity: '2', amount: '180' });
    expect(await other.take('records', later)).toMatchObject({ status: 'accepted' });
    await other.close(FEBRUARY);
    const before = await door.contents(other.mine);
    // January's own group would be measured by amount, and what February added to it would be another figure.
    const unmeasured = { ...PRICE(JANUARY), unit_price: '90' };
    expect(other.codes(await other.take('baselines', unmeasured))).toEqual(['closed_period_changed']);
    expect(await door.contents(other.mine)).toEqual(before);
    // What leaves the later report as it is may still come.
    expect(await other.take('records', MATERIAL(JANUARY, 'R9'))).toMatchObject({ status: 'accepted' });
  });
});
