/**
 * Texts that a column must read rightly or refuse, with the verdict of each: what spreadsheets, keyboards and attackers
 * put where a number, a date or a period belongs.
 */

/** The value as stored, '' for blank, or the code of the refusal in brackets. */
export interface NumberToken {
  readonly text: string;
  /** Read as an amount (at most 2 decimals). */
  readonly amount: string;
  /** Read as a quantity (at most 6 decimals). */
  readonly quantity: string;
}

const both = (verdict: string) => (text: string) => ({ text, amount: verdict, quantity: verdict });
const noNumber = both('[invalid_number]');
const number = (text: string, value: string) => ({ text, amount: value, quantity: value });
const longDecimals = (text: string, quantity: string) => ({ text, amount: '[too_many_decimals]', quantity });

export const NUMBER_TOKENS: readonly NumberToken[] = [
  number('100', '100'),
  number('100.25', '100.25'),
  number('-100.25', '-100.25'),
  number('+100', '100'),
  number('0', '0'),
  number('-0', '0'),
  number('-0.00', '0'),
  number('00100', '100'),
  number('1,000', '1000'),
  number('1,234,567.89', '1234567.89'),
  number('', ''),
  number(' ', ''),
  number('\t', ''),
  number('0.1', '0.1'),
  longDecimals('0.005', '0.005'),
  longDecimals('2.675', '2.675'),
  longDecimals('1.005', '1.005'),
  longDecimals('0.1234567890123', '[too_many_decimals]'),
  longDecimals('0.000001', '0.000001'),
  longDecimals('0.0000001', '[too_many_decimals]'),
  number('9007199254740993', '9007199254740993'),
  number('99999999999999.99', '99999999999999.99'),
  number('999999999999999999.99', '999999999999999999.99'),
  number('-999999999999999999.99', '-999999999999999999.99'),
  ...['1000000000000000000', '1,000,000,000,000,000,000', `1${'0'.repeat(400)}`].map(both('[number_out_of_range]')),
  ...['１００', '１００．２５', '−100', '－100', '–100', '1,00', '1，000', '1.000,00', "1'000", '1 000', '1\u00a0000'],
  ...['(100)', '100-', '¥100', '￥100', '100元', '一百', '壹佰', '1万', '50%', '1e3', '1E+3', '1.23457E+11', '1e400'],
  ...['-1e400', '1e-400', '1e1000000', '0x10', '0b1', '0o7', '1_000', 'NaN', 'nan', 'Infinity', '-Infinity', 'inf'],
  ...['.5', '5.', '.', '-', '—', '/', 'null', 'true', '#REF!', '#DIV/0!', '=1+1', '٣', '१', '①', '²', '½'],
  ...['1\u200b00', '1\u202e00', '100\n', '\n100', '100;DROP TABLE x', '--1', '+-1', ',100', '1,0000', '12,34,567'],
].map((token) => (typeof token === 'string' ? noNumber(token) : token));

/** As NumberToken, read as the date of a record and as the period that it corrects. */
export interface DateToken {
  readonly text: string;
  readonly date: string;
  readonly period: string;
}

const day = (text: string, date: string) => ({ text, date, period: '[invalid_period]' });
const neither = (text: string) => day(text, '[invalid_date]');
const period = (text: string, verdict: string) => ({ text, date: '[invalid_date]', period: verdict });

