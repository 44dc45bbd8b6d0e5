/** Single texts of books: what every format writes its own way becomes one form. */
import { codeAndName, dimensionsIn, placeDimensions } from '../../src/modules/formats/app/auxiliary.js';
import { headerKey } from '../../src/modules/formats/app/layout/header-key.js';
import { titleFacts } from '../../src/modules/formats/app/layout/title-facts.js';
import * as texts from '../../src/modules/formats/app/ledger-texts.js';
import { voucherNumber } from '../../src/modules/formats/app/voucher-number.js';

test.each([
  [null, '记001', '记', '1'],
  [null, '记-012', '记', '12'],
  ['记', '12', '记', '12'],
  ['记', '12.0000000000', '记', '12'],
  ['记账凭证', '0003', '记', '3'],
  [null, '记账凭证12', '记', '12'],
  [null, '收字第5号', '收', '5'],
  [null, '第5号', null, '5'],
  [null, '银收-3', '银收', '3'],
  [null, 'J-001', 'J', '1'],
  [null, '000', null, '0'],
  // The word inside the number wins over the type beside it: GB/T 24589.1's own sample has type 1 and 收001.
  ['1', '收001', '收', '1'],
  ['记', null, '记', null],
  // What is no word and number stays as it stands.
  ['记', '2023-03-12', '记', '2023-03-12'],
  [null, '合计', null, '合计'],
])('voucher %s %s is %s %s', (type, number, expectedType, expectedNumber) => {
  expect(voucherNumber(type, number)).toEqual({ type: expectedType, number: expectedNumber });
});

const NONE = { department: null, project: null, counterparty: null, auxiliary: null };

test.each([
  ['部门---CM1', { department: 'CM1' }],
  ['部门---CM1---采煤一区', { department: 'CM1', auxiliary: '部门:CM1:采煤一区' }],
  ['[部门]CM1/采煤一区', { department: 'CM1', auxiliary: '部门:CM1:采煤一区' }],
  ['【部门：采煤一区】', { department: '采煤一区' }],
  [
    '部门---CM1---采煤一区|项目---P01---大修；供应商---S1---机修厂',
    {
      ...{ department: 'CM1', project: 'P01', counterparty: '机修厂' },
      auxiliary: '部门:CM1:采煤一区|项目:P01:大修|供应商:S1:机修厂',
    },
  ],
  ['职员---007---张三', { auxiliary: '职员:007:张三' }],
  ['张三', { auxiliary: '::张三' }],
  // A second department is nobody's to choose.
  ['部门:A1\n部门:B2', { department: 'A1', auxiliary: '部门::B2' }],
])('%s is placed', (cell, expected) => {
  expect(placeDimensions(dimensionsIn(cell))).toEqual({ ...NONE, ...expected });
});

test.each([
  ['001(客户A)', '001', '客户A'],
  ['001（客户A）', '001', '客户A'],
  ['CM1 采煤一区', 'CM1', '采煤一区'],
  // A name with brackets has no code.
  ['兴隆公司(北京)', '', '兴隆公司(北京)'],
])('%s is code %s and name %s', (text, code, name) => {
  expect(codeAndName(text)).toEqual({ code, name });
});

test.each([
  ['2023', '3', null, '2023-03'],
  ['2023.0000000000', '3.0000000000', null, '2023-03'],
  [null, '2023-03-01', null, '2023-03'],
  [null, '2023年第3期', null, '2023-03'],
  [null, '2026-08', null, '2026-08'],
  [null, '1', '2025/01/31', '2025-01'],
  [null, '13', '2025-12-31', '2025-13'],
  // Period 12 in a voucher of January: of which year, only a person knows.
  [null, '12', '2026-01-03', '12'],
  [null, null, '2026-01-03', null],
])('year %s, period %s, day %s: %s', (year, period, date, expected) => {
  expect(texts.ledgerPeriod(year, period, date)).toBe(expected);
});

test.each([
  ['13%', '0.13'],
  ['6%', '0.06'],
  ['0.5%', '0.005'],
  ['0.13', '0.13'],
  ['免税', '免税'],
])('rate %s is %s', (text, expected) => expect(texts.taxRate(text)).toBe(expected));

test.each([
  ['309000.00000000006', '309000.000000000'],
  ['-0.30000000000000004', '-0.300000000000000'],
  ['1234567890123456.5', '1234567890123457'],
  ['99999999999999.95', '100000000000000.0'],
  ['186000.55', '186000.55'],
  ['1E+20', '1E+20'],
])('a computed sum %s shows as %s', (text, expected) => expect(texts.shownDigits(text)).toBe(expected));

test('balances go to their side', () => {
  expect(texts.balanceSides('5', '借')).toEqual(['5', null]);
  expect(texts.balanceSides('5', '贷方')).toEqual([null, '5']);
  expect(texts.balanceSides('0.00', '平')).toEqual([null, null]);
  expect(texts.bookedQuantity('0', '-3')).toBe('-3');
  expect(texts.bookedQuantity('2', '0')).toBe('2');
  expect(texts.bookedQuantity('0.00', null)).toBe('0.00');
});

test.each([
  ['合 计', true],
  ['材料小计：', true],
  ['过次页', true],
  ['累计', true],
  ['合计部', false],
  ['累计折旧', false],
])('%s marks a row of sums: %s', (text, expected) => expect(texts.isTotalText(text)).toBe(expected));

test.each([
  ['借方金额（元）', '借方金额', ''],
  [' 借方 金额\n（单位：元）', '借方金额', ''],
  ['*科目编码', '科目编码', ''],
  ['借方金额(万元)', '借方金额', '万元'],
  // Another currency is another column.
  ['借方金额(美元)', '借方金额(美元)', ''],
  ['金额（不含税）', '金额(不含税)', ''],
  ['ＦＤａｔｅ', 'fdate', ''],
])('header %s is compared as %s', (header, bare, moneyUnit) => {
  expect(headerKey(header)).toMatchObject({ bare, moneyUnit });
});

test.each([
  [['单位：示例煤矿', null, '期间：2023年03月', '单位：元'], '2023-03', null],
  [['结算期间：2023-03', '编制单位：集中核算中心', '金额单位：万元'], '2023-03', '万元'],
  [['科目余额表（2023年3月）'], '2023-03', null],
  [['会计期间：2023.03-2023.03'], '2023-03', null],
  [['会计期间：2023年第3期'], '2023-03', null],
  // A span of months is no month.
  [['期间：2023年01月-2023年03月'], null, null],
  [['期间：2023年1-3月'], null, null],
  [['期间：2023-01 至 03'], null, null],
  [['期间：2023年03月01日至2023年03月31日'], '2023-03', null],
  [['日期：2023-03-31'], '2023-03', null],
  [['打印于 2023-03'], null, null],
  [['打印日期：2024-01-02', '期间：2023年03月'], '2023-03', null],
  [['制表日期：2024-01-02'], null, null],
])('title row %j: period %s, unit %s', (row, period, moneyUnit) => {
  expect(titleFacts([row])).toMatchObject({ period, moneyUnit });
});

test.each([
  [['期间：2023.01-2023.03'], '2023'],
  [['会计年度：2023'], '2023'],
  [['2023年序时账'], '2023'],
  [['期间：2022.12-2023.01'], null],
  [['2022年度', '2023年度'], null],
  // A day of printing is about nothing.
  [['打印日期：2024-01-02', '期间：2023年03月'], '2023'],
])('title row %j: year %s', (row, year) => {
  expect(titleFacts([row]).year).toBe(year);
});
