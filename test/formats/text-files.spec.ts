/** Text files as centres hand them over. Samples are transcribed from the public examples named in docs/architecture.md. */
import iconv from 'iconv-lite';
import { opened, refusedFor, type Row } from './opened.js';

/** A public 序时账 export: red-letter lines are negative, 公司 and 审核人 are nobody's concern. */
const JOURNAL = `公司,凭证日期,凭证编号,科目编码,科目名称,借方金额,贷方金额,摘要,审核人
示例公司,2026-01-05,记001,1002,银行存款,100000,0,销售回款,李四
示例公司,2026-01-05,记001,6001,主营业务收入,0,100000,销售回款,李四
示例公司,2026-03-09,记004,6602,管理费用,-100,0,"调整,上月",李四
`;
const FIRST = {
  ...{ sheet: 0, row: 2, date: '2026-01-05', voucher_type: '记', voucher_no: '1', summary: '销售回款' },
  ...{ account: '1002', account_name: '银行存款', debit: '100000', credit: '0' },
};
const RED = { ...FIRST, row: 4, date: '2026-03-09', voucher_no: '4', summary: '调整,上月', account: '6602' };

const asTable = (text: string, delimiter: string) =>
  text
    .replace('"调整,上月"', '调整,上月\u0001')
    .split(',')
    .join(delimiter)
    .replace(`调整${delimiter}上月\u0001`, '调整,上月');

test.each([
  ['utf-8', ',', Buffer.from(JOURNAL)],
  ['utf-8', ',', Buffer.from(`\ufeff${JOURNAL.replaceAll('\n', '\r\n')}`)],
  ['gb18030', ',', iconv.encode(JOURNAL, 'gb18030')],
  ['utf-16le', '\t', iconv.encode(asTable(JOURNAL, '\t'), 'utf-16le', { addBOM: true })],
  ['utf-8', ';', Buffer.from(asTable(JOURNAL, ';'))],
  ['utf-8', ';', Buffer.from(`sep=;\n${asTable(JOURNAL, ';')}`)],
  ['gb18030', '|', iconv.encode(asTable(JOURNAL, '|'), 'gb18030')],
])('a journal in %s with %j says the same', async (encoding, delimiter, content) => {
  const { file, rows } = await opened(content);
  expect(file).toMatchObject({ format: 'journal', container: 'csv', encoding, delimiter, documents: ['vouchers'] });
  const shift = content.toString().startsWith('sep=') ? 1 : 0;
  expect(rows.vouchers![0]).toEqual({ ...FIRST, row: 2 + shift });
  expect(rows.vouchers![2]).toEqual({ ...RED, row: 4 + shift, account_name: '管理费用', debit: '-100' });
  expect(file.parts[0]).toMatchObject({ headerRow: 1 + shift, ignored: ['公司', '审核人'], columns: { account: 3 } });
  expect(file.result.documents).toEqual(new Map([['vouchers', { rows: 3, blank: 0 }]]));
});

/** One line in the headers of several systems; `more` is what it says beyond 科目 5001, 借方 8. */
const HEADERS: readonly [header: string, line: string, more: Partial<Row>][] = [
  [
    '月份,凭证日期,凭证字号,行号,摘要,科目编码,科目名称,借方金额,贷方金额,辅助核算,原始列',
    '1,2025/01/31,记-001,1,报销,5001,差旅费,8,0,张三,保留',
    {
      period: '2025-01',
      date: '2025/01/31',
      line_no: '1',
      summary: '报销',
      account_name: '差旅费',
      auxiliary: '::张三',
    },
  ],
  [
    '凭证号,分录行号,记账日期,期间,币种,科目编码,借方金额,贷方金额',
    '记-001,2,2025-01-31,2025-01,CNY,5001,8,0',
    { period: '2025-01', line_no: '2' },
  ],
  [
    '制单日期,凭证类别,凭证号,科目代码,借方本币,贷方本币,原币借方,部门,部门编码,供应商,客户',
    '2025-01-31,记账凭证,0001,5001,8,0,1,采煤一区,CM1,机修厂,',
    { department: 'CM1', counterparty: '机修厂' },
  ],
  [
    '日期,凭证字,凭证号,会计科目编码,借方数量,贷方数量,借方金额（元）,贷方金额（元）,核算项目',
    '2025-01-31,记,1,5001,2,0,8,0,部门---CM1',
    { department: 'CM1', quantity: '2' },
  ],
];

