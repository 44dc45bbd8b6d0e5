/** Workbooks: which sheets are read, and which cells cannot be taken as they stand. */
import type { FileProblem } from '../../src/modules/formats/index.js';
import { sentenceOf, type Language } from '../../src/modules/rules/messages.js';
import { zipOf } from '../support/zip.js';
import { bookOf, failed, formula, number, serial, type Cell, type Sheet } from './book.js';
import { opened, refusedFor } from './opened.js';

const HEADER: readonly Cell[] = ['凭证日期', '凭证字号', '摘要', '科目编码', '借方金额', '贷方金额', '备注'];
/** Serial 44990 is 2023-03-05. */
const LINE: readonly Cell[] = [serial('44990'), '记-012', '领用', '5001', number('4.3499999999999996'), null, null];
const journal = (more: readonly (readonly Cell[])[], sheet: Partial<Sheet> = {}): Sheet => ({
  ...{ name: '序时账', rows: [HEADER, ...more] },
  ...sheet,
});
const withCell = (column: number, cell: Cell) => LINE.map((old, i) => (i === column ? cell : old));

const READ = { sheet: 0, date: '2023-03-05', voucher_type: '记', voucher_no: '12', summary: '领用', account: '5001' };

test('a journal: the text of a number is the decimal that was typed, a styled serial is a day', async () => {
  const { file, rows } = await opened(bookOf(journal([LINE])));
  expect(file).toMatchObject({ format: 'journal', container: 'xlsx', encoding: null, documents: ['vouchers'] });
  expect(rows.vouchers).toEqual([{ ...READ, row: 2, debit: '4.35' }]);
});

test('several sheets: known tables are read, others counted, the bulk is first', async () => {
  const balances: Sheet = {
    name: '余额表',
    rows: [
      ['科目余额表'],
      ['期间：2023年03月'],
      ['科目编码', '科目名称', '期初余额', null, '本期发生额', null, '期末余额'],
      [null, null, '借方', '贷方', '借方', '贷方', '借方', '贷方'],
      ['5001', '生产成本', number('1'), null, number('2'), null, number('3')],
    ],
    merges: ['A1:H1', 'A3:A4', 'C3:D3', 'E3:F3', 'G3:H3'],
  };
  const schema: Sheet = {
    name: 't_Schema',
    rows: [
      ['FType', 'FKey'],
      ['字符', 'x'],
    ],
  };
  const { file, rows } = await opened(bookOf(schema, balances, journal([LINE, LINE])));
  expect(file.documents).toEqual(['vouchers', 'balances']);
  expect(file.format).toBe('journal');
  expect(rows.vouchers!.map(({ sheet, row }) => [sheet, row])).toEqual([
    [2, 2],
    [2, 3],
  ]);
  expect(rows.balances).toEqual([
    {
      ...{ sheet: 1, row: 5, period: '2023-03', account: '5001', account_name: '生产成本' },
      ...{ opening_debit: '1', debit: '2', closing_debit: '3' },
    },
  ]);
  expect(file.result.skippedParts).toEqual([{ name: 't_Schema', rows: 2 }]);
  expect(file.parts).toMatchObject([
    { sheet: '余额表', sheetIndex: 1, headerRow: 4 },
    { sheet: '序时账', sheetIndex: 2, headerRow: 1, ignored: ['备注'] },
  ]);
});

test('a row of sums keeps its computed figures, as a spreadsheet shows them; its title may be merged', async () => {
  const sums = ['合 计', null, null, null, formula('309000.00000000006'), null, null];
  const { file, rows } = await opened(bookOf(journal([LINE, sums], { merges: ['A3:D3'] })));
  expect(file.result.problems).toEqual([]);
  expect(rows.vouchers![1]).toMatchObject({ row: 3, date: '合 计', debit: '309000.000000000' });
});

test('lines below a table that name people are left out and counted', async () => {
  const { file, rows } = await opened(
    bookOf(journal([LINE, ['制表：', '张三', null, '审核：李四']], { merges: ['A3:C3'] })),
  );
  expect(file.result.problems).toEqual([]);
  expect(rows.vouchers).toHaveLength(1);
  expect(file.result.skippedParts).toEqual([{ name: '制表、审核等落款', rows: 1 }]);
});

test.each<[string, Sheet, Partial<FileProblem>]>([
  ['a formula', journal([withCell(4, formula('8'))]), { row: 2, column: 'debit', code: 'formula_cell' }],
  ['an error', journal([withCell(3, failed('#REF!'))]), { row: 2, column: 'account', code: 'error_cell' }],
  ['an error as text', journal([withCell(3, '#N/A')]), { row: 2, column: 'account', code: 'error_cell' }],
  ['a float tail', journal([withCell(4, number('0.30000000000000004'))]), { column: 'debit', code: 'float_tail' }],
  ['2^53+1', journal([withCell(4, number('9007199254740993'))]), { column: 'debit', code: 'float_tail' }],
  ['no such day', journal([withCell(0, serial('60'))]), { column: 'date', code: 'bad_date_cell' }],
  ['a hidden row', journal([LINE, LINE], { hidden: [3] }), { row: 3, column: '', code: 'hidden_row' }],
  ['a hidden header', journal([LINE], { hidden: [1] }), { row: 1, code: 'hidden_row' }],
  [
    'amounts merged over two rows',
    journal([LINE, LINE], { merges: ['E2:E3'] }),
    { row: 2, column: 'debit', code: 'merged_cells', params: { range: 'E2:E3' } },
  ],
])('refused: %s', async (_, sheet, expected) => {
  expect(await refusedFor(bookOf(sheet))).toEqual([expect.objectContaining({ sheet: '序时账', ...expected })]);
});

