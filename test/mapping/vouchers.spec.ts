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
