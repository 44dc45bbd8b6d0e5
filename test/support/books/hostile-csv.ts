/** Delimited text: encodings, delimiters, quotes and headers. */
import iconv from 'iconv-lite';
import { exactOr, refused, taken, type HostileFile, type Verdict } from './hostile-file.js';
import { csvFile as file, csvRows, plain, textOf } from './hostile-rows.js';
import { AMOUNT, HEADER } from './raw-journal.js';

const ENCODING = ['invalid_encoding', 'unsupported_encoding', 'unknown_layout', 'invalid_character'];

const encodings: readonly HostileFile[] = [
  file('UTF-8', plain, taken(AMOUNT)),
  file('UTF-8 with its mark', (no) => `\ufeff${plain(no)}`, taken(AMOUNT)),
  file('UTF-8 with its mark twice', (no) => `\ufeff\ufeff${plain(no)}`, exactOr(AMOUNT, ...ENCODING)),
  file('GB18030', (no) => iconv.encode(plain(no), 'gb18030'), taken(AMOUNT)),
  file(
    'GB18030 of four bytes',
    (no) => iconv.encode(textOf(csvRows(no, AMOUNT, { 摘要: '㐀𠀀检修' })), 'gb18030'),
    taken(AMOUNT),
  ),
  file(
    'GB18030 whose second byte is a sign',
    (no) => iconv.encode(textOf(csvRows(no, AMOUNT, { 摘要: '誠乗' })), 'gb18030'),
    taken(AMOUNT),
  ),
  file(
    'GB18030 with a half character at the end',
    (no) => Buffer.concat([iconv.encode(plain(no), 'gb18030'), Buffer.from([0xb2])]),
    refused(...ENCODING, 'column_count'),
  ),
  file('UTF-16LE', (no) => Buffer.from(`\ufeff${plain(no)}`, 'utf16le'), taken(AMOUNT)),
  file('UTF-16BE', (no) => Buffer.from(`\ufeff${plain(no)}`, 'utf16le').swap16(), taken(AMOUNT)),
  file(
    'UTF-16LE with half a pair',
    (no) => Buffer.from(`\ufeff${plain(no).replace('检修', '\ud800')}`, 'utf16le'),
    refused(...ENCODING),
  ),
  file(
    'UTF-16LE of an odd number of bytes',
    (no) => Buffer.concat([Buffer.from(`\ufeff${plain(no)}`, 'utf16le'), Buffer.from([65])]),
    refused(...ENCODING),
  ),
  file('UTF-16LE without a mark', (no) => Buffer.from(plain(no), 'utf16le'), exactOr(AMOUNT, ...ENCODING)),
  file(
    'UTF-32LE',
    (no) =>
      Buffer.from([
        0xff,
        0xfe,
        0,
        0,
        ...[...plain(no)].flatMap((sign) => [sign.codePointAt(0)! & 255, sign.codePointAt(0)! >> 8, 0, 0]),
      ]),
    refused(...ENCODING),
  ),
  file(
    'Big5',
    (no) => iconv.encode(plain(no).replaceAll('凭证', '憑證').replaceAll('编', '編').replaceAll('额', '額'), 'big5'),
    refused(...ENCODING),
  ),
  file('Shift JIS', (no) => iconv.encode(plain(no), 'shift_jis'), refused(...ENCODING)),
  file(
    'two encodings in one file',
    (no) =>
      Buffer.concat([
        Buffer.from(textOf([])),
        iconv.encode(textOf(csvRows(no)).split('\r\n').slice(1).join('\r\n'), 'gb18030'),
      ]),
    refused(...ENCODING, 'unmapped_department', 'unmapped_account', 'column_count'),
  ),
  file(
    'two encodings in one file, the other way',
    (no) =>
      Buffer.concat([
        iconv.encode(textOf([]), 'gb18030'),
        Buffer.from(textOf(csvRows(no)).split('\r\n').slice(1).join('\r\n')),
      ]),
    exactOr(AMOUNT, ...ENCODING, 'unmapped_department', 'column_count'),
  ),
  file(
    'a half character at the end',
    (no) => Buffer.concat([Buffer.from(plain(no)), Buffer.from([0xe9, 0x98])]),
    refused(...ENCODING, 'column_count'),
  ),
  file(
    'overlong characters',
    (no) => Buffer.from(Buffer.from(plain(no).replace('检修', '\u0001')).map((byte) => (byte === 1 ? 0xc0 : byte))),
    refused(...ENCODING, 'column_count', 'unclosed_quote'),
  ),
  file(
    'surrogates in UTF-8',
    (no) => Buffer.concat([Buffer.from(plain(no)), Buffer.from([0xed, 0xa0, 0x80])]),
    refused(...ENCODING, 'column_count'),
  ),
  file('NUL', (no) => plain(no).replace('检修', '检\0修'), refused(...ENCODING)),
  file('NUL alone', () => Buffer.alloc(1_000), refused(...ENCODING)),
];

