/** Workbooks whose sheets are odd: hidden, merged, with sums in odd places, several at once. */
import { exactOr, refused, taken, type HostileFile, type Verdict } from './hostile-file.js';
import {
  AMOUNT,
  HEADER,
  headerRow,
  journalBook,
  journalParts,
  journalXml,
  totalRow,
  voucherRows,
  type Rows,
} from './raw-journal.js';
import {
  blank,
  number,
  packed,
  partsOf,
  raw,
  sheetXml,
  styled,
  text,
  type RawSheet,
  type SheetParts,
} from './raw-workbook.js';

const file = (name: string, bytes: (no: number) => Buffer, verdict: Verdict): HostileFile => ({
  ...{ name: `sheet: ${name}`, fileName: 'journal.xlsx', bytes, verdict },
});
const journal = (name: string, rows: (no: number) => Rows, verdict: Verdict, parts?: SheetParts): HostileFile =>
  file(name, (no) => journalBook(rows(no), parts), verdict);

const TWICE = '2469.12';
/** A second voucher has a number that no other file has. */
const FAR = 500_000;
const two = (no: number): Rows => [...voucherRows(no), ...voucherRows(no + FAR)];
const sum = (label: string, fen: string) => totalRow(label, number(fen), number(fen));

const sums: readonly HostileFile[] = [
  ...['合计', '总计', '合 计', '合　计', '本月合计', '小计'].map((label) =>
    journal(`${label} at the end`, (no) => [...two(no), sum(label, TWICE)], taken(TWICE)),
  ),
  journal(
    '合计 as a formula',
    (no) => [
      ...two(no),
      totalRow(
        '合计',
        raw('<c r="{place}"><f>SUM(K2:K5)</f><v>2469.12</v></c>'),
        raw('<c r="{place}"><f>SUM(L2:L5)</f><v>2469.12</v></c>'),
      ),
    ],
    taken(TWICE),
  ),
  journal('合计 with a float tail', (no) => [...two(no), sum('合计', '2469.1199999999999')], taken(TWICE)),
  journal(
    '合计 in the summary',
    (no) => [...two(no), totalRow('合计', number(TWICE), number(TWICE), '摘要')],
    taken(TWICE),
  ),
  journal(
    '小计 after each voucher, then 合计',
    (no) => [
      ...voucherRows(no),
      sum('小计', AMOUNT),
      ...voucherRows(no + FAR),
      sum('小计', AMOUNT),
      sum('合计', TWICE),
    ],
    taken(TWICE),
  ),
  journal('合计 above the rows', (no) => [sum('合计', TWICE), ...two(no)], exactOr(TWICE, 'total_mismatch')),
  journal(
    '合计 in the middle, of what is above',
    (no) => [...voucherRows(no), sum('合计', AMOUNT), ...voucherRows(no + FAR)],
    taken(TWICE),
  ),
  journal('合计 of another amount', (no) => [...two(no), sum('合计', '2469.13')], refused('total_mismatch')),
  journal('合计 of rows that are lost', (no) => [...voucherRows(no), sum('合计', TWICE)], refused('total_mismatch')),
  journal(
    '合计 that is no number',
    (no) => [...two(no), totalRow('合计', text('见附件'), number(TWICE))],
    exactOr(TWICE, 'invalid_number', 'total_mismatch'),
  ),
  journal('合计 without amounts', (no) => [...two(no), totalRow('合计', blank, blank)], taken(TWICE)),
  journal(
    'a voucher whose summary is 合计',
    (no) => voucherRows(no, number(AMOUNT), { 摘要: text('合计') }),
    taken(AMOUNT),
  ),
];

