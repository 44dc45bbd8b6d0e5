import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Door } from '../support/door.js';
import { mapBooks } from './books.js';

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

describe('internal settlement slips', () => {
  /** The illustrative 结算单: records R4 and R5 of the one-month example. */
  const slips = [
    {
      ...{
        id: '结-0007',
        date: '2023-03-22',
        provider: '机修厂',
        receiver: '机电区',
        project: 'P01',
        service: '采煤机大修',
      },
      ...{ quantity: '1', unit: '台', unit_price: '186000.00', amount: '186000.00' },
    },
    {
      ...{
        id: '结-0009',
        date: '2023-03-25',
        provider: '钻探队',
        receiver: '采煤一区',
        project: 'P02',
        service: '钻探',
      },
      ...{ quantity: '300', unit: '米', unit_price: '410.00', amount: '123000.00', summary: '未立项' },
    },
  ];

  it('become internal records of the unit that receives', async () => {
    const { records, targets } = await mapBooks(door, mine, { settlements: slips });
    expect(targets).toMatchObject([{ kind: 'records', source: 'settlement', rows: 2 }]);
    const shared = { category: 'industry', nature: 'explicit', internal: 'yes', tax_basis: 'excl' };
    expect(records).toEqual([
      {
        ...{ ...shared, id: '结-0007', date: '2023-03-22', department: 'JD', item: '05', quantity: '1', unit: '台' },
        ...{ unit_price: '186000.00', amount: '186000.00', project: 'P01', counterparty: '机修厂' },
        ...{ voucher: '结-0007', summary: '采煤机大修' },
      },
      {
        ...{ ...shared, id: '结-0009', date: '2023-03-25', department: 'CM1', item: '10', quantity: '300', unit: '米' },
        ...{ unit_price: '410.00', amount: '123000.00', project: 'P02', counterparty: '钻探队' },
        ...{ voucher: '结-0009', summary: '钻探；未立项' },
      },
    ]);
  });

  it('stop where nobody knows the receiver or the service', async () => {
    const { problems, targets } = await mapBooks(door, mine, {
      settlements: [{ ...slips[0], receiver: '某区', service: '唱歌' }],
    });
    expect(targets).toEqual([]);
    expect(problems.map(({ rowNo, column, code }) => [rowNo, column, code])).toEqual([
      [2, 'receiver', 'unmapped_department'],
      [2, 'service', 'unmapped_service'],
    ]);
  });
});
