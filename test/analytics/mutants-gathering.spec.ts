import { describe, expect, it } from '@jest/globals';
import { computeWith, firstDifference, type Mutant } from '../support/mutate.js';

type Defect = [clause: string, defect: string, from: string, to: string];

const of = (file: string, ...defects: Defect[]): Mutant[] =>
  defects.map(([clause, defect, from, to]) => ({ clause, defect, file, from, to }));

const RECORDS = of(
  'analytics/synergy/compute.ts',
  ['COR-1', 'corrections ignored', 'if (record.correctsPeriod === null) return record.date;', 'return record.date;'],
  ['COR-1', 'corrections valued on the first day', 'return period.end;', 'return period.start;'],
  [
    'COR-1',
    'a correction shown in the month of its date',
    'period: period.code, baseline });',
    'period: inputs.calendar.ofDate(record.date)!.code, baseline });',
  ],
  [
    'COR-1',
    'baselines of the date, not of the corrected period',
    'index.match(record, day)',
    'index.match(record, record.date)',
  ],
  [
    'COR-1',
    'project approval on the date, not in the corrected period',
    'isApproved(projects.get(record.project), day)',
    'isApproved(projects.get(record.project), record.date)',
  ],
  [
    'ADJ-1',
    'rebates (quantity 0) dropped',
    'const day = valuedOn(record, inputs.calendar);',
    'if (record.quantity === ZERO) continue; const day = valuedOn(record, inputs.calendar);',
  ],
  ['ADJ-1', 'a quantity of 0 taken for none', 'return record.quantity === null', 'return !record.quantity'],
  ['GRN-2', 'the project of a record lost', "const project = record.project ?? '';", "const project = '';"],
  ['TUR-1', 'turnover without approval', 'turnover: isProjectApproved ? internal : ZERO', 'turnover: internal'],
  ['TUR-1', 'every record internal', "record.nature === 'explicit' && record.isInternal ?", 'record ?'],
  [
    'BAS-4',
    'the volume of another department taken',
    "baseline?.driver ?? ''].join('\\u0000')) ?? null;",
    "baseline?.driver ?? ''].join('\\u0000')) ?? inputs.volumes.find((v) => v.period === period && v.driver === baseline?.driver)?.actual ?? null;",
  ],
  [
    'BAS-4',
    'the volume of any period taken',
    'inputs.volumes.map((v) => [[v.department, v.period, v.driver]',
    'inputs.volumes.flatMap((v) => inputs.volumes.map((w) => ({ ...v, period: w.period }))).map((v) => [[v.department, v.period, v.driver]',
  ],
  ['IMP-1', 'the rate of another period', 'rate.item === item && isValidOn(rate, period.end)', 'rate.item === item'],
);

const AROUND = of(
  'analytics/synergy/compute.ts',
  ['COV-3', 'nothing is ever not reported', '  addUnreported(inputs, groups);\n', ''],
  [
    'COV-3',
    'reports expected outside the validity of a baseline',
    'if (!expectsReport(baseline) || !isValidOn(baseline, period.start) || !isValidOn(baseline, period.end)) continue;',
    'if (!expectsReport(baseline)) continue;',
  ],
  [
    'COV-3',
    'periods with nothing but adjustments not looked at',
    '    ...inputs.adjustments.map((adjustment) => adjustment.period),\n',
    '',
  ],
  [
    'COV-3',
    'periods with nothing but volumes not looked at',
    '    ...inputs.volumes.map((volume) => volume.period),\n',
    '',
  ],
  [
    'COV-3',
    'periods with nothing but records not looked at',
    '    ...[...groups.values()].map((group) => group.period),\n',
    '',
  ],
  ['GAI-1', 'inputs raise possible_double_count', "a.kind === 'gain' && counts(a)", 'counts(a)'],
  ['GAI-1', 'claimed and planned gains raise it', "a.kind === 'gain' && counts(a)", "a.kind === 'gain'"],
  ['GAI-1', 'shared vouchers overlooked', '(a.voucher !== null && vouchers.has(a.voucher))', 'false'],
  [
    'GAI-1',
    'saving projects overlooked',
    "(a.project !== null && savingProjects.has([a.period, a.project].join('\\u0000')))",
    'false',
  ],
  [
    'GAI-1',
    'a project that saves in any period',
    "savingProjects.has([a.period, a.project].join('\\u0000'))",
    '[...savingProjects].some((key) => key.endsWith(`\\u0000${a.project}`))',
  ],
  ['GAI-1', 'any voucher alike', 'vouchers.has(a.voucher)', 'vouchers'],
  ['GRN-2', 'issues twice', 'return [...unique.values()].sort(', 'return [...issues].sort('],
  [
    'GRN-2',
    'the period of an adjustment lost',
    '    period,\n    category,\n    item:',
    "    period: '',\n    category,\n    item:",
  ],
);

