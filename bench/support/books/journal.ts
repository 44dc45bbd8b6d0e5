/** 序时账: one line per entry, as centres export it to Excel and CSV. */
import type { Books } from './books.js';
import { quantityText, yuan } from './decimals.js';
import { delimitedLine, encodedText, type TextEncoding } from './encoded-text.js';
import type { Line, Voucher } from './voucher.js';
import { workbookBytes, type Cell, type WorkbookWanted } from './workbook.js';

/** The counterparty is not among the twelve columns that are measured. */
const HEADER = ['凭证日期', '凭证字号', '分录号', '摘要', '科目编码', '科目名称', '部门', '项目', '数量', '计量单位'];
const SIDES = ['借方金额', '贷方金额'];
const COUNTERPARTY = '往来单位';

const NUMBER_LENGTH = 4;
export const voucherName = ({ type, no }: Voucher): string => `${type}-${String(no).padStart(NUMBER_LENGTH, '0')}`;

/** Journals name departments by name, other books by code. */
const textCells = (voucher: Voucher, line: Line): string[] => [
  ...[voucher.date, voucherName(voucher), String(line.line), line.summary, line.account.code, line.account.name],
  ...[line.department?.name ?? '', line.project?.code ?? ''],
];

const amountText = (fen: bigint) => (fen === 0n ? '' : yuan(fen));
const measuredText = (millionths: bigint) => (millionths === 0n ? '' : quantityText(millionths));

function* delimitedLines(books: Books, delimiter: string): Generator<string> {
  yield delimitedLine([...HEADER, ...SIDES, COUNTERPARTY], delimiter);
  for (const voucher of books.vouchers()) {
    for (const line of voucher.lines) {
      const measured = [measuredText(line.quantity), line.unit, amountText(line.debit), amountText(line.credit)];
      yield delimitedLine([...textCells(voucher, line), ...measured, line.counterparty], delimiter);
    }
  }
}

/** A journal as text: CSV, or TSV where it is UTF-16, as Excel's “Unicode text” is. */
export function journalText(books: Books, encoding: TextEncoding): AsyncIterable<Buffer> {
  return encodedText(delimitedLines(books, encoding === 'utf-16le' ? '\t' : ','), encoding);
}

export interface JournalWorkbook {
  readonly strings: WorkbookWanted['strings'];
  readonly hasCounterparty: boolean;
}

/** A journal as a workbook: days as styled days, amounts and quantities as number cells. */
export function journalWorkbook(books: Books, { strings, hasCounterparty }: JournalWorkbook): AsyncIterable<Buffer> {
  const more = (cell: Cell) => (hasCounterparty ? [cell] : []);
  function* rows(): Generator<Cell[]> {
    yield [...HEADER, ...SIDES, ...more(COUNTERPARTY)];
    for (const voucher of books.vouchers()) {
      const day = { day: voucher.date };
      for (const line of voucher.lines) {
        const [, name, no, ...texts] = textCells(voucher, line);
        yield [
          ...[day, name!, numberCell(no!), ...texts, quantityCell(line.quantity), line.unit],
          ...[amountCell(line.debit), amountCell(line.credit), ...more(line.counterparty)],
        ];
      }
    }
  }
  return workbookBytes({ sheetName: '序时账', rows: rows(), strings });
}

const numberCell = (number: string): Cell => ({ number });
export const quantityCell = (millionths: bigint): Cell =>
  millionths === 0n ? null : numberCell(quantityText(millionths));
export const amountCell = (fen: bigint): Cell => (fen === 0n ? null : numberCell(asExcelWrites(yuan(fen))));

/** As Excel writes a number that is no binary one exactly: up to 17 digits of what it holds, 4.35 as 4.3499999999999996. */
export function asExcelWrites(decimal: string): string {
  const held = Number(decimal);
  const shown = held.toPrecision(EXCEL_DIGITS).replace(/\.?0+$/, '');
  return Number(shown) === held ? shown : decimal;
}
const EXCEL_DIGITS = 17;