test.each(HEADERS)('header %s', async (header, line, more) => {
  const { rows, file } = await opened(`${header}\n${line}\n`);
  expect(file.format).toBe('journal');
  expect(rows.vouchers).toEqual([
    {
      ...{ sheet: 0, row: 2, date: '2025-01-31', voucher_type: '记', voucher_no: '1' },
      ...{ account: '5001', debit: '8', credit: '0', ...more },
    },
  ]);
});

test('one amount with a direction', async () => {
  const { rows } = await opened('日期,凭证字号,科目编码,借贷方向,金额,作废标志\n2025-01-31,记1,5001,贷方,8,0\n');
  expect(rows.vouchers![0]).toMatchObject({ amount: '8', direction: '贷', is_void: '否' });
});

test("a mine's own names for columns", async () => {
  const text = '过帐日,凭证号,科目编码,借方,贷方\n2025-01-31,记1,5001,8,0\n';
  const [problem] = await refusedFor(text);
  expect(problem).toMatchObject({ code: 'unknown_layout', params: { closest: '序时账、凭证', lacking: '凭证日期' } });
  const { rows } = await opened(text, { headers: { vouchers: { date: ['过帐日'] } } });
  expect(rows.vouchers![0]).toMatchObject({ date: '2025-01-31' });
});

/** K/3: 37 columns by title; `*` says that there is none. Titles from a public import template. */
const K3_TITLES =
  '凭证日期,会计年度,会计期间,凭证字,凭证号,科目代码,科目名称,币别代码,币别名称,原币金额,借方,贷方,制单,审核,核准,出纳,经办,结算方式,结算号,凭证摘要,数量,数量单位,单价,参考信息,业务日期,往来业务编号,附件数,序号,系统模块,业务描述,汇率类型,汇率,分录序号,核算项目,过账,机制凭证,现金流量';
const K3_FIELDS =
  'FDate,FYear,FPeriod,FGroupID,FNumber,FAccountNum,FAccountName,FCurrencyNum,FCurrencyName,FAmountFor,FDebit,FCredit,FPreparerID,FCheckerID,FApproveID,FCashierID,FHandler,FSettleTypeID,FSettleNo,FExplanation,FQuantity,FMeasureUnitID,FUnitPrice,FReference,FTransDate,FTransNo,FAttachments,FSerialNum,FObjectName,FParameter,FExchangeRateType,FExchangeRate,FEntryID,FItem,FPosted,FInternalInd,FCashFlow';
const K3_LINE =
  '2023-03-05,2023.0000000000,3.0000000000,记,12.0000000000,5001010104,配件,RMB,人民币,8,8,0,张三,李四,,,,*,,领用,2,*,4,,2023-03-05,,0,1,,,公司汇率,1,0,部门---CM1---采煤一区|项目---P01,1,,';

test.each([
  ['titles', `${K3_TITLES}\n${K3_LINE}\n`, 2],
  ['field names', `${K3_FIELDS}\n${K3_LINE}\n`, 2],
  ['field names over titles', `${K3_FIELDS}\n${K3_TITLES}\n${K3_LINE}\n`, 3],
])("K/3's sheet of vouchers by %s", async (_, text, row) => {
  const { file, rows } = await opened(text);
  expect(file.format).toBe('k3');
  expect(rows.vouchers).toEqual([
    {
      ...{ sheet: 0, row, date: '2023-03-05', period: '2023-03', voucher_type: '记', voucher_no: '12', line_no: '0' },
      ...{ summary: '领用', account: '5001010104', account_name: '配件', debit: '8', credit: '0', quantity: '2' },
      ...{ department: 'CM1', project: 'P01', auxiliary: '部门:CM1:采煤一区' },
    },
  ]);
});

