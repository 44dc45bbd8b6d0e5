import { describe, expect, it } from '@jest/globals';
import { exact } from '../../analytics/kernel/exact.js';
import {
  conflictingBaselines,
  cutPeriods,
  departmentCycles,
  overlappingPeriods,
  overlappingRates,
  type Placed,
  type ReferenceProblem,
} from '../../analytics/synergy/reference-rules.js';
import type { Baseline, BaselineKind, Rate } from '../../analytics/synergy/types.js';

/** Rows 2, 3, … of a file being read. */
const read = <Row>(...rows: Row[]): Placed<Row>[] => rows.map((row, at) => ({ row, rowNo: at + 2 }));
const stored = <Row>(...rows: Row[]): Placed<Row>[] => rows.map((row) => ({ row, rowNo: null }));

const brief = (problems: readonly ReferenceProblem[]) =>
  problems.map(({ rowNo, column, code, params }) => [rowNo, column, code, ...Object.values(params)].join(' '));

function baseline(code: string, kind: BaselineKind, places: Partial<Baseline> = {}): Baseline {
  return {
    code,
    kind,
    department: 'CM1',
    category: 'resource',
    item: '0104',
    nature: 'explicit',
    project: null,
    validFrom: null,
    validTo: null,
    unit: null,
    unitPrice: null,
    norm: null,
    driver: null,
    quantity: null,
    amount: null,
    plannedVolume: null,
    fixedAmount: null,
    ...places,
  };
}

describe('BAS-2: equally specific baselines valid on the same day', () => {
  const day = (validFrom: string | null, validTo: string | null) => ({ validFrom, validTo });

  it.each<[string, Partial<Baseline>, Partial<Baseline>, boolean]>([
    ['for ever', {}, {}, true],
    ['one day shared', day(null, '2023-03-31'), day('2023-03-31', null), true],
    ['one after the other', day(null, '2023-03-31'), day('2023-04-01', null), false],
    ['one within the other', day('2023-01-01', '2023-12-31'), day('2023-03-01', '2023-03-31'), true],
    ['the second before the first', day('2023-04-01', null), day(null, '2023-03-31'), false],
    ['both on the same project', { project: 'P1' }, { project: 'P1' }, true],
    ['both of no department', { department: null }, { department: null }, true],
    ['other departments', {}, { department: 'JD' }, false],
    ['department and none', {}, { department: null }, false],
    ['other projects', { project: 'P1' }, { project: 'P2' }, false],
    ['other items', {}, { item: '0105' }, false],
    ['other categories', {}, { category: 'market' }, false],
    ['other natures', {}, { nature: 'implicit_booked' }, false],
  ])('%s', (_, first, second, isRefused) => {
    const problems = conflictingBaselines(read(baseline('A', 'price', first), baseline('B', 'price', second)));
    expect(brief(problems)).toEqual(isRefused ? ['3 code baseline_overlap A'] : []);
  });

  it('of what the mine has and what it is given, the given is wrong; what it has is left alone', () => {
    const [old, given] = [stored(baseline('A', 'norm')), read(baseline('B', 'norm'))];
    expect(brief(conflictingBaselines([...given, ...old]))).toEqual(['2 code baseline_overlap A']);
    expect(brief(conflictingBaselines([...old, ...given]))).toEqual(['2 code baseline_overlap A']);
    expect(conflictingBaselines(stored(baseline('A', 'norm'), baseline('B', 'norm')))).toEqual([]);
  });

  it('of three, every pair is told', () => {
    const all = read(baseline('A', 'price'), baseline('B', 'price'), baseline('C', 'amount'));
    expect(brief(conflictingBaselines(all))).toEqual([
      '3 code baseline_overlap A',
      '4 code baseline_overlap A',
      '4 code baseline_overlap B',
    ]);
  });
});

describe('BAS-2: a project’s baseline beside a quantity of the department', () => {
  it.each<[BaselineKind, BaselineKind, Partial<Baseline>, boolean]>([
    ['price', 'norm', {}, true],
    ['price', 'quantity', {}, true],
    ['price', 'amount', {}, true],
    ['norm', 'amount', {}, true],
    // A department's price measures one record at a time: nothing is counted twice.
    ['norm', 'price', {}, false],
    ['price', 'price', {}, false],
    // Any department, where the project's names none.
    ['price', 'norm', { department: null }, true],
    ['price', 'norm', { department: 'JD' }, false],
    ['price', 'norm', { item: '0105' }, false],
    ['price', 'norm', { nature: 'implicit_booked' }, false],
    ['price', 'norm', { validFrom: '2024-01-01' }, false],
    ['price', 'norm', { validFrom: '2023-12-31' }, true],
  ])('%s of a project beside %s, %j', (ofProject, ofDepartment, places, isRefused) => {
    const project = baseline('P', ofProject, { project: 'P1', ...places });
    const department = baseline('D', ofDepartment, { validTo: '2023-12-31' });
    expect(brief(conflictingBaselines(read(department, project)))).toEqual(
      isRefused ? ['3 code baseline_beside_project D'] : [],
    );
    expect(brief(conflictingBaselines(read(project, department)))).toEqual(
      isRefused ? ['3 code baseline_beside_project P'] : [],
    );
  });
});

