import { describe, expect, it } from '@jest/globals';
import { composeReport } from '../../../analytics/report/compose.js';
import type { ControlItem, ItemSum } from '../../../analytics/report/input.js';
import type { ReportModel } from '../../../analytics/report/model.js';
import { anInput, itemSum, itemised, type Given } from './an-input.js';
import { sentencesOf } from './read-out.js';
import { rowsOf, tableOfId } from './read-tables.js';

const items = new Map([
  ['IDLE', '闲机'],
  ['REWORK', '返工'],
]);
const booked = (item: string, actual: string, saving: string, department = 'CM1'): ItemSum =>
  itemSum(
    ...([department, 'management', item] as const),
    { implicit_booked_actual: actual, implicit_booked_saving: saving },
    'implicit_booked',
  );
const opportunity = (item: string, actual: string, saving: string, department = 'JD'): ItemSum =>
  itemSum(
    ...([department, 'management', item] as const),
    { implicit_opportunity_actual: actual, implicit_opportunity_saving: saving },
    'implicit_opportunity',
  );

/** Rework 52.50 × 32 h against 50; idle machine 380 × 46 h against 60. */
const NOW = [
  booked('REWORK', '1680', '945'),
  opportunity('IDLE', '17480', '5320'),
  opportunity('WAIT', '20000', '-100'),
];
const PREVIOUS = [booked('REWORK', '2100', '525'), opportunity('IDLE', '19000', '3800')];

const composed = (given: Given = {}, now: readonly ItemSum[] = NOW) =>
  composeReport(itemised('2023-12', { now, previous: PREVIOUS }, { items, ...given }));
const sentences = (report: ReportModel, language: 'zh' | 'en' = 'zh') => sentencesOf(report, 'implicit-cost', language);

describe('implicit cost', () => {
  it('keeps what is in the books and what is outside apart (IMP-3, IMP-4)', () => {
    const report = composed();
    expect(sentences(report)).toEqual([
      '账内隐性成本已含在显性成本之中，是其中数，其实际和节约只列示，不再加计；账外机会损失没有入账，不计入成本总额，' +
        '其节约按现行计算方法已计入协同创效。两者不相加。',
      // 1,680 − 2,100 = −420, 20 %
      '本期账内隐性成本0.17万元，比上月减少0.04万元，下降20.00%；与基准相比节约0.09万元。',
      // 37,480 − 19,000 = 18,480, 97.26 %; 5,320 − 100
      '本期账外机会损失3.75万元，比上月增加1.85万元，增长97.26%；与基准相比节约0.52万元。',
      '没有双六零控制项清单，本节不列。',
    ]);
    expect(sentences(report, 'en').slice(1)).toEqual([
      'Implicit cost in the books this period: 0.17 × 10,000 yuan, down by 0.04 × 10,000 yuan from the previous month, ' +
        'a fall of 20.00%; saved against the baseline: 0.09 × 10,000 yuan.',
      'Opportunity losses outside the ledger this period: 3.75 × 10,000 yuan, up by 1.85 × 10,000 yuan from the ' +
        'previous month, a rise of 97.26%; saved against the baseline: 0.52 × 10,000 yuan.',
      'There is no list of control items: nothing is shown here.',
    ]);
  });

  it('calls more than the baseline overspent', () => {
    const report = composed({}, [booked('REWORK', '3000', '-375')]);
    expect(sentences(report)[1]).toContain('；与基准相比超支0.04万元。');
    expect(sentences(report, 'en')[1]).toContain('; overspent against the baseline: 0.04 × 10,000 yuan.');
  });

  it('says whether the method counts the saving of opportunity losses', () => {
    const { basis } = anInput('2023-12', {});
    const method = { ...basis.method, opportunitySaving: 'beside' } as const;
    const report = composed({ basis: { ...basis, method } });
    expect(sentences(report)[0]).toContain('其节约按现行计算方法未计入协同创效');
    expect(sentences(report, 'en')[0]).toContain('their saving is not included in the synergy value');
  });

  it('lists the items of each, and adds up each for itself', () => {
    const report = composed();
    expect(rowsOf(report, 'implicit_booked')).toEqual([
      '返工 | 0.17 | 0.09 | -0.04 | -20.00',
      '合计 | 0.17 | 0.09 | -0.04 | -20.00',
    ]);
    expect(rowsOf(report, 'implicit_opportunity')).toEqual([
      'WAIT | 2.00 | -0.01 | 2.00 | —',
      // 17,480 − 19,000 = −1,520, 8 %
      '闲机 | 1.75 | 0.53 | -0.15 | -8.00',
      '合计 | 3.75 | 0.52 | 1.85 | 97.26',
    ]);
    // No figure of the section is the sum of both: 1,680 + 37,480 = 39,160; 945 + 5,220 = 6,165
    expect(report.figures.filter(({ exact }) => ['39160', '6165'].includes(exact ?? ''))).toEqual([]);
  });

  it('says of a kind without anything that there is nothing', () => {
    const report = composed({}, [opportunity('IDLE', '17480', '5320')]);
    expect(sentences(report)[1]).toBe('本期没有账内隐性成本的数据。');
    expect(sentences(report, 'en')[1]).toBe('Implicit cost in the books: no data this period.');
    expect(tableOfId(report, 'implicit_booked')).toBeUndefined();
  });
});

describe('the double six zeros', () => {
  const control = (group: ControlItem['group'], code: string, given: Partial<ControlItem>): ControlItem => ({
    ...{ group, code, name: code, items: [], measure: '', owner: null },
    ...given,
  });

  it('shows of each, in the mine’s own order, what was measured of its items, and — where nobody measured', () => {
    const controlItems = [
      control('explicit', '2', { name: '零闲机', items: ['IDLE'], measure: '闲置台时', owner: '机电副矿长' }),
      control('explicit', '3', { name: '零浪费', items: ['REWORK', 'WAIT', 'NEVER'] }),
      control('explicit', '1', { name: '零废品' }),
    ];
    const report = composed({ controlItems });
    expect(rowsOf(report, 'control-items-explicit')).toEqual([
      '零闲机 | 闲置台时 | 机电副矿长 | — | 1.75',
      '零浪费 | 待定 | 待定 | 0.17 | 2.00',
      '零废品 | 待定 | 待定 | — | —',
    ]);
    const withoutValue = report.figures.filter(({ source }) => source.kind === 'stated' && source.what.zh === '零废品');
    expect(withoutValue.map(({ reason }) => reason)).toEqual([
      { zh: '尚无计量', en: 'not measured' },
      { zh: '尚无计量', en: 'not measured' },
    ]);
    expect(sentences(report).slice(3)).toEqual([
      '各控制项的目标为零；账内与账外的实际分列，不相加。',
      '隐性控制项：本矿尚未列入。',
    ]);
  });

  it('has a table for each group', () => {
    const report = composed({ controlItems: [control('implicit', '1', { name: '零等待', items: ['WAIT'] })] });
    expect(rowsOf(report, 'control-items-implicit', 'en')).toEqual(['零等待 | not set | not set | — | 2.00']);
    expect(sentences(report, 'en').at(-1)).toBe('Explicit control items: the mine has named none yet.');
  });
});
