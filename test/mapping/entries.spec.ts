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

const day = { date: '2023-03-31', voucher_no: '7' };
const CM1 = { department: 'CM1' };

describe('ids', () => {
  const lines = (more: readonly BookRow[]) =>
    voucher(day, [
      ['6602', '管理费用', '1', null, { ...CM1, ...more[0] }],
      ['6602', '管理费用', '2', null, { ...CM1, ...more[1] }],
      ['1002', '银行存款', null, '3', { ...more[2] }],
    ]);
  const ids = async (rows: readonly BookRow[]) =>
    (await map(rows)).records.map(({ id, amount }) => `${id} ${amount}`).sort();

  it('are the same whether a format numbers its entries from 1, from 0, or not at all, and in whatever order', async () => {
    const expected = ['2023-03/记/7/1 1', '2023-03/记/7/2 2'];
    expect(await ids(lines([{}, {}, {}]))).toEqual(expected);
    expect(await ids(lines([{ line_no: '1' }, { line_no: '2' }, { line_no: '3' }]))).toEqual(expected);
    expect(await ids(lines([{ line_no: '0' }, { line_no: '1' }, { line_no: '2' }]))).toEqual(expected);
    const [first, second, third] = lines([{ line_no: '1' }, { line_no: '2' }, { line_no: '3' }]);
    expect(await ids([third!, second!, first!])).toEqual(expected);
    expect(
      await ids([
        { ...first!, row_no: '5' },
        { ...second!, row_no: '9' },
        { ...third!, row_no: '20' },
      ]),
    ).toEqual(expected);
    expect(await ids(lines([{ period: '202303', voucher_no: '007' }, { period: '2023年3月' }, {}]))).toEqual(expected);
  });

  it('of an adjustment period stand beside those of December', async () => {
    const of = (period: string) =>
      voucher({ date: '2023-12-31', voucher_no: '7', period }, [
        ['6602', '管理费用', '1', null, CM1],
        ['1002', '银行存款', null, '1'],
      ]);
    const { records, lines: all } = await map([...of('2023-12'), ...of('2023-1201'), ...of('2023-13')]);
    expect(records.map(({ id }) => id)).toEqual(['2023-12/记/7/1', '2023-1201/记/7/1', '2023-13/记/7/1']);
    expect(new Set(all.map(({ period }) => period))).toEqual(new Set(['2023-12']));
  });

  it('are never longer than a code, and names of 60 characters pass through', async () => {
    const name = '煤'.repeat(60);
    const { records } = await map(
      voucher({ ...day, voucher_type: '转账', voucher_no: 'N'.repeat(64) }, [
        ['660201', `管理费用_${name}`, '1', null, { ...CM1, counterparty: name }],
        ['1002', '银行存款', null, '1'],
      ]),
    );
    expect(records).toMatchObject([{ id: expect.stringMatching(/^2023-03\/[0-9a-f]{32}\/1$/), counterparty: name }]);
  });
});

