import { describe, expect, it } from '@jest/globals';
import { rowsOf, shown, stringsXml, stylesXml, type Parts } from './book.js';

/** What the only cell of a row is read as. */
async function cell(xml: string, parts: Parts = {}): Promise<string | null | undefined> {
  const [row] = await rowsOf(`<row r="1">${xml}</row>`, parts);
  return shown(row!)[0];
}

/** Styles 0 to 9: General, built-in dates and times, then formats of the file itself. */
const STYLES = stylesXml([0, 14, 31, 21, 22, 164, 165, 166, 167, 168], {
  164: 'yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@',
  165: '#,##0.00_);[Red]\\(#,##0.00\\)&quot;yd&quot;',
  166: '[h]:mm:ss',
  167: 'yyyy-mm-dd hh:mm:ss.000',
  168: '0.00m',
});

describe('numbers', () => {
  it.each([
    ['4.35', 'NUMBER 4.35'],
    ['-0.5', 'NUMBER -0.5'],
    // Excel writes 4.35 with 17 digits; the shortest decimal that is the same double is 4.35.
    ['4.3499999999999996', 'NUMBER 4.35'],
    ['-1234567.8899999999', 'NUMBER -1234567.89'],
    // Of less than one, too: the zero in front is no digit of it.
    ['0.28999999999999998', 'NUMBER 0.29'],
    ['-0.070000000000000007', 'NUMBER -0.07'],
    ['0012.5E0', 'NUMBER 12.5'],
    // 0.1 + 0.2 is a double of its own, and no decimal of 15 digits is that double.
    ['0.30000000000000004', 'INEXACT 0.30000000000000004'],
    ['9007199254740993', 'INEXACT 9007199254740993'],
    ['99999999999999.9', 'NUMBER 99999999999999.9'],
    ['100000000000000000000', 'NUMBER 100000000000000000000'],
    ['1.5E3', 'NUMBER 1500'],
    ['1.2E-3', 'NUMBER 0.0012'],
    ['-2E+2', 'NUMBER -200'],
    ['1E400', 'INEXACT 1E400'],
    ['1e-1000', 'INEXACT 1e-1000'],
    ['+7', 'NUMBER 7'],
    ['.5', 'NUMBER 0.5'],
    [' 12 ', 'NUMBER 12'],
    ['-0', 'NUMBER -0'],
    // What is no number at all stays text, for the rules of the column to judge.
    ['NaN', 'NaN'],
    ['0x10', '0x10'],
    ['１２', '１２'],
    ['1e1000000', '1e1000000'],
  ])('%s is %s', async (value, expected) => {
    expect(await cell(`<c r="A1"><v>${value}</v></c>`)).toBe(expected);
  });
});

describe('dates', () => {
  it.each([
    [1, '45292', 'DATE 2024-01-01'],
    [2, '45292.99', 'DATE 2024-01-01'],
    [1, '4.5292E4', 'DATE 2024-01-01'],
    [4, '45351', 'DATE 2024-02-29'],
    [5, '45292', 'DATE 2024-01-01'],
    [8, '45292.5', 'DATE 2024-01-01'],
    [1, '1', 'DATE 1900-01-01'],
    [1, '59', 'DATE 1900-02-28'],
    [1, '60', 'BAD_DATE 60'],
    [1, '61', 'DATE 1900-03-01'],
    [1, '0', 'BAD_DATE 0'],
    [1, '-1', 'BAD_DATE -1'],
    [1, '109574', 'DATE 2199-12-31'],
    [1, '109575', 'BAD_DATE 109575'],
    [1, '20240105', 'BAD_DATE 20240105'],
    // General, a time of day, an amount whose unit has a y and a d, a duration, metres without quotes.
    [0, '45292', 'NUMBER 45292'],
    [3, '0.5', 'NUMBER 0.5'],
    [6, '45292', 'NUMBER 45292'],
    [7, '1.5', 'NUMBER 1.5'],
    [9, '12.5', 'NUMBER 12.5'],
    [99, '45292', 'NUMBER 45292'],
  ])('under style %s, %s is %s', async (style, value, expected) => {
    const parts = { 'xl/styles.xml': STYLES };
    expect(await cell(`<c r="A1" s="${style}"><v>${value}</v></c>`, parts)).toBe(expected);
  });

  it.each([
    ['43830', 'DATE 2024-01-01'],
    ['0', 'DATE 1904-01-01'],
    ['60', 'DATE 1904-03-01'],
    ['-1', 'BAD_DATE -1'],
  ])('in the 1904 system %s is %s', async (value, expected) => {
    const workbook = `<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="S" r:id="rId1"/></sheets></workbook>`;
    const parts = { 'xl/styles.xml': STYLES, 'xl/workbook.xml': workbook };
    expect(await cell(`<c r="A1" s="1"><v>${value}</v></c>`, parts)).toBe(expected);
  });

  it.each([
    ['2024-02-29', 'DATE 2024-02-29'],
    ['2024-01-01T00:00:00+08:00', 'DATE 2024-01-01'],
    ['2023-02-29', 'BAD_DATE 2023-02-29'],
    ['T12:00:00', 'BAD_DATE T12:00:00'],
    ['0000-01-01', 'BAD_DATE 0000-01-01'],
  ])('written as a date, %s is %s', async (value, expected) => {
    expect(await cell(`<c r="A1" t="d"><v>${value}</v></c>`)).toBe(expected);
  });

  it('leaves text under a date style as it is', async () => {
    const parts = { 'xl/styles.xml': STYLES };
    expect(await cell('<c r="A1" s="1" t="inlineStr"><is><t>45292</t></is></c>', parts)).toBe('45292');
  });
});

