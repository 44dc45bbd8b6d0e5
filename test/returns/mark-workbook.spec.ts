import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { readXlsx } from 'hucre';
import { openFile, type Part } from '../../src/modules/formats/index.js';
import type { FileToReturn } from '../../src/modules/intake/app/mark-file.js';
import { markedWorkbook } from '../../src/modules/intake/app/mark-workbook.js';
import type { FindingRow } from '../../src/modules/intake/db/import-answers.js';
import { writePlainWorkbook } from '../../src/platform/xlsx-out/plain-workbook.js';
import { LIMITS, partsOf, sheet, stored, workbook, type Parts } from './workbooks.js';

const finding = (row: number, column: string, code: string, more: Partial<FindingRow> = {}): FindingRow => ({
  ...{ seq: 1, file: '三月', sheet: null, document: null, row, column, code, params: {} },
  ...more,
});

/** Gives a file back and answers what the clerk sees: texts, and comments by cell. */
async function givenBack(content: Buffer | Parts, findings: readonly FindingRow[], more: Partial<FileToReturn> = {}) {
  const { source, target } = await stored(content);
  const file: FileToReturn = {
    ...{ path: source, name: '三月.csv', importKind: 'records', delimiter: null, details: {} },
    ...{ findings, findingCount: findings.length },
    ...more,
  };
  const { isSameWorkbook } = await markedWorkbook(file, target, LIMITS);
  const { sheets } = await readXlsx(await readFile(target), { readStyles: true });
  const comments = sheets.flatMap(({ name, cells }) =>
    [...(cells ?? [])].flatMap(([place, { comment, style }]) =>
      comment ? [[`${name} ${place}`, comment.text, style?.fill?.type] as const] : [],
    ),
  );
  return { isSameWorkbook, rows: sheets[0]!.rows, sheetName: sheets[0]!.name, comments, target };
}

/** As the door keeps them: what opening the file told. */
async function opened(content: Buffer | Parts, kind: 'records' | null = null): Promise<Partial<FileToReturn>> {
  const { source } = await stored(content);
  const file = await openFile({ path: source, fileName: 'x', kind, headers: {}, limits: LIMITS });
  const { container, parts, delimiter } = file;
  await file.close();
  return { delimiter, details: { container, parts } };
}

const JOURNAL = ['凭证日期', '凭证号', '摘要', '科目编码', '借方金额', '贷方金额'];

