import { XlsxRefusal } from '../xlsx/index.js';

/**
 * Editing of XML as text: what is not meant stays byte for byte as it is, down to blanks and the order of attributes, which
 * a parser would not tell. Only names and attributes that the office formats write in ASCII are looked at.
 */
export interface Tag {
  /** Of the `<`, and behind the `>`. */
  readonly start: number;
  readonly end: number;
  /** As written, with its prefix. */
  readonly name: string;
  readonly isClosing: boolean;
  /** `<a/>`, an element without content. */
  readonly isEmpty: boolean;
}

/** Everything that begins with `<` and is no tag, with how it ends. */
const OTHERS = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

const malformed = (): XlsxRefusal => new XlsxRefusal('malformed_xml');

/**
 * The next tag at or behind `from`. Where the text ends before it does, the answer is from where more text is needed.
 * @throws XlsxRefusal doctype_forbidden
 */
export function nextTag(text: string, from: number): Tag | number {
  for (let at = from; ;) {
    const start = text.indexOf('<', at);
    if (start < 0) return text.length;
    // Whether `<!` begins a comment, a CDATA section or a document type takes nine characters to tell.
    if (text[start + 1] === '!' && text.length < start + 9) return start;
    const other = OTHERS.find(([begin]) => text.startsWith(begin, start));
    if (other === undefined) return text[start + 1] === '!' ? refuseDoctype() : tagAt(text, start);
    const end = text.indexOf(other[1], start + other[0].length);
    if (end < 0) return start;
    at = end + other[1].length;
  }
}

function refuseDoctype(): never {
  throw new XlsxRefusal('doctype_forbidden');
}

function tagAt(text: string, start: number): Tag | number {
  const end = endOfTag(text, start + 1);
  if (end < 0) return start;
  const isClosing = text[start + 1] === '/';
  NAME.lastIndex = isClosing ? start + 2 : start + 1;
  const name = NAME.exec(text)?.[0] ?? '';
  if (name === '' || NAME.lastIndex > end - 1) throw malformed();
  return { start, end, name, isClosing, isEmpty: text[end - 2] === '/' };
}

const NAME = /[^\s/>=<"']+/y;

/** Behind the `>` that no quotes are around, or -1. In one pass: attributes are as many as a sender likes. */
function endOfTag(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const character = text[at]!;
    if (character === '>') return at + 1;
    if (character !== '"' && character !== "'") continue;
    at = text.indexOf(character, at + 1);
    if (at < 0) return -1;
  }
  return -1;
}

/** All tags of a whole part. @throws XlsxRefusal malformed_xml for a tag that does not end */
export function* tagsOf(text: string): Generator<Tag, void, undefined> {
  for (let at = 0; ;) {
    const tag = nextTag(text, at);
    if (typeof tag !== 'number') yield tag;
    else if (tag === text.length) return;
    else throw malformed();
    at = tag.end;
  }
}

export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** `x:row` → `x:`. */
export const prefixOf = (name: string): string => name.slice(0, name.indexOf(':') + 1);

/** The value of an attribute of a tag's text, as written; null where it has none. The prefix of the name is any. */
export function attributeOf(tag: string, name: string): string | null {
  return attributePattern(name).exec(tag)?.[2] ?? null;
}

/** The tag's text with the attribute set; `value` needs no escaping. */
export function withAttribute(tag: string, name: string, value: string): string {
  const pattern = attributePattern(name);
  if (pattern.test(tag)) return tag.replace(pattern, (_, before: string) => `${before}"${value}"`);
  return `${unended(tag)} ${name}="${value}"${tag.endsWith('/>') ? '/>' : '>'}`;
}

/** A tag without its end. No pattern: blanks are as many as a sender likes. */
const unended = (tag: string): string => tag.slice(0, tag.endsWith('/>') ? -2 : -1).trimEnd();

/** `<a/>` → `<a>`. */
export const opened = (tag: string): string => `${unended(tag)}>`;

const patterns = new Map<string, RegExp>();

function attributePattern(name: string): RegExp {
  let pattern = patterns.get(name);
  if (pattern === undefined) {
    pattern = new RegExp(`(\\s(?:[^\\s:=<>"']+:)?${name}\\s*=\\s*)(?:["'])([^"']*)(?:["'])`);
    patterns.set(name, pattern);
  }
  return pattern;
}

/** The first element of a local name; null where the part has none. */
export function findElement(text: string, name: string): { readonly open: Tag; readonly close: Tag } | null {
  let open: Tag | null = null;
  for (const tag of tagsOf(text)) {
    if (localName(tag.name) !== name) continue;
    if (tag.isEmpty) return { open: tag, close: tag };
    if (tag.isClosing && open !== null) return { open, close: tag };
    open ??= tag;
  }
  return null;
}

/** The text with `content` as the last thing in the first element of that name, which may have been empty. */
export function appended(text: string, name: string, content: string): string | null {
  const found = findElement(text, name);
  if (found === null) return null;
  const { open, close } = found;
  if (!open.isEmpty) return text.slice(0, close.start) + content + text.slice(close.start);
  const begin = opened(text.slice(open.start, open.end));
  return `${text.slice(0, open.start)}${begin}${content}</${open.name}>${text.slice(open.end)}`;
}

/** The text with `content` before the first child of its root that is named; at the root's end where none is there. */
export function insertedBefore(text: string, names: ReadonlySet<string>, content: string): string {
  let depth = 0;
  for (const tag of tagsOf(text)) {
    if (tag.isClosing) depth--;
    if (depth === 0 && tag.isClosing) return text.slice(0, tag.start) + content + text.slice(tag.start);
    if (depth === 1 && !tag.isClosing && names.has(localName(tag.name))) {
      return text.slice(0, tag.start) + content + text.slice(tag.start);
    }
    if (!tag.isClosing && !tag.isEmpty) depth++;
  }
  throw malformed();
}

/** The name of the outermost element, as written. */
export function rootName(text: string): string {
  for (const { name } of tagsOf(text)) return name;
  throw malformed();
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as it may stand in an element or an attribute; characters that XML does not have become U+FFFD. */
export function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"]/g, (character) => ENTITIES[character]!);
}
