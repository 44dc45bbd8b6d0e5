import { describe, expect, it } from '@jest/globals';
import { zipOf } from '../support/zip.js';
import { XlsxRefusal, type XlsxLimits } from '../../src/platform/xlsx/index.js';
import { entriesOf, readBytes, readParts, SHEET, sheetXml, stringsXml, type Parts } from './book.js';

const ONE = '<row r="1"><c r="A1"><v>1</v></c></row>';

/** Code, sheet, row and column of the refusal. */
async function refusalOf(reading: Promise<unknown>): Promise<unknown[]> {
  const refused: unknown = await reading.then(
    () => 'read',
    (error: unknown) => error,
  );
  if (!(refused instanceof XlsxRefusal)) throw refused;
  return [refused.code, refused.sheet, refused.row, refused.column];
}

describe('archives', () => {
  const entries = entriesOf({ [SHEET]: sheetXml(ONE) });
  const sound = zipOf(entries);
  const withClaims = (claims: { crc?: number; flags?: number }, name: string) =>
    zipOf(entries.map((entry) => (entry.name === name ? { ...entry, claims } : entry)));

  it.each<[string, Buffer, string]>([
    ['nothing', Buffer.alloc(0), 'not_a_zip'],
    ['a CSV', Buffer.from('dept,amount\nD01,1\n'), 'not_a_zip'],
    ['the first half', sound.subarray(0, sound.length / 2), 'not_a_zip'],
    ['a byte behind the end', Buffer.concat([sound, Buffer.from('x')]), 'not_a_zip'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old_or_encrypted_workbook'],
    ['a wrong CRC in a part that nothing is taken from', withClaims({ crc: 7 }, '[Content_Types].xml'), 'not_a_zip'],
    ['a part with a password', withClaims({ flags: 1 }, '[Content_Types].xml'), 'encrypted_zip'],
    ['a part twice', zipOf([...entries, { name: SHEET, content: Buffer.from('x') }]), 'doubled_entry'],
    [
      'a part twice but for case',
      zipOf([...entries, { name: SHEET.toUpperCase(), content: Buffer.from('x') }]),
      'doubled_entry',
    ],
    ['another archive', zipOf([{ name: 'records.csv', content: Buffer.from('x') }]), 'not_a_workbook'],
    [
      'a bomb of strings',
      zipOf([...entries, { name: 'xl/sharedStrings.xml', content: Buffer.alloc(17 << 20, ' ') }]),
      'zip_too_large',
    ],
  ])('%s', async (_, bytes, code) => {
    expect(await refusalOf(readBytes(bytes))).toEqual([code, null, 0, '']);
  });

  it('names the part whose CRC is wrong', async () => {
    const refused = await readBytes(withClaims({ crc: 7 }, SHEET)).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'not_a_zip', params: { entry: SHEET } });
  });

  it.each<[string, Partial<XlsxLimits>, string]>([
    ['entries', { maxEntries: 5 }, 'too_many_entries'],
    ['bytes', { maxInflatedBytes: 1000 }, 'zip_too_large'],
  ])('more %s than allowed', async (_, limits, code) => {
    expect(await refusalOf(readBytes(sound, limits))).toEqual([code, null, 0, '']);
  });

  it('is read where nothing is wrong with it', async () => {
    expect(await readBytes(sound, { maxEntries: 6 })).toMatchObject([{ rows: [{ texts: ['1'] }] }]);
  });
});

