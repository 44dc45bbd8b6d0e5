/** The same books in every format say the same, entry by entry. */
import { makeBooks } from '../../bench/support/books/books.js';
import { gbtXml } from '../../bench/support/books/gbt24589.js';
import { journalText, journalWorkbook } from '../../bench/support/books/journal.js';
import { k3Workbook } from '../../bench/support/books/k3.js';
import { quantityText, yuan } from '../../bench/support/books/decimals.js';
import { u8Text } from '../../bench/support/books/u8.js';
import { opened, type Row } from './opened.js';

const SEED = process.env.SEED ?? 'same books';
const books = makeBooks({ seed: SEED, lines: 400, months: ['2023-01', '2023-02'], departments: 4 });

async function bytesOf(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

/** Entries as the books have them: day, voucher, summary, account, department, project, amounts and quantity. */
const EXPECTED = [...books.vouchers()].flatMap(({ date, type, no, lines }) =>
  lines.map((line) => [
    ...[date, type, String(no), line.summary, line.account.code],
    ...[line.department?.code ?? '', line.project?.code ?? '', line.counterparty],
    ...[yuan(line.debit), yuan(line.credit), quantityText(line.quantity)],
  ]),
);

const decimal = (text: string | number | undefined, decimals: number) => {
  const [whole = '0', fraction = ''] = String(text ?? '0').split('.');
  return `${whole}.${fraction.padEnd(decimals, '0')}`;
};
const departmentCode = (said: string | number | undefined) =>
  books.departmentList.find(({ code, name }) => said === code || said === name)?.code ?? '';

const read = (row: Row): string[] => [
  ...[String(row.date).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'), String(row.voucher_type), String(row.voucher_no)],
  ...[String(row.summary), String(row.account), departmentCode(row.department)],
  ...[String(row.project ?? ''), String(row.counterparty ?? '')],
  ...[decimal(row.debit, 2), decimal(row.credit, 2), decimal(row.quantity, 0).replace(/\.$/, '')],
];

test.each([
  ['journal', 'utf-8', () => journalText(books, 'utf-8')],
  ['journal', 'gb18030', () => journalText(books, 'gb18030')],
  ['journal', 'utf-16le', () => journalText(books, 'utf-16le')],
  ['journal', null, () => journalWorkbook(books, { strings: 'shared', hasCounterparty: true })],
  ['journal', null, () => journalWorkbook(books, { strings: 'inline', hasCounterparty: true })],
  ['k3', null, () => k3Workbook(books)],
  ['u8', 'gb18030', () => u8Text(books)],
  ['gbt24589', 'gb18030', () => gbtXml(books, 'gb18030')],
] as const)(`%s in %s (seed ${SEED})`, async (format, encoding, pieces) => {
  const { file, rows } = await opened(await bytesOf(pieces()));
  expect(file).toMatchObject({ format, encoding });
  expect(file.result.problems).toEqual([]);
  expect(rows.vouchers!.map(read)).toEqual(EXPECTED);
});
