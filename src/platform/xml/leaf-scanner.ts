/** What a name that the parser has accepted looks like in the text, and which name mostly follows it. */
interface KnownName {
  readonly local: string;
  /** `<name` and `</name>` */
  readonly start: string;
  readonly end: string;
  next: KnownName | null;
}

/** More names than any format has; elements of further names are left to the parser. */
const MAX_KNOWN = 4096;

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const AMPERSAND = 0x26;
const SLASH = 0x2f;
const LESS = 0x3c;
const GREATER = 0x3e;
const CLOSING_BRACKET = 0x5d;

/**
 * Recognises the elements that make up nearly all of a data file, `<name>text</name>` and `<name/>` without attributes,
 * references, CDATA or anything else in them, and the white space in front. Whatever is not exactly that is no match and
 * left to the parser, so this is no second opinion on what well-formed XML is.
 */
export class LeafScanner {
  /** Of the element found by `match`: its name without prefix, and its text. */
  name = '';
  text = '';
  /** Where it ends. */
  end = 0;
  /** Line ends in front of it, those and the ones in it, and where in the piece the last of them stands; -1 for none. */
  linesInFront = 0;
  lines = 0;
  lastLineEnd = -1;

  private readonly known = new Map<string, KnownName>();
  private last: KnownName | null = null;

  constructor(private readonly maxTextLength: number) {}

  /** The name without its prefix; from now on elements of this name are recognised. */
  learn(name: string): string {
    const found = this.known.get(name);
    if (found !== undefined) return found.local;
    // A copy: a part of the piece would keep all of it in memory.
    const copy = Buffer.from(name, 'utf16le').toString('utf16le');
    const local = copy.slice(copy.indexOf(':') + 1);
    const entry = { local, start: `<${copy}`, end: `</${copy}>`, next: null };
    if (this.known.size < MAX_KNOWN) this.known.set(copy, entry);
    return local;
  }

  /** True when such an element begins at `from`, but for white space. */
  match(piece: string, from: number): boolean {
    this.lines = 0;
    this.lastLineEnd = -1;
    const start = this.skipBlank(piece, from);
    this.linesInFront = this.lines;
    const known = this.nameAt(piece, start);
    if (known === null) return false;
    const behind = start + known.start.length;
    if (piece.charCodeAt(behind) === SLASH) {
      if (piece.charCodeAt(behind + 1) !== GREATER) return false;
      this.text = '';
      this.end = behind + 2;
    } else if (!this.textUpTo(piece, behind + 1, known.end)) return false;
    this.name = known.local;
    return true;
  }

  /** The known name of the start tag at `at`, which ends in `>` or `/`; null for anything else. */
  private nameAt(piece: string, at: number): KnownName | null {
    const expected = this.last?.next ?? null;
    if (expected !== null && piece.startsWith(expected.start, at) && isNameEnd(piece, at + expected.start.length)) {
      this.last = expected;
      return expected;
    }
    if (piece.charCodeAt(at) !== LESS) return null;
    let end = at + 1;
    while (end < piece.length && !isNameEnd(piece, end) && piece.charCodeAt(end) > SPACE) end++;
    const found = isNameEnd(piece, end) ? this.known.get(piece.slice(at + 1, end)) : undefined;
    if (found === undefined) return null;
    if (this.last !== null) this.last.next = found;
    this.last = found;
    return found;
  }

  /** Takes plain text up to the end tag. */
  private textUpTo(piece: string, from: number, endTag: string): boolean {
    let at = from;
    for (; ; at++) {
      const code = piece.charCodeAt(at);
      if (code === LESS) break;
      if (isPlain(code)) continue;
      if (code !== LF) return false;
      this.lines++;
      this.lastLineEnd = at;
    }
    if (at - from > this.maxTextLength || !piece.startsWith(endTag, at)) return false;
    this.text = at === from ? '' : piece.slice(from, at);
    this.end = at + endTag.length;
    return true;
  }

  private skipBlank(piece: string, from: number): number {
    for (let at = from; ; at++) {
      const code = piece.charCodeAt(at);
      if (code === LF) {
        this.lines++;
        this.lastLineEnd = at;
      } else if (code !== SPACE && code !== TAB && !(code === CR && piece.charCodeAt(at + 1) === LF)) return at;
    }
  }
}

function isNameEnd(piece: string, at: number): boolean {
  const code = piece.charCodeAt(at);
  return code === GREATER || code === SLASH;
}

/** Characters that stand for themselves in XML 1.0; not the halves of surrogate pairs, nor what may begin `]]>`. False at the end (NaN). */
function isPlain(code: number): boolean {
  if (code < 0xd800) return (code >= SPACE && code !== AMPERSAND && code !== CLOSING_BRACKET) || code === TAB;
  return code >= 0xe000 && code <= 0xfffd;
}
