import { describe, expect, it } from '@jest/globals';
import type { Chart } from '../../../analytics/report/model.js';
import { departments } from '../../../analytics/report/sections/departments.js';
import { anInput, month, planned, type Given, type PlacedMonth, type PlacedPlan } from './an-input.js';
import { reportOf } from './one-section.js';
import { sentencesOf } from './read-out.js';
import { rowsOf } from './read-tables.js';

const NAMES = new Map([
  ['MINE', { name: '柴里煤矿', parent: null }],
  ['CM1', { name: '采煤一区', parent: 'MINE' }],
  ['CM2', { name: '采煤二区', parent: 'MINE' }],
  ['JD', { name: '机电区', parent: 'MINE' }],
  ['GY', { name: '供应部', parent: 'MINE' }],
]);
const ranked = (given: Given) => reportOf(departments, anInput('2023-12', { departments: NAMES, ...given }));
const report = (months: readonly PlacedMonth[], plan: readonly PlacedPlan[] = []) => ranked({ months, plan });
type Ranked = ReturnType<typeof ranked>;

const chartOf = (of: Ranked, id: string) =>
  of.sections[0]!.blocks.find((block): block is Chart => block.kind === 'chart' && block.id === id);
const shownIn = (of: Ranked, id: string) => of.figures.find((figure) => figure.id === id)!.shown;

const MONTHS = [
  // 机电区 led before with 6 万元 against 采煤一区’s 1.
  month('2023-11', 'JD', 'management', { usage_saving: '60000' }),
  month('2023-11', 'CM1', 'resource', { price_reduction: '10000' }),
  month('2023-12', 'CM1', 'resource', { price_reduction: '50000', turnover: '1000000' }),
  month('2023-12', 'CM1', 'market', { gains: '20000' }),
  month('2023-12', 'JD', 'management', { usage_saving: '-15000' }),
  month('2023-12', 'CM2', 'resource', { price_reduction: '70000' }),
];
const PLAN = [
  planned('2023-12', 'CM1', 'resource', '100000'),
  planned('2023-12', 'CM2', 'resource', '70000'),
  planned('2023-12', 'JD', 'management', '5000'),
];

describe('departments', () => {
  it('says who reported, who leads, and who is below plan', () => {
    const made = report(MONTHS, PLAN);
    expect(sentencesOf(made, 'departments')).toEqual([
      '本期上报数据的部门3个；未上报1个：供应部，不参加排名。',
      '协同创效居前的是采煤一区（7.00万元）、采煤二区（7.00万元）、机电区（-1.50万元）。',
      // 100,000 − 70,000 = 30,000; 5,000 + 15,000 = 20,000; CM2 is at its plan.
      '上报且有计划的部门3个，其中低于计划的2个：采煤一区完成7.00万元，比计划10.00万元少3.00万元；机电区完成-1.50万元，比计划0.50万元少2.00万元。',
    ]);
    expect(sentencesOf(made, 'departments', 'en')).toEqual([
      'Departments that reported: 3. Not reported, and not ranked: 1: 供应部.',
      'Highest synergy value, in 10,000 yuan: 采煤一区 (7.00), 采煤二区 (7.00), 机电区 (-1.50).',
      'Departments that reported and have a plan: 3; below plan: 2, in 10,000 yuan: 采煤一区 7.00, 3.00 below its plan of 10.00; 机电区 -1.50, 2.00 below its plan of 0.50.',
    ]);
  });

  it('ranks them by value, equal ones alike and by code; what did not report has no rank', () => {
    // 70,000 ÷ 1,000,000 = 7 %; 70,000 ÷ 100,000 = 70 %; −15,000 ÷ 5,000 = −300 %; 125,000 ÷ 175,000 = 71.43 %.
    // Before: JD 1, CM1 2. Now CM1 1 (one up), JD 3 (two down); CM2 was not there.
    expect(rowsOf(report(MONTHS, PLAN), 'ranking')).toEqual([
      '1 | 采煤一区 | 100.00 | 7.00 | 5.00 | 7.00 | 10.00 | 70.00 | 1',
      '1 | 采煤二区 | 0.00 | 7.00 | 7.00 | — | 7.00 | 100.00 | —',
      '3 | 机电区 | 0.00 | -1.50 | 0.00 | — | 0.50 | -300.00 | -2',
      '未上报 | 供应部 | — | — | — | — | — | — | —',
      '合计 |  | 100.00 | 12.50 | 12.00 | 12.50 | 17.50 | 71.43 | ',
    ]);
  });

  it('plans of those without a rank stand in the table, so that it adds up', () => {
    const plan = [...PLAN, planned('2023-12', 'GY', 'business', '30000'), planned('2023-12', 'MINE', 'market', '5000')];
    expect(rowsOf(report(MONTHS, plan), 'ranking').slice(3)).toEqual([
      '未上报 | 供应部 | — | — | — | — | 3.00 | — | —',
      '— | 柴里煤矿 | — | — | — | — | 0.50 | — | —',
      // 17.5 + 3 + 0.5 = 21; 125,000 ÷ 210,000 = 59.52 %
      '合计 |  | 100.00 | 12.50 | 12.00 | 12.50 | 21.00 | 59.52 | ',
    ]);
  });

  it('prints a 尾差 where rounded rows do not add up', () => {
    const made = report([
      month('2023-12', 'CM1', 'resource', { gains: '50' }),
      month('2023-12', 'CM2', 'resource', { gains: '50' }),
    ]);
    // 0.005 + 0.005 = 0.01 万元, and the rows say 0.01 twice.
    expect(rowsOf(made, 'ranking').slice(-2)).toEqual([
      '合计 |  | 0.00 | 0.01 | 0.00 | — | — | — | ',
      '尾差 |  | 0.00 | -0.01 | 0.00 |  |  |  | ',
    ]);
  });

  it.each([
    [
      'only a baseline that stands unreported is no report (COV-3)',
      { unreported_baseline: '15000' },
      '2个：供应部、机电区',
    ],
    ['a record of nothing is one', {}, '1个：供应部'],
  ])('%s', (_, stated, silent) => {
    const months = [
      ...MONTHS.filter(({ department }) => department !== 'JD'),
      month('2023-12', 'JD', 'resource', stated),
    ];
    expect(sentencesOf(report(months), 'departments')[0]).toContain(`未上报${silent}`);
  });

  it.each([
    ['no plan', [], '上报数据的部门本期没有协同创效计划，未比较完成情况。'],
    ['all at plan', [PLAN[1]!], '上报且有计划的部门1个，都达到了计划。'],
  ])('%s', (_, plan, sentence) => {
    const made = report(MONTHS, plan);
    expect(sentencesOf(made, 'departments')[2]).toBe(sentence);
    expect(chartOf(made, 'department-plan') === undefined).toBe(plan.length === 0);
  });

  it('is absent where none reported', () => {
    const { sections, figures } = report(MONTHS.filter(({ period }) => period === '2023-11'));
    expect([sections[0]!.absent!.zh, sections[0]!.blocks, figures]).toEqual(['本期没有部门上报数据。', [], []]);
  });

  it('without a month before there is no change of places', () => {
    expect(rowsOf(report(MONTHS.slice(2)), 'ranking')[0]).toMatch(/ \| —$/);
  });
});

