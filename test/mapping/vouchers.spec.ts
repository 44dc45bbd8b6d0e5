import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Profile } from '../../src/modules/mapping/index.js';
import { Door } from '../support/door.js';
import { mapBooks, voucher, type BookRow } from './books.js';

let door: Door;
let mine: string;

/** The departments and projects of the one-month example of the contract. */
const DEPARTMENTS = 'code,name,parent\nMINE,柴里煤矿,\nCM1,采煤一区,MINE\nJD,机电区,MINE\nGY,供应部,MINE\n';
const PROJECTS =
  'code,name,category,lead,approved_on,closed_on\nP01,综采设备内部大修,industry,JD,2023-02-10,\nP02,外委钻探转内部,industry,CM1,,\n';

beforeAll(async () => {
  door = await Door.open();
  mine = await door.newMine();
  await door.takeFolder(mine, { 'departments.csv': DEPARTMENTS, 'projects.csv': PROJECTS });
});
afterAll(() => door.close());

const map = (rows: readonly BookRow[], profile: Partial<Profile> = {}) =>
  mapBooks(door, mine, { vouchers: rows }, profile);

const CUTTERS = { department: 'CM1', quantity: '120', unit: '件', counterparty: '兖州配件厂', summary: '截齿' };

describe('the one-month example written as vouchers', () => {
  const rows = [
    ...voucher({ date: '2023-03-05', voucher_no: '31' }, [
      ['5001010104', '生产成本_材料_配件', '11400.00', null, CUTTERS],
      ['2202', '应付账款', null, '11400.00', { counterparty: '兖州配件厂' }],
    ]),
    ...voucher({ date: '2023-03-31', voucher_no: '288' }, [
      ['50010102', '生产成本_电力', '250920.00', '0.00', { department: '机电区', quantity: '410000', unit: '千瓦时' }],
      ['1002', '银行存款', '0.00', '250920.00'],
    ]),
    ...voucher({ date: '2023-03-31', voucher_no: '310' }, [
      ['50010103', '生产成本_职工薪酬', '312000.00', null, { auxiliary: '部门:GY:供应部' }],
      ['2211', '应付职工薪酬', null, '312000.00'],
    ]),
    // Red letter, and a quantity of 0 that says nothing.
    ...voucher({ date: '2023-03-28', voucher_no: '0291' }, [
      ['5001010104', '生产成本_材料_配件', '-300.00', null, { ...CUTTERS, quantity: '0', summary: '截齿返利' }],
      ['2202', '应付账款', null, '-300.00'],
    ]),
  ];

  it('gives its records', async () => {
    const { records, problems, targets } = await map(rows);
    expect(problems).toEqual([]);
    expect(targets).toMatchObject([{ kind: 'records', document: 'vouchers', rows: 4, source: 'ledger' }]);
    const shared = { nature: 'explicit', internal: 'no' };
    expect(records).toEqual([
      {
        ...{
          ...shared,
          id: '2023-03/记/31/1',
          date: '2023-03-05',
          department: 'CM1',
          category: 'resource',
          item: '0104',
        },
        ...{
          quantity: '120',
          unit: '件',
          amount: '11400.00',
          counterparty: '兖州配件厂',
          voucher: '记-31',
          summary: '截齿',
        },
      },
      {
        ...{
          ...shared,
          id: '2023-03/记/288/1',
          date: '2023-03-31',
          department: 'JD',
          category: 'management',
          item: '02',
        },
        ...{ quantity: '410000', unit: '千瓦时', amount: '250920.00', voucher: '记-288' },
      },
      {
        ...{
          ...shared,
          id: '2023-03/记/310/1',
          date: '2023-03-31',
          department: 'GY',
          category: 'personnel',
          item: '03',
        },
        ...{ amount: '312000.00', voucher: '记-310' },
      },
      {
        ...{
          ...shared,
          id: '2023-03/记/291/1',
          date: '2023-03-28',
          department: 'CM1',
          category: 'resource',
          item: '0104',
        },
        ...{ unit: '件', amount: '-300', counterparty: '兖州配件厂', voucher: '记-291', summary: '截齿返利' },
      },
    ]);
  });

  it('says of every line what became of it', async () => {
    const { lines, leftOut } = await map(rows);
    expect(lines.map(({ account, reason, imported, is_cost }) => [account, reason, imported, is_cost])).toEqual([
      ['5001010104', 'imported', '11400.00', true],
      ['2202', 'not_cost', '0', false],
      ['50010102', 'imported', '250920.00', true],
      ['1002', 'not_cost', '0', false],
      ['50010103', 'imported', '312000.00', true],
      ['2211', 'not_cost', '0', false],
      ['5001010104', 'imported', '-300', true],
      ['2202', 'not_cost', '0', false],
    ]);
    // 11,400 + 250,920 + 312,000 − 300
    expect(leftOut).toEqual([{ reason: 'not_cost', lines: 4, amount: '574020.00' }]);
  });
});

