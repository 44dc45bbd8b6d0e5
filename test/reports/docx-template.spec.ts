import { describe, expect, it } from '@jest/globals';
import { defaultTemplate } from '../../src/modules/reports/render/docx/default-template.js';
import { renderDocx } from '../../src/modules/reports/render/docx/render-docx.js';
import { TemplateRefusal } from '../../src/modules/reports/render/docx/template-refusal.js';
import { readTemplate } from '../../src/modules/reports/render/docx/template.js';
import { zipOf, type ZipEntry } from '../support/zip.js';
import { PNG, aModel, printed } from './a-printed-report.js';
import { linesOf, readDocx, treeOf, unzipped, type ReadParagraph, type ReadTable } from './read-docx.js';

type Change = Readonly<Record<string, ((text: string) => string) | string | Buffer>>;

/** The project's template with parts changed or added, zipped by another hand. */
async function restyled(change: Change): Promise<Buffer> {
  const parts = await unzipped(await defaultTemplate());
  for (const [name, by] of Object.entries(change)) {
    const content = typeof by === 'function' ? by(parts.get(name)!.toString('utf8')) : by;
    parts.set(name, Buffer.from(content));
  }
  return zipOf([...parts].map(([name, content]): ZipEntry => ({ name, content })));
}

const DOCUMENT = 'word/document.xml';
const replaced = (from: string | RegExp, to: string) => (text: string) => text.replace(from, () => to);
const added = (content: string) => replaced('<w:sectPr>', `${content}<w:sectPr>`);
const paragraph = (runs: string) => `<w:p>${runs}</w:p>`;
const field = (instruction: string) =>
  `<w:fldChar w:fldCharType="begin"/>${instruction}<w:fldChar w:fldCharType="end"/>`;
const related = (attributes: string) => (text: string) =>
  text.replace('</Relationships>', `<Relationship Id="x1" ${attributes}/></Relationships>`);
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const texts = (body: readonly (ReadParagraph | ReadTable)[]) =>
  body.map((block) => ('rows' in block ? '(table)' : block.text));