describe('pictures of departments', () => {
  it('department × category by rank, and value against plan', () => {
    const made = report(MONTHS, PLAN);
    const heat = chartOf(made, 'department-heat') as Extract<Chart, { shape: 'heat' }>;
    expect(heat.rows.map(({ zh }) => zh)).toEqual(['采煤一区', '采煤二区', '机电区']);
    expect(heat.tiles.map((row) => row.map((id) => shownIn(made, id)))).toEqual([
      ['0.00', '5.00', '0.00', '0.00', '2.00', '0.00'],
      ['0.00', '7.00', '0.00', '0.00', '0.00', '0.00'],
      ['-1.50', '0.00', '0.00', '0.00', '0.00', '0.00'],
    ]);
    const bullet = chartOf(made, 'department-plan') as Extract<Chart, { shape: 'bullet' }>;
    expect(
      bullet.bars.map(({ label, figure, plan }) => [label.zh, shownIn(made, figure), shownIn(made, plan)]),
    ).toEqual([
      ...[
        ['采煤一区', '7.00', '10.00'],
        ['采煤二区', '7.00', '7.00'],
        ['机电区', '-1.50', '0.50'],
      ],
    ]);
  });

  it('of 200 departments: all in the table, the 30 largest values and the 20 largest plans drawn', () => {
    const codes = Array.from({ length: 200 }, (_, at) => `D${String(at + 1).padStart(3, '0')}`);
    // D001 to D199 make 1 to 199 hundred yuan, D200 loses 9,999,999: the weightiest, and the last.
    const months = codes.map((code, at) =>
      month('2023-12', code, 'resource', { gains: at === 199 ? '-9999999' : `${(at + 1) * 100}` }),
    );
    const plan = codes.slice(0, 25).map((code, at) => planned('2023-12', code, 'resource', `${1100 + at}`));
    const made = ranked({ departments: new Map(), months, plan });
    expect(rowsOf(made, 'ranking').filter((row) => /^\d/.test(row))).toHaveLength(200);
    const heat = chartOf(made, 'department-heat') as Extract<Chart, { shape: 'heat' }>;
    expect(heat.rows.map(({ zh }) => zh)).toEqual([...codes.slice(170, 199).reverse(), 'D200']);
    expect(heat.alt.zh).toContain('共200个部门，只列协同创效绝对值最大的30个');
    const bullet = chartOf(made, 'department-plan') as Extract<Chart, { shape: 'bullet' }>;
    expect(bullet.bars.map(({ label }) => label.zh)).toEqual(codes.slice(5, 25).reverse());
    expect(bullet.alt.en).toContain('of 25 departments 20, the largest plans alone');
    // 100 to 1,100 yuan are below plans of 1,100 to 1,110; 1,200 yuan are above 1,111. Ten of the eleven are named.
    expect(sentencesOf(made, 'departments')[2]).toMatch(
      /^上报且有计划的部门25个，其中低于计划的11个：D001完成0\.01万元，比计划0\.11万元少0\.10万元；.*；D010完成[^；]*等。$/,
    );
  });
});
