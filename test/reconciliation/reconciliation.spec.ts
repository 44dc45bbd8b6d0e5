import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exact, fixed } from '../../analytics/kernel/exact.js';
import type { ReconciliationDto } from '../../src/modules/reconciliation/http/reconciliation.dto.js';
import { BooksDesk, type Line } from './books-desk.js';
import { BALANCES, DEPARTMENTS, MONTH } from './month.js';

let desk: BooksDesk;
beforeAll(async () => {
  desk = await BooksDesk.open();
});
afterAll(() => desk.close());

const MARCH = '2023-03';
const sumOf = (lines: ReconciliationDto['external']['lines']) =>
  fixed(
    lines.reduce((sum, { amount }) => sum + exact(amount), 0n),
    2,
  );
const causes = ({ external }: ReconciliationDto) =>
  external.lines.map(({ kind, account, record, amount }) => [kind, account ?? record, amount]);

describe('external cost beside the balance sheet', () => {
  it('a month of records ties to the fen with the cost accounts of the balance sheet', async () => {
    const mine = await desk.newMine();
    await desk.take(mine, MONTH);
    await desk.keep(mine, { balances: BALANCES });
    const answer = await desk.reconciliation(mine, MARCH);
    // 955,220 − 186,000 − 123,000 = 646,220 = 19,300 + 64,000 + 250,920 + 312,000; 专项储备 and 银行存款 are no cost.
    expect(answer.external).toMatchObject({
      ...{ explicitActual: '955220.00', internalActual: '309000.00', external: '646220.00', ledgerCost: '0.00' },
      ...{ balanceCost: '646220.00', against: 'balance', difference: '0.00', lineCount: 10 },
    });
    // No voucher links records to accounts: four accounts stand against six records, and come to nothing.
    expect(sumOf(answer.external.lines)).toBe('0.00');
    expect(answer.accounts.map(({ account, isCost, why }) => [account, isCost, why.slice(0, 8)])).toEqual([
      ['1002', false, '余额表有发生额，'],
      ['430101', false, '余额表有发生额，'],
      ['5001010101', true, '余额表有发生额，'],
      ['5001010104', true, '余额表有发生额，'],
      ['50010102', true, '余额表有发生额，'],
      ['50010103', true, '余额表有发生额，'],
    ]);
    expect(answer.imports.map(({ hasVouchers, hasBalances }) => [hasVouchers, hasBalances])).toEqual([
      [false, false],
      [false, true],
    ]);
  });

  /** The month's vouchers, a rebate booked in credit; 100 of materials came from elsewhere and were carried over. */
  const VOUCHERS: readonly Line[] = [
    cost('5001010104', '记-31', '19600'),
    { account: '5001010104', voucher: '记-291', credit: '300', imported: '-300', reason: 'imported', isCost: true },
    { account: '5001010104', voucher: '记-40', debit: '100', reason: 'carry_over', isCost: true },
    { account: '5001010104', voucher: '记-41', credit: '19400', reason: 'other_side', isCost: true },
    cost('5001010101', '记-300', '64000'),
    cost('50010102', '记-288', '250920'),
    cost('50010103', '记-310', '312000'),
    { account: '50010103', voucher: '记-312', debit: '77', reason: 'void', isCost: true },
    { ...cost('500105', '结-0007', '186000'), isInternal: true },
    { ...cost('500110', '结-0009', '123000'), isInternal: true },
    { account: '430101', voucher: '记-314', debit: '52000', reason: 'fund_spending', isCost: false },
    { account: '1002', voucher: '记-314', credit: '52000', reason: 'not_cost', isCost: false },
  ];
  const SHEET = [
    ...BALANCES.map((row) => ({
      ...row,
      debit: ({ '5001010104': '19700', '50010102': '250900' } as Record<string, string>)[row.account] ?? row.debit,
    })),
    { period: MARCH, account: '500105', account_name: '生产成本_修理费', debit: '186000' },
    { period: MARCH, account: '6603', account_name: '财务费用', debit: '7' },
  ];

  it('and a difference is listed line by line, up to its last fen', async () => {
    const mine = await desk.newMine();
    await desk.keep(mine, { lines: VOUCHERS }, await desk.take(mine, MONTH));
    const record =
      'id,date,department,category,item,nature,quantity,unit,unit_price,amount,project,counterparty,internal,voucher,summary';
    await desk.take(mine, { 'records.csv': `${record}\nX1,2023-03-30,CM1,resource,0104,explicit,,,,1000,,,,,\n` });
    await desk.keep(mine, { balances: SHEET });
    const answer = await desk.reconciliation(mine, MARCH);
    // 647,220 against 19,700 + 64,000 + 250,900 + 312,000 + 186,000 + 7 = 832,607.
    expect(answer.external).toMatchObject({
      ...{ external: '647220.00', balanceCost: '832607.00', difference: '-185387.00', lineCount: 8 },
      // 19,700 + 64,000 + 250,920 + 312,000 + 186,000 + 123,000.
      ledgerCost: '955620.00',
    });
    // 20 − 186,000 + 123,000 − 123,000 − 7 − 300 − 100 + 1,000 = −185,387, and nothing is left to explain.
    expect(causes(answer)).toEqual([
      ['credits_taken', '5001010104', '-300.00'],
      ['balance_differs', '50010102', '20.00'],
      ['internal', '500105', '-186000.00'],
      ['only_in_file', '500110', '123000.00'],
      ['internal', '500110', '-123000.00'],
      ['only_in_balance', '6603', '-7.00'],
      ['left_out', '5001010104', '-100.00'],
      ['record', 'X1', '1000.00'],
    ]);
    expect(answer.external.lines[6]).toMatchObject({ voucher: '记-40', row: 4, why: '此行未计入：结转。' });
  });

  it('per account: in the file, imported, left out, and why', async () => {
    const mine = await desk.newMine();
    await desk.keep(mine, { lines: VOUCHERS });
    await desk.keep(mine, { balances: BALANCES });
    const { accounts } = await desk.reconciliation(mine, MARCH);
    const of = (code: string) => accounts.find(({ account }) => account === code)!;
    expect(of('5001010104')).toEqual({
      ...{ account: '5001010104', name: '生产成本_材料_配件', isCost: true, imported: '19300.00' },
      inFile: { lines: 4, debit: '19700.00', credit: '19700.00' },
      leftOut: [
        { reason: 'carry_over', lines: 1, debit: '100.00', credit: '0.00' },
        { reason: 'other_side', lines: 1, debit: '0.00', credit: '19400.00' },
      ],
      balance: { debit: '19300.00', credit: '0.00' },
      difference: { debit: '400.00', credit: '19700.00' },
      why:
        '凭证比余额表借方多 400.00、贷方多 19700.00（负数为少）；请核对缺失或重复的凭证。' +
        '未计入成本：结转 1 行，借方 100.00，贷方 0.00；成本科目的另一方 1 行，借方 0.00，贷方 19400.00。',
    });
    expect(of('5001010101').why).toBe('凭证与余额表一致。');
    // A cancelled voucher is no turnover.
    expect(of('50010103')).toMatchObject({
      inFile: { lines: 1, debit: '312000.00' },
      why: expect.stringMatching(/^凭证与余额表一致/),
    });
    expect(of('430101')).toMatchObject({ isCost: false, inFile: { debit: '52000.00' }, imported: '0.00' });
    expect(of('500105')).toMatchObject({ balance: null, difference: { debit: '186000.00' } });
  });

  it('without a balance sheet the vouchers themselves are the measure', async () => {
    const mine = await desk.newMine();
    await desk.take(mine, { 'departments.csv': DEPARTMENTS });
    await desk.keep(mine, {
      lines: [
        cost('5001', '记-1', '30'),
        { account: '5001', voucher: '记-2', debit: '12', reason: 'carry_over', isCost: true },
      ],
    });
    const answer = await desk.reconciliation(mine, MARCH);
    expect(answer.external).toMatchObject({
      balanceCost: null,
      ledgerCost: '42.00',
      against: 'ledger',
      difference: '-42.00',
    });
    expect(answer.accounts).toMatchObject([{ balance: null, difference: null }]);
    expect(answer.accounts[0]!.why).toMatch(/^本期间没有余额表/);
  });
});