const reasons = ({
  lines,
}: {
  readonly lines: readonly { readonly account: string; readonly reason: string; readonly imported: string }[];
}) => lines.map(({ account, reason, imported }) => [account, reason, imported].join(' '));
const day = { date: '2023-03-31', voucher_no: '7' };
const CM1 = { department: 'CM1' };

describe('cost that moves on is not cost again', () => {
  it('into stock, into profit, and from one cost account to another', async () => {
    const mapped = await map([
      // 制造费用 to 生产成本: both sides are left out, the debit was booked before.
      ...voucher({ ...day, voucher_no: '1' }, [
        ['5001010199', '生产成本_材料_其他材料', '50.00', null, CM1],
        ['5101', '制造费用', null, '50.00', CM1],
      ]),
      ...voucher({ ...day, voucher_no: '2' }, [
        ['1405', '库存商品', '80.00', null],
        ['50010102', '生产成本_电力', null, '80.00', CM1],
      ]),
      // Interest earned closes the other way round: a debit of 财务费用 that is no cost.
      ...voucher({ ...day, voucher_no: '3' }, [
        ['6603', '财务费用', '5.00', null, CM1],
        ['6001', '主营业务收入', '100.00', null],
        ['4103', '本年利润', null, '75.00'],
        ['6602', '管理费用', null, '30.00', CM1],
      ]),
      ...voucher({ ...day, voucher_no: '4' }, [
        ['1221', '其他应收款', '9.00', null],
        ['6602', '管理费用', null, '9.00', CM1],
      ]),
      ...voucher({ ...day, voucher_no: '5' }, [
        ['6401', '主营业务成本', '80.00', null],
        ['1405', '库存商品', null, '80.00'],
      ]),
    ]);
    expect(mapped.problems).toEqual([]);
    expect(reasons(mapped)).toEqual([
      ...['5001010199 carry_over 0', '5101 carry_over 0', '1405 not_cost 0', '50010102 carry_over 0'],
      ...['6603 carry_over 0', '6001 not_cost 0', '4103 not_cost 0', '6602 carry_over 0'],
      ...['1221 not_cost 0', '6602 other_side 0', '6401 carry_over 0', '1405 not_cost 0'],
    ]);
    expect(mapped.records).toEqual([]);
  });

  it('under net, credits are cost given back; what goes into stock still moves on', async () => {
    const rows = [
      ...voucher({ ...day, voucher_no: '1' }, [
        ['1221', '其他应收款', '9.00', null],
        ['6602', '管理费用', null, '9.00', { ...CM1, quantity: '3' }],
      ]),
      ...voucher({ ...day, voucher_no: '2' }, [
        ['1405', '库存商品', '80.00', null],
        ['50010102', '生产成本_电力', null, '80.00', CM1],
      ]),
    ];
    const mapped = await map(rows, { side: 'net' });
    expect(reasons(mapped)).toEqual([
      '1221 not_cost 0',
      '6602 imported -9.00',
      '1405 not_cost 0',
      '50010102 carry_over 0',
    ]);
    expect(mapped.records).toMatchObject([{ item: '31', amount: '-9.00', quantity: '-3' }]);
  });
});

