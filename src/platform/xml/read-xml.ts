import { createReadStream } from 'node:fs';
import { SaxesParser } from 'saxes';
import { strictReader } from '../csv/encoding.js';
import { XmlRefusal, type XmlRefusalCode } from './refusal.js';
import { xmlEncoding } from './xml-encoding.js';

const READ_BYTES = 256 * 1024;
/** More names than any format has; only what is beyond is looked up anew each time. */
const CACHED_NAMES = 4096;

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
  const decoder = new TextDecoder('utf-8');
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
  private readonly names = new Map<string, string>();
  /** Per open element its name and its text so far; `texts[0]` is what stands outside the root. */
  private readonly open: string[] = [];
  private readonly texts: string[] = [''];
  private attributes: Map<string, string> | null = null;
  /** Length of the pieces since the parser last came to the end of anything. */
  private unfinished = 0;
  private hasEnded = false;
  private isRootSeen = false;
  private isDoctypeSeen = false;

  constructor(
    private readonly limits: XmlLimits,
    private readonly visitor: XmlVisitor,
  ) {
    const { parser } = this;
    parser.on('error', (error) => this.refuse('malformed_xml', error.message));
    parser.on('doctype', () => this.refuse('doctype_forbidden'));
    parser.on('attribute', ({ name, value }) => (this.attributes ??= new Map()).set(name, value));
    parser.on('opentag', ({ name }) => this.opened(name));
    parser.on('closetag', () => this.closed());
    parser.on('text', (text) => this.addText(text));
    parser.on('cdata', (text) => this.addText(text));
    parser.on('comment', () => void (this.hasEnded = true));
    parser.on('processinginstruction', () => void (this.hasEnded = true));
  }

  write(text: string): void {
    // A DOCTYPE that is broken or never ends is still one; behind the root's start only a comment or text can say so.
    this.isDoctypeSeen ||= !this.isRootSeen && text.includes('<!DOCTYPE');
    this.hasEnded = false;
    this.parser.write(text);
    this.unfinished = this.hasEnded ? 0 : this.unfinished + text.length;
    if (this.unfinished > this.limits.maxTextBytes) this.refuse('element_too_long');
  }

  end(): void {
    this.parser.close();
  }

  refuse(code: XmlRefusalCode, detail?: string): never {
    const { line, column } = this.parser;
    const isDoctype = this.isDoctypeSeen && !this.isRootSeen;
    throw new XmlRefusal(isDoctype ? 'doctype_forbidden' : code, line, column, this.open.at(-1) ?? '', detail);
  }

  private opened(qualifiedName: string): void {
    const name = this.localName(qualifiedName);
    const depth = this.open.length;
    if (depth >= this.limits.maxDepth) this.refuse('too_deep');
    if (isBlank(this.texts[depth] as string)) this.texts[depth] = '';
    this.open.push(name);
    this.texts.push('');
    this.hasEnded = this.isRootSeen = true;
    const { attributes } = this;
    this.attributes = null;
    this.visitor.open(name, attributes ?? NO_ATTRIBUTES, this.parser.line);
  }

  private closed(): void {
    this.hasEnded = true;
    const text = this.texts.pop() as string;
    this.visitor.close(this.open.pop() as string, text);
  }

  private addText(text: string): void {
    this.hasEnded = true;
    const depth = this.open.length;
    const whole = this.texts[depth] === '' ? text : (this.texts[depth] as string) + text;
    // A character of UTF-16 takes at most three bytes of UTF-8, so short texts need no counting.
    const { maxTextBytes } = this.limits;
    if (whole.length * 3 > maxTextBytes && Buffer.byteLength(whole) > maxTextBytes) this.refuse('element_too_long');
    this.texts[depth] = depth === 0 ? '' : whole;
  }

  private localName(name: string): string {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    // A copy: a part of the piece would keep all of it in memory.
    const copy = Buffer.from(name, 'utf16le').toString('utf16le');
    const local = copy.slice(copy.indexOf(':') + 1);
    if (this.names.size < CACHED_NAMES) this.names.set(copy, local);
    return local;
  }
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
