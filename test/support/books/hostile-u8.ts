/** U8's text of vouchers. */
import iconv from 'iconv-lite';
import { BANK, COST, DEPARTMENT, exactOr, refused, taken, type HostileFile, type Verdict } from './hostile-file.js';
import { AMOUNT } from './raw-journal.js';

const u8 = (
  name: string,
  lines: (no: number) => readonly string[],
  verdict: Verdict,
  first = '填制凭证,V800',
): HostileFile => ({
  ...{ name: `U8: ${name}`, fileName: 'u8.txt', verdict },
  bytes: (no) => iconv.encode([first, ...lines(no), ''].join('\r\n'), 'gb18030'),
});
const u8Lines = (no: number, debit = AMOUNT): string[] => [
  `2023-03-05,记,${no},0,检修,${COST.code},${debit},0.00,,,,张三,,,,${DEPARTMENT.code}`,
  `2023-03-05,记,${no},0,检修,${BANK.code},0.00,${AMOUNT},,,,张三`,
];

export const u8Files: readonly HostileFile[] = [
  u8('sound', u8Lines, taken(AMOUNT)),
  u8('another version', u8Lines, taken(AMOUNT), '填制凭证,V811'),
  u8('another first line', u8Lines, refused('unknown_layout'), '填制单据,V800'),
  u8('unbalanced', (no) => u8Lines(no, '1234.57'), refused('voucher_unbalanced')),
  u8(
    'a line too short',
    (no) => [...u8Lines(no), '2023-03-05,记,1'],
    refused('column_count', 'value_missing', 'no_amount'),
  ),
  u8('a quoted summary', (no) => u8Lines(no).map((line) => line.replace('检修', '"检,修"')), taken(AMOUNT)),
  u8(
    'a quote that is not closed',
    (no) => u8Lines(no).map((line) => line.replace('检修', '"检修')),
    refused('unclosed_quote', 'stray_quote'),
  ),
  u8('no lines', () => [], exactOr('0.00', 'empty_file')),
  u8(
    'a day that is none',
    (no) => u8Lines(no).map((line) => line.replace('2023-03-05', '2023-13-05')),
    refused('invalid_date'),
  ),
];