describe('what the profile and the dimensions say', () => {
  const one = async (line: BookRow, profile: Partial<Profile> = {}) =>
    (
      await map(
        [
          { ...day, account: '6602', account_name: '管理费用', debit: '1', ...line },
          { ...day, account: '1002', credit: '1' },
        ],
        profile,
      )
    ).records[0];

  it('a line of a known project has its category, unless the rule fixes one', async () => {
    expect(await one({ ...CM1, project: 'P01' })).toMatchObject({ project: 'P01', category: 'industry', item: '31' });
    const rule = { account: '6602', is: 'cost', item: '31', category: 'business', isCategoryFixed: true } as const;
    expect(await one({ ...CM1, project: 'P01' }, { accounts: [rule] })).toMatchObject({ category: 'business' });
  });

  it('internal settlements by counterparty or account', async () => {
    const internal = { counterparties: ['机修厂'], accounts: [] };
    expect(await one({ ...CM1, counterparty: '机修厂' }, { internal })).toMatchObject({ internal: 'yes' });
    expect(await one({ ...CM1, auxiliary: '供应商:S1:机修厂' }, { internal })).toMatchObject({ internal: 'yes' });
    expect(await one({ ...CM1, counterparty: '别家' }, { internal })).toMatchObject({ internal: 'no' });
    expect(await one(CM1, { internal: { counterparties: [], accounts: ['66'] } })).toMatchObject({ internal: 'yes' });
  });

  it('a blank department where the profile says where it belongs; an inclusive tax', async () => {
    const said = { departments: { '': 'MINE' }, taxBasis: 'incl', taxRate: '0.13' } as const;
    expect(await one({}, said)).toMatchObject({ department: 'MINE', tax_basis: 'incl', tax_rate: '0.13' });
  });

  it('accounts by their names where another standard numbers them (企业会计制度: 4105 制造费用)', async () => {
    expect(await one({ ...CM1, account: '4105', account_name: '制造费用' })).toMatchObject({ item: '15' });
    expect(await one({ ...CM1, account: '410101', account_name: '生产成本_材料_配件' })).toMatchObject({
      item: '0104',
    });
  });

  it('the chart that comes with the books names accounts', async () => {
    const accounts = [
      { account: '4101', account_name: '生产成本' },
      { account: '410104', account_name: '折旧费' },
    ];
    const vouchers = [
      { ...day, ...CM1, account: '410104', debit: '1' },
      { ...day, account: '1002', credit: '1' },
    ];
    const { records } = await mapBooks(door, mine, { vouchers, accounts });
    expect(records).toMatchObject([{ item: '04' }]);
  });
});

describe('random vouchers', () => {
  const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

  it(`every fen of every account is imported or left out (SEED=${SEED})`, async () => {
    let state = SEED;
    const below = (n: number) => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % n;
    const accounts = [
      '5001010104',
      '50010102',
      '5101',
      '6602',
      '6603',
      '430101',
      '1405',
      '4103',
      '1002',
      '6401',
      '2202',
    ];
    const rows: BookRow[] = [];
    for (let no = 1; no <= 300; no++) {
      const fen = Array.from({ length: 1 + below(4) }, () => below(1_000_000) - 200_000);
      const total = fen.reduce((sum, one) => sum + one, 0);
      const yuan = (amount: number) =>
        `${amount < 0 ? '-' : ''}${Math.floor(Math.abs(amount) / 100)}.${String(Math.abs(amount) % 100).padStart(2, '0')}`;
      const head = { ...day, voucher_no: String(no), department: ['CM1', 'JD', '供应部'][below(3)]! };
      rows.push(...fen.map((amount) => ({ ...head, account: accounts[below(11)]!, debit: yuan(amount) })));
      rows.push({ ...head, account: accounts[below(11)]!, credit: yuan(total) });
    }
    for (const side of ['debit', 'net'] as const) {
      const { lines, records, problems } = await map(rows, { side });
      expect(problems).toEqual([]);
      expect(lines.length).toBe(rows.length);
      const fenOf = (text: string | null | undefined) => Math.round(Number(text ?? 0) * 100);
      const perAccount = (of: readonly { account: string; fen: number }[]) =>
        accounts.map((account) => of.reduce((sum, line) => sum + (line.account === account ? line.fen : 0), 0));
      const inFile = perAccount(
        rows.map((row) => ({ account: row.account!, fen: fenOf(row.debit) - fenOf(row.credit) })),
      );
      const found = perAccount(
        lines.map((line) => ({
          account: line.account,
          fen: line.reason === 'imported' ? fenOf(line.imported) : fenOf(line.debit) - fenOf(line.credit),
        })),
      );
      expect(found).toEqual(inFile);
      const imported = lines.reduce((sum, line) => sum + fenOf(line.imported), 0);
      expect(records.reduce((sum, { amount }) => sum + fenOf(amount), 0)).toBe(imported);
      expect(imported).not.toBe(0);
    }
  });
});
