import { describe, expect, it } from '@jest/globals';
import { checkRows, type Known } from '../../src/modules/rules/check-rows.js';
import { COLUMNS, type Kind } from '../../src/modules/rules/columns.js';

const KNOWN: Known = {
  codes: {
    departments: new Set(['CM1', 'JD']),
    items: new Set(['0104', 'REWORK']),
    projects: new Set(['P1']),
  },
  itemNatures: new Map([
    ['0104', 'explicit'],
    ['REWORK', 'implicit'],
  ]),
};

type Values = Readonly<Record<string, string>>;

/** What is wrong with rows 2, 3, … of a kind, as `row column code`. */
function problemsOf(kind: Kind, ...rows: readonly Values[]): string[] {
  const raw = rows.map((row, at) => ({
    rowNo: at + 2,
    values: Object.fromEntries(COLUMNS[kind].map(({ name }) => [name, row[name] ?? null])),
  }));
  return checkRows(kind, raw, KNOWN).problems.map(({ rowNo, column, code }) => `${rowNo} ${column} ${code}`);
}

const EXPLICIT = {
  ...{ id: 'R1', date: '2024-01-05', department: 'CM1', category: 'resource', item: '0104', nature: 'explicit' },
  amount: '100.00',
};
const IMPLICIT = { ...EXPLICIT, id: 'R2', item: 'REWORK', nature: 'implicit_booked' };
const without = (row: Values, ...names: readonly string[]): Values =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));

describe('a record', () => {
  it.each<[string, Values, readonly string[]]>([
    ['explicit, of an amount', EXPLICIT, []],
    ['explicit without an amount', without(EXPLICIT, 'amount'), ['2 amount amount_missing']],
    ['explicit of an implicit item', { ...EXPLICIT, item: 'REWORK' }, ['2 nature nature_mismatch']],
    ['implicit, of an amount', IMPLICIT, []],
    ['implicit, of a quantity', { ...without(IMPLICIT, 'amount'), quantity: '3' }, []],
    ['a loss outside the books', { ...IMPLICIT, nature: 'implicit_opportunity' }, []],
    ['implicit, of both (IMP-1)', { ...IMPLICIT, quantity: '3' }, ['2 amount quantity_and_amount']],
    ['implicit, of neither', without(IMPLICIT, 'amount'), ['2 quantity quantity_or_amount_missing']],
    ['implicit of an explicit item', { ...IMPLICIT, item: '0104' }, ['2 nature nature_mismatch']],
    [
      'outside the books, of an explicit item',
      { ...IMPLICIT, nature: 'implicit_opportunity', item: '0104' },
      ['2 nature nature_mismatch'],
    ],
    ['with tax and its rate', { ...EXPLICIT, tax_basis: 'incl', tax_rate: '0.13' }, []],
    ['with tax and no rate (CMB-1)', { ...EXPLICIT, tax_basis: '含税' }, ['2 tax_rate tax_rate_missing']],
    ['without tax and no rate', { ...EXPLICIT, tax_basis: 'excl' }, []],
    // What is wrong by itself is told for that alone: it is given, and has no value.
    ['of an amount that is none', { ...EXPLICIT, amount: 'x' }, ['2 amount invalid_number']],
    [
      'with tax at a rate that is none',
      { ...EXPLICIT, tax_basis: 'incl', tax_rate: '2' },
      ['2 tax_rate tax_rate_range'],
    ],
  ])('%s', (_, row, problems) => {
    expect(problemsOf('records', row)).toEqual(problems);
  });

  it.each([
    // 3 × 33.333333 = 99.999999, 0.000001 from 100.00
    ['3', '33.333333', '100.00', true],
    // 3 × 33.33 = 99.99, exactly a cent away on either side
    ['3', '33.33', '100.00', true],
    ['3', '33.33', '99.98', true],
    // 3 × 33.326667 = 99.980001, 0.019999 away
    ['3', '33.326667', '100.00', false],
    // 3 × 33.34 = 100.02, two cents more
    ['3', '33.34', '100.00', false],
    ['3', '33.34', '100.01', true],
    // Red letters: −3 × 33.33 = −99.99
    ['-3', '33.33', '-100.00', true],
    ['-3', '33.33', '100.00', false],
  ])('RND-4: %s × %s is %s to a cent: %s', (quantity, unit_price, amount, isRight) => {
    const row = { ...EXPLICIT, quantity, unit_price, amount };
    expect(problemsOf('records', row)).toEqual(isRight ? [] : ['2 amount product_mismatch']);
  });

  it('need not be a product while a factor is missing', () => {
    expect(problemsOf('records', { ...EXPLICIT, quantity: '3' })).toEqual([]);
    expect(problemsOf('records', { ...EXPLICIT, unit_price: '3' })).toEqual([]);
  });
});