describe('texts', () => {
  it.each([
    ['<t>a</t>', 'a'],
    ['<t xml:space="preserve"> \t a b\t </t>', 'a b'],
    ['<t>  </t>', undefined],
    ['<t/>', undefined],
    ['<r><rPr><b/></rPr><t>采购</t></r><r><t xml:space="preserve"> 部</t></r>', '采购 部'],
    ['<t>部</t><rPh sb="0" eb="1"><t>bu</t></rPh><phoneticPr fontId="1"/>', '部'],
    ['<t>a_x000D__x000A_b</t>', 'a\r\nb'],
    ['<t>_x005F_x000D_</t>', '_x000D_'],
    ['<t>_xD83D__xDE00_</t>', '😀'],
    ['<t>&lt;&#20803;&amp;<![CDATA[<b>]]></t>', '<元&<b>'],
    ['<t>__proto__</t>', '__proto__'],
    ['<t>\u00a0a\u3000</t>', '\u00a0a\u3000'],
  ])('%s is %s, shared and inline', async (item, expected) => {
    expect(await cell(`<c r="A1" t="inlineStr"><is>${item}</is></c>`)).toBe(expected);
    const parts = { 'xl/sharedStrings.xml': stringsXml('<t>other</t>', item) };
    expect(await cell('<c r="A1" t="s"><v>1</v></c>', parts)).toBe(expected);
  });

  it('keeps characters that a chunk of the file cuts in two', async () => {
    // 60 KiB and more of three-byte characters, behind one, two and three bytes.
    for (const head of ['a', 'aa', 'aaa']) {
      const text = head + '煤'.repeat(30_000);
      expect(await cell(`<c r="A1" t="inlineStr"><is><t>${text}</t></is></c>`)).toBe(text);
    }
  });
});

describe('other cells', () => {
  it.each([
    ['<c r="A1"><f>1+1</f><v>2.50</v></c>', 'FORMULA 2.50'],
    ['<c r="A1" t="str"><f t="shared" si="0"/><v>x</v></c>', 'FORMULA x'],
    ['<c r="A1"><f t="array" ref="A1:A2">B1:B2</f><v>4.3499999999999996</v></c>', 'FORMULA 4.35'],
    ['<c r="A1"><f>WEBSERVICE("http://127.0.0.1:1/x")</f></c>', 'FORMULA null'],
    ['<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', 'FORMULA #DIV/0!'],
    ['<c r="A1" t="str"><v>x</v></c>', 'x'],
    ['<c r="A1" t="e"><v>#REF!</v></c>', 'ERROR #REF!'],
    ['<c r="A1" t="b"><v>1</v></c>', 'BOOLEAN TRUE'],
    ['<c r="A1" t="b"><v>0</v></c>', 'BOOLEAN FALSE'],
    ['<c r="A1" t="s"><v/></c>', undefined],
    ['<c r="A1" t="s"/>', undefined],
    ['<c r="A1"><v>1</v><extLst><ext><v>2</v></ext></extLst></c>', 'NUMBER 1'],
  ])('%s is %s', async (xml, expected) => {
    expect(await cell(xml)).toBe(expected);
  });
});