const hiddenRow = (at: number): SheetParts => ({ rowAttributes: { [at]: ' hidden="1"' } });
const hidden: readonly HostileFile[] = [
  journal('a hidden row with content', two, refused('hidden_row', 'voucher_unbalanced'), hiddenRow(3)),
  journal('a hidden row by another word', two, refused('hidden_row', 'voucher_unbalanced'), {
    rowAttributes: { 3: ' hidden="true"' },
  }),
  journal('a hidden header', two, refused('hidden_row', 'unknown_layout'), hiddenRow(1)),
  journal('a hidden row without content', (no) => [...two(no), []], taken(TWICE), hiddenRow(6)),
  journal('a hidden row of sums', (no) => [...two(no), sum('合计', TWICE)], exactOr(TWICE, 'hidden_row'), hiddenRow(6)),
  journal('a row of height 0', two, exactOr(TWICE, 'hidden_row', 'voucher_unbalanced'), {
    rowAttributes: { 3: ' ht="0" customHeight="1"' },
  }),
];

const merged = (ref: string): SheetParts => ({ after: `<mergeCells count="1"><mergeCell ref="${ref}"/></mergeCells>` });
const BAD_MERGE = ['merged_cells', 'broken_workbook', 'malformed_xml', 'value_missing', 'no_amount'];
const merges: readonly HostileFile[] = [
  ...['K2:K3', 'K2:L2', 'A2:A3', 'E2:F2', 'A1:L9', 'K2:XFD1048576', 'A2:L2'].map((ref) =>
    journal(`merged ${ref}`, two, refused(...BAD_MERGE), merged(ref)),
  ),
  journal('merged far below', two, taken(TWICE), merged('A100:L101')),
  journal('merged beside', two, taken(TWICE), merged('N2:P9')),
  journal('a merged row of sums', (no) => [...two(no), sum('合计', TWICE)], taken(TWICE), merged('A6:D6')),
  ...['K2', 'K3:K2', 'rubbish', '', 'K0:K1', 'A1:ZZZZ9'].map((ref) =>
    journal(`a merge that is none: ${ref}`, two, exactOr(TWICE, ...BAD_MERGE), merged(ref)),
  ),
];

const sheets = (name: string, list: (no: number) => readonly RawSheet[], verdict: Verdict): HostileFile =>
  file(name, (no) => packed(partsOf({ sheets: list(no) })), verdict);
const own = (no: number, name = '一月'): RawSheet => ({ name, xml: journalXml(voucherRows(no)) });
const EMPTY: RawSheet = { name: '空', xml: sheetXml([]) };
const NOTES: RawSheet = { name: '说明', xml: sheetXml([[text('本表由核算中心导出')], [number('1')]]) };

const several: readonly HostileFile[] = [
  sheets('two journals', (no) => [own(no), own(no + FAR, '二月')], taken(TWICE)),
  sheets('a journal behind notes and an empty sheet', (no) => [NOTES, EMPTY, own(no)], taken(AMOUNT)),
  sheets('names of Object.prototype', (no) => [own(no, '__proto__'), { ...NOTES, name: 'constructor' }], taken(AMOUNT)),
  sheets('nothing', () => [EMPTY], refused('empty_file')),
  sheets('notes alone', () => [NOTES], refused('unknown_layout')),
  sheets(
    'a hidden journal beside one',
    (no) => [own(no), { ...own(no + FAR, '二月'), state: 'hidden' }],
    refused('hidden_sheet'),
  ),
  sheets(
    'a very hidden journal beside one',
    (no) => [own(no), { ...own(no + FAR, '二月'), state: 'veryHidden' }],
    refused('hidden_sheet'),
  ),
  sheets('a hidden journal alone', (no) => [{ ...own(no), state: 'hidden' }], refused('hidden_sheet')),
  sheets('hidden notes beside a journal', (no) => [own(no), { ...NOTES, state: 'hidden' }], taken(AMOUNT)),
  sheets(
    'a hidden header beside a journal',
    (no) => [own(no), { name: '模板', xml: journalXml([]), state: 'hidden' }],
    taken(AMOUNT),
  ),
  sheets(
    'the same voucher on two sheets',
    (no) => [own(no), own(no, '二月')],
    exactOr(TWICE, 'duplicate_key', 'duplicate_record'),
  ),
  sheets('one name for two sheets', (no) => [own(no), own(no + FAR)], exactOr(TWICE, 'broken_workbook')),
  sheets(
    '60 journals',
    (no) => Array.from({ length: 60 }, (_, i) => own(no + FAR * (i + 1), `第${i}页`)),
    taken('74073.60'),
  ),
];

