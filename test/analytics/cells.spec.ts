import { describe, expect, it } from '@jest/globals';
import { ZERO, exact, plain } from '../../analytics/kernel/exact.js';
import { adjustmentMeasures, cellsOfGroup, counts, type Group, type GroupPart } from '../../analytics/synergy/cells.js';
import { NO_SUMS } from '../../analytics/synergy/group.js';
import type { Measures } from '../../analytics/synergy/measures.js';
import { DEFAULT_METHOD, type Adjustment, type Baseline } from '../../analytics/synergy/types.js';

/** Quantity baseline: P0 = 10, Q0 = 100, so that T = 1,000. */
const QUANTITY: Baseline = {
  code: 'B',
  kind: 'quantity',
  department: 'CM1',
  category: 'resource',
  item: '0104',
  nature: 'explicit',
  project: null,
  validFrom: null,
  validTo: null,
  unit: null,
  unitPrice: exact('10'),
  norm: null,
  driver: null,
  quantity: exact('100'),
  amount: null,
  plannedVolume: null,
  fixedAmount: null,
};
const PRICE: Baseline = { ...QUANTITY, kind: 'price', quantity: null };

/** One record: its project, the period that reported it, quantity ('' where it has none) and amount. */
const part = (project: string, reportedIn: string, quantity: string, amount: string): GroupPart => ({
  project,
  reportedIn,
  sums:
    quantity === ''
      ? { ...NO_SUMS, unquantified: 1, amountOfUnquantified: exact(amount) }
      : { ...NO_SUMS, quantified: 1, quantity: exact(quantity), amountOfQuantified: exact(amount) },
});

const group = (baseline: Baseline | null, ...parts: GroupPart[]): Group => ({
  nature: 'explicit',
  baseline,
  period: '2023-01',
  parts,
  around: { volume: null, rate: null },
});

const nonZero = (measures: Measures) =>
  Object.fromEntries(
    Object.entries(measures)
      .filter(([, value]) => value !== ZERO)
      .map(([name, value]) => [name, plain(value)]),
  );

const SHOWN = ['explicit_actual', 'price_reduction', 'usage_saving', 'amount_saving', 'unreported_baseline'] as const;

/** `period project` of each cell and, in the order of `SHOWN`, what it shows. */
function cellsOf(of: Group, startOf = (code: string) => code): Record<string, string[]> {
  const { cells } = cellsOfGroup(of, DEFAULT_METHOD, startOf);
  return Object.fromEntries(
    cells.map(({ reportedIn, project, measures }) => [
      `${reportedIn} ${project}`,
      SHOWN.map((name) => plain(measures[name])),
    ]),
  );
}

describe('GRN-2: the cells of a group', () => {
  it('each record on its own project, the baseline line on the project of the baseline', () => {
    const of = group(QUANTITY, part('P1', '2023-01', '30', '290'), part('P2', '2023-01', '60', '610'));
    expect(cellsOf(of)).toEqual({
      // 10·30 − 290 = 10; −10·30
      '2023-01 P1': ['290', '10', '-300', '0', '0'],
      // 10·60 − 610 = −10
      '2023-01 P2': ['610', '-10', '-600', '0', '0'],
      // 10·100 on no project
      '2023-01 ': ['0', '0', '1000', '0', '0'],
    });
  });

  it('of the same project: one cell, and everything that follows from its sums', () => {
    const of = group({ ...QUANTITY, project: 'P1' }, part('P1', '2023-01', '90', '880'));
    const { cells, issue } = cellsOfGroup(of, DEFAULT_METHOD, (code) => code);
    // price 900 − 880 = 20; usage 1,000 − 900 = 100; 120 = 1,000 − 880 (SAV-1)
    const saved = { explicit_saving: '120', booked_value: '120', synergy_value: '120' };
    expect(cells.map(({ project, measures }) => [project, nonZero(measures)])).toEqual([
      [
        'P1',
        {
          ...{ explicit_actual: '880', baseline: '1000', price_base: '900', covered_actual: '880' },
          ...{ price_reduction: '20', usage_saving: '100', ...saved },
        },
      ],
    ]);
    expect(issue).toBeNull();
  });

  it('a cell of zeros is a cell', () => {
    expect(cellsOf(group(null, part('', '2023-01', '0', '0')))).toEqual({ '2023-01 ': ['0', '0', '0', '0', '0'] });
  });
});

