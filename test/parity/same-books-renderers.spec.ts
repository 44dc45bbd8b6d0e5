import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { readXlsx, type CellValue } from 'hucre';
import { balancesOf, balanceSheet } from '../../bench/support/books/balances.js';
import { makeBooks } from '../../bench/support/books/books.js';
import { expectedCosts, expectedRecords } from '../../bench/support/books/expected.js';
import { gbtXml } from '../../bench/support/books/gbt24589.js';
import { asExcelWrites, journalText, journalWorkbook } from '../../bench/support/books/journal.js';
import { k3Workbook } from '../../bench/support/books/k3.js';
import { u8Text } from '../../bench/support/books/u8.js';
import type { Line, Voucher } from '../../bench/support/books/voucher.js';

/** What is written is read back here by other means than the service's: the comparison of formats rests on it. */
const SEED = process.env.SEED ?? 'same books';
const books = makeBooks({ seed: SEED, lines: 1_500, months: ['2023-02', '2023-03'], departments: 5 });
const vouchers = [...books.vouchers()];

/** One line of a voucher as texts that every reader below can make: numbers as plain as they can be. */
type Told = Readonly<
  Record<
    | 'date'
    | 'voucher'
    | 'line'
    | 'summary'
    | 'account'
    | 'debit'
    | 'credit'
    | 'quantity'
    | 'department'
    | 'project'
    | 'counterparty',
    string
  >
>;

const plain = (number: string) => (number.includes('.') ? number.replace(/\.?0+$/, '') : number) || '0';
const scaled = (whole: bigint, decimals: number) => {
  const digits = String(whole < 0n ? -whole : whole).padStart(decimals + 1, '0');
  return plain(`${whole < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`);
};

function told(voucher: Voucher, line: Line): Told {
  return {
    ...{ date: voucher.date, voucher: `${voucher.type} ${voucher.no}`, line: String(line.line), summary: line.summary },
    ...{ account: line.account.code, debit: scaled(line.debit, 2), credit: scaled(line.credit, 2) },
    ...{ quantity: scaled(line.quantity, 6), department: line.department?.code ?? '' },
    ...{ project: line.project?.code ?? '', counterparty: line.counterparty },
  };
}
const ALL = vouchers.flatMap((voucher) => voucher.lines.map((line) => told(voucher, line)));

const codeOf = new Map(books.departmentList.map(({ code, name }) => [name, code]));

