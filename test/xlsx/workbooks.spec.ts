import { describe, expect, it } from '@jest/globals';
import { columnLetter } from '../../src/platform/xlsx/index.js';
import { readParts, rowsOf, SHEET, sheetXml, shown, stringsXml, type Parts } from './book.js';

const shownRows = async (rows: string, parts: Parts = {}) =>
  (await rowsOf(rows, parts)).map((row) => [row.rowNo, ...shown(row)]);

describe('rows and columns', () => {
  it('stand where the file says, with gaps', async () => {
    const rows = '<row r="2"><c r="B2"><v>1</v></c><c r="AA2"><v>2</v></c></row><row r="5"/>';
    const [second, fifth] = await rowsOf(rows);
    expect(second).toMatchObject({ rowNo: 2, isHidden: false });
    expect(second!.texts).toEqual([null, '1', ...Array<null>(24).fill(null), '2']);
    expect(fifth).toEqual({ rowNo: 5, isHidden: false, texts: [], marks: null });
  });

  it('follow each other where the file says nothing', async () => {
    const rows =
      '<row><c><v>1</v></c><c><v>2</v></c></row><row r="4"><c r="B4"><v>3</v></c><c><v>4</v></c></row><row/>';
    expect(await shownRows(rows)).toEqual([[1, 'NUMBER 1', 'NUMBER 2'], [4, null, 'NUMBER 3', 'NUMBER 4'], [5]]);
  });

  it('say whether they are hidden: by name, filtered, or of no height', async () => {
    const rows = '<row r="1" hidden="1"/><row r="2" hidden="true"/><row r="3" ht="0"/><row r="4" hidden="0" ht="15"/>';
    expect((await rowsOf(rows)).map(({ isHidden }) => isHidden)).toEqual([true, true, true, false]);
  });

  it('forget the marks of the row before', async () => {
    const rows = '<row><c><v>1</v></c></row><row><c t="inlineStr"><is><t>x</t></is></c></row>';
    expect((await rowsOf(rows)).map(({ marks }) => marks && [...marks])).toEqual([[1], null]);
  });

  it('name merged ranges', async () => {
    const merges = '<mergeCells count="2"><mergeCell ref="A1:B9"/><mergeCell ref="AA3"/></mergeCells>';
    const [sheet] = await readParts({ [SHEET]: sheetXml('', merges) });
    expect(sheet!.merges).toEqual([
      { firstRow: 1, lastRow: 9, firstColumn: 0, lastColumn: 1 },
      { firstRow: 3, lastRow: 3, firstColumn: 26, lastColumn: 26 },
    ]);
  });

  it.each([
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [701, 'ZZ'],
    [702, 'AAA'],
    [16_383, 'XFD'],
  ])('column %s has the letter %s', (index, letter) => {
    expect(columnLetter(index)).toBe(letter);
  });
});

describe('packages', () => {
  const one = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>';
  const strings = { 'xl/sharedStrings.xml': stringsXml('<t>部门</t>') };
  const relations = (type: string, ...targets: readonly [string, string]) =>
    `<Relationships><Relationship Id="rId1" Type="${type}/worksheet" Target="${targets[0]}"/><Relationship Id="rId2" Type="${type}/sharedStrings" Target="${targets[1]}"/></Relationships>`;
  const usual = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

  it.each<[string, Parts]>([
    ['as Excel writes it', {}],
    ['targets from the root', { 'xl/_rels/workbook.xml.rels': relations(usual, `/${SHEET}`, '/xl/sharedStrings.xml') }],
    ['targets with dots', { 'xl/_rels/workbook.xml.rels': relations(usual, `../${SHEET}`, './sharedStrings.xml') }],
    [
      'targets in other letters',
      { 'xl/_rels/workbook.xml.rels': relations(usual, 'Worksheets/Sheet1.xml', 'SharedStrings.xml') },
    ],
    [
      'strict OOXML',
      {
        'xl/_rels/workbook.xml.rels': relations(
          'http://purl.oclc.org/ooxml/officeDocument/relationships',
          'worksheets/sheet1.xml',
          'sharedStrings.xml',
        ),
      },
    ],
    ['no package relations', { '_rels/.rels': null }],
    [
      'prefixes',
      {
        [SHEET]:
          '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>',
        'xl/workbook.xml':
          '<x:workbook xmlns:x="m" xmlns:q="r"><x:sheets><x:sheet name="Sheet1" sheetId="9" q:id="rId1"/></x:sheets></x:workbook>',
        'xl/sharedStrings.xml': '<x:sst xmlns:x="m"><x:si><x:t>部门</x:t></x:si></x:sst>',
      },
    ],
    [
      'a lying dimension',
      { [SHEET]: sheetXml(one).replace('<sheetData>', '<dimension ref="A1:XFD1048576"/><sheetData>') },
    ],
    ['UTF-16', { [SHEET]: Buffer.from('\ufeff' + sheetXml(one).replace('UTF-8', 'UTF-16'), 'utf16le') }],
    ['a byte order mark', { [SHEET]: '\ufeff' + sheetXml(one) }],
    [
      'parts that nobody asked for',
      { 'xl/wps.bin': Buffer.from([0, 1]), 'xl/vbaProject.bin': 'x', 'docProps/app.xml': '<' },
    ],
  ])('%s', async (_, parts) => {
    const [sheet] = await readParts({ [SHEET]: sheetXml(one), ...strings, ...parts });
    expect(sheet).toMatchObject({ name: 'Sheet1', state: 'visible', rows: [{ rowNo: 1, texts: ['部门'] }] });
  });

  it('finds the sheets in the order of their tabs, without charts', async () => {
    const sheets = [
      'b" r:id="rId2',
      'chart" r:id="rId3',
      'a" state="hidden" r:id="rId1',
      'c" state="veryHidden" r:id="rId4',
    ];
    const types = ['worksheet', 'worksheet', 'chartsheet', 'worksheet'];
    const parts = {
      'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${sheets.map((s) => `<sheet name="${s}"/>`).join('')}</sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships>${types.map((type, i) => `<Relationship Id="rId${i + 1}" Type="t/${type}" Target="s${i + 1}.xml"/>`).join('')}</Relationships>`,
      ...Object.fromEntries([1, 2, 3, 4].map((i) => [`xl/s${i}.xml`, sheetXml(`<row><c><v>${i}</v></c></row>`)])),
    };
    expect((await readParts(parts)).map(({ name, state, rows }) => [name, state, rows[0]!.texts[0]])).toEqual([
      ['b', 'visible', '2'],
      ['a', 'hidden', '1'],
      ['c', 'veryHidden', '4'],
    ]);
  });
});
