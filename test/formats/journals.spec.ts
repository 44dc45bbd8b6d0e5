/**
 * Journals as systems print them: a voucher's date and number on its first line alone, days in columns of their own, pages
 * that begin with the header again. Headers of U8, K/3 and NC are those of public programs that read such exports.
 */
import { bookOf, serial, type Cell } from './book.js';
import { opened, refusedFor } from './opened.js';

const ENTRY = { sheet: 0, date: '2023-03-05', voucher_type: '记', voucher_no: '1' };

describe('lines that go on with the voucher above them (凭证序时簿)', () => {
  const HEADER = '日期,会计期间,凭证字号,分录号,摘要,科目代码,科目名称,币别,原币金额,借方,贷方,制单,作废标志';
  const text = (...lines: readonly string[]) => [HEADER, ...lines, ''].join('\n');
  const FIRST = '2023-03-05,2023.3,记 - 1,1,领用,5001,生产成本,人民币,8,8,,张三,是';
  const SECOND = ',,,2,,1403,原材料,人民币,8,,8,,';

  test('have its date, period, number, summary and mark', async () => {
    const { file, rows } = await opened(text(FIRST, SECOND, ',,,3,退料,1404,材料成本差异,人民币,0,,0,,'));
    expect(file.result.problems).toEqual([]);
    const voucher = { ...ENTRY, period: '2023.3', is_void: '是' };
    expect(rows.vouchers).toEqual([
      { ...voucher, row: 2, line_no: '1', summary: '领用', account: '5001', account_name: '生产成本', debit: '8' },
      { ...voucher, row: 3, line_no: '2', summary: '领用', account: '1403', account_name: '原材料', credit: '8' },
      { ...voucher, row: 4, line_no: '3', summary: '退料', account: '1404', account_name: '材料成本差异', credit: '0' },
    ]);
  });

  test.each([
    ['behind a row of sums', [FIRST, ',,,,合计,,,,,8,8,,', SECOND]],
    ['behind a row of sums that is said in the account', [FIRST, ',,记1,,,小计,,,,8,8,,', SECOND]],
    ['behind the header once more', [FIRST, HEADER, SECOND]],
    ['behind a line without a number', ['2023-03-05,,,1,领用,5001,生产成本,人民币,8,8,,张三,', SECOND]],
    ['with a number but no day', [FIRST, ',,记2,2,,1403,原材料,人民币,8,,8,,']],
    ['with a day but no number', [FIRST, '2023-03-06,,,2,,1403,原材料,人民币,8,,8,,']],
    ['of another period', [FIRST, ',2023.4,,2,,1403,原材料,人民币,8,,8,,']],
    ['at the top', [SECOND]],
  ])('but not %s', async (_, lines) => {
    const { rows } = await opened(text(...lines));
    const { date, voucher_no, summary } = rows.vouchers!.at(-1)!;
    expect([date, voucher_no].includes(undefined as never)).toBe(true);
    expect(summary).toBeUndefined();
  });

  test('a blank line between them changes nothing', async () => {
    const { rows } = await opened(text(FIRST, ',,,,,,,,,,,,', SECOND));
    expect(rows.vouchers![1]).toMatchObject({ ...ENTRY, row: 4, account: '1403' });
  });

  test('on one sheet do not go on with the voucher of another', async () => {
    const header: readonly Cell[] = ['日期', '凭证号', '科目代码', '借方', '贷方'];
    const first: readonly Cell[] = [serial('44990'), '记1', '5001', '8', null];
    const second: readonly Cell[] = [null, null, '1403', null, '8'];
    const book = bookOf({ name: '一', rows: [header, first, second] }, { name: '二', rows: [header, second] });
    const { rows } = await opened(book);
    expect(rows.vouchers!.map(({ date }) => date)).toEqual(['2023-03-05', '2023-03-05', undefined]);
  });
});