async function bytesOf(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

/** RFC 4180. */
function cellsOf(text: string, delimiter: string): string[][] {
  const fields = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${delimiter}\\r\\n]*))(${delimiter}|\\r\\n)`, 'gy');
  const rows: string[][] = [[]];
  for (const [, quoted, bare, end] of text.matchAll(fields)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? bare!);
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

function fromJournal([header, ...rows]: readonly (readonly string[])[]): Told[] {
  return rows.map((cells) => {
    const of = (title: string) => cells[header!.indexOf(title)] ?? '';
    return {
      ...{ date: of('凭证日期'), voucher: of('凭证字号').replace(/-0*/, ' '), line: of('分录号'), summary: of('摘要') },
      ...{ account: of('科目编码'), debit: plain(of('借方金额')), credit: plain(of('贷方金额')) },
      ...{ quantity: plain(of('数量')), department: codeOf.get(of('部门')) ?? '', project: of('项目') },
      counterparty: of('往来单位'),
    };
  });
}

async function sheetOf(bytes: Buffer): Promise<string[][]> {
  const { sheets } = await readXlsx(bytes);
  const shown = (cell: CellValue | undefined) =>
    cell instanceof Date ? cell.toISOString().slice(0, 10) : String((cell as string | number | null) ?? '');
  return sheets[0]!.rows.map((row) => row.map(shown));
}

describe(`the books as each format writes them (seed ${SEED})`, () => {
  it('have exactly the lines that are wanted, balanced, with what is told apart', () => {
    expect(ALL).toHaveLength(1_500);
    for (const { lines } of vouchers) {
      expect(lines.reduce((sum, { debit, credit }) => sum + debit - credit, 0n)).toBe(0n);
      for (const { debit, credit } of lines) expect((debit === 0n) !== (credit === 0n)).toBe(true);
    }
    const purposes = new Set(vouchers.map(({ purpose }) => purpose));
    expect([...purposes].sort()).toEqual(['carry_over', 'cost', 'fund_spending', 'return', 'sale']);
    expect(ALL.some(({ debit }) => debit.startsWith('-'))).toBe(true);
    expect(ALL.filter(({ project }) => project !== '').length).toBeGreaterThan(5);
    expect([...books.vouchers()]).toEqual(vouchers);
  });

  it.each([
    ['utf-8', ',', (bytes: Buffer) => bytes.toString('utf8')],
    ['utf-8-bom', ',', (bytes: Buffer) => bytes.toString('utf8').replace(/^\ufeff/, '')],
    ['utf-16le', '\t', (bytes: Buffer) => bytes.toString('utf16le').replace(/^\ufeff/, '')],
    ['gb18030', ',', (bytes: Buffer) => new TextDecoder('gb18030', { fatal: true }).decode(bytes)],
  ] as const)('journal, %s', async (encoding, delimiter, decode) => {
    const text = decode(await bytesOf(journalText(books, encoding)));
    expect(fromJournal(cellsOf(text, delimiter))).toEqual(ALL);
  });

  it.each(['shared', 'inline'] as const)('journal workbook with %s strings', async (strings) => {
    const all = await sheetOf(await bytesOf(journalWorkbook(books, { strings, hasCounterparty: true })));
    expect(fromJournal(all)).toEqual(ALL);
    const measured = await sheetOf(await bytesOf(journalWorkbook(books, { strings, hasCounterparty: false })));
    expect(measured[0]).toHaveLength(12);
    expect(fromJournal(measured)).toEqual(ALL.map((line) => ({ ...line, counterparty: '' })));
  });

  it('K/3 sheet', async () => {
    const [header, ...rows] = await sheetOf(await bytesOf(k3Workbook(books)));
    expect(header).toHaveLength(37);
    const read = rows.map((cells): Told => {
      const of = (title: string) => cells[header!.indexOf(title)]!;
      const items = new Map(
        of('核算项目')
          .split('|')
          .map((item) => item.split('---'))
          .map(([sort, code]) => [sort, code!]),
      );
      return {
        ...{ date: of('凭证日期'), voucher: `${of('凭证字')} ${of('凭证号')}`, line: of('分录序号') },
        ...{ summary: of('凭证摘要'), account: of('科目代码'), debit: of('借方'), credit: of('贷方') },
        ...{ quantity: of('数量'), department: items.get('部门') ?? '', project: items.get('项目') ?? '' },
        counterparty: items.get('供应商') ?? '',
      };
    });
    expect(read).toEqual(ALL);
  });

  it('U8 text', async () => {
    const text = iconv.decode(await bytesOf(u8Text(books)), 'gb18030');
    const [first, ...rows] = cellsOf(text, ',');
    expect(first).toEqual(['填制凭证', 'V800']);
    let before = '';
    let line = 0;
    const read = rows.map((fields): Told => {
      const voucher = `${fields[1]} ${fields[2]}`;
      line = voucher === before ? line + 1 : 1;
      before = voucher;
      return {
        ...{ date: fields[0]!, voucher, line: String(line), summary: fields[4]!, account: fields[5]! },
        ...{ debit: plain(fields[6]!), credit: plain(fields[7]!), quantity: plain(fields[8]!) },
        ...{ department: fields[15] ?? '', counterparty: fields[18] ?? '', project: fields[20] ?? '' },
      };
    });
    expect(read).toEqual(ALL);
  });

  it.each(['gb18030', 'utf-8'] as const)('GB/T 24589.1 XML, %s', async (encoding) => {
    const xml = iconv.decode(await bytesOf(gbtXml(books, encoding)), encoding);
    const unescaped = (text: string) =>
      text.replace(/&(amp|lt|gt|quot);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name]!);
    const recordsOf = (name: string) =>
      [...xml.matchAll(new RegExp(`<${name}>\n(.*?)</${name}>`, 'gs'))].map(
        ([, inner]) =>
          new Map([...inner!.matchAll(/<([^/>]+)>([^<]*)</g)].map(([, field, text]) => [field!, unescaped(text!)])),
      );
    const read = recordsOf('记账凭证').map((record): Told => {
      const of = (name: string) => record.get(name) ?? '';
      return {
        date: of('记账凭证日期').replace(/(....)(..)(..)/, '$1-$2-$3'),
        voucher: of('记账凭证编号').replace(/^(\D+)0*/, '$1 '),
        ...{ line: of('记账凭证行号'), summary: of('记账凭证摘要'), account: of('科目编号') },
        ...{ debit: plain(of('借方本币金额')), credit: plain(of('贷方本币金额')) },
        quantity: of('借方数量') === '0' ? of('贷方数量') : of('借方数量'),
        ...{ department: of('辅助项1编号'), project: of('辅助项2编号').replace(/\(.*/, '') },
        counterparty: of('辅助项3编号'),
      };
    });
    expect(read).toEqual(ALL);
    expect(xml.split('<辅助项30编号/>')).toHaveLength(1_500 + recordsOf('科目余额及发生额').length + 1);
  });

  it('balance sheet: opening, moved and closing agree, and so do its sums', async () => {
    const text = (await bytesOf(balanceSheet(books, '2023-03', 'utf-8'))).toString();
    const rows = cellsOf(text, ',').slice(3);
    const fen = (number: string | undefined) => BigInt((number || '0.00').replace('.', ''));
    const sums = [0n, 0n, 0n, 0n, 0n, 0n];
    for (const cells of rows.slice(0, -1)) {
      const [openDebit, openCredit, debit, credit, closeDebit, closeCredit] = cells.slice(2, 8).map(fen);
      expect(openDebit! - openCredit! + debit! - credit!).toBe(closeDebit! - closeCredit!);
      for (let i = 0; i < sums.length; i += 1) sums[i]! += fen(cells[2 + i]);
    }
    expect(rows.at(-1)!.slice(2, 8).map(fen)).toEqual(sums);
    const moved = vouchers.filter(({ date }) => date.startsWith('2023-03')).flatMap(({ lines }) => lines);
    expect(sums[2]).toBe(moved.reduce((sum, { debit }) => sum + debit, 0n));
    expect([...balancesOf(books)].filter(({ period }) => period === '2023-02').length).toBeGreaterThan(20);
  });

  it('expected costs are the sums of the expected records', () => {
    const sums = new Map<string, bigint>();
    for (const { date, department, category, amount } of expectedRecords(books)) {
      const key = `${department} ${date.slice(0, 7)} ${category}`;
      sums.set(key, (sums.get(key) ?? 0n) + BigInt(amount.replace('.', '')));
    }
    const asText = (fen: bigint) => scaled(fen, 2);
    expect(new Map([...expectedCosts(books)].map(([key, yuan]) => [key, plain(yuan)]))).toEqual(
      new Map([...sums].map(([key, fen]) => [key, asText(fen)])),
    );
  });
});

/** 4.35 is 4.3499999999999996447… in binary; 0.5 and 100 are themselves. */
it('numbers of workbooks are written as Excel writes them', () => {
  expect(['4.35', '0.50', '100.00', '-1.10'].map(asExcelWrites)).toEqual([
    ...['4.3499999999999996', '0.5', '100', '-1.1000000000000001'],
  ]);
});
