/** A small journal as delimited text, and what may be wrong with its rows. */
import { NUMBER_TOKENS } from '../../parity/tokens.js';
import { delimitedLine } from '../../../bench/support/books/encoded-text.js';
import {
  BANK,
  COST,
  DEPARTMENT,
  exactOr,
  exactOrAnyRefusal,
  refused,
  taken,
  type HostileFile,
  type Verdict,
} from './hostile-file.js';
import { verdictOf } from './hostile-texts.js';
import { AMOUNT, HEADER } from './raw-journal.js';

type Row = readonly string[];
type Change = Readonly<Record<string, string>>;

/** The two lines of a voucher: the cost, changed as told, and the bank. */
export function csvRows(no: number, amount = AMOUNT, cost: Change = {}): Row[] {
  const own: Change = { 凭证日期: '2023-03-05', 凭证字号: `记-${no}`, 摘要: '检修' };
  const debit: Change = {
    ...{
      ...own,
      分录号: '1',
      科目编码: COST.code,
      科目名称: COST.name,
      部门: DEPARTMENT.code,
      借方金额: amount,
      ...cost,
    },
  };
  const credit: Change = { ...own, 分录号: '2', 科目编码: BANK.code, 科目名称: BANK.name, 贷方金额: amount };
  return [debit, credit].map((row) => HEADER.map((name) => row[name] ?? ''));
}

export const textOf = (rows: readonly Row[], delimiter = ',', header: Row = HEADER): string =>
  [header, ...rows].map((row) => delimitedLine(row, delimiter)).join('');

export const csvFile = (name: string, bytes: (no: number) => Buffer | string, verdict: Verdict): HostileFile => ({
  ...{ name: `csv: ${name}`, fileName: 'journal.csv', bytes: (no) => Buffer.from(bytes(no)), verdict },
});
const journal = (name: string, rows: (no: number) => readonly Row[], verdict: Verdict): HostileFile =>
  csvFile(name, (no) => textOf(rows(no)), verdict);
export const plain = (no: number) => textOf(csvRows(no));

const rows: readonly HostileFile[] = [
  ...[
    '=1+1',
    '+1',
    '@SUM(1)',
    '\\N',
    '\\.',
    '\\',
    'a\tb',
    '__proto__',
    '\u202e逆',
    '\u200b',
    "'; DROP TABLE records; --",
  ].map((summary) =>
    journal(`a summary ${JSON.stringify(summary)}`, (no) => csvRows(no, AMOUNT, { 摘要: summary }), taken(AMOUNT)),
  ),
  journal(
    'an account with a hidden character',
    (no) => csvRows(no, AMOUNT, { 科目编码: '5001\u200b0105' }),
    refused('hidden_character'),
  ),
  journal(
    'an account with a mark of direction',
    (no) => csvRows(no, AMOUNT, { 科目编码: '\u202e50010105' }),
    refused('hidden_character'),
  ),
  journal(
    'an account in full-width digits',
    (no) => csvRows(no, AMOUNT, { 科目编码: '５００１０１０５' }),
    exactOr(AMOUNT, 'unmapped_account', 'hidden_character'),
  ),
  journal(
    'an account in scientific notation',
    (no) => csvRows(no, AMOUNT, { 科目编码: '5.00E+07' }),
    exactOr(AMOUNT, 'unmapped_account'),
  ),
  journal('an unknown department', (no) => csvRows(no, AMOUNT, { 部门: 'D99' }), refused('unmapped_department')),
  journal(
    'an account that no rule maps',
    (no) => csvRows(no, AMOUNT, { 科目编码: '50019999', 科目名称: '生产成本_不明费用' }),
    refused('unmapped_account'),
  ),
  journal('two sides', (no) => csvRows(no, AMOUNT, { 贷方金额: AMOUNT }), refused('both_sides', 'voucher_unbalanced')),
  journal('a difference of a fen', (no) => csvRows(no, AMOUNT, { 借方金额: '1234.57' }), refused('voucher_unbalanced')),
  journal('a day that is none', (no) => csvRows(no, AMOUNT, { 凭证日期: '2023-02-29' }), refused('invalid_date')),
  journal('a year too far', (no) => csvRows(no, AMOUNT, { 凭证日期: '2200-01-01' }), refused('invalid_date')),
  journal(
    '合计 that agrees',
    (no) => [...csvRows(no), HEADER.map((name, i) => (i === 0 ? '合计' : name.endsWith('金额') ? AMOUNT : ''))],
    taken(AMOUNT),
  ),
  journal(
    '合计 that does not',
    (no) => [...csvRows(no), HEADER.map((name, i) => (i === 0 ? '合计' : name.endsWith('金额') ? '1234.57' : ''))],
    refused('total_mismatch'),
  ),
  journal(
    '合计 in the account',
    (no) => [
      ...csvRows(no),
      HEADER.map((name) => (name === '科目编码' ? '合计' : name.endsWith('金额') ? AMOUNT : '')),
    ],
    exactOr(AMOUNT, 'value_missing', 'invalid_date'),
  ),
  journal(
    '合计 with a day and a number',
    (no) => [
      ...csvRows(no),
      HEADER.map((name) =>
        name === '凭证日期' ? '2023-03-31' : name === '摘要' ? '合计' : name.endsWith('金额') ? AMOUNT : '',
      ),
    ],
    exactOr(AMOUNT, 'value_missing', 'both_sides'),
  ),
  ...NUMBER_TOKENS.map(({ text, amount }) =>
    journal(`an amount ${JSON.stringify(text.slice(0, 40))}`, (no) => csvRows(no, text), verdictOf(amount)),
  ),
];

/** What is cut off says no less than it says: a voucher is there whole or not at all. */
const cuts: readonly HostileFile[] = Array.from({ length: 40 }, (_, i) =>
  csvFile(
    `cut off at ${i + 1}/41`,
    (no) => {
      const bytes = Buffer.from(textOf([...csvRows(no), ...csvRows(no + 500_000)]));
      return bytes.subarray(0, Math.floor((bytes.length * (i + 1)) / 41));
    },
    exactOrAnyRefusal('0.00', AMOUNT, '2469.12'),
  ),
);

export const rowFiles: readonly HostileFile[] = [...rows, ...cuts];
