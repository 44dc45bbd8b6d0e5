/** Word documents that somebody made to do harm: each is refused with its reason, and soon. */
import { describe, expect, it } from '@jest/globals';
import { defaultTemplate } from '../../src/modules/reports/render/docx/default-template.js';
import { TemplateRefusal } from '../../src/modules/reports/render/docx/template-refusal.js';
import { readTemplate } from '../../src/modules/reports/render/docx/template.js';
import { zipOf, type ZipEntry } from '../support/zip.js';
import { unzipped } from './read-docx.js';

type Change = Readonly<Record<string, ((text: string) => string) | string | null>>;

/** The project's template with parts changed, added or (null) left out. */
async function entriesOf(change: Change): Promise<ZipEntry[]> {
  const parts = await unzipped(await defaultTemplate());
  for (const [name, by] of Object.entries(change)) {
    if (by === null) parts.delete(name);
    else parts.set(name, Buffer.from(typeof by === 'string' ? by : by(parts.get(name)!.toString('utf8'))));
  }
  return [...parts].map(([name, content]) => ({ name, content }));
}

async function refusalOf(bytes: Uint8Array): Promise<string> {
  const refusal = await readTemplate(bytes).catch((error: unknown) => error);
  if (!(refusal instanceof TemplateRefusal)) throw new Error(`not refused: ${String(refusal)}`);
  return refusal.code;
}

const DOCUMENT = 'word/document.xml';
const RELATIONS = 'word/_rels/document.xml.rels';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const doctype = (entity: string) => (text: string) => text.replace('?>', `?><!DOCTYPE a [${entity}]>`);
const related = (attributes: string) => (text: string) =>
  text.replace('</Relationships>', `<Relationship Id="x1" ${attributes}/></Relationships>`);
const inBody = (content: string) => (text: string) => text.replace('<w:sectPr>', () => `${content}<w:sectPr>`);

describe('a template made to do harm', () => {
  it.each<readonly [string, string, Change]>([
    ['a name that leads out of the package', 'not_a_docx', { '../../../etc/cron.d/x.xml': '<a/>' }],
    ['a name from the root', 'not_a_docx', { '/etc/passwd.xml': '<a/>' }],
    [
      'an entity that reads a file',
      'malformed_xml',
      { [DOCUMENT]: doctype('<!ENTITY b SYSTEM "file:///etc/passwd">') },
    ],
    [
      'an entity that asks the network',
      'malformed_xml',
      { 'word/settings.xml': doctype('<!ENTITY % b SYSTEM "http://x/">%b;') },
    ],
    [
      'an entity of entities',
      'malformed_xml',
      { 'word/styles.xml': doctype('<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">') },
    ],
    ['no list of what it holds', 'not_a_docx', { '[Content_Types].xml': null }],
    ['no text', 'not_a_docx', { [DOCUMENT]: null }],
    ['no styles though it names them', 'not_a_docx', { 'word/styles.xml': null }],
    ['no header though it names one', 'not_a_docx', { 'word/header1.xml': null }],
    [
      'a template of its own from elsewhere',
      'external_link',
      { [RELATIONS]: related(`Type="${OFFICE}/attachedTemplate" Target="http://x/a.dotm" TargetMode="External"`) },
    ],
    [
      'a template of its own',
      'forbidden_part',
      { [RELATIONS]: related(`Type="${OFFICE}/attachedTemplate" Target="a.xml"`) },
    ],
    [
      'a frame from elsewhere',
      'external_link',
      { [RELATIONS]: related(`Type="${OFFICE}/frame" Target="\\\\x\\share" TargetMode="External"`) },
    ],
    ['a sheet of another program', 'forbidden_part', { 'word/embeddings/a.xlsx': 'PK' }],
    [
      'a program under another name',
      'macros',
      {
        '[Content_Types].xml': (text) =>
          text.replace(
            '</Types>',
            '<Override PartName="/word/a.xml" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
          ),
      },
    ],
  ])('with %s is refused as %s', async (_, code, change) => {
    expect(await refusalOf(zipOf(await entriesOf(change)))).toBe(code);
  });

  it('in UTF-16 is refused, for it is edited as text', async () => {
    const entries = (await entriesOf({})).map(({ name, content }) =>
      name === DOCUMENT
        ? { name, content: Buffer.from(`\ufeff${content.toString('utf8')}`, 'utf16le') }
        : { name, content },
    );
    expect(await refusalOf(zipOf(entries))).toBe('malformed_xml');
  });

  it('that inflates to more than it says is refused before it has', async () => {
    const content = Buffer.alloc(64 * 2 ** 20, ' ');
    const bytes = zipOf([...(await entriesOf({})), { name: 'word/theme.xml', content }]);
    const [size, said] = [Buffer.alloc(4), Buffer.alloc(4)];
    size.writeUInt32LE(content.length);
    said.writeUInt32LE(100);
    for (let at = bytes.indexOf(size); at >= 0; at = bytes.indexOf(size, at)) said.copy(bytes, at);
    const before = process.memoryUsage().rss;
    expect(await refusalOf(bytes)).toBe('not_a_docx');
    expect(process.memoryUsage().rss - before).toBeLessThan(32 * 2 ** 20);
  });

  const run = (text: string) => `<w:r><w:t>${text}</w:t></w:r>`;
  const paragraph = (runs: string) => `<w:p>${runs}</w:p>`;

  it.each([
    ['the report itself twice', 'misplaced_placeholder', paragraph(run('{{正文}}'))],
    ['placeholders without end', 'template_too_large', paragraph(run('{{标题}}')).repeat(80_000)],
    ['placeholders without end in a paragraph', 'template_too_large', paragraph(run('{{标题}}').repeat(100_000))],
    [
      'an instruction without end',
      'forbidden_field',
      paragraph(`<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>${' '.repeat(3e6)}</w:instrText></w:r>`),
    ],
  ])('with %s is refused as %s, and soon', async (_, code, content) => {
    const bytes = zipOf(await entriesOf({ [DOCUMENT]: inBody(content) }));
    const started = performance.now();
    expect(await refusalOf(bytes)).toBe(code);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it.each([
    ['attributes in a tag', `<w:p${Array.from({ length: 200_000 }, (_, at) => ` a${at}="0"`).join('')}/>`],
    ['runs in a paragraph', paragraph(`${run('{{标题}}').repeat(90)}${run('见').repeat(120_000)}`)],
  ])('with as many %s as there is room for is answered soon', async (_, content) => {
    const bytes = zipOf(await entriesOf({ [DOCUMENT]: inBody(content) }));
    const started = performance.now();
    await readTemplate(bytes);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('whose own names leave none for the pictures of the report is refused, and soon', async () => {
    const name = `Type="${OFFICE}/image" Target="media/synergy${'_'.repeat(1e6)}.png"`;
    const bytes = zipOf(await entriesOf({ [RELATIONS]: related(name) }));
    const started = performance.now();
    expect(await refusalOf(bytes)).toBe('not_a_docx');
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
