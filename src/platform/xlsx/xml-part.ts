import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';

export type Attributes = Readonly<Record<string, string | undefined>>;

/** What a part of the package is read with. Names are as written, prefix and all. */
export interface XmlReader {
  open(name: string, attributes: Attributes): void;
  text(text: string): void;
  close(name: string): void;
}

export interface XmlRules {
  readonly maxXmlDepth: number;
  /** Makes the error for a code: doctype_forbidden, malformed_xml or too_deep. */
  readonly refusal: (code: string) => Error;
}

/** Text, attributes or comments that go on for so many characters without a tag are none of a workbook. */
const MAX_SILENT_CHARACTERS = 4 * 1024 * 1024;

/** `x:row` → `row`. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/**
 * Reads one XML part, and gives the reader back after each chunk. Refuses DOCTYPE (and so entities other than the five of
 * XML), whatever is not well-formed, and any encoding other than UTF-8 and UTF-16.
 */
export async function* parseXml<R extends XmlReader>(
  bytes: AsyncIterable<Buffer>,
  reader: R,
  rules: XmlRules,
): AsyncGenerator<R, void, undefined> {
  const progress = { tags: 0, depth: 0 };
  const decoder = new XmlDecoder(() => rules.refusal('malformed_xml'));
  const parser = parserOf(reader, rules, progress, decoder);
  let silent = 0;
  for await (const chunk of bytes) {
    const before = progress.tags;
    const text = decoder.push(chunk);
    parser.write(text);
    silent = progress.tags === before ? silent + text.length : 0;
    if (silent > MAX_SILENT_CHARACTERS) throw rules.refusal('malformed_xml');
    yield reader;
  }
  decoder.end();
  parser.close();
  yield reader;
}

export async function readXml(bytes: AsyncIterable<Buffer>, reader: XmlReader, rules: XmlRules): Promise<void> {
  const steps = parseXml(bytes, reader, rules);
  while (!(await steps.next()).done);
}

function parserOf(
  reader: XmlReader,
  { refusal, maxXmlDepth }: XmlRules,
  progress: { tags: number; depth: number },
  decoder: XmlDecoder,
): SaxesParser<{ position: false }> {
  const parser = new SaxesParser({ position: false });
  parser.on('error', () => {
    throw refusal('malformed_xml');
  });
  parser.on('doctype', () => {
    throw refusal('doctype_forbidden');
  });
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !decoder.isNamed(encoding)) throw refusal('malformed_xml');
  });
  parser.on('opentag', ({ name, attributes }) => {
    progress.tags++;
    if (++progress.depth > maxXmlDepth) throw refusal('too_deep');
    reader.open(name, attributes as Attributes);
  });
  parser.on('closetag', ({ name }) => {
    progress.tags++;
    progress.depth--;
    reader.close(name);
  });
  const takeText = (text: string) => reader.text(text);
  parser.on('text', takeText);
  parser.on('cdata', takeText);
  return parser;
}

/** UTF-8 or, by its byte order mark, UTF-16, strictly. */
class XmlDecoder {
  private utf16: TextDecoder | null = null;
  private carry: Buffer = Buffer.alloc(0);
  private isStarted = false;

  constructor(private readonly refusal: () => Error) {}

  push(chunk: Buffer): string {
    const bytes = this.carry.length === 0 ? chunk : Buffer.concat([this.carry, chunk]);
    if (!this.isStarted && bytes.length >= 2) {
      this.isStarted = true;
      const mark = bytes.readUInt16LE(0);
      if (mark === 0xfeff) this.utf16 = new TextDecoder('utf-16le', { fatal: true });
      if (mark === 0xfffe) this.utf16 = new TextDecoder('utf-16be', { fatal: true });
    }
    if (this.utf16 !== null) {
      this.carry = Buffer.alloc(0);
      return this.decoded16(bytes);
    }
    const whole = wholeCharacters(bytes);
    this.carry = Buffer.from(bytes.subarray(whole));
    const text = bytes.subarray(0, whole);
    if (!isUtf8(text)) throw this.refusal();
    return text.toString('utf8');
  }

  end(): void {
    if (this.carry.length > 0) throw this.refusal();
    if (this.utf16 !== null) this.decoded16();
  }

  isNamed(encoding: string): boolean {
    return (this.utf16 === null ? /^utf-?8$|^us-ascii$/i : /^utf-?16/i).test(encoding);
  }

  private decoded16(bytes?: Buffer): string {
    try {
      return this.utf16!.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw this.refusal();
    }
  }
}

/** The length of `bytes` without a character that has only begun. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return size > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
