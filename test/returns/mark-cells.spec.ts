import { describe, expect, it } from '@jest/globals';
import { mark, marked } from './marking.js';
import { relationships, sheet, workbook } from './workbooks.js';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** The one sheet's rows after marking. */
async function rowsAfter(rows: string, cells: readonly string[], before = ''): Promise<string> {
  const { text } = await marked(
    workbook({ 凭证: sheet(rows, before) }),
    cells.map((cell) => mark('凭证', cell)),
  );
  return /<sheetData>(.*)<\/sheetData>/s.exec(text('xl/worksheets/sheet1.xml'))![1]!;
}

describe('a marked cell', () => {
  // The workbook has formats 0 and 1; the first filled copy is 2, the next 3.
  const cases: readonly (readonly [what: string, rows: string, cells: readonly string[], after: string])[] = [
    [
      'gets the filled copy of its format',
      '<row r="1"><c r="A1" s="1"><v>3</v></c></row>',
      ['A1'],
      '<row r="1"><c r="A1" s="2"><v>3</v></c></row>',
    ],
    [
      'without a format gets one',
      '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
      ['A1'],
      '<row r="1"><c r="A1" t="s" s="2"><v>0</v></c></row>',
    ],
    [
      'without a place is counted',
      '<row><c><v>1</v></c><c><v>2</v></c></row>',
      ['B1'],
      '<row><c><v>1</v></c><c s="2"><v>2</v></c></row>',
    ],
    [
      'that is not there is put between',
      '<row r="2" spans="1:3"><c r="A2"/><c r="C2"/></row>',
      ['B2', 'D2'],
      '<row r="2"><c r="A2"/><c r="B2" s="2"/><c r="C2"/><c r="D2" s="2"/></row>',
    ],
    [
      'of a row that is not there',
      '<row r="2"/><row r="4"><c r="A4"/></row>',
      ['A1', 'B3', 'C9'],
      '<row r="1"><c r="A1" s="2"/></row><row r="2"/><row r="3"><c r="B3" s="2"/></row><row r="4"><c r="A4"/></row><row r="9"><c r="C9" s="2"/></row>',
    ],
    ['of an empty row', '<row r="2" ht="20" />', ['B2'], '<row r="2" ht="20"><c r="B2" s="2"/></row>'],
    [
      'keeps its formula and its kind',
      '<row r="1"><c r="A1" s="0" t="str"><f>A2&amp;"&lt;/row>"</f><v>x</v></c></row>',
      ['A1'],
      '<row r="1"><c r="A1" s="2" t="str"><f>A2&amp;"&lt;/row>"</f><v>x</v></c></row>',
    ],
    [
      'beside comments and CDATA',
      '<!-- <row r="1"> --><row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[</row>]]></t></is></c></row>',
      ['A1'],
      '<!-- <row r="1"> --><row r="1"><c r="A1" t="inlineStr" s="2"><is><t><![CDATA[</row>]]></t></is></c></row>',
    ],
    [
      'shares the copy with others of its format',
      '<row r="1"><c r="A1" s="1"/><c r="B1"/><c r="C1" s="1"/></row>',
      ['A1', 'B1', 'C1'],
      '<row r="1"><c r="A1" s="2"/><c r="B1" s="3"/><c r="C1" s="2"/></row>',
    ],
  ];
  it.each(cases)('%s', async (_, rows, cells, after) => {
    expect(await rowsAfter(rows, cells)).toBe(after);
  });

  it('that is not there has the format of its row, or of its column', async () => {
    const cols = '<cols><col min="2" max="3" width="9" style="1"/></cols>';
    // First copies: of 1 for B1 and C2, of 0 for D2.
    expect(await rowsAfter('<row r="2" s="0" customFormat="1"/>', ['B1', 'C2'], cols)).toBe(
      '<row r="1"><c r="B1" s="2"/></row><row r="2" s="0" customFormat="1"><c r="C2" s="3"/></row>',
    );
  });

  it('stands in a sheet without rows, and in one whose names have a prefix', async () => {
    const empty = `<worksheet xmlns="${MAIN}"><sheetData/></worksheet>`;
    const prefixed = `<x:worksheet xmlns:x="${MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"/></x:row></x:sheetData><x:extLst/></x:worksheet>`;
    const { text } = await marked(workbook({ 空: empty, 前缀: prefixed }), [
      mark('空', 'B2'),
      mark('前缀', 'A1'),
      mark('前缀', 'A2'),
    ]);
    expect(text('xl/worksheets/sheet1.xml')).toContain(
      '<sheetData><row r="2"><c r="B2" s="2"/></row></sheetData><legacyDrawing ',
    );
    expect(text('xl/worksheets/sheet2.xml')).toMatch(
      /<x:c r="A1" s="2"\/><\/x:row><x:row r="2"><x:c r="A2" s="2"\/><\/x:row><\/x:sheetData><x:legacyDrawing [^>]*\/><x:extLst\/>/,
    );
  });
});

