import { inflateRawSync } from 'node:zlib';
import { SaxesParser } from 'saxes';
import { fromBufferPromise } from 'yauzl';
import { Collected, type ReadBack } from './read-back.js';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (Element | string)[];
}

export interface ReadParagraph {
  /** By name, as Word shows it. */
  readonly style: string;
  /** Without the numbers of figures. */
  readonly text: string;
  /** Numbers of figures, in their order. */
  readonly marks: readonly string[];
  /** Of each number, what the run before it prints. */
  readonly figures: readonly (readonly [number: string, shown: string])[];
}

export interface ReadRow {
  readonly cells: readonly string[];
  readonly isHead: boolean;
  readonly isWhole: boolean;
  readonly isBold: boolean;
  readonly isItalic: boolean;
}

export interface ReadTable {
  readonly widths: readonly number[];
  readonly rows: readonly ReadRow[];
  /** Alignments of the paragraphs' styles are by their names. */
  readonly styles: readonly (readonly string[])[];
}

export interface ReadDocument {
  readonly parts: ReadonlyMap<string, Buffer>;
  readonly body: readonly (ReadParagraph | ReadTable)[];
  readonly root: Element;
}

/** By its own reading of the zip and of the XML. */
export async function unzipped(bytes: Uint8Array): Promise<Map<string, Buffer>> {
  const buffer = Buffer.from(bytes);
  const parts = new Map<string, Buffer>();
  for await (const entry of (await fromBufferPromise(buffer)).eachEntry()) {
    const at = entry.relativeOffsetOfLocalHeader;
    const start = at + 30 + buffer.readUInt16LE(at + 26) + buffer.readUInt16LE(at + 28);
    const packed = buffer.subarray(start, start + entry.compressedSize);
    parts.set(entry.fileName, entry.compressionMethod === 0 ? packed : inflateRawSync(packed));
  }
  return parts;
}

export function treeOf(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [] };
  const open = [root];
  // With namespaces, so that a prefix that nobody declared is an error.
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const values = Object.fromEntries(Object.entries(attributes).map(([key, { value }]) => [key, value]));
    const element: Element = { name, attributes: values, children: [] };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (text) => void open.at(-1)!.children.push(text));
  parser.write(xml).close();
  return elementsOf(root)[0]!;
}

export const elementsOf = ({ children }: Element): Element[] => children.filter((each) => typeof each !== 'string');

export function allOf(element: Element, name: string): Element[] {
  return elementsOf(element).flatMap((child) => [...(child.name === name ? [child] : []), ...allOf(child, name)]);
}

const wordsOf = ({ children }: Element): string => children.filter((each) => typeof each === 'string').join('');

/** Its texts and those of all elements within, in order. */
export const wordsIn = ({ children }: Element): string[] =>
  children.flatMap((child) => (typeof child === 'string' ? [child] : wordsIn(child)));

export const partOf = (parts: ReadonlyMap<string, Buffer>, name: string): Element =>
  treeOf(parts.get(name)!.toString('utf8'));

export async function readDocx(bytes: Uint8Array): Promise<ReadDocument> {
  const parts = await unzipped(bytes);
  const names = styleNames(parts);
  const root = partOf(parts, 'word/document.xml');
  const body = elementsOf(root.children.find((each) => typeof each !== 'string' && each.name === 'w:body') as Element);
  const blocks = body.flatMap((each): (ReadParagraph | ReadTable)[] => {
    if (each.name === 'w:p') return [paragraphOf(each, names)];
    return each.name === 'w:tbl' ? [tableOf(each, names)] : [];
  });
  return { parts, body: blocks, root };
}

function styleNames(parts: ReadonlyMap<string, Buffer>): ReadonlyMap<string, string> {
  const styles = allOf(partOf(parts, 'word/styles.xml'), 'w:style');
  return new Map(
    styles.map((style) => [style.attributes['w:styleId']!, allOf(style, 'w:name')[0]!.attributes['w:val']!]),
  );
}

