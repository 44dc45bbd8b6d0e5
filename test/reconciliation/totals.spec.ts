import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EVERY_MINE } from '../../src/modules/mines/index.js';
import { rowNumber } from '../../src/modules/rules/row-number.js';
import { checkTotals, separateTotals } from '../../src/modules/reconciliation/index.js';
import { BooksDesk, TOTALS, balanced, stage, type Row } from './books-desk.js';

let desk: BooksDesk;
beforeAll(async () => {
  desk = await BooksDesk.open();
});
afterAll(() => desk.close());

const line = (no: string, account: string, debit: string, credit = ''): Row => ({
  ...{ date: '2023-03-05', voucher_no: no, account, summary: '领料' },
  ...(debit === '' ? {} : { debit }),
  ...(credit === '' ? {} : { credit }),
});
const MISMATCH = 'total_mismatch';

describe('rows of sums', () => {
  it('are taken out wherever their words stand, counted by them, and agree to the fen', async () => {
    // 100.10 + 200.20 = 300.30 on either side; the page totals are counted and not compared.
    const found = await balanced(desk, 'vouchers', [
      line('记-1', '5001', '100.10'),
      { summary: '本页合计', debit: '9.99' },
      line('记-1', '1403', '', '100.10'),
      { date: '承 前 页', debit: '100.10' },
      line('记-2', '5001', '200.20'),
      line('记-2', '1403', '', '200.20'),
      { account_name: '合　计：', debit: '300.30', credit: '1,00.00' },
    ]);
    expect({ sums: found.sums, left: found.left }).toEqual({ sums: { 本页合计: 1, 承前页: 1, 合计: 1 }, left: 4 });
    // 1,00.00 is no number: the grouping is wrong.
    expect(found.problems).toEqual([{ rowNo: 8, column: 'credit', code: 'invalid_number', params: {} }]);
    expect(found.kept).toEqual([['合计/debit', '300.3', '300.3']]);
  });

  it('an entry is none, whatever it is called', async () => {
    const found = await balanced(desk, 'vouchers', [
      { ...line('记-1', '5001', '5.00'), summary: '合计', account_name: '合计' },
      line('记-1', '1002', '', '5.00'),
      { voucher_no: '合计', debit: '5.00', credit: '5' },
    ]);
    expect([found.left, found.problems]).toEqual([2, []]);
    expect(found.kept).toEqual([
      ['合计/debit', '5', '5'],
      ['合计/credit', '5', '5'],
    ]);
  });

  it('a row that was lost is caught by the total of the file', async () => {
    // 100 + 50 are there, the file says 175: a line of 25 is missing.
    const found = await balanced(desk, 'vouchers', [
      line('记-1', '5001', '100'),
      line('记-2', '5001', '50'),
      { summary: '合计', debit: '175.00' },
    ]);
    const params = { label: '合计/debit', stated: '175', found: '150', difference: '25' };
    expect(found.problems).toEqual([{ rowNo: 4, column: 'debit', code: MISMATCH, params }]);
    expect(found.kept).toEqual([['合计/debit', '175', '150']]);
  });

  it('subtotals are of the rows since the one before, totals of the sheet or since the total before', async () => {
    const slip = (id: string, amount: string): Row => ({ id, amount });
    const found = await balanced(desk, 'settlements', [
      slip('结-1', '10'),
      slip('结-2', '20'),
      { id: '小计', amount: '30' },
      slip('结-3', '5'),
      { summary: '机修厂小计', amount: '5' },
      { summary: '合计', amount: '35' },
      slip('结-4', '1'),
      { summary: '合计', amount: '1' },
      { summary: '总计', amount: '36' },
      // Another sheet has rows and totals of its own.
      [rowNumber(1, 2), slip('结-5', '7')],
      [rowNumber(1, 3), { summary: '合计', amount: '7' }],
      [rowNumber(2, 2), slip('结-6', '8')],
      [rowNumber(2, 3), { summary: '小计', amount: '9' }],
    ]);
    expect(found.problems).toEqual([
      {
        ...{ rowNo: rowNumber(2, 3), column: 'amount', code: MISMATCH },
        params: { label: '小计/amount', stated: '9', found: '8', difference: '1' },
      },
    ]);
    expect(found.kept).toHaveLength(7);
    expect(found.left).toBe(6);
  });

  it('a sum added in binary floating point is read to the fen', async () => {
    // 0.1 + 0.2 in a formula cell.
    const found = await balanced(desk, 'settlements', [
      { id: '1', amount: '0.1' },
      { id: '2', amount: '0.2' },
      { id: '合计', amount: '0.30000000000000004' },
    ]);
    expect([found.problems, found.kept]).toEqual([[], [['合计/amount', '0.3', '0.3']]]);
  });

  it('a row of sums that states nothing, or a dash, states nothing', async () => {
    const found = await balanced(desk, 'settlements', [
      { id: '1', amount: '0.1' },
      { id: '合计', amount: '—' },
    ]);
    expect([found.sums, found.problems, found.kept]).toEqual([{ 合计: 1 }, [], []]);
  });
});