describe('a text', () => {
  const csv = Buffer.from(
    `${JOURNAL.join(';')}\n\n2023-03-01;1;"材;""料""";500101;=1+1;\n2023-03-02;1;x;500101;abc;\n2023-03-03;1\n`,
  );

  it('comes back as a workbook of its rows as they are, numbered, with the bad cells marked', async () => {
    const findings = [
      finding(4, 'debit', 'invalid_number', { document: 'vouchers' }),
      finding(3, 'debit', 'invalid_number', { document: 'vouchers' }),
      finding(5, '', 'column_count', { document: 'vouchers', params: { found: '2', expected: '6' } }),
    ];
    const { isSameWorkbook, rows, sheetName, comments, target } = await givenBack(csv, findings, await opened(csv));
    expect(isSameWorkbook).toBe(false);
    expect(sheetName).toBe('需要改正的数据');
    expect(rows).toEqual([
      ['原文件行号', ...JOURNAL],
      ['3', '2023-03-01', '1', '材;"料"', '500101', '=1+1', null],
      ['4', '2023-03-02', '1', 'x', '500101', 'abc', null],
      ['5', '2023-03-03', '1', null, null, null, null],
    ]);
    const sentence =
      '「借方金额」不是规范的数字，请只填数字，如 1234.50 或 1,234.50，不带单位和货币符号。（invalid_number）';
    expect(comments).toEqual([
      ['需要改正的数据 1,5', sentence, 'pattern'],
      ['需要改正的数据 2,5', sentence, 'pattern'],
      ['需要改正的数据 3,0', expect.stringMatching(/^本行有 2 列，而表头有 6 列.*（column_count）$/), 'pattern'],
    ]);
    const xml = (await partsOf(target)).get('xl/worksheets/sheet1.xml')!.toString();
    expect(xml).not.toContain('<f>');
    expect(xml).toContain('state="frozen"');
  });

  it('has what is wrong with the file, its header, and rows that cannot be read at its header', async () => {
    const broken = Buffer.from('单据号\t备注\t备注\nA1\tx\ty\nA2\t"z\n');
    const { rows, comments } = await givenBack(broken, [
      finding(0, '', 'unknown_layout'),
      finding(1, '备注', 'doubled_column'),
      finding(3, '2', 'unclosed_quote'),
    ]);
    expect(rows).toEqual([
      ['原文件行号', '单据号', '备注', '备注'],
      ['2', 'A1', 'x', 'y'],
    ]);
    expect(comments).toEqual([
      ['需要改正的数据 0,0', expect.stringMatching(/（unknown_layout）\n第 3 行：.*（unclosed_quote）$/), 'pattern'],
      ['需要改正的数据 0,3', expect.stringContaining('（doubled_column）'), 'pattern'],
    ]);
  });

  it('in UTF-16, and one whose bytes are no text, come back as well as can be', async () => {
    const utf16 = Buffer.from('\ufeff单据号,金额\nA1,1\n', 'utf16le');
    expect((await givenBack(utf16, [finding(2, '2', 'invalid_number')])).rows[1]).toEqual(['2', 'A1', '1']);
    const mixed = Buffer.concat([Buffer.from('单据号,金额\nA1,'), Buffer.from([0xff, 0xff, 0x0a])]);
    expect((await givenBack(mixed, [finding(2, '2', 'invalid_encoding')])).rows[1]![0]).toBe('2');
  });

  it('of more than twenty thousand rows shows those behind only where something is wrong', async () => {
    const long = Buffer.from(`单据号,金额\n${Array.from({ length: 20_010 }, (_, i) => `A${i},${i}`).join('\n')}\n`);
    const { rows, comments } = await givenBack(long, [finding(20_005, '金额', 'invalid_number')]);
    expect(rows).toHaveLength(20_003);
    expect(rows.slice(-3)).toEqual([
      ['20001', 'A19999', '19999'],
      [null, '以下只列出有问题的行（前 20000 行已全部列出）', null],
      ['20005', 'A20003', '20003'],
    ]);
    expect(comments.map(([place]) => place)).toEqual(['需要改正的数据 20002,2']);
  });

  it('that packs like a bomb is no bomb when it goes back', async () => {
    // 2,500 rows of 9,900 equal characters are 25 MB and pack to less than a two hundredth.
    const dull = Buffer.from(`单据号,备注\n${`A,${'x'.repeat(9900)}\n`.repeat(2500)}`);
    const { comments } = await givenBack(dull, [finding(3, '2', 'text_too_long')]);
    expect(comments.map(([place]) => place)).toEqual(['需要改正的数据 2,2']);
  });

  it('says how many there are where not all are marked', async () => {
    const { comments } = await givenBack(csv, [finding(3, '1', 'value_missing')], { findingCount: 12_000 });
    expect(comments[0]).toEqual([
      '需要改正的数据 0,0',
      '共 12000 处问题，此处标出前 1 处，改正后再交一次。',
      'pattern',
    ]);
  });
});