describe('a day in columns of its own', () => {
  const LINE = '记1,5001,8,';
  const COLUMNS = '凭证号,科目编码,借方,贷方';
  test.each([
    ['年,月,日', '2023,3,5', {}],
    ['年,月,日', '2023年,03月,05日', {}],
    ['会计年度,月,日', '2023.0,3.0,5.0', {}],
    ['会计年度,会计期间,日', '2023,3,5', { period: '2023-03' }],
    ['会计期间,日', '2023-03,5', { period: '2023-03' }],
  ])('%s: %s', async (header, cells, more) => {
    const { file, rows } = await opened(`${header},${COLUMNS}\n${cells},${LINE}\n`);
    expect(rows.vouchers).toEqual([{ ...ENTRY, row: 2, account: '5001', debit: '8', ...more }]);
    expect(file.parts[0]!.columns).toHaveProperty('date');
  });

  test.each([
    ['a line above', '序时账,,,,,\n会计年度：2023,,,,,\n月,日,', 4],
    ['a span above', '序时账,,,,,\n期间：2023.01-2023.03,打印日期：2024-01-02,,,,\n月,日,', 4],
    ['the header of two rows', '序时账,,,,,\n2023年,,', 4],
  ])('the year is said by %s', async (_, head, row) => {
    const isSplit = head.includes('2023年');
    const text = `${head}${COLUMNS}\n${isSplit ? '月,日,,,,\n' : ''}3,5,${LINE}\n`;
    expect((await opened(text)).rows.vouchers).toEqual([{ ...ENTRY, row, account: '5001', debit: '8' }]);
  });

  test('two years above say none', async () => {
    const text = `期间：2022.12-2023.01,,,,,\n月,日,${COLUMNS}\n3,5,${LINE}\n`;
    expect(await refusedFor(text)).toMatchObject([{ code: 'missing_year', row: 2, column: 'date' }]);
  });

  test('what is no day is left for the check to refuse, and what is there in full comes first', async () => {
    const odd = await opened(`年,月,日,${COLUMNS}\n2023,,5,${LINE}\n2023,13,32,${LINE}\n`);
    expect(odd.rows.vouchers!.map(({ date }) => date)).toEqual(['2023--05', '2023-13-32']);
    const full = await opened(`日期,月,日,${COLUMNS}\n2023-03-05,4,6,${LINE}\n`);
    expect(full.rows.vouchers![0]).toMatchObject(ENTRY);
    expect(full.file.parts[0]!.ignored).toEqual(['月', '日']);
  });

  test('a line without month and day goes on with the voucher above it, the year being in every line', async () => {
    const { rows } = await opened(`年,月,日,${COLUMNS}\n2023,3,5,${LINE}\n2023,,,,1403,,8\n`);
    expect(rows.vouchers![1]).toEqual({ ...ENTRY, row: 3, account: '1403', credit: '8' });
  });
});

test('a row of sums that says so in the column of months is told by it', async () => {
  const columns = '凭证字号,摘要,科目编码,科目名称,借方金额,贷方金额';
  const { rows } = await opened(`会计年度：2024\n月,日,${columns}\n1,5,记-1,电费,6602,管理费用,5,\n合计,,,,,,5,\n`);
  expect(rows.vouchers!.at(-1)).toMatchObject({ row: 4, date: '合计', debit: '5' });
});

describe('pages that begin with the header again', () => {
  const TITLES = '序时账,,,,\n单位：示例煤矿,,第 1 页 共 2 页,,\n';
  const HEADER = '日期,凭证号,科目编码,借方,贷方\n';
  const pages = (second: string) => `${TITLES}${HEADER}2023-03-05,记1,5001,8,\n${second}2023-03-05,记1,1403,,8\n`;

  test.each([
    ['the header alone', HEADER, 1],
    ['the titles too', `${TITLES.replace('第 1 页', '第2页')}${HEADER}`, 3],
    ['titles that were cut short', `序时账\n${HEADER}`, 2],
  ])('%s', async (_, second, count) => {
    const { file, rows } = await opened(pages(second));
    expect(file.result.problems).toEqual([]);
    expect(rows.vouchers!.map(({ account }) => account)).toEqual(['5001', '1403']);
    expect(file.result.documents.get('vouchers')!.rows).toBe(2);
    expect(file.result.skippedParts).toEqual([{ name: '重复的表头', rows: count }]);
  });

  test('another header or title is a row, and no row that can be read', async () => {
    const { rows } = await opened(pages(`单位：别的煤矿,,,,\n${HEADER.replace('借方,贷方', '贷方,借方')}`));
    expect(rows.vouchers!.map(({ account }) => account)).toEqual(['5001', undefined, '科目编码', '1403']);
  });

  test('in a workbook, a header of two rows with merged cells', async () => {
    const header: readonly (readonly Cell[])[] = [
      ['科目编码', '期初余额', null, '本期发生额', null],
      [null, '借方', '贷方', '借方', '贷方'],
    ];
    const titles: readonly (readonly Cell[])[] = [['科目余额表'], ['期间：2023年03月']];
    const rows = [...titles, ...header, ['1403', '1', null, '2', null], ...titles, ...header, ['5001', '3', null, '4']];
    const merges = ['A1:E1', 'A3:A4', 'B3:C3', 'D3:E3', 'A6:E6', 'A8:A9', 'B8:C8', 'D8:E8'];
    const { file, rows: read } = await opened(bookOf({ name: '余额表', rows, merges }));
    expect(file.result.problems).toEqual([]);
    expect(read.balances!.map(({ account, row }) => [account, row])).toEqual([
      ['1403', 5],
      ['5001', 10],
    ]);
    expect(file.result.skippedParts).toEqual([{ name: '重复的表头', rows: 4 }]);
  });
});