const lined = (no: number) => plain(no).split('\r\n').slice(0, -1);
const shapes: readonly HostileFile[] = [
  ...[',', '\t', ';', '|'].map((delimiter) =>
    file(`delimited by ${JSON.stringify(delimiter)}`, (no) => textOf(csvRows(no), delimiter), taken(AMOUNT)),
  ),
  ...[';', '\t'].map((delimiter) =>
    file(
      `sep=${JSON.stringify(delimiter)}`,
      (no) => `sep=${delimiter}\r\n${textOf(csvRows(no), delimiter)}`,
      taken(AMOUNT),
    ),
  ),
  file('sep= of another delimiter', (no) => `sep=;\r\n${plain(no)}`, exactOr(AMOUNT, 'unknown_layout', 'column_count')),
  file('delimited by ^', (no) => plain(no).replaceAll(',', '^'), refused('unknown_layout')),
  file('ends of lines: LF', (no) => plain(no).replaceAll('\r\n', '\n'), taken(AMOUNT)),
  file(
    'ends of lines: CR',
    (no) => plain(no).replaceAll('\r\n', '\r'),
    exactOr(AMOUNT, 'unknown_layout', 'invalid_character', 'stray_quote'),
  ),
  file('ends of lines: mixed', (no) => lined(no).join('\n').replace('\n', '\r\n'), taken(AMOUNT)),
  file('no end of the last line', (no) => lined(no).join('\r\n'), taken(AMOUNT)),
  file('blank lines', (no) => lined(no).join('\r\n\r\n \r\n'), taken(AMOUNT)),
  file('lines of delimiters', (no) => `${lined(no).join(`\r\n${','.repeat(11)}\r\n`)}`, taken(AMOUNT)),
  file(
    'all quoted',
    (no) => [HEADER, ...csvRows(no)].map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n'),
    taken(AMOUNT),
  ),
  file('a quoted line break', (no) => plain(no).replace('检修', '"检\n修"'), taken(AMOUNT)),
  file(
    'a quote that is not closed',
    (no) => plain(no).replace('检修', '"检修'),
    refused('unclosed_quote', 'stray_quote'),
  ),
  file('a quote inside', (no) => plain(no).replace('检修', '检"修'), exactOr(AMOUNT, 'stray_quote')),
  file('text behind a quote', (no) => plain(no).replace('检修', '"检"修'), refused('stray_quote', 'unclosed_quote')),
  file(
    'a row too short',
    (no) => plain(no).replace(`,${AMOUNT}\r\n`, '\r\n'),
    refused('column_count', 'voucher_unbalanced', 'no_amount'),
  ),
  file('a row too long', (no) => plain(no).replace(/\r\n$/, ',9,9\r\n'), refused('column_count')),
  file('a row with blanks at its end', (no) => plain(no).replace(/\r\n$/, ',,\r\n'), exactOr(AMOUNT, 'column_count')),
  file(
    'a delimiter at the end of every line',
    (no) => plain(no).replaceAll('\r\n', ',\r\n'),
    exactOr(AMOUNT, 'column_count', 'unknown_layout'),
  ),
  file('a comma for the decimal point', (no) => textOf(csvRows(no, '1234,56'), ';'), refused('invalid_number')),
  file(
    'a field of 2 MB',
    (no) => plain(no).replace('检修', '检'.repeat(700_000)),
    refused('field_too_long', 'row_too_long', 'text_too_long'),
  ),
  file(
    'a line of 3 MB before anything else',
    (no) => `${'a'.repeat(3_000_000)}\r\n${plain(no)}`,
    refused('row_too_long'),
  ),
  file('no bytes', () => '', refused('empty_file', 'file_missing')),
  file('a mark alone', () => '\ufeff', refused('empty_file')),
  file('blank lines alone', () => '\r\n\n \n', refused('empty_file')),
  file('a header alone', () => textOf([]), exactOr('0.00', 'empty_file')),
  file('no header', (no) => plain(no).slice(plain(no).indexOf('\n') + 1), refused('unknown_layout')),
  file('prose', () => '各位领导：附件为三月份序时账，请查收。\n', refused('unknown_layout')),
  file('JSON', () => '{"date":"2023-03-05","amount":1}', refused('unknown_format')),
  file('PDF', () => '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', refused('unknown_format')),
  file('PNG', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), refused('unknown_format')),
  file(
    'HTML that calls itself a workbook',
    () => '<html><table><tr><td>凭证日期</td></tr></table></html>',
    refused('html_table'),
  ),
  file(
    'bytes of chance',
    () => Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 7919 + (i >> 3) * 31) & 255)),
    refused(...ENCODING, 'unknown_format'),
  ),
];

const named = (from: string, to: string): string[] => HEADER.map((name) => (name === from ? to : name));
const under = (name: string, header: readonly string[], verdict: Verdict, above = ''): HostileFile =>
  file(name, (no) => above + textOf(csvRows(no), ',', header), verdict);

const headers: readonly HostileFile[] = [
  under(
    'titles above',
    HEADER,
    taken(AMOUNT),
    `序时账${','.repeat(11)}\r\n单位：示例煤矿,,,期间：2023年03月${','.repeat(8)}\r\n`,
  ),
  under('titles of one cell above', HEADER, exactOr(AMOUNT, 'column_count'), '序时账\r\n'),
  under('amounts in 千元', HEADER, refused('unit_not_yuan'), `单位：千元${','.repeat(11)}\r\n`),
  under('a needed column twice', named('科目名称', '科目编码'), refused('doubled_column', 'unknown_layout')),
  under('a column that nobody reads twice', named('计量单位', '项目名'), taken(AMOUNT)),
  under('columns of Object.prototype', named('计量单位', '__proto__'), taken(AMOUNT)),
  under('no account', named('科目编码', 'constructor'), refused('unknown_layout')),
  under(
    'a hidden character in the header',
    named('科目编码', '科目\u200b编码'),
    exactOr(AMOUNT, 'unknown_layout', 'hidden_character'),
  ),
];

export const csvFiles: readonly HostileFile[] = [...encodings, ...shapes, ...headers];