describe('a workbook', () => {
  const row = (n: number, ...texts: string[]) =>
    `<row r="${n}">${texts.map((text, i) => `<c r="${'ABCDEFG'[i]}${n}" t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;
  const parts = workbook({
    封面: sheet(row(1, '说明')),
    凭证: sheet(row(1, '某矿') + row(3, ...JOURNAL) + row(4, '2023-03-01', '1', 'x', '500101', 'abc')),
  });
  const part: Part = {
    ...{ sheet: '凭证', sheetIndex: 1, document: 'vouchers', headerRow: 3, ignored: [] },
    columns: { date: 0, voucher_no: 1, summary: 2, account: 3, debit: 4, credit: 5 },
  };
  const details = { container: 'xlsx', parts: [part] } as const;

  it('comes back as itself, with the cells of its sheet marked', async () => {
    const { isSameWorkbook, comments } = await givenBack(
      parts,
      [
        finding(4, 'debit', 'invalid_number', { sheet: '凭证', document: 'vouchers' }),
        finding(4, 'credit', 'value_missing', { sheet: '凭证', document: 'vouchers' }),
        finding(3, '摘要', 'doubled_column', { sheet: '凭证' }),
        finding(0, '', 'unknown_layout'),
        finding(4, 'B', 'formula_cell', { sheet: '凭证' }),
      ],
      { details },
    );
    expect(isSameWorkbook).toBe(true);
    expect(comments.map(([place, text]) => [place, /（(\w+)）/.exec(text)![1]]).sort()).toEqual([
      ['凭证 2,0', 'unknown_layout'],
      ['凭证 2,2', 'doubled_column'],
      ['凭证 3,1', 'formula_cell'],
      ['凭证 3,4', 'invalid_number'],
      ['凭证 3,5', 'value_missing'],
    ]);
  });

  it('that was told nothing of has what is wrong at its first cell', async () => {
    const { comments } = await givenBack(parts, [finding(0, '', 'unknown_layout')]);
    expect(comments.map(([place]) => place)).toEqual(['封面 0,0']);
  });

  const unreadable: readonly (readonly [string, Buffer | Parts, string])[] = [
    [
      'is broken inside',
      { ...parts, 'xl/worksheets/sheet1.xml': '<worksheet><sheetData></worksheet>' },
      'malformed_xml',
    ],
    ['is no workbook', Buffer.from('PK\u0003\u0004 and nothing'), 'not_a_zip'],
    ['is a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'unknown_format'],
  ];
  it.each(unreadable)('that %s comes back as the list of what is wrong', async (_, content, code) => {
    const { isSameWorkbook, rows, sheetName } = await givenBack(content, [
      finding(0, '', code, { file: '=三月.xlsx' }),
    ]);
    expect([isSameWorkbook, sheetName]).toEqual([false, '问题']);
    expect(rows[0]).toEqual(['文件', '工作表', '行', '列', '哪里不对，怎么办', '代码']);
    expect(rows[1]).toEqual(['=三月.xlsx', null, '全文', null, expect.stringMatching(/\S{5}/), code]);
  });
});

describe('an XML file', () => {
  const xml = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<总账><记账凭证><记账凭证日期>20090101</记账凭证日期><会计年度>2009</会计年度><会计期间号>1</会计期间号><记账凭证类型编号>付</记账凭证类型编号><记账凭证编号>001</记账凭证编号><记账凭证行号>1</记账凭证行号><记账凭证摘要>a&lt;b</记账凭证摘要><科目编号>1002</科目编号><币种编码>RMB</币种编码><借方本币金额>1.5.0</借方本币金额><贷方本币金额>0</贷方本币金额></记账凭证></总账>`);

  it('comes back as the rows that were read of it', async () => {
    const told = await opened(xml);
    const where = { sheet: '记账凭证', document: 'vouchers' } as const;
    const { rows, comments } = await givenBack(xml, [finding(1, 'debit', 'invalid_number', where)], told);
    const header = rows[0]!.map(String);
    expect(header.slice(0, 3)).toEqual(['部分', '原文件行号', '凭证日期']);
    expect(rows[1]!.slice(0, 2)).toEqual(['记账凭证', '1']);
    expect(rows[1]![header.indexOf('摘要')]).toBe('a<b');
    expect(comments.map(([place]) => place)).toEqual([`需要改正的数据 1,${header.indexOf('借方金额')}`]);
  });
});

describe('a workbook of texts', () => {
  it('holds every text as it is: no formula, no number, nothing decoded', async () => {
    const texts = ['=1+1', '+1', '-1', '@x', '007', '1e3', '_x0041_', '<&>"\'', ' a ', '\n', '𠮷'];
    const { target } = await stored(Buffer.alloc(0));
    async function* rows() {
      yield* await Promise.resolve(texts.map((text) => [text, null]));
    }
    const columns = [
      { header: '文本', width: 10 },
      { header: '空', width: 10 },
    ];
    await writePlainWorkbook({ name: "'凭证[1]/2:*?'".repeat(5), columns, rows: rows() }, target);
    const { sheets } = await readXlsx(await readFile(target));
    expect(sheets[0]!.rows.slice(1).map(([text]) => text)).toEqual(texts);
    expect(sheets[0]!.name).toMatch(/^凭证 1  2/);
    expect(sheets[0]!.name.length).toBeLessThanOrEqual(31);
    const xml = (await partsOf(target)).get('xl/worksheets/sheet1.xml')!.toString();
    expect(xml).not.toMatch(/<f>|<v>/);
  });
});