/** The header at other places and in other words. */
const under = (name: string, above: Rows, verdict: Verdict, header = HEADER): HostileFile =>
  file(
    name,
    (no) =>
      packed(partsOf({ sheets: [{ name: 'a', xml: sheetXml([...above, headerRow(header), ...voucherRows(no)]) }] })),
    verdict,
  );
const named = (from: string, to: string): string[] => HEADER.map((name) => (name === from ? to : name));

const headers: readonly HostileFile[] = [
  under(
    'titles above the header',
    [[text('序时账')], [text('单位：示例煤矿')], [], [text('期间：2023年03月')]],
    taken(AMOUNT),
  ),
  under(
    'a header below the 30th row',
    Array.from({ length: 35 }, () => [text('说明')]),
    refused('unknown_layout'),
  ),
  under('amounts in 万元', [[text('序时账')], [text('单位：万元')]], refused('unit_not_yuan')),
  under(
    'amounts in 万元 by their header',
    [],
    refused('unit_not_yuan', 'unknown_layout'),
    named('借方金额', '借方金额（万元）'),
  ),
  under('amounts in 元 by their header', [], taken(AMOUNT), named('借方金额', '借方金额（元）')),
  under('blanks in headers', [], taken(AMOUNT), named('科目编码', ' 科 目 编 码 ')),
  under('科目代码', [], taken(AMOUNT), named('科目编码', '科目代码')),
  under('a column of Object.prototype', [], taken(AMOUNT), named('计量单位', '__proto__')),
  under('a needed column twice', [], refused('doubled_column', 'unknown_layout'), named('科目名称', '科目编码')),
  under('amounts twice', [], refused('doubled_column', 'unknown_layout', 'both_sides'), named('贷方金额', '借方金额')),
  under('no account', [], refused('unknown_layout'), named('科目编码', '备注')),
  under('no date', [], refused('unknown_layout'), named('凭证日期', '备注')),
  under(
    'no amounts',
    [],
    refused('unknown_layout'),
    HEADER.map((name) => (name.endsWith('金额') ? `${name}备注` : name)),
  ),
  under('a header alone', [], taken(AMOUNT)),
];

const others: readonly HostileFile[] = [
  journal('no rows', () => [], exactOr('0.00', 'empty_file')),
  journal(
    'blank rows between',
    (no) => [[], ...voucherRows(no), [], [text(' ')], ...voucherRows(no + FAR)],
    taken(TWICE),
  ),
  journal(
    'a voucher that does not balance',
    (no) => [...voucherRows(no), ...voucherRows(no + FAR, number('1'), { 借方金额: number('2') })],
    refused('voucher_unbalanced'),
  ),
  journal(
    '3,000 vouchers',
    (no) => Array.from({ length: 3_000 }, (_, i) => voucherRows(no + FAR * (i + 1))).flat(),
    taken('3703680.00'),
  ),
  journal(
    'a voucher of another month in one number',
    (no) => [...voucherRows(no), ...voucherRows(no, number('1'), { 凭证日期: styled(1, '45021') })],
    taken('1235.56'),
  ),
  file(
    'the days of 1904',
    (no) => {
      // 2023-03-05 is 43,528 days behind 1904-01-01.
      const xml = journalParts(voucherRows(no))['xl/worksheets/sheet1.xml']!.replaceAll('<v>44990</v>', '<v>43528</v>');
      return packed(partsOf({ sheets: [{ name: 'a', xml }], is1904: true }));
    },
    taken(AMOUNT),
  ),
];

export const sheetFiles: readonly HostileFile[] = [...sums, ...hidden, ...merges, ...several, ...headers, ...others];
