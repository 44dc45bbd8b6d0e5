import {
  attributeOf,
  appended,
  findElement,
  insertedBefore,
  localName,
  prefixOf,
  rootName,
  tagsOf,
  withAttribute,
} from './xml-edit.js';

/** Light red, as Excel's own style for what is bad. */
const FILL_COLOUR = 'FFFFC7CE';

/** What follows the fills and the cell formats in a part of styles (ECMA-376 part 1, 18.8.39, CT_Stylesheet). */
const BEHIND_FORMATS = ['cellStyles', 'dxfs', 'tableStyles', 'colors', 'extLst'];
const BEHIND_FILLS = ['borders', 'cellStyleXfs', 'cellXfs', ...BEHIND_FORMATS];

/** A part of styles without any. */
export const NO_STYLES =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
  '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs></styleSheet>';

/**
 * The styles of a workbook, to which filled copies are added: a copy is its original in everything but the fill, and
 * originals are left as they are, since other cells have them too.
 */
export class FillStyles {
  private readonly formats: readonly string[];
  private readonly copies: string[] = [];
  private readonly copyOf = new Map<number, number>();
  private readonly prefix: string;
  private readonly fillCount: number;
  /** The first two fills are fixed, none and gray125, so that the one that is added is the third at least. */
  private readonly fillId: number;

  constructor(private readonly part: string) {
    this.prefix = prefixOf(rootName(part));
    this.formats = childrenOf(part, 'cellXfs', 'xf');
    this.fillCount = childrenOf(part, 'fills', 'fill').length;
    this.fillId = Math.max(this.fillCount, 2);
  }

  /** The index of a cell format that is the one of `index` with the fill. */
  filled(index: number): number {
    const known = this.copyOf.get(index);
    if (known !== undefined) return known;
    const original = this.formats[index] ?? this.formats[0] ?? this.plainFormat();
    const start = original.slice(0, original.indexOf('>') + 1);
    const copy = withAttribute(withAttribute(start, 'fillId', String(this.fillId)), 'applyFill', '1');
    this.copies.push(copy + original.slice(start.length));
    // Where the workbook has no formats, cells without one get the first that is added.
    const made = Math.max(this.formats.length, 1) + this.copies.length - 1;
    this.copyOf.set(index, made);
    return made;
  }

  /** The part with what was added. */
  text(): string {
    if (this.copies.length === 0) return this.part;
    return this.withFormats(this.withFill(this.part));
  }

  private plainFormat(): string {
    return `<${this.prefix}xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>`;
  }

  private withFill(part: string): string {
    const p = this.prefix;
    const solid =
      `<${p}fill><${p}patternFill patternType="solid"><${p}fgColor rgb="${FILL_COLOUR}"/>` +
      `<${p}bgColor indexed="64"/></${p}patternFill></${p}fill>`;
    const fixed = ['none', 'gray125'].map((type) => `<${p}fill><${p}patternFill patternType="${type}"/></${p}fill>`);
    const missing = fixed.slice(this.fillCount).join('');
    return withChildren(part, `${p}fills`, missing + solid, this.fillId + 1, BEHIND_FILLS);
  }

  private withFormats(part: string): string {
    const first = this.formats.length === 0 ? this.plainFormat() : '';
    const count = Math.max(this.formats.length, 1) + this.copies.length;
    return withChildren(part, `${this.prefix}cellXfs`, first + this.copies.join(''), count, BEHIND_FORMATS);
  }
}

/** Appends to a counted list, which is made where it is not there. */
function withChildren(part: string, list: string, content: string, count: number, behind: readonly string[]): string {
  const longer = appended(part, localName(list), content);
  if (longer === null) {
    return insertedBefore(part, new Set(behind), `<${list} count="${count}">${content}</${list}>`);
  }
  const { open } = findElement(longer, localName(list))!;
  const tag = withAttribute(longer.slice(open.start, open.end), 'count', String(count));
  return longer.slice(0, open.start) + tag + longer.slice(open.end);
}

/** The texts of the elements of a name that stand directly in the first list of a name. */
function childrenOf(part: string, list: string, name: string): string[] {
  const children: string[] = [];
  let depth = -1;
  let start = 0;
  for (const tag of tagsOf(part)) {
    if (depth < 0) {
      if (localName(tag.name) !== list) continue;
      if (tag.isEmpty) return children;
      depth = 0;
      continue;
    }
    if (tag.isClosing && depth === 0) return children;
    if (depth === 0) start = tag.start;
    depth += tag.isEmpty ? 0 : tag.isClosing ? -1 : 1;
    if (depth === 0 && localName(tag.name) === name) children.push(part.slice(start, tag.end));
  }
  return children;
}

/** The index of a cell format, from the tag of a cell, a row or a column. */
export function formatOfTag(tag: string, attribute: string): number {
  const text = attributeOf(tag, attribute);
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : 0;
}
