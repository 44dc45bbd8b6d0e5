import { describe, expect, it } from '@jest/globals';
import { Calendar } from '../../analytics/kernel/calendar.js';
import { ZERO, exact, plain } from '../../analytics/kernel/exact.js';
import { computeSynergy, sortedIssues, sumsOfRecord, valuedOn, type Inputs } from '../../analytics/synergy/compute.js';
import { NO_SUMS } from '../../analytics/synergy/group.js';
import type { Measure } from '../../analytics/synergy/measures.js';
import { rollUp, type Dimension } from '../../analytics/synergy/roll-up.js';
import {
  DEFAULT_METHOD,
  type Adjustment,
  type Baseline,
  type CellIssue,
  type CostRecord,
} from '../../analytics/synergy/types.js';

/** A record of CM1 on 15 March 2023, of quantity 1 where nothing else is said. */
const record = (amount: string, places: Partial<CostRecord> = {}): CostRecord => ({
  id: 'R',
  date: '2023-03-15',
  department: 'CM1',
  category: 'resource',
  item: '0104',
  nature: 'explicit',
  quantity: exact('1'),
  unit: null,
  amount: exact(amount),
  project: null,
  isInternal: false,
  voucher: null,
  correctsPeriod: null,
  ...places,
});

const price = (code: string, unitPrice: string, places: Partial<Baseline> = {}): Baseline => ({
  code,
  kind: 'price',
  department: null,
  category: 'resource',
  item: '0104',
  nature: 'explicit',
  project: null,
  validFrom: null,
  validTo: null,
  unit: null,
  unitPrice: exact(unitPrice),
  norm: null,
  driver: null,
  quantity: null,
  amount: null,
  plannedVolume: null,
  fixedAmount: null,
  ...places,
});

const gain = (amount: string, places: Partial<Adjustment> = {}): Adjustment => ({
  id: 'A',
  period: '2023-03',
  department: 'ZY',
  category: 'business',
  project: null,
  kind: 'gain',
  amount: exact(amount),
  recognition: 'realised',
  status: 'confirmed',
  voucher: null,
  ...places,
});

const computed = (inputs: Partial<Inputs>) =>
  computeSynergy({
    calendar: new Calendar(null),
    ...{ projects: [], records: [], baselines: [], volumes: [], rates: [], adjustments: [], method: DEFAULT_METHOD },
    ...inputs,
  });

/** What each cell shows of one measure, exactly, by some of its dimensions. */
const cellsBy = (inputs: Partial<Inputs>, by: readonly (Dimension | 'baseline')[], measure: Measure) =>
  Object.fromEntries(
    computed(inputs).cells.map((cell) => [by.map((name) => cell[name]).join(' '), plain(cell.measures[measure])]),
  );

describe('GRN-1: the period of a record', () => {
  const dates = ['2023-02-28', '2023-03-01', '2023-03-31', '2023-04-01'];
  const records = dates.map((date, at) => record(String(10 ** at), { date }));

  it('is its calendar month without a table', () => {
    expect(cellsBy({ records }, ['period'], 'explicit_actual')).toEqual({
      ...{ '2023-02': '1', '2023-03': '110', '2023-04': '1000' },
    });
  });

  it('is that of the table where there is one', () => {
    const calendar = new Calendar([
      { code: '2023-03', start: '2023-02-26', end: '2023-03-25' },
      { code: '2023-04', start: '2023-03-26', end: '2023-04-25' },
    ]);
    expect(cellsBy({ calendar, records }, ['period'], 'explicit_actual')).toEqual({
      '2023-03': '11',
      '2023-04': '1100',
    });
    expect(() => computed({ calendar, records: [record('1', { date: '2023-04-26' })] })).toThrow('checked at intake');
  });
});