describe('balance sheets of several levels', () => {
  const turnover = (account: string, debit: string, department?: string) => ({
    ...{ period: MARCH, account, account_name: '生产成本', debit },
    ...(department === undefined ? {} : { department }),
  });
  const balanceCost = async (balances: ReturnType<typeof turnover>[]) => {
    const mine = await desk.newMine();
    await desk.keep(mine, { balances });
    return (await desk.reconciliation(mine, MARCH)).external.balanceCost;
  };

  it.each([
    [
      'sub-accounts count, not what is above them',
      [turnover('5001', '42'), turnover('500101', '30'), turnover('500102', '12')],
      '42.00',
    ],
    [
      'departments count, not their sum',
      [turnover('5001', '42'), turnover('5001', '30', 'CM1'), turnover('5001', '12', 'JD')],
      '42.00',
    ],
    [
      'a row without department that is no sum counts beside',
      [turnover('5001', '5'), turnover('5001', '30', 'CM1')],
      '35.00',
    ],
  ])('%s', async (_, balances, expected) => {
    expect(await balanceCost(balances)).toBe(expected);
  });

  it('are compared on the account in common, whichever side is finer', async () => {
    const mine = await desk.newMine();
    await desk.keep(mine, {
      lines: [cost('500101', '记-1', '30'), cost('500102', '记-2', '12'), cost('6602', '记-3', '9')],
    });
    await desk.keep(mine, { balances: [turnover('5001', '42'), turnover('660201', '4'), turnover('660202', '5')] });
    const { accounts } = await desk.reconciliation(mine, MARCH);
    expect(accounts.map(({ account, inFile, balance }) => [account, inFile.debit, balance?.debit])).toEqual([
      ['5001', '42.00', '42.00'],
      ['6602', '9.00', '9.00'],
    ]);
  });
});

