import { describe, expect, it } from '@jest/globals';
import { markCells } from '../../src/platform/xlsx-out/mark-cells.js';
import { mark, marked } from './marking.js';
import { LIMITS, sheet, stored, workbook, type Parts } from './workbooks.js';

describe('what is no workbook', () => {
  const good = workbook({ 凭证: sheet('<row r="1"><c r="A1"><v>1</v></c></row>') });
  const cases: readonly (readonly [string, Parts | Buffer, string])[] = [
    ['bytes', Buffer.from('PK but no zip'), 'not_a_zip'],
    ['a zip of something else', { 'a.txt': 'a' }, 'broken_workbook'],
    [
      'a sheet that breaks off',
      { ...good, 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="1">' },
      'malformed_xml',
    ],
    [
      'a document type',
      { ...good, 'xl/worksheets/sheet1.xml': '<!DOCTYPE a [<!ENTITY b "c">]><worksheet><sheetData/></worksheet>' },
      'doctype_forbidden',
    ],
    [
      'a sheet in UTF-16',
      { ...good, 'xl/worksheets/sheet1.xml': Buffer.from(`\ufeff${sheet('')}`, 'utf16le') },
      'malformed_xml',
    ],
    ['styles that are no UTF-8', { ...good, 'xl/styles.xml': Buffer.from([0x3c, 0xff, 0xfe]) }, 'malformed_xml'],
    ['names that leave the folder', { ...good, 'xl/../../b.xml': 'x' }, 'not_a_zip'],
    ['a name in two cases', { ...good, 'XL/Styles.xml': 'x' }, 'doubled_entry'],
  ];
  it.each(cases)('%s is refused', async (_, parts, code) => {
    const { source, target } = await stored(parts);
    await expect(markCells(source, target, [mark('凭证', 'A1')], '六大协同', LIMITS)).rejects.toMatchObject({ code });
  });

  it('a part that inflates beyond the cap is refused', async () => {
    const { source, target } = await stored({ ...good, 'xl/big.bin': Buffer.alloc(2 ** 20) });
    const limits = { ...LIMITS, maxInflatedBytes: 2 ** 19 };
    await expect(markCells(source, target, [], '六大协同', limits)).rejects.toMatchObject({ code: 'zip_too_large' });
  });
});

describe('a hostile sheet', () => {
  it('with a million blanks in a tag takes no longer than another', async () => {
    const blanks = ' '.repeat(1_000_000);
    const rows = `<row r="1"${blanks}ht="1"><c r="A1"${blanks}t="n"><v>1</v></c></row><row r="2"${blanks}ht="1"/>`;
    const started = performance.now();
    const { text } = await marked(workbook({ 凭证: sheet(rows) }), [mark('凭证', 'A1'), mark('凭证', 'A2')]);
    expect(performance.now() - started).toBeLessThan(5000);
    expect(text('xl/worksheets/sheet1.xml').replace(/ +/g, ' ')).toContain(
      '<row r="1" ht="1"><c r="A1" t="n" s="2"><v>1</v></c></row><row r="2" ht="1"><c r="A2" s="2"/></row>',
    );
  });

  it('has marks outside of it at its edge', async () => {
    const { text } = await marked(workbook({ 凭证: sheet('') }), [
      { sheet: '凭证', row: 0, column: 20_000, comment: 'x' },
    ]);
    expect(text('xl/worksheets/sheet1.xml')).toContain('<row r="1"><c r="XFD1" s="2"/></row>');
  });
});

describe('however the bytes of a sheet are cut', () => {
  it('a sheet of many rows has its marks in their places', async () => {
    // 30,000 rows of about 100 bytes: some 25 pieces of 128 KiB, cut wherever they end.
    const rows = Array.from(
      { length: 30_000 },
      (_, i) =>
        `<row r="${i + 1}" spans="1:2"><c r="A${i + 1}" t="inlineStr"><is><t>材料 ${i}</t></is></c><c r="B${i + 1}"><v>${i}</v></c></row>`,
    );
    const cells = Array.from({ length: 300 }, (_, i) => `B${i * 100 + 7}`);
    const { sheetOf, text } = await marked(
      workbook({ 凭证: sheet(rows.join('')) }),
      cells.map((cell) => mark('凭证', cell)),
    );
    const filled = [...text('xl/worksheets/sheet1.xml').matchAll(/<c r="(B\d+)" s="2"/g)].map(([, cell]) => cell);
    expect(filled).toEqual(cells);
    expect(sheetOf('凭证').rows).toHaveLength(30_000);
    expect(sheetOf('凭证').rows[29_999]).toEqual(['材料 29999', 29_999]);
    // Nothing but the formats and the hints of spans has changed.
    const plain = text('xl/worksheets/sheet1.xml').replace(/ s="2"| spans="1:2"|<legacyDrawing [^>]*>/g, '');
    expect(plain).toBe(sheet(rows.join('')).replaceAll(' spans="1:2"', ''));
  });
});
