import { describe, expect, it } from '@jest/globals';
import { proofOf } from '../../analytics/report/proof.js';
import type { Block, Language, ReportModel, Section, Table } from '../../analytics/report/model.js';
import { titleLines } from '../../analytics/report/words/title.js';
import { renderDocx } from '../../src/modules/reports/render/docx/render-docx.js';
import { UNIT_WORDS, figuresOf, textOf } from '../../src/modules/reports/render/printed-report.js';
import { MONTHS, PNG, aModel, printed } from './a-printed-report.js';
import { allOf, linesOf, partOf, readDocx, type ReadParagraph, type ReadTable } from './read-docx.js';

const OFFICE_TEXT = { zh: ['请各部门\n按期整改。'], en: ['请各部门\n按期整改。'] };

/** With everything that a report may have beside what the sections compute. */
function wholeModel(): ReportModel {
  const model = aModel({ departments: new Map([['CM1', { name: '采煤一区', parent: null }]]) });
  const said = (text: string) => ({ zh: text, en: `${text} (en)` });
  const absent: Section = { id: 'none', title: said('没有的部分'), absent: said('没有来源。'), blocks: [] };
  const office: Section = {
    ...{ id: 'steps', title: said('下步措施'), absent: null },
    blocks: [
      { kind: 'heading', text: said('办公室的话') },
      { kind: 'paragraph', origin: 'office', text: OFFICE_TEXT },
      { kind: 'heading', text: said('第二') },
    ],
  };
  const restatement: Section = { id: 'restated', title: said('重述说明'), absent: null, blocks: [] };
  return { ...model, restatement, sections: [...model.sections, absent, office] };
}

const isTable = (block: ReadParagraph | ReadTable): block is ReadTable => 'rows' in block;

/** What the document should say of the model, block by block, as it was written by hand from the rules and not from the code. */
function expectedOf(model: ReportModel, language: Language, sha256: string): unknown[] {
  const figures = figuresOf(model);
  const zh = language === 'zh';
  const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
  const tableOf = (table: Table) => [
    [
      [zh ? '行次' : 'Row', ...table.columns.map(({ title }) => title[language])],
      [zh ? '栏次' : 'Column', ...table.columns.map((_, at) => `${at + 1}`)],
      ...table.rows.map(({ no, cells }) => [
        `${no}`,
        ...cells.map((cell) => ('figure' in cell ? figures.get(cell.figure)!.shown : cell.text[language])),
      ]),
    ],
  ];
  const blocksOf = ({ blocks, absent }: Section): unknown[] => {
    if (absent !== null) return [absent[language]];
    let heading = 0;
    return blocks.flatMap((block: Block): unknown[] => {
      if (block.kind === 'chart') return ['', block.title[language]];
      if (block.kind === 'heading') {
        heading++;
        return [(zh ? `（${numerals[heading - 1]!}）` : `(${heading}) `) + block.text[language]];
      }
      if (block.kind === 'table') {
        const unit = block.unit === null ? '' : `${zh ? '单位：' : 'Unit: '}${UNIT_WORDS[block.unit][language]}`;
        return [block.title[language], unit, ...tableOf(block), '(note)'];
      }
      const office = zh ? '【综合办公室】' : '[General office] ';
      return [(block.origin === 'office' ? office : '') + textOf(figures, block.text[language])];
    });
  };
  const annexes = [...model.annexes, proofOf(model, sha256)];
  return [
    ...[model.mine.name, '', titleLines(model, language).join('\n')],
    ...(model.restatement === null ? [] : [model.restatement.title[language], ...blocksOf(model.restatement)]),
    ...model.sections.flatMap((section, at) => [
      (zh ? `${numerals[at]!}、` : `${at + 1}. `) + section.title[language],
      ...blocksOf(section),
    ]),
    '',
    ...annexes.map(({ title }, at) =>
      zh ? `${at === 0 ? '附件：' : ''}${at + 1}.${title.zh}` : `${at === 0 ? 'Annexes: ' : ''}${at + 1}. ${title.en}`,
    ),
    ...annexes.flatMap((annex, at) => [
      zh ? `附件${at + 1}` : `Annex ${at + 1}`,
      annex.title[language],
      ...blocksOf(annex),
    ]),
  ];
}

