/** Reads a workbook without anything of ours: the zip by yauzl, its XML by saxes. */
import { formatValue, readXlsx, type Sheet } from 'hucre';
import { SaxesParser } from 'saxes';
import { Collected, type ReadBack } from './read-back.js';
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

export interface ReadSpreadsheet extends ReadBack {
  /** In the order of the sheets. */
  readonly pictures: readonly Buffer[];
  /** By the number of a figure, its exact value as text, from the sheet of data. */
  readonly exact: ReadonlyMap<string, string>;
}

const COLUMN_NUMBERS = ['栏次', 'Col.'];
/** Of the sheet of data: above its first figure, and where a figure's code, print and exact value stand. */
const [DATA_HEAD, CODE, PRINTED, EXACT] = [3, 0, 4, 6];

/** By a library that has no part in our writing: as a spreadsheet shows it, each number in the format of its cell. */
export async function readBackXlsx(bytes: Uint8Array): Promise<ReadSpreadsheet> {
  const { sheets } = await readXlsx(bytes, { readStyles: true });
  const [read, exact] = [new Collected(), new Map<string, string>()];
  const data = shownRows(sheets.at(-1)!);
  for (const row of data.slice(DATA_HEAD)) {
    const number = row[CODE]!.replace(/^[^-]*-/, '');
    read.mark(number, row[PRINTED]!);
    exact.set(number, row[EXACT] ?? '');
  }
  for (const sheet of sheets.slice(0, -1)) tablesIn(shownRows(sheet), read);
  read.words.push(...sheets.flatMap((sheet) => [sheet.name, ...shownRows(sheet).flat()]));
  const { pictures, words } = await besideCells(bytes);
  const { marked, cells } = read;
  return { marked, marks: 'all', cells, words: [...read.words, ...words], pictures, exact };
}

/** Without the commas between thousands, which the report does not print elsewhere. */
function shownRows({ rows, cells }: Sheet): string[][] {
  return Array.from(rows, (row = [], at) =>
    Array.from(row, (value, column) => {
      if (typeof value !== 'number') return value === null || value === undefined ? '' : String(value);
      return formatValue(value, cells?.get(`${at},${column}`)?.style?.numFmt ?? 'General').replaceAll(',', '');
    }),
  );
}

/** Below the numbers of the columns, as long as rows have numbers. */
function tablesIn(rows: readonly (readonly string[])[], read: Collected): void {
  rows.forEach(([first, ...numbers], at) => {
    if (!COLUMN_NUMBERS.includes(first ?? '')) return;
    const columns = numbers.filter((number) => /^\d+$/.test(number));
    const below = rows.slice(at + 1);
    const end = below.findIndex(([no]) => !/^\d+$/.test(no ?? ''));
    const body = end < 0 ? below : below.slice(0, end);
    read.table(
      columns,
      body.map((row) => row.slice(0, columns.length + 1)),
    );
  });
}

/** Pictures, and what is said of them, of links and around printed pages. */
async function besideCells(bytes: Uint8Array): Promise<{ pictures: Buffer[]; words: string[] }> {
  const parts = await unzipped(bytes);
  const tagsIn = (name: string) => tagsOf(parts.get(name)!.toString('utf8'));
  const words = [...parts.keys()]
    .filter((name) => /^(xl\/(worksheets|drawings)|docProps)\/[^/]*\.xml$/.test(name))
    .flatMap(tagsIn)
    .flatMap(({ name, attributes, text }) => [
      ...[attributes.tooltip ?? '', attributes.descr ?? ''],
      ...(/^odd(Header|Footer)$|^dc:/.test(name) ? [text] : []),
    ]);
  return { pictures: picturesIn(parts, tagsIn), words };
}

function picturesIn(parts: ReadonlyMap<string, Buffer>, tagsIn: (name: string) => Tag[]): Buffer[] {
  const drawings = [...parts.keys()].filter((name) => /^xl\/drawings\/drawing\d+\.xml$/.test(name));
  const numberOf = (name: string) => Number(/\d+/.exec(name)![0]);
  return drawings
    .sort((a, b) => numberOf(a) - numberOf(b))
    .flatMap((name) => {
      const relations = tagsIn(name.replace(/drawings\/(.*)$/, 'drawings/_rels/$1.rels'));
      const targets = new Map(relations.map(({ attributes }) => [attributes.Id, attributes.Target]));
      const blips = tagsIn(name).filter((tag) => tag.name === 'a:blip');
      return blips.map(({ attributes }) => parts.get(`xl/${targets.get(attributes['r:embed'])!.replace('../', '')}`)!);
    });
}
