import { describe, expect, it } from '@jest/globals';
import { composeReport } from '../../../analytics/report/compose.js';
import { exact } from '../../../analytics/kernel/exact.js';
import { anInput, itemSum, month, type Given } from './an-input.js';
import { sentencesOf } from './read-out.js';
import { rowsOf, tableOfId } from './read-tables.js';

const named = {
  departments: new Map([
    ['CM1', { name: '采煤一队', parent: null }],
    ['JD', { name: '机电队', parent: null }],
  ]),
  items: new Map([
    ['0104', '配件'],
    ['02', '电力'],
  ]),
};
const spent = month('2023-12', 'CM1', 'resource', { explicit_actual: '100000', covered_actual: '100000' });
const composed = (given: Given) => composeReport(anInput('2023-12', { ...named, ...given }));

describe('what is overspent', () => {
  it('lists it by department and item over all categories, the largest first, and adds it up', () => {
    const report = composed({
      months: [spent],
      now: [
        // JD, 02: baseline 250,920 − 6,445 = 244,475 against 250,920: 6,445 too much
        itemSum('JD', 'management', '02', {
          ...{ baseline: '244475', covered_actual: '250920', price_reduction: '9430', usage_saving: '-15875' },
        }),
        // CM1, 0104: 30,000 too much in one category, 10,000 saved in another: 20,000 too much
        itemSum('CM1', 'resource', '0104', { baseline: '50000', covered_actual: '80000', price_reduction: '-30000' }),
        itemSum('CM1', 'market', '0104', { baseline: '30000', covered_actual: '20000', price_reduction: '10000' }),
        itemSum('CM1', 'resource', '02', { baseline: '9000', covered_actual: '8000', price_reduction: '1000' }),
      ],
    });
    expect(sentencesOf(report, 'problems')[0]).toBe('按部门和成本项目，超支2项，合计超支2.64万元，由大到小列示。');
    expect(sentencesOf(report, 'problems', 'en')[0]).toBe(
      'Overspent by department and cost item: 2, 2.64 × 10,000 yuan in all; the largest first.',
    );
    // −20,000 − 6,445 = −26,445, printed −2.64; rows −2.00 − 0.64: no 尾差 there.
    // Covered: 100,000 + 250,920 = 350,920 = 35.09; rows 10.00 + 25.09. Baseline: 80,000 + 244,475 = 32.45; 8.00 + 24.45.
    expect(rowsOf(report, 'overspending')).toEqual([
      '采煤一队 | 配件 | 8.00 | 10.00 | -2.00',
      '机电队 | 电力 | 24.45 | 25.09 | -0.64',
      '合计 |  | 32.45 | 35.09 | -2.64',
    ]);
  });

  it('prints ten and puts all others in one row; equal ones stand by code', () => {
    // Eleven departments are 10,000 yuan over, the twelfth 20,000: 130,000 in all.
    const now = Array.from({ length: 12 }, (_, at) =>
      itemSum(`D${String(at + 1).padStart(2, '0')}`, 'resource', '02', {
        ...{ covered_actual: '1000', usage_saving: at === 11 ? '-20000' : '-10000' },
      }),
    );
    const report = composed({ months: [spent], now });
    const rows = rowsOf(report, 'overspending').map((row) => row.split(' | '));
    expect(rows.map(([name]) => name)).toEqual([
      ...['D12', 'D01', 'D02', 'D03', 'D04', 'D05', 'D06', 'D07', 'D08', 'D09', '其余合计', '合计'],
    ]);
    // D10 and D11: 20,000
    expect(rows.at(-2)!.at(-1)).toBe('-2.00');
    expect(rows.at(-1)!.at(-1)).toBe('-13.00');
    expect(sentencesOf(report, 'problems')[0]).toBe(
      '按部门和成本项目，超支12项，合计超支13.00万元，由大到小列出前十项，其余合为一行。',
    );
  });
});

describe('what is not reported', () => {
  it('names departments and baselines', () => {
    const report = composed({
      months: [month('2023-12', 'JD', 'management', { unreported_baseline: '15000' })],
      now: [itemSum('JD', 'management', '02', { unreported_baseline: '15000' })],
      undeclared: ['JD', 'CM1'],
    });
    expect(sentencesOf(report, 'problems').slice(1, 3)).toEqual([
      '2023年12月未声明报齐的部门2个：采煤一队、机电队；其数为暂计。',
      '应报未报的基准合计1.50万元，不算节约，按部门和成本项目列示。',
    ]);
    expect(rowsOf(report, 'unreported')).toEqual(['机电队 | 电力 | 1.50', '合计 |  | 1.50']);
  });

  it('names ten departments of more', () => {
    const undeclared = Array.from({ length: 11 }, (_, at) => `D${String(at + 1).padStart(2, '0')}`);
    expect(sentencesOf(composed({ months: [spent], undeclared }), 'problems')[1]).toBe(
      '2023年12月未声明报齐的部门11个：D01、D02、D03、D04、D05、D06、D07、D08、D09、D10等；其数为暂计。',
    );
  });
});