const ONE_LINE = { ...ENTRY, summary: '领用', account: '5001' };
test.each<[string, string, string, object]>([
  [
    '用友 U8 序时账',
    '日期,凭证号数,科目编码,科目名称,摘要,方向,数量,外币,金额',
    '2023.03.05,记-0001,5001,生产成本,领用,借,2,,8.00',
    { date: '2023.03.05', account_name: '生产成本', direction: '借', quantity: '2', amount: '8.00' },
  ],
  [
    '用友 U8 凭证列表',
    '制单日期,凭证号数,摘要,科目编码,科目名称,借方,贷方,数量,部门,项目,客户,供应商,制单人',
    '2023-03-05,记-0001,领用,5001,生产成本,8.00,,2,采煤一区,,,,张三',
    { account_name: '生产成本', debit: '8.00', quantity: '2', department: '采煤一区' },
  ],
  [
    '用友 NC 序时账',
    '核算账簿,制单日期,凭证类别,凭证号,分录号,摘要,科目编码,科目名称,辅助项,币种,借方原币,借方本币,贷方原币,贷方本币',
    '示例煤矿,2023-03-05,记账凭证,0001,1,领用,5001,生产成本,【部门：采煤一区】【项目：P01】,人民币,8,8,0,0',
    { line_no: '1', account_name: '生产成本', debit: '8', credit: '0', department: '采煤一区', project: 'P01' },
  ],
  [
    '金蝶云星空 凭证',
    '日期,会计年度,期间,凭证字,凭证号,摘要,科目编码,科目全名,核算维度,币别,借方金额,贷方金额',
    '2023/3/5,2023,3,记,1,领用,5001,生产成本_材料,部门：采煤一区;项目：P01,人民币,8,0',
    {
      ...{ date: '2023/3/5', period: '2023-03', account_name: '生产成本_材料', debit: '8', credit: '0' },
      ...{ department: '采煤一区', project: 'P01' },
    },
  ],
  [
    '浪潮、远光 凭证',
    '制证日期,凭证类型,凭证编号,分录编号,摘要,科目编号,科目名称,借方金额,贷方金额,责任中心',
    '2023-03-05,记,0001,0001,领用,5001,生产成本,8,0,采煤一区',
    { line_no: '0001', account_name: '生产成本', debit: '8', credit: '0', department: '采煤一区' },
  ],
  [
    'GB/T 24589.1 as a table',
    '记账凭证日期,会计年度,会计期间号,记账凭证类型编号,记账凭证编号,记账凭证行号,记账凭证摘要,科目编号,借方本币金额,贷方本币金额,借方数量,贷方数量',
    '2023-03-05,2023,3,记,1,1,领用,5001,8,0,2,0',
    { period: '2023-03', line_no: '1', debit: '8', credit: '0', quantity: '2' },
  ],
])('%s', async (_, header, line, more) => {
  const { file, rows } = await opened(`${header}\n${line}\n`);
  expect(file.format).toBe('journal');
  expect(rows.vouchers).toEqual([{ ...ONE_LINE, row: 2, ...more }]);
});
