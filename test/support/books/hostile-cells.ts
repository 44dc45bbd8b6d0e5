/** Workbooks that are sound as archives and odd in their cells. */
import { exactOr, refused, taken, type HostileFile, type Verdict } from './hostile-file.js';
import { AMOUNT, journalBook, journalParts, voucherRows } from './raw-journal.js';
import { blank, number, packed, raw, styled, text, type RawCell } from './raw-workbook.js';

const file = (name: string, bytes: (no: number) => Buffer, verdict: Verdict): HostileFile => ({
  ...{ name: `cell: ${name}`, fileName: 'journal.xlsx', bytes, verdict },
});
const SHEET = 'xl/worksheets/sheet1.xml';
const changed = (change: (xml: string) => string) => (no: number) => {
  const parts = journalParts(voucherRows(no));
  return packed({ ...parts, [SHEET]: change(parts[SHEET]!) });
};
/** Both sides of the voucher have this amount. */
const amountOf = (name: string, cell: RawCell, verdict: Verdict): HostileFile =>
  file(`amount ${name}`, (no) => journalBook(voucherRows(no, cell)), verdict);
/** The line of cost has this cell. */
const costOf = (name: string, column: string, cell: RawCell, verdict: Verdict): HostileFile =>
  file(`${column} ${name}`, (no) => journalBook(voucherRows(no, number(AMOUNT), { [column]: cell })), verdict);

const BROKEN = ['broken_workbook', 'malformed_xml', 'doubled_cell', 'too_many_columns', 'too_many_rows'];
const NO_NUMBER = ['invalid_number', 'float_tail', 'number_out_of_range', 'error_cell', 'too_many_decimals', ...BROKEN];