const saidIn = (body: readonly (ReadParagraph | ReadTable)[]): unknown[] =>
  body.map((block) => {
    if (isTable(block)) return block.rows.map(({ cells }) => cells);
    return block.style === '协同-表注' ? '(note)' : block.text;
  });

describe('the report as a Word document', () => {
  it.each(['zh', 'en'] as const)(
    'says all that the model says, in its order, and nothing else: %s',
    async (language) => {
      const model = wholeModel();
      const { body } = await readDocx(await renderDocx(printed(model, language)));
      expect(saidIn(body)).toEqual(expectedOf(model, language, 'ab'.repeat(32)));
    },
  );

  it('marks a draft on every page, and no final report', async () => {
    const draft = await readDocx(await renderDocx(printed(aModel())));
    const final = await readDocx(await renderDocx(printed(aModel({ state: 'final', date: '2024-01-05', version: 1 }))));
    const heads = ({ parts }: typeof draft) =>
      ['word/header1.xml', 'word/header2.xml'].map((name) => linesOf(parts, name));
    expect(heads(draft)).toEqual([['未结账'], ['未结账']]);
    expect(heads(final)).toEqual([[''], ['']]);
    const signed = ({ body }: typeof draft) =>
      body
        .filter((block): block is ReadParagraph => !isTable(block) && block.style === '协同-署名')
        .map(({ text }) => text);
    expect(signed(draft)).toEqual([]);
    expect(signed(final)).toEqual(['柴里煤矿', '2024年1月5日']);
  });

  it('says at the foot how a figure is found again', async () => {
    const zh = await readDocx(await renderDocx(printed(aModel())));
    const en = await readDocx(await renderDocx(printed(aModel(), 'en')));
    expect(linesOf(zh.parts, 'word/footer1.xml')).toEqual(['— 1 —', '溯源码：12-〔角标〕或 12-〔行次〕.〔栏次〕']);
    expect(linesOf(en.parts, 'word/footer2.xml')[1]).toBe('Code of a figure: 12-[superscript] or 12-[row].[column]');
  });

  it('holds each chart 150 mm wide with its words', async () => {
    const model = aModel();
    const { root, parts } = await readDocx(await renderDocx(printed(model)));
    const charts = model.sections.flatMap(({ blocks }) => blocks).filter((block) => block.kind === 'chart');
    expect(allOf(root, 'wp:docPr').map(({ attributes }) => attributes.descr)).toEqual(charts.map(({ alt }) => alt.zh));
    // 150 mm × 36,000; half as high as it is wide
    expect(allOf(root, 'wp:extent')[0]!.attributes).toEqual({ cx: '5400000', cy: '2700000' });
    const relations = new Map(
      allOf(partOf(parts, 'word/_rels/document.xml.rels'), 'Relationship').map(({ attributes }) => [
        attributes.Id!,
        attributes.Target!,
      ]),
    );
    for (const blip of allOf(root, 'a:blip'))
      expect(parts.get(`word/${relations.get(blip.attributes['r:embed']!)!}`)).toEqual(PNG);
  });

  it('writes names that are markup, formulas, control characters or 60 characters long as they are', async () => {
    const long = '柴里煤矿综采工作面准备区队物资供应与设备管理联合班组'.repeat(3).slice(0, 60);
    const names = ['<b>&amp;"\'</b>', '=SUM(A1)+@x', long, 'a\u0000b\u000bc\ud800d', '{{正文}}'];
    const departments = new Map(names.map((name, at) => [`D${at}`, { name, parent: null }]));
    const months = names.map((_, at) => MONTH(`D${at}`));
    const { body, root } = await readDocx(await renderDocx(printed(aModel({ departments, months }))));
    const cells = body.filter(isTable).flatMap(({ rows }) => rows.flatMap(({ cells: own }) => own));
    for (const name of [names[0]!, names[1]!, long, 'a\ufffdb\ufffdc\ufffdd', '{{正文}}'])
      expect(cells.some((cell) => cell.includes(name))).toBe(true);
    expect(allOf(root, 'b')).toEqual([]);
  });

  it('is the same bytes for the same report, and says the day of the closing', async () => {
    const model = aModel({ state: 'final', date: '2024-01-05', version: 1 });
    const [once, again] = [await renderDocx(printed(model)), await renderDocx(printed(model))];
    expect(Buffer.from(once).equals(Buffer.from(again))).toBe(true);
    const { parts } = await readDocx(once);
    expect(linesOfCore(parts)).toEqual(['2024-01-05T00:00:00Z', '2024-01-05T00:00:00Z']);
    const draft = await readDocx(await renderDocx(printed(aModel())));
    expect(linesOfCore(draft.parts)).toEqual(['2000-01-01T00:00:00Z', '2000-01-01T00:00:00Z']);
    // Nothing in a zip tells when or where it was made.
    const zip = Buffer.from(once);
    const stamps = new Set<string>();
    for (let at = zip.indexOf('PK\u0001\u0002'); at >= 0; at = zip.indexOf('PK\u0001\u0002', at + 4))
      stamps.add(`${zip.readUInt32LE(at + 12)} and ${zip.readUInt16LE(at + 30)} bytes`);
    // 1980-01-01, 00:00: ((0 << 9) | (1 << 5) | 1) << 16; no extra field, which would hold the time in UTC
    expect([...stamps]).toEqual([`${33 << 16} and 0 bytes`]);
  });

  it('has the page of GB/T 9704', async () => {
    const { root, parts } = await readDocx(await renderDocx(printed(aModel())));
    const section = allOf(root, 'w:sectPr').at(-1)!;
    // mm × 1440 ÷ 25.4: 37 → 2097.6, 35 → 1984.3, 28 → 1587.4, 26 → 1474.0
    expect(allOf(section, 'w:pgMar')[0]!.attributes).toMatchObject({
      ...{ 'w:top': '2098', 'w:bottom': '1984', 'w:left': '1588', 'w:right': '1474' },
    });
    expect(allOf(section, 'w:pgSz')[0]!.attributes).toEqual({ 'w:w': '11906', 'w:h': '16838' });
    const looks = new Map(
      allOf(partOf(parts, 'word/styles.xml'), 'w:style').map((style) => {
        const one = (name: string) => allOf(style, name)[0]?.attributes ?? {};
        const spacing = allOf(style, 'w:spacing')[0]?.attributes ?? {};
        const name = one('w:name')['w:val']!;
        return [name, [one('w:rFonts')['w:eastAsia'], one('w:sz')['w:val'], spacing['w:line'], spacing['w:lineRule']]];
      }),
    );
    // 3号 is 16 pt, 2号 22 pt; 28.95 pt × 20 = 579
    expect(looks.get('协同-正文')).toEqual(['仿宋_GB2312', '32', '579', 'exact']);
    expect(looks.get('heading 1')).toEqual(['黑体', '32', '579', 'exact']);
    expect(looks.get('heading 2')).toEqual(['楷体_GB2312', '32', '579', 'exact']);
    expect(looks.get('协同-标题')!.slice(0, 2)).toEqual(['方正小标宋简体', '44']);
    expect(looks.get('协同-单页码')!.slice(0, 2)).toEqual(['宋体', '28']);
    const fonts = allOf(partOf(parts, 'word/fontTable.xml'), 'w:font').map(({ attributes }) => attributes['w:name']);
    expect(fonts).toEqual(expect.arrayContaining(['方正小标宋简体', '仿宋_GB2312', '黑体', '楷体_GB2312', '宋体']));
  });
});

const MONTH = (department: string) => ({ ...aMonth, department });
const aMonth = MONTHS[1]!;
const linesOfCore = (parts: ReadonlyMap<string, Buffer>): unknown[] => {
  const core = partOf(parts, 'docProps/core.xml');
  return ['dcterms:created', 'dcterms:modified'].map((name) => allOf(core, name)[0]!.children[0]);
};
