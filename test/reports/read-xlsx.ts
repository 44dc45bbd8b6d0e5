/** Reads a workbook without anything of ours: the zip by yauzl, its XML by saxes. */
import { SaxesParser } from 'saxes';
import { unzipped } from './read-docx.js';

export interface ReadCell {
  /** As the file says: `n` where it says nothing. */
  readonly type: string;
  /** Of a text what it is, of a number its digits. */
  readonly value: string;
  readonly formula: string | null;
  /** Number of its format (styles.xml), and whether its font is bold. */
  readonly format: string;
  readonly isBold: boolean;
}

export interface ReadSheet {
  readonly name: string;
  /** By `B7`. */
  readonly cells: ReadonlyMap<string, ReadCell>;
  /** Address or place by cell. */
  readonly links: ReadonlyMap<string, string>;
  readonly tags: readonly Tag[];
  readonly pictures: readonly string[];
}

export interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** Every element in order, with the text right inside it. */
export function tagsOf(xml: string): Tag[] {
  const [tags, open]: [Tag[], Tag[]] = [[], []];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const tag = { name, attributes: attributes as Record<string, string>, text: '' };
    tags.push(tag);
    open.push(tag);
  });
  parser.on('text', (text) => {
    if (open.length > 0) open.at(-1)!.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return tags;
}

export async function readWorkbook(bytes: Uint8Array): Promise<ReadSheet[]> {
  const parts = await unzipped(bytes);
  const xml = (name: string) => tagsOf(parts.get(name)!.toString('utf8'));
  const styles = stylesIn(xml('xl/styles.xml'));
  const names = xml('xl/workbook.xml').filter(({ name }) => name === 'sheet');
  return names.map(({ attributes }, at) => {
    const tags = xml(`xl/worksheets/sheet${at + 1}.xml`);
    const relations = new Map(
      xml(`xl/worksheets/_rels/sheet${at + 1}.xml.rels`).map((tag) => [tag.attributes.Id, tag.attributes.Target]),
    );
    const links = tags
      .filter(({ name }) => name === 'hyperlink')
      .map((tag) => [tag.attributes.ref!, tag.attributes.location ?? relations.get(tag.attributes['r:id'])!] as const);
    const drawing = parts.get(`xl/drawings/drawing${at + 1}.xml`)?.toString('utf8');
    const pictures = drawing === undefined ? [] : tagsOf(drawing).flatMap((tag) => tag.attributes.descr ?? []);
    return { name: attributes.name!, cells: cellsIn(tags, styles), links: new Map(links), tags, pictures };
  });
}

/** Of each format of cells: the number of its number format, and whether it is bold. */
function stylesIn(tags: readonly Tag[]): { format: string; isBold: boolean }[] {
  const begin = (name: string) => tags.findIndex((tag) => tag.name === name);
  const fonts: boolean[] = [];
  for (const { name } of tags.slice(begin('fonts'), begin('fills'))) {
    if (name === 'font') fonts.push(false);
    if (name === 'b') fonts[fonts.length - 1] = true;
  }
  return tags
    .slice(begin('cellXfs'), begin('cellStyles'))
    .filter(({ name }) => name === 'xf')
    .map(({ attributes }) => ({ format: attributes.numFmtId!, isBold: fonts[Number(attributes.fontId)]! }));
}

function cellsIn(tags: readonly Tag[], styles: ReturnType<typeof stylesIn>): Map<string, ReadCell> {
  const cells = new Map<string, ReadCell>();
  let ref = '';
  for (const { name, attributes, text } of tags) {
    if (name === 'c') {
      ref = attributes.r!;
      cells.set(ref, { type: attributes.t ?? 'n', value: '', formula: null, ...styles[Number(attributes.s)]! });
    }
    if (name === 'v' || name === 't') cells.set(ref, { ...cells.get(ref)!, value: meant(text) });
    if (name === 'f') cells.set(ref, { ...cells.get(ref)!, formula: text });
  }
  return cells;
}

const meant = (text: string) =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