describe('a marked workbook', () => {
  const data =
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>借方</t></is></c></row><row r="2"><c r="A2" s="1"><v>44986</v></c><c r="B2"><v>12.5</v></c></row>';
  const parts = workbook(
    {
      凭证: sheet(
        data,
        '',
        '<mergeCells count="1"><mergeCell ref="D1:E1"/></mergeCells><pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/><tableParts count="0"/>',
      ),
      说明: sheet('<row r="1"><c r="A1"><v>7</v></c></row>'),
    },
    {
      'xl/sharedStrings.xml': `<sst xmlns="${MAIN}"><si><t>日期</t></si></sst>`,
      'xl/media/image1.png': Buffer.from([0x89, 0x50, 0, 255, 1]),
      'docProps/app.xml': '<Properties  xmlns="x" />\r\n',
    },
  );

  it('has the colour and the comment on the cell and is otherwise as it was', async () => {
    const { after, text, sheetOf } = await marked(parts, [
      mark('凭证', 'B2', '借方不是数字（invalid_number）\n第二行 <&>'),
    ]);
    const cell = sheetOf('凭证').cells!.get('1,1')!;
    expect(cell).toMatchObject({
      value: 12.5,
      comment: { author: '六大协同', text: '借方不是数字（invalid_number）\n第二行 <&>' },
    });
    expect(cell.style?.fill).toMatchObject({ type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFC7CE' } });
    expect(text('xl/worksheets/sheet1.xml')).toMatch(/footer="0"\/><legacyDrawing [^>]*\/><tableParts/);
    const changed = ['[Content_Types].xml', 'xl/worksheets/sheet1.xml', 'xl/styles.xml'];
    for (const [name, content] of Object.entries(parts)) {
      if (!changed.includes(name)) expect([name, after.get(name)]).toEqual([name, Buffer.from(content)]);
    }
    expect([...after.keys()].filter((name) => !(name in parts))).toEqual([
      'xl/markedComments1.xml',
      'xl/worksheets/_rels/sheet1.xml.rels',
      'xl/drawings/markedDrawing1.vml',
    ]);
    expect([...after.keys()][0]).toBe('[Content_Types].xml');
  });

  it('keeps the number format and the alignment of a cell that is filled', async () => {
    const { text } = await marked(parts, [mark('凭证', 'A2')]);
    expect(text('xl/styles.xml')).toContain('<cellXfs count="3">');
    expect(text('xl/styles.xml')).toContain('<fills count="3">');
    expect(text('xl/styles.xml')).toContain(
      '<xf numFmtId="164" fontId="0" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFill="1"><alignment horizontal="right"/></xf></cellXfs>',
    );
  });

  it('has the marks of several sheets, each with its own comments', async () => {
    const { sheetOf } = await marked(parts, [
      mark('凭证', 'A2', '甲'),
      mark('说明', 'A1', '乙'),
      mark('没有', 'A1', '丙'),
    ]);
    expect(sheetOf('凭证').cells!.get('1,0')!.comment!.text).toBe('甲');
    expect(sheetOf('说明').cells!.get('0,0')!.comment!.text).toBe('乙');
    expect(sheetOf('说明').cells!.get('0,0')!.value).toBe(7);
  });

  it('joins what is said of one cell, each once, and cuts what is long', async () => {
    const { sheetOf } = await marked(parts, [
      ...[mark('凭证', 'A2', '甲'), mark('凭证', 'A2', '乙'), mark('凭证', 'A2', '甲')],
      mark('凭证', 'B2', '长'.repeat(1001)),
    ]);
    expect(sheetOf('凭证').cells!.get('1,0')!.comment!.text).toBe('甲\n乙');
    expect(sheetOf('凭证').cells!.get('1,1')!.comment!.text).toBe(`${'长'.repeat(999)}…`);
  });

  it('marks five thousand cells at most', async () => {
    const { text } = await marked(
      parts,
      Array.from({ length: 5001 }, (_, i) => mark('说明', `A${i + 1}`)),
    );
    expect(text('xl/markedComments1.xml').match(/<comment /g)).toHaveLength(5000);
    expect(text('xl/worksheets/sheet2.xml')).not.toContain('A5001');
  });

  it('without styles gets some', async () => {
    const bare = Object.fromEntries(Object.entries(parts).filter(([name]) => name !== 'xl/styles.xml'));
    const { sheetOf } = await marked(
      {
        ...bare,
        'xl/_rels/workbook.xml.rels': relationships(
          ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
          ['rId2', 'worksheet', '/xl/worksheets/sheet2.xml'],
        ),
      },
      [mark('凭证', 'B2')],
    );
    expect(sheetOf('凭证').cells!.get('1,1')!.style?.fill).toMatchObject({ pattern: 'solid' });
  });
});

describe('comments that are there already', () => {
  const box = '<v:shape id="_x0000_s1030" type="#_x0000_t202"><br></v:shape>';
  const parts = workbook(
    {
      凭证: sheet(
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>',
        '',
        '<legacyDrawing r:id="rId7"/><legacyDrawingHF r:id="rId9"/>',
      ),
    },
    {
      'xl/worksheets/_rels/sheet1.xml.rels': relationships(
        ['rId7', 'vmlDrawing', '../drawings/vmlDrawing1.vml'],
        ['rId8', 'comments', '../comments1.xml'],
        ['rId9', 'vmlDrawing', '../drawings/head.vml'],
      ),
      'xl/comments1.xml': `<comments xmlns="${MAIN}"><authors><author>张三</author></authors><commentList><comment ref="A1" authorId="0"><text><r><t>原来的话</t></r></text></comment></commentList></comments>`,
      'xl/drawings/vmlDrawing1.vml': `<xml xmlns:v="urn:schemas-microsoft-com:vml">${box}</xml>`,
      'xl/drawings/head.vml': '<xml>head</xml>',
    },
  );

  it('stay, and what is to be said stands below or beside', async () => {
    const { sheetOf, text, after } = await marked(parts, [mark('凭证', 'A1', '新的话'), mark('凭证', 'B1', '又一句')]);
    const cells = sheetOf('凭证').cells!;
    expect(cells.get('0,0')!.comment).toMatchObject({ author: '张三', text: '原来的话\n新的话' });
    expect(cells.get('0,1')!.comment).toMatchObject({ author: '六大协同', text: '又一句' });
    expect(text('xl/worksheets/sheet1.xml')).toContain('<legacyDrawing r:id="rId7"/><legacyDrawingHF r:id="rId9"/>');
    const drawing = text('xl/drawings/vmlDrawing1.vml');
    expect(drawing).toContain(box);
    // A1 has its box; B1 gets the next number.
    expect([...drawing.matchAll(/id="(_x0000_s\d+)"/g)].map(([, id]) => id)).toEqual(['_x0000_s1030', '_x0000_s1031']);
    expect(drawing).toContain('<x:Row>0</x:Row><x:Column>1</x:Column>');
    expect(text('xl/drawings/head.vml')).toBe('<xml>head</xml>');
    expect([...after.keys()].sort()).toEqual(Object.keys(parts).sort());
  });

  it('without boxes get them with the others', async () => {
    const { text } = await marked(
      {
        ...parts,
        'xl/worksheets/sheet1.xml': sheet('<row r="1"><c r="A1"><v>1</v></c></row>'),
        'xl/worksheets/_rels/sheet1.xml.rels': relationships(['rId8', 'comments', '/xl/comments1.xml']),
      },
      [mark('凭证', 'C3')],
    );
    const cells = [...text('xl/drawings/markedDrawing1.vml').matchAll(/<x:Row>(\d+)<\/x:Row><x:Column>(\d+)/g)];
    expect(cells.map(([, row, column]) => [row, column])).toEqual([
      ['0', '0'],
      ['2', '2'],
    ]);
  });
});