describe('COR-1: a correction is valued as on the last day of the period it corrects', () => {
  const corrects = { date: '2023-03-15', correctsPeriod: '2023-02' };

  it('knows that day', () => {
    const months = new Calendar(null);
    expect(valuedOn(corrects, months)).toBe('2023-02-28');
    expect(valuedOn({ ...corrects, correctsPeriod: null }, months)).toBe('2023-03-15');
    const table = new Calendar([{ code: '2023-02', start: '2023-01-26', end: '2023-02-25' }]);
    expect(valuedOn(corrects, table)).toBe('2023-02-25');
  });

  it('with the price, volume, rate and project approval of that period', () => {
    const baselines = [
      price('old', '100', { validTo: '2023-02-28' }),
      price('new', '90', { validFrom: '2023-03-01' }),
      price('norm', '10', { kind: 'norm', department: 'CM1', item: '02', norm: exact('2'), driver: 't' }),
    ];
    const volume = (period: string, actual: string) => ({
      period,
      department: 'CM1',
      driver: 't',
      actual: exact(actual),
    });
    const rate = (value: string, validFrom: string | null, validTo: string | null) => ({
      ...{ item: 'REWORK', unit: null, rate: exact(value), validFrom, validTo },
    });
    const inputs: Partial<Inputs> = {
      projects: [{ code: 'P1', approvedOn: '2023-01-01', closedOn: '2023-02-28' }],
      baselines,
      volumes: [volume('2023-02', '4'), volume('2023-03', '7')],
      rates: [rate('50', null, '2023-02-28'), rate('60', '2023-03-01', null)],
      records: [
        record('80', { ...corrects, project: 'P1', isInternal: true }),
        record('70', { project: 'P1', isInternal: true }),
        record('30', { ...corrects, item: '02' }),
        record('0', { ...corrects, item: 'REWORK', nature: 'implicit_booked', amount: null, quantity: exact('2') }),
      ],
    };
    const by = ['period', 'item', 'baseline'] as const;
    // 100·1 − 80 in February, 90·1 − 70 in March; the norm, 10·1 − 30
    expect(cellsBy({ ...inputs }, by, 'price_reduction')).toMatchObject({
      ...{ '2023-02 0104 old': '20', '2023-03 0104 new': '20', '2023-02 02 norm': '-20' },
    });
    // 10·2·4 − 10·1 in February; March has a volume and no report: 10·2·7 stand apart
    expect(cellsBy(inputs, by, 'usage_saving')).toMatchObject({ '2023-02 02 norm': '70' });
    expect(cellsBy(inputs, by, 'unreported_baseline')).toMatchObject({
      '2023-02 02 norm': '0',
      '2023-03 02 norm': '140',
    });
    expect(cellsBy(inputs, by, 'implicit_booked_actual')).toMatchObject({ '2023-02 REWORK ': '100' });
    expect(cellsBy(inputs, by, 'turnover')).toMatchObject({ '2023-02 0104 old': '80', '2023-03 0104 new': '0' });
  });

  it('an invariant guards against a period that intake should have refused', () => {
    expect(() => valuedOn({ ...corrects, correctsPeriod: '2023-13' }, new Calendar(null))).toThrow('checked at intake');
  });
});

describe('GRN-2: cells', () => {
  it('are told apart by every dimension, none being a value', () => {
    const records = [
      record('1'),
      record('2', { department: 'JD' }),
      record('4', { date: '2023-04-01' }),
      record('8', { category: 'market' }),
      record('16', { item: '0105' }),
      record('32', { project: 'P1' }),
      record('64', { date: '2023-03-31' }),
    ];
    const dimensions = ['department', 'period', 'category', 'item', 'project', 'baseline'] as const;
    expect(
      cellsBy({ records, baselines: [price('new', '1', { validFrom: '2023-03-31' })] }, dimensions, 'explicit_actual'),
    ).toEqual({
      'CM1 2023-03 resource 0104  ': '1',
      'JD 2023-03 resource 0104  ': '2',
      'CM1 2023-04 resource 0104  new': '4',
      'CM1 2023-03 market 0104  ': '8',
      'CM1 2023-03 resource 0105  ': '16',
      'CM1 2023-03 resource 0104 P1 ': '32',
      'CM1 2023-03 resource 0104  new': '64',
    });
  });

  it('an adjustment that does not count is a line all the same, with empty item and nature', () => {
    const adjustments = [gain('5', { recognition: 'planned', project: 'P1' })];
    const place = { department: 'ZY', period: '2023-03', category: 'business', item: '', nature: '', project: 'P1' };
    expect(
      rollUp(computed({ adjustments }).cells, ['department', 'period', 'category', 'item', 'nature', 'project']).rows,
    ).toEqual([{ ...place, measures: expect.objectContaining({ gains: '0.00' }) }]);
  });

  it('no lines, no rows, and a total of zeros', () => {
    const { rows, total } = rollUp(computed({}).cells, []);
    expect(rows).toEqual([]);
    expect(new Set(Object.values(total))).toEqual(new Set(['0.00']));
  });
});