export const DATE_TOKENS: readonly DateToken[] = [
  day('2024-02-29', '2024-02-29'),
  day('2024-1-5', '2024-01-05'),
  day('2024/01/05', '2024-01-05'),
  day('2024/1/5', '2024-01-05'),
  day('2024年1月5日', '2024-01-05'),
  day('2024年01月05日', '2024-01-05'),
  // Days on which the clocks of Shanghai were changed are days like any other.
  day('1986-05-04', '1986-05-04'),
  day('1991-09-15', '1991-09-15'),
  day('1900-01-01', '1900-01-01'),
  day('1900-12-31', '1900-12-31'),
  day('2199-12-31', '2199-12-31'),
  { text: '', date: '[value_missing]', period: '' },
  { text: ' \t', date: '[value_missing]', period: '' },
  period('2024-01', '2024-01'),
  period('2024-12', '2024-12'),
  // The form of a period; whether there is one of that code its mine's calendar says.
  period('2024-13', '[unknown_period]'),
  period('2024-00', '[unknown_period]'),
  period('0000-01', '[unknown_period]'),
  period('1899-12', '[unknown_period]'),
  ...['2023-02-29', '2024-02-30', '2024-13-01', '2024-00-10', '2024-04-31', '2024.01.05', '20240105', '01/02/2024'],
  ...['5-Jan-24', '24-01-05', '２０２４-01-05', '2024-1', '202401', '2024M01', '2024-Q1', '45292', '43830', '60', '0'],
  ...['-1', '2958466', '2024-01-05T00:00:00Z', '2024-01-05T23:59:60Z', '2024-01-05T24:00:00', '1899-12-31'],
  ...['2024-01-01T00:00:00+08:00', '2023-12-31T16:00:00Z', '2200-01-01', '9999-12-31', '+010000-01-01', '0000-01-01'],
  ...[
    'infinity',
    '-infinity',
    'today',
    'now',
    'epoch',
    'tomorrow',
    '1e3',
    '2024-01-05; DROP',
    '2024-01-05\n',
    '\n2024-01',
  ],
  ...['2024-01/05', '2024年1月5', '2024-001-05', '2024-01-005', '２０２４-01', '2024-０１'],
].map((token) => (typeof token === 'string' ? neither(token) : token));

/**
 * Texts that look like something else, one or more of every kind in the Big List of Naughty Strings (M. Woolf, MIT
 * licence), and what CSV, COPY, JSON and SQL are made of.
 */
export const NAUGHTY_TEXTS: readonly string[] = [
  ...['undefined', 'null', 'NULL', '(null)', 'nil', 'true', 'None', 'hasOwnProperty', '__proto__', 'constructor'],
  ...[
    '\\',
    '\\\\',
    '\\N',
    '\\.',
    '\\n',
    '\\t',
    "'",
    '"',
    '""',
    '"a" b',
    "''",
    '`',
    ',',
    ';',
    '\t',
    ' a ',
    'a\nb',
    'a\r\nb',
  ],
  ...['0', '1.00', '$1.00', '1E+02', '-1/2', '0x0', '--', '--version', '--help', '$USER', '1#INF', 'NaN', '-'],
  ...['=1+1', '+1', '@SUM(1)', "=cmd|'/c calc'!A1", '<script>alert(1)</script>', '&lt;', '${7*7}', '{{7*7}}', '%s%n'],
  ...[
    '1;DROP TABLE records',
    "1' OR 1=1 -- ",
    '$$',
    '$1',
    '%',
    '_',
    'ORDER BY',
    '/dev/null; touch x',
    '../../etc/passwd',
  ],
  ...[
    '\u0001\u0002\u0007\b\u001b[31m\u007f',
    '\u0085\u00a0\u2028\u2029',
    '\u200b',
    '\ufeff',
    '\ufffe',
    '\u00ad\u061c\u2060',
  ],
  ...['田中さんにあげて下さい', '部落格', '﨑', 'Ω≈ç√∫', 'Ⅷ', '⁰⁴⁵₀₁₂', '٠١٢٣', 'ด้้้้้็็็็', 'שָׁלוֹם', '\u202etest\u202c', 'İıŞ'],
  ...['😍', '👩‍👩‍👧‍👦', '🇨🇳', '✋🏿', '𠜎𠜱𠝹', '𝓠𝓾𝓲', 'Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓', 'e\u0301', 'ﷺ', '｡ﾟﾟ･', '㐀㐁', '\ud83d\ude00'],
  ...['截'.repeat(2000), 'x'.repeat(2000), '😍'.repeat(2000)],
];