const MATCHING = of(
  'analytics/synergy/match.ts',
  ['PRJ-1', 'not yet approved on the day of approval', 'project.approvedOn > date', 'project.approvedOn >= date'],
  ['PRJ-1', 'no longer approved on the day of closing', 'date <= project.closedOn', 'date < project.closedOn'],
  ['PRJ-1', 'approved for ever', 'return project.closedOn === null || date <= project.closedOn;', 'return true;'],
  ['PRJ-1', 'without closed_on never approved', 'project.closedOn === null ||', 'project.closedOn !== null &&'],
  [
    'PRJ-1',
    'baselines of projects that are not approved',
    'record.project !== null && isApproved(this.projects.get(record.project), valuedOn)',
    'record.project !== null',
  ],
  ['BAS-2', 'the department before the project', '[record.project, null] : [null]', '[null, record.project] : [null]'],
  [
    'BAS-2',
    'baselines of the mine before those of the department',
    '[record.department, null]',
    '[null, record.department]',
  ],
  ['BAS-2', 'baselines without a department overlooked', '[record.department, null]', '[record.department]'],
  ['BAS-2', 'validity ends a day early', 'date <= range.validTo', 'date < range.validTo'],
  ['BAS-2', 'validity begins a day late', 'range.validFrom <= date', 'range.validFrom < date'],
  ['BAS-2', 'the first baseline, valid or not', 'isValidOn(baseline, valuedOn)', 'baseline'],
);

const REST = [
  ...of(
    'analytics/synergy/cells.ts',
    [
      'GAI-1',
      'planned gains counted',
      "adjustment.recognition === 'realised'",
      "adjustment.recognition !== 'annualised'",
    ],
    [
      'GAI-1',
      'annualised gains counted',
      "adjustment.recognition === 'realised'",
      "adjustment.recognition !== 'planned'",
    ],
    ['GAI-1', 'claimed gains counted', " && adjustment.status === 'confirmed'", ''],
    ['TUR-2', 'inputs taken for gains', "adjustment.kind === 'gain' ? {", 'adjustment ? {'],
    ['GRN-2', 'baseline lines outside their project', "put(group.baseline!.project ?? '',", "put('',"],
    [
      'COV-3',
      'nothing at all of a baseline without records',
      'if (parts.length === 0 && !(group',
      'if (parts.length === 0 || !(group',
    ],
  ),
  ...of(
    'analytics/kernel/calendar.ts',
    [
      'GRN-1',
      'the period table overlooked',
      'if (this.table === null) return naturalMonth(date);',
      'return naturalMonth(date);',
    ],
    [
      'GRN-1',
      'a wrong month',
      'if (this.table === null) return naturalMonth(date);',
      "if (this.table === null) return naturalMonth(date.endsWith('-31') ? `${date.slice(0, 4)}-12` : date);",
    ],
  ),
  ...of(
    'src/modules/offline/typed-inputs.ts',
    ['CMB-1', 'tax left in', "values.tax_basis !== 'incl'", 'values'],
    ['CMB-1', 'tax taken out of everything', "values.tax_basis !== 'incl'", '!values.tax_rate'],
    ['CMB-1', 'tax taken out by × (1 − rate)', "exact('1') + exact(values.tax_rate!)", "exact('1')"],
    ['CMB-1', 'net prices rounded to the fen', "net(read, 'unit_price', 6)", "net(read, 'unit_price', 2)"],
    [
      'CMB-1',
      'net amounts not rounded to the fen',
      "isInternal: read.internal === 'yes',",
      "isInternal: read.internal === 'yes', amount: net(read, 'amount', 6),",
    ],
    ['TUR-1', 'blank internal taken for yes', "read.internal === 'yes'", "read.internal !== 'no'"],
    ['BAS-4', 'the planned volume for the actual', 'number(read.actual)', 'number(read.planned)'],
    ['BAS-4', 'a volume of 0 taken for missing', 'actual: number(read.actual)', 'actual: number(read.actual) || null'],
  ),
];

describe('deliberate defects in gathering, matching and reading are noticed', () => {
  it('control: an exact copy agrees with the oracle', async () => {
    expect(firstDifference(await computeWith(null))).toBeNull();
  });

  it.each([...RECORDS, ...AROUND, ...MATCHING, ...REST])('$clause: $defect', async (mutant) => {
    expect(firstDifference(await computeWith(mutant))).not.toBeNull();
  });
});