describe('books, data and coverage', () => {
  it.each([
    [null, '没有取得2023年12月的账面数，未核对。', '2023-12: no books were taken in, so nothing is reconciled.'],
    ['0', '2023年12月记录与账面核对一致。', '2023-12: the records agree with the books.'],
    [
      '-1234.5',
      '2023年12月记录的成本比账面少1234.50元，未核对一致。',
      '2023-12: the records cost 1234.50 yuan less than the books and are not reconciled.',
    ],
    [
      '0.01',
      '2023年12月记录的成本比账面多0.01元，未核对一致。',
      '2023-12: the records cost 0.01 yuan more than the books and are not reconciled.',
    ],
  ])('%s yuan from the books', (yuan, zh, en) => {
    const report = composed({ months: [spent], unreconciled: yuan === null ? null : exact(yuan) });
    expect([sentencesOf(report, 'problems')[3], sentencesOf(report, 'problems', 'en')[3]]).toEqual([zh, en]);
  });

  it('does not call the books reconciled where differences only cancel out', () => {
    const cause = {
      code: 'unreconciled',
      title: { zh: '与账面有差异', en: 'differences' },
      count: 2,
      departments: [],
      waived: null,
    };
    const report = composed({ months: [spent], unreconciled: exact('0'), causes: [cause] });
    expect(sentencesOf(report, 'problems')[3]).toBe('2023年12月记录与账面合计相等，但有不一致之处，见未了事项。');
  });

  it('groups issues by their code, with the departments and items each is in', () => {
    const report = composed({
      months: [spent],
      issues: [
        { code: 'not_reported', department: 'JD', category: 'management', item: '02' },
        { code: 'missing_volume', department: 'JD', category: 'management', item: '02' },
        { code: 'missing_volume', department: 'CM1', category: 'resource', item: '02' },
        { code: 'possible_double_count', department: 'CM1', category: 'business', item: '' },
      ],
    });
    expect(rowsOf(report, 'issues')).toEqual([
      '缺业务量，整组未计算 | 2 | 采煤一队、机电队 | 电力',
      '应报未报 | 1 | 机电队 | 电力',
      '增收疑似重复计算 | 1 | 采煤一队 | ',
    ]);
  });

  it('says what baselines cover, and by how many points that moved', () => {
    // 90,000 ÷ 120,000 = 75 %; a month before 60,000 ÷ 100,000 = 60 %: 15 points more; 30,000 without a baseline
    const months = [
      month('2023-11', 'CM1', 'resource', { explicit_actual: '100000', covered_actual: '60000' }),
      month('2023-12', 'CM1', 'resource', { explicit_actual: '120000', covered_actual: '90000' }),
    ];
    expect(sentencesOf(composed({ months }), 'problems')[5]).toBe(
      '显性成本覆盖率75.00%，比上月提高15.00个百分点；没有对基准的显性成本3.00万元，不计节约。',
    );
  });
});

describe('what is open', () => {
  it('lists open matters before waived ones, with the reason of the waiver', () => {
    const report = composed({
      months: [spent],
      causes: [
        {
          ...{ code: 'unreconciled', title: { zh: '与账面有差异', en: 'differences to the books' }, count: 3 },
          ...{ departments: [], waived: '次月调账' },
        },
        {
          ...{ code: 'missing_volume', title: { zh: '缺业务量', en: 'missing volumes' }, count: 2 },
          ...{ departments: ['JD', 'CM1'], waived: null },
        },
      ],
    });
    expect(sentencesOf(report, 'problems').at(-1)).toBe('2023年12月结账清单上未了结的事项1项，写明理由豁免的1项。');
    expect(rowsOf(report, 'open-matters')).toEqual([
      '缺业务量 | 2 | 采煤一队、机电队 | 未了结',
      '与账面有差异 | 3 | 全矿 | 豁免：次月调账',
    ]);
    expect(rowsOf(report, 'open-matters', 'en')[1]).toBe(
      'differences to the books | 3 | whole mine | waived: 次月调账',
    );
  });
});

describe('nothing wrong', () => {
  it('says so, point by point', () => {
    const report = composed({ months: [spent] });
    expect(sentencesOf(report, 'problems')).toEqual([
      '已对基准的显性成本中，未发现超支。',
      '2023年12月没有未声明报齐的部门。',
      '未发现应报未报的基准。',
      '没有取得2023年12月的账面数，未核对。',
      '未发现缺业务量、缺数量等数据问题。',
      '显性成本覆盖率100.00%，与上月比较：没有对比数；没有对基准的显性成本0.00万元，不计节约。',
      '2023年12月没有未了事项。',
    ]);
    const ids = ['overspending', 'unreported', 'issues', 'open-matters'];
    expect(ids.map((id) => tableOfId(report, id))).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('does not say so of a month without data', () => {
    const sentences = sentencesOf(composed({}), 'problems');
    expect(sentences[0]).toBe('本期没有数据，不能判断超支。');
    expect(sentences[2]).toBe('本期没有数据，不能判断应报未报的基准。');
    expect(sentences[5]).toBe('本期没有数据，不计覆盖率。');
  });
});