describe('what counts', () => {
  it('the newest balance sheet that stands; superseded imports never', async () => {
    const mine = await desk.newMine();
    const balance = (debit: string) => [{ period: MARCH, account: '5001', account_name: '生产成本', debit }];
    await desk.keep(mine, { balances: balance('10') });
    const first = await desk.keep(mine, { lines: [cost('5001', '记-1', '10')] });
    const newest = await desk.keep(mine, { balances: balance('20') });
    const second = await desk.keep(mine, { lines: [cost('5001', '记-1', '20')] });
    const figures = async () => {
      const { external } = await desk.reconciliation(mine, MARCH);
      return [external.ledgerCost, external.balanceCost];
    };
    expect(await figures()).toEqual(['30.00', '20.00']);
    await desk.query('UPDATE imports SET superseded_by = $2 WHERE id = $1', [first, second]);
    expect(await figures()).toEqual(['20.00', '20.00']);
    await desk.query('UPDATE imports SET superseded_by = $2 WHERE id = $1', [newest, second]);
    expect(await figures()).toEqual(['20.00', '10.00']);
  });

  it('a table of accounts names accounts and tells cost where codes do not', async () => {
    const mine = await desk.newMine();
    await desk.keep(mine, { accounts: [{ account: '8101', account_name: '自定', type: '成本类', direction: '借' }] });
    // The later listing stands, and keeps what it does not say.
    await desk.keep(mine, { accounts: [{ account: '8101', account_name: '井下辅助' }] });
    await desk.keep(mine, { balances: [{ period: MARCH, account: '8101', debit: '7' }] });
    const { accounts, external } = await desk.reconciliation(mine, MARCH);
    expect(accounts).toMatchObject([{ account: '8101', name: '井下辅助', isCost: true }]);
    expect(external.balanceCost).toBe('7.00');
  });

  it('a period that nobody knows is none', async () => {
    const mine = await desk.newMine();
    await expect(desk.reconciliation(mine, '2031-01')).rejects.toMatchObject({ code: 'no_such_period' });
  });
});

/** A line that became a record. */
function cost(account: string, voucher: string, debit: string): Line {
  return { account, voucher, debit, imported: debit, reason: 'imported', isCost: true };
}