const amounts: readonly HostileFile[] = [
  amountOf('with a float tail', number('4.3499999999999996'), taken('4.35')),
  amountOf('with a float tail of a sum', number('0.30000000000000004'), refused('float_tail', 'too_many_decimals')),
  amountOf('of 2^53 + 1', number('9007199254740993'), refused('float_tail')),
  amountOf('of 2^53 + 1 as text', text('9007199254740993'), taken('9007199254740993.00')),
  amountOf('of 15 digits', number('1234567890123.45'), taken('1234567890123.45')),
  amountOf('in scientific notation', number('1.23456E3'), taken(AMOUNT)),
  amountOf('in small scientific notation', number('5E-2'), taken('0.05')),
  amountOf('of a third', number('0.33333333333333331'), refused('float_tail', 'too_many_decimals')),
  amountOf('of three decimals', number('1.005'), refused('too_many_decimals')),
  amountOf('without end', number('1E400'), refused(...NO_NUMBER)),
  amountOf('next to nothing', number('1E-400'), refused(...NO_NUMBER, 'no_amount')),
  amountOf('of a bomb', number('1E1000000000'), refused(...NO_NUMBER)),
  amountOf('NaN', number('NaN'), refused(...NO_NUMBER)),
  amountOf('Infinity', number('Infinity'), refused(...NO_NUMBER)),
  amountOf('hexadecimal', number('0x10'), refused(...NO_NUMBER)),
  amountOf('in full-width digits', number('１００'), refused(...NO_NUMBER)),
  amountOf('negative', number('-1234.56'), taken('-1234.56')),
  amountOf('negative zero', number('-0'), exactOr('0.00', 'no_amount', 'float_tail')),
  amountOf('blank', blank, refused('no_amount')),
  amountOf('empty', raw('<c r="{place}"/>'), refused('no_amount')),
  amountOf('with trailing zeros', number('1234.5600'), taken(AMOUNT)),
  amountOf('as text', text(AMOUNT), taken(AMOUNT)),
  amountOf('as grouped text', text('1,234.56'), taken(AMOUNT)),
  amountOf('as text between blanks', text(' 1234.56\t'), taken(AMOUNT)),
  amountOf(
    'as a string of a formula',
    raw('<c r="{place}" t="str"><v>1234.56</v></c>'),
    exactOr(AMOUNT, 'formula_cell'),
  ),
  amountOf('as a formula', raw('<c r="{place}"><f>1000+234.56</f><v>1234.56</v></c>'), refused('formula_cell')),
  amountOf(
    'as a formula without a value',
    raw('<c r="{place}"><f>WEBSERVICE("http://127.0.0.1:1/x")</f></c>'),
    refused('formula_cell'),
  ),
  amountOf(
    'as a shared formula',
    raw('<c r="{place}"><f t="shared" si="0"/><v>1234.56</v></c>'),
    refused('formula_cell'),
  ),
  amountOf(
    'as an array formula',
    raw('<c r="{place}"><f t="array" ref="K2:K3">A1</f><v>1234.56</v></c>'),
    refused('formula_cell'),
  ),
  amountOf('an error', raw('<c r="{place}" t="e"><v>#REF!</v></c>'), refused('error_cell')),
  amountOf(
    'an error of a formula',
    raw('<c r="{place}" t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
    refused('error_cell', 'formula_cell'),
  ),
  amountOf('a truth', raw('<c r="{place}" t="b"><v>1</v></c>'), refused(...NO_NUMBER)),
  amountOf('a day', styled(1, '44990'), refused(...NO_NUMBER, 'bad_date_cell')),
  amountOf('of an unknown type', raw('<c r="{place}" t="zz"><v>1234.56</v></c>'), exactOr(AMOUNT, ...NO_NUMBER)),
  amountOf('of a style that is not there', styled(99, AMOUNT), exactOr(AMOUNT, ...BROKEN)),
  amountOf('of a style that is none', raw(`<c r="{place}" s="x"><v>${AMOUNT}</v></c>`), exactOr(AMOUNT, ...BROKEN)),
  amountOf('that is no number', number('abc'), refused(...NO_NUMBER)),
  amountOf('of two values', raw('<c r="{place}"><v>1</v><v>2</v></c>'), refused(...NO_NUMBER, 'voucher_unbalanced')),
];

const days: readonly HostileFile[] = [
  ...['2023-03-05', '2023/3/5', '2023.3.5', '20230305', '2023年3月5日', '2023-03-05 14:30:00'].map((day) =>
    costOf(`as text ${day}`, '凭证日期', text(day), taken(AMOUNT)),
  ),
  costOf('with an hour', '凭证日期', styled(1, '44990.75'), taken(AMOUNT)),
  costOf('in a style of its own', '凭证日期', styled(2, '44990'), taken(AMOUNT)),
  costOf('as ISO', '凭证日期', raw('<c r="{place}" t="d"><v>2023-03-05T00:00:00</v></c>'), taken(AMOUNT)),
  costOf('of 1900-02-29', '凭证日期', styled(1, '60'), refused('bad_date_cell')),
  costOf('of day 0', '凭证日期', styled(1, '0'), refused('bad_date_cell')),
  costOf('before all days', '凭证日期', styled(1, '-1'), refused('bad_date_cell')),
  costOf('behind all days', '凭证日期', styled(1, '2958466'), refused('bad_date_cell')),
  costOf('without end', '凭证日期', styled(1, '1E300'), refused('bad_date_cell', 'float_tail')),
  costOf('that is no day', '凭证日期', text('2023-02-30'), refused('invalid_date')),
  costOf('that is a number', '凭证日期', number('44990'), refused('invalid_date')),
  costOf('that is an hour', '凭证日期', styled(3, '0.5'), refused('invalid_date', 'bad_date_cell')),
  costOf('in full-width digits', '凭证日期', text('２０２３-03-05'), refused('invalid_date')),
  costOf('blank', '凭证日期', blank, refused('value_missing')),
];

const texts: readonly HostileFile[] = [
  ...[
    '=1+1',
    '+1',
    '-1',
    '@SUM(1)',
    '__proto__',
    'constructor',
    'a\u202eb',
    '😀𠮷㐀',
    '\\N',
    "'; DROP TABLE records; --",
    '<b>&amp;',
  ].map((content) => costOf(`that is ${JSON.stringify(content)}`, '摘要', text(content), taken(AMOUNT))),
  costOf('of 2,000 characters', '摘要', text('截'.repeat(2_000)), taken(AMOUNT)),
  costOf('of 40,000 characters', '摘要', text('截'.repeat(40_000)), refused('text_too_long')),
  costOf('with an escape', '摘要', text('a_x000A_b'), taken(AMOUNT)),
  costOf('with an escaped NUL', '摘要', text('a_x0000_b'), refused('invalid_character', 'hidden_character')),
  costOf(
    'rich',
    '摘要',
    raw('<c r="{place}" t="inlineStr"><is><r><t>检</t></r><r><t>修</t></r></is></c>'),
    taken(AMOUNT),
  ),
  costOf('that nobody knows', '部门', text('D99'), refused('unmapped_department')),
  costOf('by name', '部门', text('采煤一区'), taken(AMOUNT)),
  costOf('blank', '部门', blank, refused('unmapped_department', 'value_missing', 'no_department')),
  costOf('that is a property of every object', '部门', text('__proto__'), refused('unmapped_department')),
  costOf('that nobody knows', '项目', text('P99'), refused('unmapped_project')),
  file(
    '科目编码 of a cost that nobody mapped',
    (no) =>
      journalBook(voucherRows(no, number(AMOUNT), { 科目编码: text('50019999'), 科目名称: text('生产成本_不明费用') })),
    refused('unmapped_account'),
  ),
  costOf('as a number', '科目编码', number('50010105'), taken(AMOUNT)),
  // Its name says what it is.
  costOf('in full-width digits', '科目编码', text('５００１０１０５'), exactOr(AMOUNT, 'unmapped_account')),
  costOf('with a hidden character', '科目编码', text('5001\u200b0105'), refused('hidden_character')),
  costOf('blank', '科目编码', blank, refused('value_missing')),
  costOf(
    'as a formula',
    '科目编码',
    raw('<c r="{place}" t="str"><f>A1</f><v>50010105</v></c>'),
    refused('formula_cell'),
  ),
  costOf(
    'as a formula that nobody reads',
    '科目名称',
    raw('<c r="{place}" t="str"><f>A1</f><v>修理费</v></c>'),
    refused('formula_cell'),
  ),
  costOf(
    'in scientific notation',
    '凭证字号',
    number('1.5E1'),
    refused('voucher_unbalanced', 'value_missing', 'invalid_number'),
  ),
  costOf('of 0', '数量', number('0'), taken(AMOUNT)),
  costOf('of negative zero', '数量', number('-0'), taken(AMOUNT)),
  costOf('of seven decimals', '数量', number('1.2345678'), refused('too_many_decimals')),
  costOf('that is no number', '数量', text('三'), refused('invalid_number')),
  costOf('on both sides', '贷方金额', number(AMOUNT), refused('both_sides', 'voucher_unbalanced')),
];

const places: readonly HostileFile[] = [
  file(
    'without places',
    changed((xml) =>
      xml.replace(/<(row|c) r="[A-Z0-9]+"/g, (_, name: string) => `<${name}`).replaceAll('<c><v>', '<c t="n"><v>'),
    ),
    refused(
      ...BROKEN,
      'value_missing',
      'invalid_date',
      'unmapped_department',
      'no_amount',
      'both_sides',
      'invalid_number',
    ),
  ),
  file(
    'rows without places',
    changed((xml) => xml.replace(/<row r="\d+"/g, '<row')),
    exactOr(AMOUNT, ...BROKEN),
  ),
  file(
    'twice',
    changed((xml) => xml.replace('<c r="K2"', '<c r="K2"><v>9</v></c><c r="K2"')),
    refused('doubled_cell'),
  ),
  file(
    'out of order',
    changed((xml) => xml.replace('<c r="E2"', '<c r="Z2"><v>9</v></c><c r="E2"')),
    refused('doubled_cell', ...BROKEN),
  ),
  file(
    'in a row that stands twice',
    changed((xml) => xml.replace('<row r="3"', '<row r="2"')),
    refused('doubled_cell', ...BROKEN),
  ),
  file(
    'beyond the last column',
    changed((xml) => xml.replace('<c r="K2"', '<c r="XFE2"')),
    refused(...BROKEN),
  ),
  file(
    'beyond all columns',
    changed((xml) => xml.replace('<c r="K2"', '<c r="ZZZZZZZ2"')),
    refused(...BROKEN),
  ),
  file(
    'in the last column',
    changed((xml) => xml.replace('</row></sheetData>', '<c r="XFD3"><v>1</v></c></row></sheetData>')),
    exactOr(AMOUNT, ...BROKEN),
  ),
  file(
    'in another row than its own',
    changed((xml) => xml.replace('<c r="K2"', '<c r="K7"')),
    refused(...BROKEN),
  ),
  file(
    'in row 0',
    changed((xml) => xml.replace('<row r="2"', '<row r="0"')),
    refused(...BROKEN),
  ),
  file(
    'in a row below zero',
    changed((xml) => xml.replace('<row r="2"', '<row r="-2"')),
    refused(...BROKEN),
  ),
  file(
    'in row 1,048,577',
    changed((xml) => xml.replace('<row r="3"', '<row r="1048577"').replace(/r="([A-L])3"/g, 'r="$11048577"')),
    refused(...BROKEN),
  ),
  file(
    'in row 1,048,576',
    changed((xml) => xml.replace('<row r="3"', '<row r="1048576"').replace(/r="([A-L])3"/g, 'r="$11048576"')),
    taken(AMOUNT),
  ),
  file(
    'of no name',
    changed((xml) => xml.replace('<c r="K2"', '<c r="金2"')),
    refused(...BROKEN),
  ),
  ...['A1', 'A1:XFD1048576', 'A1:L2', 'rubbish', ''].map((ref) =>
    file(
      `with a dimension ${ref}`,
      changed((xml) => xml.replace('<sheetData>', `<dimension ref="${ref}"/><sheetData>`)),
      taken(AMOUNT),
    ),
  ),
];

export const cellFiles: readonly HostileFile[] = [...amounts, ...days, ...texts, ...places];