/** First line and fields of 用友 U8's text: lines are of different length, 部门 is field 16 and 项目 field 21. */
const U8 = `填制凭证,V800
2016-03-31 ,记,12,0,付3月住房公积金,10020104,0.00,15000.00,,,,张三,,,,,,,,,,,,,,,,0,,0,,,,,,,,,0,0,0,0,0,,0,0,0,0
2016-03-31,记,012,0,"付公积金,三月",5001,15000.00,0.00,2,0,,张三,,,,CM1,007,,S01,,P01
2016-03-31,记,12,0,摘要,5001
`;

test('U8 text', async () => {
  const { file, rows } = await opened(iconv.encode(U8, 'gb18030'));
  expect(file).toMatchObject({ format: 'u8', container: 'text', encoding: 'gb18030' });
  expect(rows.vouchers).toEqual([
    {
      ...{ sheet: 0, row: 2, date: '2016-03-31', voucher_type: '记', voucher_no: '12', summary: '付3月住房公积金' },
      ...{ account: '10020104', debit: '0.00', credit: '15000.00' },
    },
    {
      ...{ sheet: 0, row: 3, date: '2016-03-31', voucher_type: '记', voucher_no: '12', summary: '付公积金,三月' },
      ...{ account: '5001', debit: '15000.00', credit: '0.00', quantity: '2', department: 'CM1', project: 'P01' },
      ...{ counterparty: 'S01', auxiliary: '职员:007:' },
    },
  ]);
  expect(file.result.problems).toEqual([
    { row: 4, column: '', code: 'column_count', params: { expected: '8', found: '6' } },
  ]);
  expect(await refusedFor(U8, { kind: 'balances' })).toMatchObject([
    { code: 'kind_mismatch', params: { stated: 'balances', found: 'vouchers' } },
  ]);
});

test('a 科目余额表 with title rows, one that splits its header, one with directions', async () => {
  const titled = `科目余额表,,,,,,,,
单位：示例煤矿,,期间：2023年03月,,,,,单位：元,
科目编码,科目名称,期初借方,期初贷方,本期借方,本期贷方,期末借方,期末贷方,核算部门
430101,专项储备,,380000.00,52000.00,165000.00,,493000.00,
合计,,,380000.00,52000.00,165000.00,,493000.00,
`;
  const split = `期间：2023年03月,,,,,,,
科目编码,科目名称,期初余额,,本期发生额,,期末余额,
,,借方,贷方,借方,贷方,借方,贷方
430101,专项储备,,380000.00,52000.00,165000.00,,493000.00
`;
  const directed = `会计期间,科目编码,科目名称,方向,期初余额,本期借方,本期贷方,方向,期末余额
2023.03,430101,专项储备,贷,380000.00,52000.00,165000.00,贷,493000.00
`;
  const expected = {
    ...{ account: '430101', account_name: '专项储备', opening_credit: '380000.00', debit: '52000.00' },
    ...{ credit: '165000.00', closing_credit: '493000.00' },
  };
  const first = await opened(titled);
  expect(first.file.parts[0]!.headerRow).toBe(3);
  expect(first.rows.balances![0]).toEqual({ ...expected, sheet: 0, row: 4, period: '2023-03' });
  // Rows of sums are the reconciliation's to take out.
  expect(first.rows.balances![1]).toMatchObject({ row: 5, account: '合计' });
  const second = await opened(split);
  expect(second.file.parts[0]!.headerRow).toBe(3);
  expect(second.rows.balances).toEqual([{ ...expected, sheet: 0, row: 4, period: '2023-03' }]);
  expect((await opened(directed)).rows.balances).toEqual([{ ...expected, sheet: 0, row: 2, period: '2023.03' }]);
});

const SLIP = (price: string, amount: string) => `内部结算单,,,,,,,,,,
结算期间：2023-03,,,,,,,,,单位：元,
结算单号,结算日期,提供方,接受方,协同项目,服务内容,数量,计量单位,${price},${amount},备注
结-0007,2023-03-22,机修厂,机电区,P01,采煤机大修,1,台,186000.00,186000.00,
`;

