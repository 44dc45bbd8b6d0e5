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