const styleOf = (element: Element, name: string, names: ReadonlyMap<string, string>): string => {
  const id = allOf(element, name)[0]?.attributes['w:val'];
  return id === undefined ? '' : (names.get(id) ?? `no style ${id}`);
};

function paragraphOf(element: Element, names: ReadonlyMap<string, string>): ReadParagraph {
  const texts: string[] = [];
  const figures: [string, string][] = [];
  for (const run of allOf(element, 'w:r')) {
    const isMark = styleOf(run, 'w:rStyle', names) === '协同-角标';
    for (const piece of elementsOf(run)) {
      if (piece.name === 'w:t' && isMark) figures.push([wordsOf(piece), texts.at(-1)!]);
      else if (piece.name === 'w:t') texts.push(wordsOf(piece));
      if (piece.name === 'w:br') texts.push('\n');
    }
  }
  const marks = figures.map(([number]) => number);
  return { style: styleOf(element, 'w:pStyle', names), text: texts.join(''), marks, figures };
}

function tableOf(element: Element, names: ReadonlyMap<string, string>): ReadTable {
  const rows = allOf(element, 'w:tr');
  const paragraphs = rows.map((row) => allOf(row, 'w:tc').map((cell) => paragraphOf(allOf(cell, 'w:p')[0]!, names)));
  const has = (row: Element, name: string) => allOf(row, name).length > 0;
  return {
    widths: allOf(element, 'w:gridCol').map(({ attributes }) => Number(attributes['w:w'])),
    styles: paragraphs.map((cells) => cells.map(({ style }) => style)),
    rows: rows.map((row, at) => ({
      ...{ cells: paragraphs[at]!.map(({ text }) => text), isHead: has(row, 'w:tblHeader') },
      ...{ isWhole: has(row, 'w:cantSplit'), isBold: has(row, 'w:b'), isItalic: has(row, 'w:i') },
    })),
  };
}

/** Texts of a part, such as a footer, a paragraph each. */
export const linesOf = (parts: ReadonlyMap<string, Buffer>, name: string): string[] =>
  allOf(partOf(parts, name), 'w:p').map((each) => allOf(each, 'w:t').map(wordsOf).join(''));

export interface ReadWordFile extends ReadBack {
  /** In the order in which they are shown. */
  readonly pictures: readonly Buffer[];
}

/** Every figure at its place, every word of every part, and the pictures. */
export async function readBackDocx(bytes: Uint8Array): Promise<ReadWordFile> {
  const { parts, body, root } = await readDocx(bytes);
  const read = new Collected();
  for (const block of body) {
    if (!('rows' in block)) {
      for (const [number, shown] of block.figures) read.mark(number, shown);
      continue;
    }
    const [, numbers] = block.rows.filter(({ isHead }) => isHead);
    const rows = block.rows.filter(({ isHead }) => !isHead).map(({ cells }) => cells);
    read.table(numbers!.cells.slice(1), rows);
  }
  const pages = [...parts.keys()].filter((name) => /^word\/(document|header\d*|footer\d*)\.xml$/.test(name));
  for (const name of pages) read.words.push(...linesOf(parts, name));
  for (const { attributes } of allOf(root, 'wp:docPr')) read.words.push(attributes.descr ?? '', attributes.title ?? '');
  const properties = elementsOf(partOf(parts, 'docProps/core.xml')).filter(({ name }) => name !== 'dc:language');
  read.words.push(...properties.flatMap(wordsIn));
  const { marked, cells, words } = read;
  return { marked, marks: 'sentences', cells, words, pictures: picturesIn(root, parts) };
}

function picturesIn(root: Element, parts: ReadonlyMap<string, Buffer>): Buffer[] {
  const relations = allOf(partOf(parts, 'word/_rels/document.xml.rels'), 'Relationship');
  const targets = new Map(relations.map(({ attributes }) => [attributes.Id!, attributes.Target!]));
  return allOf(root, 'a:blip').map(({ attributes }) => parts.get(`word/${targets.get(attributes['r:embed']!)!}`)!);
}