describe('what is left out', () => {
  it('accruing 专项储备 is cost once: its own account is kept out on both sides', async () => {
    const mapped = await map([
      ...voucher({ ...day, voucher_no: '1' }, [
        ['50010106', '生产成本_安全费用', '165000', null, CM1],
        ['430101', '专项储备_安全生产费', null, '165000'],
      ]),
      ...voucher({ ...day, voucher_no: '2' }, [
        ['430101', '专项储备_安全生产费', '52000', null],
        ['1002', '银行存款', null, '52000'],
      ]),
    ]);
    expect(reasons(mapped)).toEqual([
      ...['50010106 imported 165000', '430101 fund_accrual 0', '430101 fund_spending 0', '1002 not_cost 0'],
    ]);
    expect(mapped.records).toMatchObject([{ item: '06', amount: '165000' }]);
  });

  it('a cancelled voucher, which need not balance either', async () => {
    const mapped = await map(voucher(day, [['6602', '管理费用', '5', null, { ...CM1, is_void: '是' }]]));
    expect(mapped.problems).toEqual([]);
    expect(mapped.leftOut).toEqual([{ reason: 'void', lines: 1, amount: '5.00' }]);
  });

  it('a quantity of 0 means none, unless the profile says that it is a price adjustment', async () => {
    const rows = voucher(day, [
      ['6602', '管理费用', '-300', null, { ...CM1, quantity: '0' }],
      ['1002', '银行存款', null, '-300'],
    ]);
    expect((await map(rows)).records[0]).not.toHaveProperty('quantity');
    expect((await map(rows, { zeroQuantity: 'zero' })).records[0]).toMatchObject({ quantity: '0', amount: '-300' });
  });
});

describe('what stops the import', () => {
  it('a voucher that does not balance is named (the sample of 序时账: 记002)', async () => {
    const { problems } = await map([
      ...voucher({ date: '2026-02-08', voucher_no: '002' }, [
        ['6602', '管理费用', '5200', '0', CM1],
        ['1002', '银行存款', '0', '5000'],
      ]),
    ]);
    const params = { voucher: '记-2', period: '2026-02', debit: '5200.00', credit: '5000.00', difference: '200.00' };
    expect(problems).toEqual([{ rowNo: 2, column: 'debit', code: 'voucher_unbalanced', params, document: 'vouchers' }]);
  });

  it('entries with two sides, without one, or in another month', async () => {
    const { problems } = await map([
      ...voucher({ ...day, period: '2023-04' }, [
        ['6602', '管理费用', '5', '5', CM1],
        ['6602', '管理费用', null, null, CM1],
        ['6602', '管理费用', null, null, { ...CM1, amount: '5' }],
      ]),
      ...voucher({ ...day, period: '2023-13' }, [['6602', '管理费用', '0', null, CM1]]),
    ]);
    expect(problems.map(({ rowNo, column, code }) => [rowNo, column, code])).toEqual([
      ...[
        [2, 'credit', 'both_sides'],
        [3, 'debit', 'no_amount'],
        [4, 'debit', 'no_direction'],
      ],
      [2, 'period', 'period_differs_from_date'],
    ]);
  });

  it('cost accounts, departments and projects that nothing is said of, with what hangs on them', async () => {
    const { problems, unmapped } = await map(
      voucher(day, [
        ['5301', '研发支出', '10', null, CM1],
        ['5301', '研发支出', '20', null, CM1],
        ['6602', '管理费用', '1', null, { department: '安监处' }],
        ['6602', '管理费用', '2', null, { ...CM1, project: 'X9' }],
        ['6602', '管理费用', '4', null],
        // The number says 电力, the name says labour.
        ['50010102', '生产成本_直接人工', '3', null, CM1],
        ['1002', '银行存款', null, '40'],
      ]),
    );
    expect(unmapped).toEqual([
      { what: 'account', code: '5301', name: '研发支出', lines: 2, amount: '30.00' },
      { what: 'department', code: '安监处', name: null, lines: 1, amount: '1.00' },
      { what: 'project', code: 'X9', name: null, lines: 1, amount: '2.00' },
      { what: 'department', code: '', name: null, lines: 1, amount: '4.00' },
      { what: 'account', code: '50010102', name: '生产成本_直接人工', lines: 1, amount: '3.00' },
    ]);
    expect(problems.map(({ rowNo, column, code }) => [rowNo, column, code])).toEqual([
      ...[
        [2, 'account', 'unmapped_account'],
        [4, 'department', 'unmapped_department'],
        [5, 'project', 'unmapped_project'],
      ],
      ...[
        [6, 'department', 'no_department'],
        [7, 'account', 'unmapped_account'],
      ],
    ]);
  });
});