test('what stands in columns that nothing is read from is nobody’s concern', async () => {
  const { file } = await opened(bookOf(journal([withCell(6, formula('8'))], { merges: ['G2:G3'] })));
  expect(file.result.problems).toEqual([]);
  expect(file.result.documents.get('vouchers')).toEqual({ rows: 1, blank: 0 });
});

test('a hidden sheet with a known table is refused, any other is only counted', async () => {
  const hidden = journal([LINE], { name: '底稿', state: 'veryHidden' });
  expect(await refusedFor(bookOf(journal([LINE]), hidden))).toMatchObject([{ code: 'hidden_sheet', sheet: '底稿' }]);
  const notes: Sheet = { name: '说明', state: 'hidden', rows: [['x']] };
  const { file } = await opened(bookOf(journal([LINE]), notes));
  expect(file.result.skippedParts).toEqual([{ name: '说明', rows: 1 }]);
});

describe("the contract's tables", () => {
  const volumes = (...rows: readonly (readonly Cell[])[]): Sheet => ({
    name: '业务量',
    rows: [['期间', '部门', '动因', '实际', '计划'], ...rows],
  });

  test('a period that the spreadsheet made a date of is its month', async () => {
    // 44986 is 2023-03-01; the 2nd of a month is no period.
    const book = bookOf(volumes([serial('44986'), 'CM1', '产量', number('10')], [serial('44987'), 'CM1', '产量']));
    const { file, rows } = await opened(book, { kind: 'activities' });
    expect(file).toMatchObject({ format: 'table', documents: ['activities'] });
    expect(rows.activities).toEqual([
      { sheet: 0, row: 2, period: '2023-03', department: 'CM1', driver: '产量', actual: '10' },
      { sheet: 0, row: 3, period: '2023-03-02', department: 'CM1', driver: '产量' },
    ]);
    expect((await opened(book)).rows.activities).toEqual(rows.activities);
  });

  test('the first visible sheet with the header is read, and only it', async () => {
    const line = ['2023-03', 'CM1', '产量', number('10')];
    const book = bookOf({ name: '说明', rows: [['x']] }, volumes(line), volumes(line, line));
    const { file } = await opened(book, { kind: 'activities' });
    expect(file.parts.map(({ sheetIndex }) => sheetIndex)).toEqual([1]);
    expect(file.result.skippedParts).toEqual([
      { name: '说明', rows: 1 },
      { name: '业务量', rows: 3 },
    ]);
  });

  test('headers are judged as strictly as in CSV', async () => {
    const book = bookOf({ name: '表', rows: [['期间', '部门', '多余']] });
    expect(await refusedFor(book, { kind: 'activities' })).toMatchObject([
      { sheet: '表', row: 1, column: '多余', code: 'unknown_column' },
      { column: 'driver', code: 'missing_column' },
      { column: 'actual', code: 'missing_column' },
      { column: 'planned', code: 'missing_column' },
    ]);
    const beside = bookOf(volumes(['2023-03', 'CM1', '产量', null, null, 'x']));
    expect(await refusedFor(beside, { kind: 'activities' })).toMatchObject([{ row: 2, code: 'column_count' }]);
  });
});

test.each<[string, Buffer, string]>([
  ['no sheet with anything', bookOf({ name: '空', rows: [] }), 'empty_file'],
  [
    'unknown headers',
    bookOf({
      name: '表',
      rows: [
        ['甲', '乙'],
        ['1', '2'],
      ],
    }),
    'unknown_layout',
  ],
  [
    'headers like properties of objects',
    bookOf({ name: '表', rows: [['__proto__', 'constructor']] }),
    'unknown_layout',
  ],
  [
    'an archive that is no workbook',
    zipOf([{ name: 'word/document.xml', content: Buffer.from('<x/>') }]),
    'not_a_workbook',
  ],
  ['an old workbook', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), 'old_or_encrypted_workbook'],
  ['an archive cut off', bookOf(journal([LINE])).subarray(0, 500), 'not_a_zip'],
])('refused: %s', async (_, content, code) => {
  expect(await refusedFor(content)).toMatchObject([{ code }]);
});

test.each(['html_table', 'old_or_encrypted_workbook', 'not_a_workbook', 'empty_zip'])(
  'what %s says ends the matter: save it as .xlsx',
  (code) => {
    const sentence = (language: Language) => sentenceOf({ code, column: '', params: {} }, language);
    expect(sentence('zh')).toContain('另存为 .xlsx');
    expect(sentence('en')).toContain('save it as .xlsx');
  },
);

test('a kind that no sheet holds', async () => {
  expect(await refusedFor(bookOf(journal([LINE])), { kind: 'balances' })).toMatchObject([{ code: 'kind_mismatch' }]);
});

test('rows are counted over all sheets', async () => {
  const limits = { maxRows: 3 };
  const problems = await refusedFor(bookOf(journal([LINE, LINE]), journal([LINE, LINE], { name: '二' })), { limits });
  expect(problems).toMatchObject([{ sheet: '二', row: 3, code: 'too_many_rows' }]);
});
