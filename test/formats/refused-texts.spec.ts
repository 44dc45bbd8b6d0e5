/** Text files that cannot be read, and what is said of them. */
import iconv from 'iconv-lite';
import { refusedFor } from './opened.js';

const JOURNAL = `公司,凭证日期,凭证编号,科目编码,科目名称,借方金额,贷方金额,摘要,审核人
示例公司,2026-01-05,记001,1002,银行存款,100000,0,销售回款,李四
示例公司,2026-01-05,记001,6001,主营业务收入,0,100000,销售回款,李四
示例公司,2026-03-09,记004,6602,管理费用,-100,0,"调整,上月",李四
`;
const BALANCE = '科目编码,科目名称,期初借方,期初贷方,本期借方,本期贷方,期末借方,期末贷方';

test.each<[string, string, { code: string } & Record<string, unknown>, object?]>([
  [
    'money in 万元',
    `单位：万元,期间：2023-03\n${BALANCE}\n`,
    { code: 'unit_not_yuan', row: 2, params: { unit: '万元' } },
  ],
  ['a column in 万元', '日期,凭证号,科目编码,借方(万元),贷方\n', { code: 'unit_not_yuan', column: 'debit' }],
  ['no period', `${BALANCE}\n`, { code: 'missing_period', column: 'period', row: 1 }],
  ['a header twice', '日期,凭证号,科目编码,借方,贷方,借方\n', { code: 'doubled_column', column: 'debit', row: 1 }],
  ['another document', JOURNAL, { code: 'kind_mismatch' }, { kind: 'settlements' }],
  ['PDF', '%PDF-1.7 x', { code: 'unknown_format', params: { seems: 'PDF' } }],
  ['HTML', '<html><table></table></html>', { code: 'html_table', row: 0 }],
  [
    'a table of HTML behind a mark, a declaration and a comment',
    '\ufeff<?xml version="1.0"?>\n<!-- x -->\n<!DOCTYPE html>\n<TABLE border=1><tr><td>凭证日期</td></tr></TABLE>',
    { code: 'html_table' },
  ],
  ['a web archive', 'MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>', { code: 'html_table' }],
  ['JSON', '{"date":"2023-03-05","amount":1}', { code: 'unknown_format', params: { seems: 'JSON' } }],
  ['a list in JSON', '[\n {"date":"2023-03-05"}]', { code: 'unknown_format', params: { seems: 'JSON' } }],
  ['quotes in every line', '甲"乙,丙\n1"2,3\n', { code: 'unknown_layout', params: { headers: '甲"乙,丙' } }],
  ['a line of 3 MB', `${'a'.repeat(3_000_000)}\n${JOURNAL}`, { code: 'row_too_long', row: 1 }],
  ['a field of 20 KB', `${'a'.repeat(20_000)},b\n`, { code: 'field_too_long', row: 1, column: '1' }],
  ['an open quote', '"甲,乙\n1,2\n', { code: 'unclosed_quote', row: 1 }],
  ['nothing', '', { code: 'empty_file' }],
  ['blank lines', ' \n \n', { code: 'empty_file' }],
  ['some text', '甲,乙\n1,2\n', { code: 'unknown_layout', params: { headers: '甲、乙' } }],
  ['too many rows', JOURNAL, { code: 'too_many_rows', row: 4 }, { limits: { maxRows: 2 } }],
  ['too many cells', JOURNAL, { code: 'too_many_cells', row: 3 }, { limits: { maxCells: 10 } }],
  ['too many columns', JOURNAL, { code: 'too_many_columns', row: 1 }, { limits: { maxColumns: 5 } }],
  ['a ragged row', `${JOURNAL}a,b\n`, { code: 'column_count', row: 5, params: { expected: '9', found: '2' } }],
  [
    'a stray quote',
    `${JOURNAL}示例公司,2026"-01-05,记1,1002,a,1,0,b,c\n`,
    { code: 'stray_quote', row: 5, column: 'date' },
  ],
  ['#REF!', `${JOURNAL}示例公司,2026-01-05,记1,1002,a,#REF!,0,b,c\n`, { code: 'error_cell', row: 5, column: 'debit' }],
])('refused: %s', async (_, content, expected, wanted = {}) => {
  expect(await refusedFor(content, wanted)).toEqual(expect.arrayContaining([expect.objectContaining(expected)]));
});

test('Big5 decodes by accident, and no header knows its rubbish', async () => {
  const big5 = iconv.encode('日期,傳票號,科目編號,借方金額,貸方金額\n2023-03-05,1,5001,8,0\n', 'big5');
  expect(await refusedFor(big5)).toMatchObject([{ code: 'unknown_layout' }]);
});