describe('XML', () => {
  const laughs = '<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>';
  const at = (row: number) => ['Sheet1', row, ''];

  it.each<[string, string | Buffer, unknown[]]>([
    [
      'entities',
      laughs + sheetXml('<row><c t="inlineStr"><is><t>&b;</t></is></c></row>').slice(38),
      ['doctype_forbidden', ...at(0)],
    ],
    [
      'an unknown entity',
      sheetXml('<row/><row><c t="inlineStr"><is><t>&b;</t></is></c></row>'),
      ['malformed_xml', 'Sheet1', 2, 'A'],
    ],
    ['an element left open', sheetXml(ONE).replace('</worksheet>', ''), ['malformed_xml', ...at(1)]],
    ['an element closed twice', sheetXml(`${ONE}</row>`), ['malformed_xml', ...at(1)]],
    ['two roots', sheetXml(ONE) + '<worksheet/>', ['malformed_xml', ...at(1)]],
    ['an attribute twice', sheetXml('<row r="1" r="2"/>'), ['malformed_xml', ...at(0)]],
    ['text behind the root', sheetXml(ONE) + 'x', ['malformed_xml', ...at(1)]],
    ['nothing', '', ['malformed_xml', ...at(0)]],
    [
      'Big5',
      Buffer.from(sheetXml('<row><c t="str"><v>\u00b3\u00a1\u00aa\u00f9</v></c></row>'), 'latin1'),
      ['malformed_xml', ...at(0)],
    ],
    ['a declared GB18030', sheetXml(ONE).replace('UTF-8', 'GB18030'), ['malformed_xml', ...at(0)]],
    [
      'a character cut off',
      Buffer.concat([Buffer.from(sheetXml(ONE)), Buffer.from([0xe7])]),
      ['malformed_xml', ...at(1)],
    ],
    ['depth', sheetXml('', '<a>'.repeat(32) + '</a>'.repeat(32)), ['too_deep', ...at(0)]],
    ['a tag without end', sheetXml('', `<a b="${'煤'.repeat(5 << 20)}"/>`), ['malformed_xml', ...at(0)]],
  ])(
    '%s',
    async (_, xml, expected) => {
      const bytes = zipOf(entriesOf({ [SHEET]: xml }));
      expect(await refusalOf(readBytes(bytes))).toEqual(expected);
    },
    20_000,
  );

  it('takes as much depth as allowed', async () => {
    const xml = sheetXml('', '<a>'.repeat(31) + '</a>'.repeat(31));
    expect(await readParts({ [SHEET]: xml })).toHaveLength(1);
  });
});

describe('structure', () => {
  it.each<[string, Parts]>([
    ['a relation that is not there', { 'xl/_rels/workbook.xml.rels': '<Relationships/>' }],
    ['a sheet that is not there', { [SHEET]: null }],
    [
      'a sheet under two names',
      {
        'xl/workbook.xml':
          '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="rId1"/><sheet name="b" r:id="rId1"/></sheets></workbook>',
      },
    ],
    [
      'a state that nobody knows',
      {
        'xl/workbook.xml':
          '<workbook xmlns:r="r"><sheets><sheet name="a" state="gone" r:id="rId1"/></sheets></workbook>',
      },
    ],
    ['a part that is another', { 'xl/workbook.xml': '<html/>' }],
    ['styles that are others', { 'xl/styles.xml': '<html/>' }],
    ['styles that are not there', { 'xl/styles.xml': null }],
    ['strings that are others', { 'xl/sharedStrings.xml': '<html/>' }],
    ['a sheet that is another', { [SHEET]: '<html/>' }],
    ['no rows at all', { [SHEET]: '<worksheet/>' }],
    ['two tables', { [SHEET]: sheetXml(ONE).replace('</worksheet>', '<sheetData/></worksheet>') }],
    ['a row inside something else', { [SHEET]: sheetXml(`<any>${ONE}</any>`) }],
    ['a cell inside something else', { [SHEET]: sheetXml('<row><any><c><v>1</v></c></any></row>') }],
    ['a value inside something else', { [SHEET]: sheetXml('<row><c><any><v>1</v></any></c></row>') }],
    ['two values', { [SHEET]: sheetXml('<row><c><v>1</v><v>2</v></c></row>') }],
    [
      'a string that is not there',
      { [SHEET]: sheetXml('<row><c t="s"><v>1</v></c></row>'), 'xl/sharedStrings.xml': stringsXml('<t>a</t>') },
    ],
    ['a string without strings', { [SHEET]: sheetXml('<row><c t="s"><v>0</v></c></row>') }],
    [
      'a string number that is none',
      { [SHEET]: sheetXml('<row><c t="s"><v>-0</v></c></row>'), 'xl/sharedStrings.xml': stringsXml('<t>a</t>') },
    ],
    ['a type that nobody knows', { [SHEET]: sheetXml('<row><c t="x"><v>1</v></c></row>') }],
    ['a boolean that is neither', { [SHEET]: sheetXml('<row><c t="b"><v>2</v></c></row>') }],
    ['a row that is no number', { [SHEET]: sheetXml('<row r="x"/>') }],
    ['a cell without column', { [SHEET]: sheetXml('<row><c r="1"/></row>') }],
    ['a merged range that is none', { [SHEET]: sheetXml('', '<mergeCells><mergeCell ref="B2:A1"/></mergeCells>') }],
  ])('%s', async (_, parts) => {
    expect((await refusalOf(readParts(parts)))[0]).toBe('broken_workbook');
  });
});