describe('balance sheets', () => {
  const account = (code: string, debit: string, rest: Row = {}): Row => ({
    ...{ period: '2023-03', account: code, debit, credit: '0' },
    ...rest,
  });

  // 5001 = 500101 + 500102 = 30 + 12; the sheet lists both levels.
  const LEVELS = [account('5001', '42'), account('500101', '30'), account('500102', '12'), account('1002', '8')];

  it.each([
    ['last level', '50', '合计/debit/leaf', '50'],
    ['every row', '92', '合计/debit', '92'],
  ])('a total of the %s accounts is accepted and says so', async (_, stated, label, sum) => {
    const found = await balanced(desk, 'balances', [...LEVELS, { account: '合计', debit: stated }]);
    expect([found.problems, found.kept]).toEqual([[], [[label, stated, sum]]]);
  });

  it('a total of the last level is accepted where the levels above differ from it', async () => {
    // Adjusted above: 5001 says 43. Of the leaves: 30 + 12 + 8 = 50; of the top: 51.
    const rows = [account('5001', '43'), ...LEVELS.slice(1)];
    const found = await balanced(desk, 'balances', [...rows, { account_name: '合计', debit: '50' }]);
    expect([found.problems, found.kept]).toEqual([[], [['合计/debit/leaf', '50', '50']]]);
    const top = await balanced(desk, 'balances', [...rows, { account_name: '合计', debit: '51' }]);
    expect([top.problems, top.kept]).toEqual([[], [['合计/debit/top', '51', '51']]]);
  });

  it('an account beside its departments counts once', async () => {
    const found = await balanced(desk, 'balances', [
      account('5001', '42'),
      account('5001', '30', { department: '采煤一区' }),
      account('5001', '12', { department: '机电区' }),
      { account: '合计', debit: '42' },
    ]);
    expect([found.problems, found.kept]).toEqual([[], [['合计/debit/leaf', '42', '42']]]);
  });

  it('columns must agree under one reading, not each under its own', async () => {
    // Debit 50 is that of the top accounts, closing 92 that of all rows (42 + 30 + 12 + 8).
    const rows = LEVELS.map((row) => ({ ...row, closing_debit: row.debit! }));
    const found = await balanced(desk, 'balances', [...rows, { account: '合计', debit: '50', closing_debit: '92' }]);
    expect(found.problems.map(({ rowNo, column, code }) => [rowNo, column, code])).toEqual([[6, 'debit', MISMATCH]]);
  });

  it('totals of classes, as U8 writes them', async () => {
    const found = await balanced(desk, 'balances', [
      account('1002', '8'),
      { account: '资产小计', debit: '8', credit: '0' },
      account('5001', '42'),
      account('500101', '42'),
      { account_name: '成本小计', debit: '42' },
      { account: '合计', debit: '50' },
    ]);
    expect([found.sums, found.problems, found.left]).toEqual([{ 资产小计: 1, 成本小计: 1, 合计: 1 }, [], 3]);
  });
});

describe('what the sender read off the slip', () => {
  const LINES = [
    line('记-1', '5001', '100'),
    line('记-1', '1002', '', '100'),
    { ...line('记-2', '5001', '7'), is_void: '是' },
  ];

  it.each([
    [3, '107'],
    // Without the cancelled voucher.
    [2, '100'],
  ])('%d rows and %s yuan agree', async (rows, amountYuan) => {
    const found = await balanced(desk, 'vouchers', LINES, { rows, amountYuan });
    expect([found.problems, found.kept]).toEqual([
      [],
      [
        ['rows', String(rows), String(rows)],
        ['amount', amountYuan, amountYuan],
      ],
    ]);
  });

  it('and a difference of a fen does not', async () => {
    const found = await balanced(desk, 'vouchers', LINES, { rows: 4, amountYuan: '107.01' });
    const problem = (label: string, stated: string, sum: string, difference: string) => ({
      ...{ rowNo: 0, column: '', code: 'control_total_mismatch', params: { label, stated, found: sum, difference } },
    });
    expect(found.problems).toEqual([problem('rows', '4', '3', '1'), problem('amount', '107.01', '107', '0.01')]);
  });

  it('one amount and a direction: the debit side', async () => {
    const found = await balanced(
      desk,
      'vouchers',
      [
        { date: '2023-03-05', voucher_no: '1', account: '5001', amount: '70', direction: '借' },
        { date: '2023-03-05', voucher_no: '1', account: '1002', amount: '70', direction: '贷' },
        { summary: '合计', amount: '70' },
      ],
      { rows: null, amountYuan: '70.00' },
    );
    expect([found.problems, found.kept.map(([label]) => label)]).toEqual([[], ['合计/amount/debit', 'amount']]);
  });

  it('is of the vouchers of a file, not of the balances beside them', async () => {
    const mine = await desk.newMine();
    const importId = await desk.newImport(mine);
    const typed = { rows: 3, amountYuan: '107' };
    const problems = await desk.uow.run(EVERY_MINE, async (tx) => {
      const found = [];
      for (const [document, rows] of [
        ['vouchers', LINES],
        ['balances', [{ period: '2023-03', account: '5001', debit: '9' }]],
      ] as const) {
        const table = await stage(tx, importId, document, rows);
        await separateTotals(tx, { importId, document, table, totals: TOTALS });
        found.push(...(await checkTotals(tx, { mine, importId, document, table, typed })));
      }
      return found;
    });
    expect(problems).toEqual([]);
  });
});