describe('BAS-3: what starts and ends on period boundaries', () => {
  const range = (validFrom: string | null, validTo: string | null) => ({ validFrom, validTo });
  // Cut on the 25th; nothing between 26 April and 25 May.
  const table = [
    { code: '2023-04', start: '2023-03-26', end: '2023-04-25' },
    { code: '2023-06', start: '2023-05-26', end: '2023-06-25' },
  ];

  it.each<[string | null, string | null, string[]]>([
    [null, null, []],
    ['2023-03-01', '2024-02-29', []],
    ['2023-03-02', null, ['2 valid_from not_on_period_boundary 2023-03-01']],
    [null, '2024-02-28', ['2 valid_to not_on_period_boundary 2024-02-29']],
    // The last day of a month starts nothing, the first day ends nothing.
    [
      '2023-03-31',
      '2023-04-01',
      ['2 valid_from not_on_period_boundary 2023-03-01', '2 valid_to not_on_period_boundary 2023-04-30'],
    ],
  ])('natural months: from %s to %s', (from, to, expected) => {
    expect(brief(cutPeriods(read(range(from, to)), null))).toEqual(expected);
  });

  it.each<[string | null, string | null, string[]]>([
    ['2023-03-26', '2023-06-25', []],
    ['2023-03-27', null, ['2 valid_from not_on_period_boundary 2023-03-26']],
    ['2023-04-25', null, ['2 valid_from not_on_period_boundary 2023-03-26']],
    [null, '2023-05-26', ['2 valid_to not_on_period_boundary 2023-06-25']],
    // Dates outside every period cut nothing.
    ['2023-03-25', '2023-06-26', []],
    ['2023-04-26', '2023-05-25', []],
  ])('a table of periods: from %s to %s', (from, to, expected) => {
    expect(brief(cutPeriods(read(range(from, to)), table))).toEqual(expected);
  });

  it('looks at what is being read only', () => {
    expect(cutPeriods(stored(range('2023-03-02', null)), null)).toEqual([]);
  });
});

it('BAS-2: baselines of two projects stand beside each other, whatever they are', () => {
  const [one, other] = [baseline('A', 'norm', { project: 'P1' }), baseline('B', 'amount', { project: 'P2' })];
  expect(conflictingBaselines(read(one, other))).toEqual([]);
  expect(conflictingBaselines(read(other, one))).toEqual([]);
});

it('IMP-1: the rates of an item never overlap', () => {
  const rate = (item: string, validFrom: string | null, validTo: string | null): Rate => ({
    ...{ item, unit: null, rate: exact('380'), validFrom, validTo },
  });
  const [old, young] = [rate('IDLE', null, '2023-03-31'), rate('IDLE', '2023-03-31', null)];
  expect(brief(overlappingRates(read(old, young)))).toEqual(['3 valid_from rate_overlap IDLE ']);
  expect(brief(overlappingRates(read(young, old)))).toEqual(['3 valid_from rate_overlap IDLE 2023-03-31']);
  expect(brief(overlappingRates([...read(old), ...stored(young)]))).toEqual([
    '2 valid_from rate_overlap IDLE 2023-03-31',
  ]);
  expect(overlappingRates(stored(old, young))).toEqual([]);
  expect(overlappingRates(read(old, rate('IDLE', '2023-04-01', null), rate('REWORK', null, null)))).toEqual([]);
});

describe('GRN-1: periods never overlap', () => {
  const period = (code: string, start: string, end: string) => ({ code, start, end });
  const march = period('2023-03', '2023-02-26', '2023-03-25');

  it.each([
    [period('2023-04', '2023-03-26', '2023-04-25'), []],
    [period('2023-04', '2023-03-25', '2023-04-25'), ['3 start period_overlap 2023-03']],
    [period('2023-02', '2023-01-26', '2023-02-26'), ['3 start period_overlap 2023-03']],
    [period('2023-13', '2023-03-01', '2023-03-01'), ['3 start period_overlap 2023-03']],
    [period('2023-00', '2023-01-01', '2023-12-31'), ['3 start period_overlap 2023-03']],
    [period('2023-33', march.start, march.end), ['3 start period_overlap 2023-03']],
  ])('%j after March', (other, expected) => {
    expect(brief(overlappingPeriods(read(march, other)))).toEqual(expected);
  });

  it('told of what is being read, wherever it stands', () => {
    const wide = period('2023-50', '2023-01-01', '2023-12-31');
    expect(brief(overlappingPeriods([...stored(march), ...read(wide)]))).toEqual(['2 start period_overlap 2023-03']);
    expect(brief(overlappingPeriods([...read(march), ...stored(wide)]))).toEqual(['2 start period_overlap 2023-50']);
    expect(overlappingPeriods(stored(march, wide))).toEqual([]);
    expect(overlappingPeriods([])).toEqual([]);
  });
});

it('departments form a tree: none stands above itself', () => {
  const department = (code: string, parent: string | null) => ({ code, parent });
  const tree = read(
    department('MINE', null),
    department('CM1', 'MINE'),
    department('T1', 'CM1'),
    department('X', 'gone'),
  );
  expect(departmentCycles(tree)).toEqual([]);
  expect(brief(departmentCycles(read(department('A', 'A'))))).toEqual(['2 parent department_cycle']);
  // B and C stand above each other; D below them stands above nobody of its own line.
  const loop = read(department('B', 'C'), department('C', 'B'), department('D', 'B'));
  expect(brief(departmentCycles(loop))).toEqual(['2 parent department_cycle', '3 parent department_cycle']);
  const half = [...stored(department('B', 'C')), ...read(department('C', 'B'))];
  expect(brief(departmentCycles(half))).toEqual(['2 parent department_cycle']);
});
