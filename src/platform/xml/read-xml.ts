import { createReadStream } from 'node:fs';
import { SaxesParser } from 'saxes';
import { strictReader } from '../csv/encoding.js';
import { LeafScanner } from './leaf-scanner.js';
import { XmlRefusal, type XmlRefusalCode } from './refusal.js';
import { xmlEncoding } from './xml-encoding.js';

const READ_BYTES = 256 * 1024;
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

export interface XmlLimits {
  /** How deep elements may lie in each other, the root being 1. */
  readonly maxDepth: number;
  /** Longest text of one element, and about the longest tag, comment or instruction, in bytes of UTF-8. */
  readonly maxTextBytes: number;
}

/** Told of elements in the order of the file. Names come without their prefix. */
export interface XmlVisitor {
  /** `attributes` is the visitor's to keep; their names have their prefix. `line` is where the start tag ends. */
  open(name: string, attributes: ReadonlyMap<string, string>, line: number): void;
  /** `text` is the element's own, CDATA and references resolved, without that of its children; blank text beside children is left out. */
  close(name: string, text: string): void;
}

/**
 * Reads an XML 1.0 file strictly, in pieces; yields after each, so that the caller can hand out what the visitor gathered.
 * No DOCTYPE, hence no entities but the five. Throws XmlRefusal with the place: doctype_forbidden, malformed_xml,
 * too_deep, element_too_long, invalid_encoding, and as of `xmlEncoding`; and what the visitor throws.
 */
export async function* readXml(
  path: string,
  limits: XmlLimits,
  visitor: XmlVisitor,
): AsyncGenerator<void, void, undefined> {
  const bytes = strictReader(await xmlEncoding(path));
  // One mark is passed over by the parser; a second is text.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const reading = new XmlReading(limits, visitor);
  for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES }) as AsyncIterable<Buffer>) {
    reading.write(decoder.decode(bytes.push(chunk), { stream: true }));
    if (bytes.failedAt >= 0) reading.refuse('invalid_encoding');
    yield;
  }
  bytes.end();
  if (bytes.failedAt >= 0) reading.refuse('invalid_encoding');
  reading.end();
  yield;
}

class XmlReading {
  // Prefixes are dropped, so they need not be bound; attributes given twice are still found by their names.
  private readonly parser = new SaxesParser({ xmlns: false });
  private readonly leaves: LeafScanner;
  private readonly open: OpenElement[] = [];
  private attributes: Map<string, string> | null = null;
  /** Length of the text since the parser last came to the end of anything. */
  private unfinished = 0;
  /** The parser has just taken the `>` of a tag: what follows is content of the innermost element. */
  private isBehindTag = false;
  private isVersion10 = true;
  private isRootSeen = false;
  private isDoctypeSeen = false;

  constructor(
    private readonly limits: XmlLimits,
    private readonly visitor: XmlVisitor,
  ) {
    // A character of UTF-16 takes at most three bytes of UTF-8, so shorter texts need no counting.
    this.leaves = new LeafScanner(Math.floor(limits.maxTextBytes / 3));
    const { parser } = this;
    parser.on('error', (error) => this.refuse('malformed_xml', error.message));
    parser.on('xmldecl', ({ version }) => void (this.isVersion10 = version === '1.0'));
    parser.on('doctype', () => this.refuse('doctype_forbidden'));
    parser.on('attribute', ({ name, value }) => (this.attributes ??= new Map()).set(name, value));
    parser.on('opentag', ({ name }) => this.opened(this.leaves.learn(name)));
    parser.on('closetag', () => this.closed());
    parser.on('text', (text) => this.addText(text));
    parser.on('cdata', (text) => this.addText(text));
    parser.on('comment', () => void (this.unfinished = 0));
    parser.on('processinginstruction', () => void (this.unfinished = 0));
  }

  write(piece: string): void {
    // A DOCTYPE that is broken or never ends is still one; behind the root's start only a comment or text can say so.
    this.isDoctypeSeen ||= !this.isRootSeen && piece.includes('<!DOCTYPE');
    for (let at = 0; at < piece.length;) {
      if (this.isBehindTag) at = this.takeLeaves(piece, at);
      // Up to the next `>`, so that an end of a tag is an end of what the parser gets.
      const end = piece.indexOf('>', at) + 1 || piece.length;
      this.isBehindTag = false;
      this.unfinished += end - at;
      this.parser.write(piece.slice(at, end));
      if (this.unfinished > this.limits.maxTextBytes) this.refuse('element_too_long');
      at = end;
    }
  }

  end(): void {
    this.parser.close();
  }

  refuse(code: XmlRefusalCode, detail?: string): never {
    const { line, column } = this.parser;
    const isDoctype = this.isDoctypeSeen && !this.isRootSeen;
    throw new XmlRefusal(isDoctype ? 'doctype_forbidden' : code, line, column, this.open.at(-1)?.name ?? '', detail);
  }

  /** Tells of the plain leaves that begin at `from`, one behind the other, past the parser; says where they end. */
  private takeLeaves(piece: string, from: number): number {
    const { leaves, parser, visitor } = this;
    const parent = this.open.at(-1);
    if (parent === undefined || !this.isVersion10 || this.open.length >= this.limits.maxDepth) return from;
    // Beside text, white space is text too.
    if (!isBlank(parent.text)) return from;
    let at = from;
    while (leaves.match(piece, at)) {
      const line = parser.line + leaves.linesInFront;
      parser.line += leaves.lines;
      parser.column = leaves.lines === 0 ? parser.column + leaves.end - at : leaves.end - leaves.lastLineEnd - 1;
      visitor.open(leaves.name, NO_ATTRIBUTES, line);
      visitor.close(leaves.name, leaves.text);
      at = leaves.end;
    }
    if (at > from) beforeChild(parent);
    return at;
  }

  private opened(name: string): void {
    this.unfinished = 0;
    this.isBehindTag = this.isRootSeen = true;
    if (this.open.length >= this.limits.maxDepth) this.refuse('too_deep');
    const parent = this.open.at(-1);
    if (parent !== undefined) beforeChild(parent);
    this.open.push({ name, text: '', hasChildren: false });
    const { attributes } = this;
    this.attributes = null;
    this.visitor.open(name, attributes ?? NO_ATTRIBUTES, this.parser.line);
  }

  private closed(): void {
    this.unfinished = 0;
    this.isBehindTag = true;
    const { name, text, hasChildren } = this.open.pop() as OpenElement;
    this.visitor.close(name, hasChildren && isBlank(text) ? '' : text);
  }

  private addText(text: string): void {
    this.unfinished = 0;
    const element = this.open.at(-1);
    // Outside the root the parser lets white space pass, nothing else.
    if (element === undefined) return;
    const whole = element.text === '' ? text : element.text + text;
    const { maxTextBytes } = this.limits;
    if (whole.length * 3 > maxTextBytes && Buffer.byteLength(whole) > maxTextBytes) this.refuse('element_too_long');
    element.text = whole;
  }
}

interface OpenElement {
  readonly name: string;
  /** Its own so far. */
  text: string;
  hasChildren: boolean;
}

/** White space between children is nobody's text, however much there is of it. */
function beforeChild(parent: OpenElement): void {
  parent.hasChildren = true;
  if (parent.text !== '' && isBlank(parent.text)) parent.text = '';
}

/** Only what XML calls white space. */
function isBlank(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (!isSpace(text.charCodeAt(at))) return false;
  return true;
}

const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/** Without white space, as XML has it, at both ends. */
export function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (start < end && isSpace(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}