describe('cells', () => {
  const text = (content: string) =>
    `<row r="1"/><row r="2"><c r="C2" t="inlineStr"><is><t>${content}</t></is></c></row>`;

  it.each<[string, string, unknown[]]>([
    ['a cell twice', '<row r="1"><c r="B1"/><c r="B1"/></row>', ['doubled_cell', 1, 'B']],
    ['a cell before the one before', '<row r="1"><c r="B1"/><c r="A1"/></row>', ['doubled_cell', 1, 'A']],
    ['a cell of another row', '<row r="1"><c r="A2"/></row>', ['doubled_cell', 1, 'A']],
    ['a row twice', '<row r="3"/><row r="3"/>', ['doubled_cell', 3, '']],
    ['a row before the one before', '<row r="3"/><row r="2"/>', ['doubled_cell', 3, '']],
    ['a column behind XFD', '<row r="1"><c r="XFE1"/></row>', ['too_many_columns', 1, 'XFE']],
    ['a row behind the last', '<row r="1048577"/>', ['too_many_rows', 0, '']],
    ['U+0000', text('a_x0000_'), ['invalid_character', 2, 'C']],
    ['half a pair of surrogates', text('_xD83D_'), ['invalid_character', 2, 'C']],
    ['more text than a cell holds', text('x'.repeat(230_000)), ['field_too_long', 2, 'C']],
  ])('%s', async (_, rows, [code, row, column]) => {
    expect(await refusalOf(readParts({ [SHEET]: sheetXml(rows) }))).toEqual([code, 'Sheet1', row, column]);
  });

  it.each<[string, Partial<XlsxLimits>, unknown[] | null]>([
    ['rows', { maxRows: 1 }, ['too_many_rows', 'Sheet1', 4, '']],
    ['rows with content', { maxRows: 2 }, null],
    ['columns', { maxColumns: 1 }, ['too_many_columns', 'Sheet1', 4, 'B']],
    ['columns with content', { maxColumns: 2 }, null],
    ['cells', { maxCells: 3 }, ['too_many_cells', 'Sheet1', 4, 'C']],
    ['all cells', { maxCells: 4 }, null],
  ])('%s: %j', async (_, limits, expected) => {
    const rows =
      '<row r="1"/><row r="2"><c><v>1</v></c></row><row r="3"/><row r="4"><c/><c><v>1</v></c><c r="ZZ4" s="1"/></row>';
    const reading = readParts({ [SHEET]: sheetXml(rows) }, limits);
    if (expected === null) expect(await reading).toHaveLength(1);
    else expect((await refusalOf(reading)).slice(0, 3)).toEqual(expected.slice(0, 3));
  });

  it('more bytes of shared strings than allowed', async () => {
    const parts = { 'xl/sharedStrings.xml': stringsXml('<t>a</t>') };
    expect((await refusalOf(readParts(parts, { maxSharedStringBytes: 50 })))[0]).toBe('shared_strings_too_large');
  });

  it('a shared string that PostgreSQL cannot store', async () => {
    expect((await refusalOf(readParts({ 'xl/sharedStrings.xml': stringsXml('<t>_x0000_</t>') })))[0]).toBe(
      'invalid_character',
    );
  });
});