describe('a row stated twice', () => {
  it('is told at the second, by the first column of its key', () => {
    expect(problemsOf('records', EXPLICIT, IMPLICIT, EXPLICIT, EXPLICIT)).toEqual([
      ...['4 id duplicate_key', '5 id duplicate_key'],
    ]);
  });

  it('is the same row whatever the way in which its key is written', () => {
    const rate = { item: 'REWORK', rate: '30', unit: '工时' };
    const from = (valid_from: string) => ({ ...rate, valid_from });
    expect(problemsOf('rates', from('2024-01-05'), from('2024/1/5'), from('2024-01-06'), rate, rate)).toEqual([
      ...['3 item duplicate_key', '6 item duplicate_key'],
    ]);
  });

  it('is told beside what is wrong with the key itself', () => {
    const wrong = { ...EXPLICIT, id: 'A\u200b' };
    expect(problemsOf('records', wrong, { ...EXPLICIT, id: 'B\u200b' })).toEqual([
      ...['2 id hidden_character', '3 id hidden_character'],
    ]);
    expect(problemsOf('records', wrong, wrong)).toEqual([
      ...['2 id hidden_character', '3 id hidden_character', '3 id duplicate_key'],
    ]);
  });
});

describe('days in order', () => {
  const period = (start: string, end: string) => ({ code: '2024-01', start, end });
  it.each([
    ['2024-01-01', '2024-01-31', []],
    ['2024-01-01', '2024-01-01', []],
    ['2024-01-02', '2024-01-01', ['2 end date_order']],
    // Text against text would put the 9th behind the 10th.
    ['2024-1-9', '2024-1-10', []],
  ])('a period from %s to %s', (start, end, problems) => {
    expect(problemsOf('periods', period(start, end))).toEqual(problems);
  });

  it('a project closes on the day it is approved or later, a rate is valid from a day to that day or later', () => {
    const project = { code: 'P2', name: '节电', category: 'resource', approved_on: '2024-02-01' };
    expect(problemsOf('projects', { ...project, closed_on: '2024-01-31' })).toEqual(['2 closed_on date_order']);
    expect(problemsOf('projects', project, { ...project, code: 'P3', closed_on: '2024-02-01' })).toEqual([]);
    const rate = { item: 'REWORK', rate: '30', valid_from: '2024-02-01' };
    expect(problemsOf('rates', { ...rate, valid_to: '2024-01-31' })).toEqual(['2 valid_to date_order']);
    expect(problemsOf('rates', { ...rate, item: '0104' })).toEqual(['2 item item_not_implicit']);
  });
});

describe('BAS-1: a baseline is one of four things', () => {
  const place = { code: 'B1', category: 'resource', item: '0104', nature: 'explicit', basis: 'budget' };
  const ofCm1 = { ...place, department: 'CM1' };
  const implicit = { ...ofCm1, item: 'REWORK', nature: 'implicit_booked' };
  const mixture = ['2 code baseline_mixture'];

  it.each<[string, Values, readonly string[]]>([
    ['a price, of the whole mine', { ...place, unit_price: '1' }, []],
    ['a price of nothing', ofCm1, mixture],
    ['an implicit price', { ...implicit, unit_price: '1' }, mixture],
    ['a norm at a price', { ...ofCm1, unit_price: '1', norm: '2', driver: 'coal' }, []],
    ['a norm without a price', { ...ofCm1, norm: '2', driver: 'coal' }, mixture],
    ['an implicit norm', { ...implicit, norm: '2', driver: 'coal' }, []],
    ['an implicit norm at a price', { ...implicit, unit_price: '1', norm: '2', driver: 'coal' }, mixture],
    ['a norm without a driver', { ...ofCm1, unit_price: '1', norm: '2' }, ['2 driver norm_without_driver']],
    ['a quantity at a price', { ...ofCm1, unit_price: '1', quantity: '2' }, []],
    ['a quantity with a driver', { ...ofCm1, unit_price: '1', quantity: '2', driver: 'coal' }, mixture],
    ['a quantity and an amount', { ...ofCm1, unit_price: '1', quantity: '2', amount: '2' }, mixture],
    ['an amount', { ...ofCm1, amount: '1' }, []],
    ['an amount at a price', { ...ofCm1, amount: '1', unit_price: '1' }, mixture],
    ['a flexible amount', { ...ofCm1, amount: '1', driver: 'coal', planned_volume: '100', fixed_amount: '0.5' }, []],
    ['a flexible amount without a plan', { ...ofCm1, amount: '1', driver: 'coal' }, mixture],
    ['a plan without a driver', { ...ofCm1, amount: '1', planned_volume: '100' }, mixture],
    ['a fixed part of a price', { ...ofCm1, unit_price: '1', fixed_amount: '1' }, mixture],
    [
      'a plan of nothing',
      { ...ofCm1, amount: '1', driver: 'coal', planned_volume: '0' },
      ['2 planned_volume planned_volume_not_positive'],
    ],
    [
      'a plan that is no number',
      { ...ofCm1, amount: '1', driver: 'coal', planned_volume: 'x' },
      ['2 planned_volume invalid_number'],
    ],
    ['an amount of the whole mine', { ...place, amount: '1' }, ['2 department department_missing']],
  ])('%s', (_, row, problems) => {
    expect(problemsOf('baselines', row)).toEqual(problems);
  });
});