describe('COR-1: “as reported”, each period shows what its reports changed', () => {
  it('what stood as unreported is taken back', () => {
    expect(cellsOf(group(QUANTITY, part('', '2023-02', '80', '900')))).toEqual({
      '2023-01 ': ['0', '0', '0', '0', '1000'],
      // 800 − 900 = −100; 1,000 − 800 = 200
      '2023-02 ': ['900', '-100', '200', '0', '-1000'],
    });
  });

  it('not so for a price or a project’s baseline: nothing stood there', () => {
    const late = part('P1', '2023-02', '80', '900');
    expect(Object.keys(cellsOf(group({ ...QUANTITY, project: 'P1' }, late)))).toEqual(['2023-02 P1']);
    expect(Object.keys(cellsOf(group(PRICE, late)))).toEqual(['2023-02 P1']);
    expect(Object.keys(cellsOf(group(null, late)))).toEqual(['2023-02 P1']);
  });

  it('a late record without a quantity turns the others to amounts, on their own projects too', () => {
    const of = group(QUANTITY, part('P1', '2023-01', '80', '900'), part('P2', '2023-02', '', '50'));
    expect(cellsOf(of)).toEqual({
      '2023-01 P1': ['900', '-100', '-800', '0', '0'],
      '2023-01 ': ['0', '0', '1000', '0', '0'],
      '2023-02 P2': ['50', '0', '0', '-50', '0'],
      // by amount P1 shows −900 where it showed −100 − 800, and the target moves from usage to amount
      '2023-02 P1': ['0', '100', '800', '-900', '0'],
      '2023-02 ': ['0', '0', '-1000', '1000', '0'],
    });
  });

  it('a correction that changes nothing is shown where it was reported', () => {
    const of = group(PRICE, part('P1', '2023-01', '8', '80'), part('P1', '2023-02', '0', '0'));
    expect(cellsOf(of)).toEqual({
      '2023-01 P1': ['80', '0', '0', '0', '0'],
      '2023-02 P1': ['0', '0', '0', '0', '0'],
    });
  });

  it('what a period does not change is not shown again', () => {
    const of = group(PRICE, part('P1', '2023-01', '8', '80'), part('P2', '2023-02', '1', '9'));
    expect(Object.keys(cellsOf(of))).toEqual(['2023-01 P1', '2023-02 P2']);
  });

  it('periods go by their start, not by their code', () => {
    // The adjustment period 2022-13 begins after 2023-01 does.
    const starts: Record<string, string> = {
      '2023-01': '2022-12-26',
      '2022-13': '2023-01-26',
      '2023-02': '2023-01-27',
    };
    const of = group(
      PRICE,
      part('', '2023-02', '1', '7'),
      part('', '2022-13', '1', '8'),
      part('', '2023-01', '1', '9'),
    );
    expect(Object.entries(cellsOf(of, (code) => starts[code]!)).map(([key, [, price]]) => [key, price])).toEqual([
      ['2023-01 ', '1'],
      ['2022-13 ', '2'],
      ['2023-02 ', '3'],
    ]);
  });

  it('a report for a period to come is known from the day it came', () => {
    expect(cellsOf(group(QUANTITY, part('', '2022-12', '80', '900')))).toEqual({
      '2022-12 ': ['900', '-100', '200', '0', '0'],
    });
  });

  it('the issue is that of everything known', () => {
    const issueOf = (...parts: GroupPart[]) => cellsOfGroup(group(PRICE, ...parts), DEFAULT_METHOD, (c) => c).issue;
    expect(issueOf(part('', '2023-01', '1', '9'), part('', '2023-02', '', '9'))).toBe('missing_quantity');
    expect(cellsOfGroup(group(QUANTITY), DEFAULT_METHOD, (c) => c).issue).toBe('not_reported');
  });
});

describe('GAI-1, TUR-2: adjustments count when realised and confirmed', () => {
  const states = ['realised', 'annualised', 'planned'].flatMap((recognition) =>
    ['confirmed', 'claimed'].map((status) => ({ recognition, status }) as Pick<Adjustment, 'recognition' | 'status'>),
  );

  it('in one of six states', () => {
    expect(states.filter(counts)).toEqual([{ recognition: 'realised', status: 'confirmed' }]);
  });

  it.each(states)('%j', (state) => {
    const measures = (kind: Adjustment['kind']) =>
      nonZero(adjustmentMeasures({ kind, amount: exact('36000'), ...state }, DEFAULT_METHOD));
    const value = (amount: string) => ({ booked_value: amount, synergy_value: amount });
    expect(measures('gain')).toEqual(counts(state) ? { gains: '36000', ...value('36000') } : {});
    expect(measures('input')).toEqual(counts(state) ? { inputs: '36000', ...value('-36000') } : {});
  });
});