it('RND-3: rows and total are each rounded from their own exact sums', () => {
  // 1.005 − 1 = 0.005 in each department: 0.01 and 0.01 shown, together 0.010
  const records = [record('1'), record('1', { department: 'JD' })];
  const { rows, total } = rollUp(computed({ records, baselines: [price('B', '1.005')] }).cells, ['department']);
  expect(rows.map(({ department, measures }) => [department, measures.price_reduction])).toEqual([
    ['CM1', '0.01'],
    ['JD', '0.01'],
  ]);
  expect(total.price_reduction).toBe('0.01');
});

describe('GAI-1: possible double counts', () => {
  const projects = [{ code: 'P1', approvedOn: '2023-01-01', closedOn: null }];
  const baselines = [price('B', '10', { project: 'P1' })];
  const saving = (amount: string, places: Partial<CostRecord> = {}) => record(amount, { project: 'P1', ...places });
  const raised = (records: CostRecord[], ...adjustments: Adjustment[]) =>
    computed({ projects, baselines, records, adjustments }).issues.map(
      ({ department, period }) => `${department} ${period}`,
    );
  const ofProject = gain('5', { project: 'P1' });

  it.each<[string, CostRecord[], Adjustment, boolean]>([
    ['the project saves, in another department', [saving('9')], ofProject, true],
    ['the project overspends', [saving('11')], ofProject, true],
    ['the project saves nothing', [saving('10')], ofProject, false],
    [
      'it saves in one department what another overspends',
      [saving('9'), saving('11', { department: 'JD' })],
      ofProject,
      true,
    ],
    ['it saves on one record what it overspends on another', [saving('9'), saving('11')], ofProject, false],
    ['it saves less than a fen', [saving('9', { quantity: exact('0.9000004') })], ofProject, true],
    ['it saves in another period', [saving('9', { date: '2023-04-01' })], ofProject, false],
    [
      'it saves by a correction of the period',
      [saving('9', { date: '2023-04-01', correctsPeriod: '2023-03' })],
      ofProject,
      true,
    ],
    ['another project saves', [saving('9')], gain('5', { project: 'P2' }), false],
    ['no project', [saving('9')], gain('5'), false],
    [
      'a voucher in common, in any period',
      [record('9', { voucher: '记-1', date: '2022-01-01' })],
      gain('5', { voucher: '记-1' }),
      true,
    ],
    ['another voucher', [record('9', { voucher: '记-2' })], gain('5', { voucher: '记-1' }), false],
    ['no voucher on either', [record('9')], gain('5'), false],
    ['only claimed', [saving('9')], { ...ofProject, status: 'claimed' }, false],
    ['only planned', [saving('9')], { ...ofProject, recognition: 'planned' }, false],
    ['an input', [saving('9')], { ...ofProject, kind: 'input' }, false],
  ])('%s', (_, records, adjustment, isRaised) => {
    expect(raised(records, adjustment)).toEqual(isRaised ? ['ZY 2023-03'] : []);
  });

  it('once for two gains in one place', () => {
    expect(raised([saving('9')], ofProject, { ...ofProject, id: 'A2' })).toEqual(['ZY 2023-03']);
  });
});

it('issues are sorted by dimensions, then code, then baseline, each once', () => {
  const issue = (department: string, item: string, code: CellIssue['code'], baseline: string): CellIssue => ({
    ...{ code, department, period: '2023-03', category: 'resource', item, nature: 'explicit', baseline },
  });
  const inOrder = [
    issue('CM1', '01', 'missing_volume', 'B2'),
    issue('CM1', '0104', 'missing_quantity', 'B9'),
    issue('CM1', '0104', 'not_reported', 'B1'),
    issue('CM1', '0104', 'not_reported', 'B2'),
    issue('JD', '01', 'missing_quantity', 'B1'),
  ];
  expect(sortedIssues([...inOrder].reverse().concat(inOrder))).toEqual(inOrder);
});

it('TUR-1: what one record adds to internal settlement and turnover', () => {
  const internal = record('186000', { isInternal: true });
  const sums = { ...NO_SUMS, quantified: 1, quantity: exact('1'), amountOfQuantified: exact('186000') };
  const of = (each: CostRecord, isApproved: boolean) => sumsOfRecord(each, isApproved);
  expect(of(internal, true)).toEqual({ ...sums, internal: exact('186000'), turnover: exact('186000') });
  expect(of(internal, false)).toEqual({ ...sums, internal: exact('186000'), turnover: ZERO });
  expect(of(record('186000'), true)).toEqual(sums);
  expect(of(record('70', { quantity: null, nature: 'implicit_booked', isInternal: true }), true)).toEqual({
    ...{ ...NO_SUMS, unquantified: 1, amountOfUnquantified: exact('70') },
  });
});