test.each([
  ['不含税单价', '不含税金额', 'excl'],
  ['单价（含税）', '金额（含税）', 'incl'],
  ['单价', '金额', undefined],
])('a settlement slip headed %s, %s', async (price, amount, basis) => {
  const { file, rows } = await opened(SLIP(price, amount));
  expect(file.format).toBe('settlement');
  expect(rows.settlements).toEqual([
    {
      ...{
        sheet: 0,
        row: 4,
        id: '结-0007',
        date: '2023-03-22',
        provider: '机修厂',
        receiver: '机电区',
        project: 'P01',
      },
      ...{ service: '采煤机大修', quantity: '1', unit: '台', unit_price: '186000.00', amount: '186000.00' },
      ...(basis === undefined ? {} : { tax_basis: basis }),
    },
  ]);
});

test('lines below a table that name people are left out and counted; one with an amount is a row', async () => {
  const text = `${SLIP('单价', '金额')}合计,,,,,,,,,186000.00,
制表人：张三,,,审核：,李四,,,,,,
单位负责人：王五
制表人：赵六,,,,,,,,,1.00,
`;
  const { file, rows } = await opened(text);
  expect(rows.settlements!.map(({ row }) => row)).toEqual([4, 5, 8]);
  expect(file.result.skippedParts).toEqual([{ name: '制表、审核等落款', rows: 2 }]);
  expect(file.result.problems).toEqual([]);
});

test('tables of a coal group, by Chinese header and by field name', async () => {
  const chinese =
    '单位编码,日期(YYYY-MM),指标名称,指标编码,指标单位,本年预算单位价,本年预算总额,本月实际单位价,本月实际总额,环比增减_因素分析\nCM,2023-03,材料费,M01,元/吨,10.5,105,9.5,95,x\n';
  const fields =
    'org_code,date,index_name,index_code,unit,unit_price_pre,total_amount_pre,unit_price,total_amount,total_amount_vs_lastmonth_zjl\nCM,2023-03,材料费,M01,元/吨,10.5,105,9.5,95,x\n';
  for (const text of [chinese, fields]) {
    const { file, rows } = await opened(text);
    expect(file.format).toBe('management');
    expect(rows.management).toEqual([
      {
        ...{ sheet: 0, row: 2, department: 'CM', period: '2023-03', name: '材料费', code: 'M01', unit: '元/吨' },
        ...{ budget_price: '10.5', budget_total: '105', price: '9.5', total: '95' },
      },
    ]);
  }
  const coal =
    'org_name,date,index_name,index_code,amount_month,price_taxex_month,income_taxex_month\n示例矿,202303,精煤,C1,100,5,500\n';
  const { file, rows } = await opened(coal);
  expect(file.format).toBe('coal_settlement');
  expect(rows.coal_settlements![0]).toMatchObject({ department_name: '示例矿', quantity: '100', income: '500' });
});

test("the contract's own tables are told by their header and read as they always were", async () => {
  const text = '\n编码,名称,上级\nCM1,采煤一区,\n\nCM2,"a\tb",CM1\nCM3,x\n';
  for (const kind of [null, 'departments'] as const) {
    const { file, rows } = await opened(text, kind === null ? {} : { kind });
    expect(file).toMatchObject({ format: 'table', documents: ['departments'] });
    expect(rows.departments).toEqual([
      { sheet: 0, row: 3, code: 'CM1', name: '采煤一区' },
      { sheet: 0, row: 5, code: 'CM2', name: 'a\tb', parent: 'CM1' },
    ]);
    expect(file.result.documents.get('departments')).toEqual({ rows: 3, blank: 2 });
    expect(file.result.problems).toMatchObject([
      { row: 6, code: 'column_count', params: { expected: '3', found: '2' } },
    ]);
  }
  expect(await refusedFor('编码,名称,部门\n', { kind: 'departments' })).toEqual([
    { row: 1, column: '部门', code: 'unknown_column', params: {} },
    { row: 1, column: 'parent', code: 'missing_column', params: {} },
  ]);
});