describe('a template of the office', () => {
  it('is well-formed and fillable as it comes', async () => {
    const parts = await unzipped(await defaultTemplate());
    for (const [name, bytes] of parts) expect([name, treeOf(bytes.toString('utf8')).name]).not.toEqual([name, '']);
    await expect(readTemplate(await defaultTemplate())).resolves.toMatchObject({ width: 8844 });
  });

  it('keeps its own logo, number and copies, and a placeholder that Word has cut into runs', async () => {
    const template = await restyled({
      [DOCUMENT]: (text) =>
        text
          .replace('{{发文字号}}', '柴矿〔2024〕1号')
          .replace('{{抄送}}', '抄送：集团公司')
          .replace(
            '<w:t>{{标题}}</w:t>',
            '<w:t>关于{</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>{标</w:t></w:r><w:r><w:t>题}}的报告</w:t>',
          )
          .replace(
            '<w:sectPr>',
            `${paragraph('<w:r><w:drawing><a:blip xmlns:a="a" r:embed="logo"/></w:drawing></w:r>')}<w:sectPr>`,
          ),
      'word/_rels/document.xml.rels': replaced(
        '</Relationships>',
        `<Relationship Id="logo" Type="${OFFICE}/image" Target="media/synergy1.png"/></Relationships>`,
      ),
      '[Content_Types].xml': replaced('<Override', '<Default Extension="png" ContentType="image/png"/><Override'),
      'word/media/synergy1.png': Buffer.from('logo'),
    });
    const { body, parts } = await readDocx(await renderDocx(printed(aModel()), template));
    expect(texts(body).slice(0, 4)).toEqual([
      ...['柴里煤矿', '柴矿〔2024〕1号', '', '关于柴里煤矿2023年12月成本协同情况报告\n（未结账）的报告'],
    ]);
    expect(texts(body).at(-2)).toBe('抄送：集团公司');
    // The pictures of the report take no name that is taken.
    expect(parts.get('word/media/synergy1.png')!.toString()).toBe('logo');
    expect(parts.get('word/media/synergy_1.png')).toEqual(PNG);
  });

  it('gives its own look to the styles, by whatever ids Word has saved them', async () => {
    const template = await restyled({
      'word/styles.xml': (text) => text.replaceAll('SynergyBody', 'a7').replaceAll('Heading1', '1'),
    });
    const { body, parts } = await readDocx(await renderDocx(printed(aModel()), template));
    const styles = parts.get('word/styles.xml')!.toString('utf8');
    expect(styles.match(/w:val="协同-正文"/g)).toHaveLength(1);
    expect(styles).not.toContain('SynergyBody');
    expect(body.filter((block) => !('rows' in block) && block.style === '协同-正文').length).toBeGreaterThan(3);
    expect(body.filter((block) => !('rows' in block) && block.style === 'heading 1').length).toBeGreaterThan(0);
  });

  it('gets the styles that it lacks', async () => {
    const template = await restyled({
      'word/styles.xml': replaced(
        /<w:style w:type="paragraph" w:customStyle="1" w:styleId="SynergyTableTitle">.*?<\/w:style>/,
        '',
      ),
    });
    const { body } = await readDocx(await renderDocx(printed(aModel()), template));
    expect(body.some((block) => !('rows' in block) && block.style === '协同-表题')).toBe(true);
  });

  it('has tables as wide as its page', async () => {
    const template = await restyled({ [DOCUMENT]: replaced('w:left="1588"', 'w:left="2588"') });
    const { body } = await readDocx(await renderDocx(printed(aModel()), template));
    for (const block of body)
      // 11,906 − 2,588 − 1,474
      if ('rows' in block) expect(block.widths.reduce((sum, each) => sum + each, 0)).toBe(7844);
  });

  it('leaves what it holds beside the placeholders as it is', async () => {
    const template = await restyled({ [DOCUMENT]: added(paragraph('<w:r><w:t>党委会议用</w:t></w:r>')) });
    const { body, parts } = await readDocx(await renderDocx(printed(aModel()), template));
    expect(texts(body).at(-1)).toBe('党委会议用');
    expect(linesOf(parts, 'word/header1.xml')).toEqual(['未结账']);
  });

  it.each<readonly [string, string, Change]>([
    [
      'missing_placeholder',
      '{{正文}} {{附件}}',
      { [DOCUMENT]: (text) => text.replace('{{正文}}', '').replace('{{附件}}', '') },
    ],
    ['missing_placeholder', '{{状态}}', { 'word/header2.xml': replaced('{{状态}}', '') }],
    ['missing_placeholder', '{{溯源}}', { 'word/footer1.xml': replaced('{{溯源}}', '') }],
    ['unknown_placeholder', '{{密级}}', { [DOCUMENT]: added(paragraph('<w:r><w:t>{{密级}}</w:t></w:r>')) }],
    ['misplaced_placeholder', '正文', { [DOCUMENT]: replaced('{{正文}}', '见{{正文}}') }],
    ['misplaced_placeholder', '{{附件}}', { 'word/header1.xml': replaced('{{状态}}', '{{状态}}{{附件}}') }],
    [
      'misplaced_placeholder',
      '正文',
      {
        [DOCUMENT]: (text) =>
          text.replace(
            /<w:p>(?:(?!<w:p>).)*?\{\{正文\}\}.*?<\/w:p>/,
            (p) => `<w:tbl><w:tr><w:tc>${p}</w:tc></w:tr></w:tbl>`,
          ),
      },
    ],
    ['macros', 'word/vbaProject.bin', { 'word/vbaProject.bin': 'x' }],
    [
      'macros',
      '',
      { '[Content_Types].xml': replaced('wordprocessingml.document.main', 'ms-word.document.macroEnabled.main') },
    ],
    [
      'external_link',
      'word/_rels/document.xml.rels: https://example.org/a.png',
      {
        'word/_rels/document.xml.rels': related(
          `Type="${OFFICE}/image" Target="https://example.org/a.png" TargetMode="External"`,
        ),
      },
    ],
    [
      'external_link',
      '',
      { [DOCUMENT]: added(paragraph('<w:pict><v:imagedata xmlns:v="v" src="http://x/"/></w:pict>')) },
    ],
    [
      'external_link',
      'word/settings.xml: mailMerge',
      { 'word/settings.xml': replaced('<w:compat>', '<w:mailMerge/><w:compat>') },
    ],
    [
      'forbidden_part',
      'oleObject',
      { 'word/_rels/document.xml.rels': related(`Type="${OFFICE}/oleObject" Target="a.xml"`) },
    ],
    [
      'forbidden_part',
      'aFChunk',
      { 'word/_rels/document.xml.rels': related(`Type="${OFFICE}/aFChunk" Target="a.xml"`) },
    ],
    ['forbidden_part', 'word/a.exe', { 'word/a.exe': 'x' }],
    [
      'forbidden_field',
      'DDEAUTO',
      {
        [DOCUMENT]: added(
          paragraph(`<w:r>${field('<w:instrText>DDE</w:instrText><w:instrText>AUTO c</w:instrText>')}</w:r>`),
        ),
      },
    ],
    [
      'forbidden_field',
      'INCLUDETEXT',
      {
        'word/footer1.xml': replaced(
          '</w:ftr>',
          '<w:p><w:fldSimple w:instr=" INCLUDETEXT /etc/passwd "/></w:p></w:ftr>',
        ),
      },
    ],
    [
      'forbidden_field',
      '',
      { [DOCUMENT]: added(paragraph(`<w:r>${field(field('<w:instrText>PAGE</w:instrText>'))}</w:r>`)) },
    ],
    [
      'forbidden_field',
      'IF',
      { [DOCUMENT]: added(paragraph('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>IF</w:instrText></w:r>')) },
    ],
    ['malformed_xml', DOCUMENT, { [DOCUMENT]: replaced('<w:body>', '<w:body><w:p>') }],
    ['malformed_xml', DOCUMENT, { [DOCUMENT]: (text) => text.replace('?>', '?><!DOCTYPE a [<!ENTITY b "c">]>') }],
    ['malformed_xml', DOCUMENT, { [DOCUMENT]: `${'<a>'.repeat(300)}${'</a>'.repeat(300)}` }],
    ['not_a_docx', '', { '_rels/.rels': replaced('word/document.xml', 'word/other.xml') }],
    ['not_a_docx', DOCUMENT, { [DOCUMENT]: replaced('wordprocessingml/2006/main', 'wordprocessingml/2007/main') }],
    ['not_a_docx', 'WORD/Document.xml', { 'WORD/Document.xml': '<a/>' }],
    ['template_too_large', 'word/theme.xml', { 'word/theme.xml': `<a>${' '.repeat(5 * 2 ** 20)}</a>` }],
    ['template_too_large', 'word/a.png', { 'word/a.png': Buffer.alloc(33 * 2 ** 20) }],
    ['too_many_parts', '', Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`word/${at}.png`, 'x']))],
  ])('is refused as %s: %s', async (code, what, change) => {
    const refusal = await readTemplate(await restyled(change)).then(
      () => null,
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(TemplateRefusal);
    expect((refusal as TemplateRefusal).code).toBe(code);
    expect((refusal as TemplateRefusal).what).toContain(what);
  });

  it.each<readonly [string, string, () => Buffer]>([
    ['not_a_docx', '', () => Buffer.from('PK no zip')],
    ['not_a_docx', 'a.xml', () => zipOf([{ name: 'a.xml', content: Buffer.from('<a/>'), claims: { crc: 1 } }])],
    ['encrypted', 'a.xml', () => zipOf([{ name: 'a.xml', content: Buffer.from('<a/>'), claims: { flags: 1 } }])],
    ['template_too_large', '', () => Buffer.alloc(10 * 2 ** 20 + 1)],
  ])('that is no document is refused as %s: %s', async (code, what, bytes) => {
    await expect(readTemplate(bytes())).rejects.toMatchObject({ name: 'TemplateRefusal', code, what });
  });
});
