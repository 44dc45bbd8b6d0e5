/**
 * 用友 U8's text of vouchers: first line 填制凭证,V800, then one line per entry, GB18030. It has no account names, no units
 * and no line numbers; fields that are blank at the end of a line may be left off.
 */
import type { Books } from './books.js';
import { quantityText, yuan } from './decimals.js';
import { delimitedLine, encodedText } from './encoded-text.js';
import type { Line, Voucher } from './voucher.js';

/** Blank fields behind 制单人: 结算方式, 票号, 发生日期; then 部门, and blank 职员 and 客户 before 供应商 and 业务员. */
const fieldsOf = ({ date, type, no }: Voucher, line: Line): string[] => [
  ...[date, type, String(no), '0', line.summary, line.account.code, yuan(line.debit), yuan(line.credit)],
  ...[line.quantity === 0n ? '' : quantityText(line.quantity), '', '', '张三', '', '', ''],
  ...[line.department?.code ?? '', '', '', line.counterparty, '', line.project?.code ?? ''],
];

/** Longer lines as the program writes them, shorter ones as its manual allows, by turns. */
const TAIL = ',,,,,,0,,0,,,,,,,,,0,0,0,0,0,,0,0,0,0'.split(',');

function* lines(books: Books): Generator<string> {
  yield '填制凭证,V800\r\n';
  let n = 0;
  for (const voucher of books.vouchers()) {
    for (const line of voucher.lines) {
      const fields = fieldsOf(voucher, line);
      yield delimitedLine((n += 1) % 2 === 0 ? [...fields, ...TAIL] : withoutBlankTail(fields), ',');
    }
  }
}

function withoutBlankTail(fields: readonly string[]): readonly string[] {
  return fields.slice(0, fields.findLastIndex((field) => field !== '') + 1);
}

export const u8Text = (books: Books): AsyncIterable<Buffer> => encodedText(lines(books), 'gb18030');
