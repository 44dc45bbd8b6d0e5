import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import type { Encoding } from '../csv/encoding.js';
import { XmlRefusal } from './refusal.js';

/** Enough for a declaration, and to tell UTF-8 from GB18030 where the declaration was left standing. */
const HEAD_BYTES = 64 * 1024;
/** Text in GB18030 of this many bytes is never by chance UTF-8 throughout: of its two-byte characters one in seven is. */
const TELLING_BYTES = 24;

const MARKS: readonly [hex: string, encoding: Encoding | null][] = [
  ['efbbbf', 'utf-8'],
  ['84319533', 'gb18030'],
  // UTF-32LE begins like UTF-16LE.
  ['fffe0000', null],
  ['0000feff', null],
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
];

const DECLARED: Readonly<Record<string, readonly Encoding[]>> = {
  'utf-8': ['utf-8'],
  utf8: ['utf-8'],
  gb18030: ['gb18030'],
  gbk: ['gb18030'],
  gb2312: ['gb18030'],
  cp936: ['gb18030'],
  'utf-16': ['utf-16le', 'utf-16be'],
  'utf-16le': ['utf-16le'],
  'utf-16be': ['utf-16be'],
};

/**
 * What an XML file is encoded in (XML 1.0, 4.3.3): its byte order mark, else its declaration, else UTF-8.
 * Throws XmlRefusal: empty_file, unsupported_encoding (UTF-32, UTF-16 without a mark, any other name), invalid_encoding
 * where mark, declaration and bytes contradict each other; and the file system's own errors.
 */
export async function xmlEncoding(path: string): Promise<Encoding> {
  const head = await readHead(path);
  const mark = markOf(head);
  if (mark === null) throw new XmlRefusal('unsupported_encoding', 1, 1);
  const text = head.toString(mark === 'utf-16le' ? 'utf16le' : 'latin1');
  if (/^[\s\0\u00ef\u00bb\u00bf\u00fe\u00ff\ufeff]*$/.test(text)) throw new XmlRefusal('empty_file');
  const declared = declaredName(mark === 'utf-16be' ? swapped(head) : text);
  if (declared === undefined) {
    // The first bytes of `<?` in UTF-16 or UTF-32.
    if (mark === undefined && text.slice(0, 4).includes('\0')) throw new XmlRefusal('unsupported_encoding', 1, 1);
    return mark ?? 'utf-8';
  }
  const possible = Object.hasOwn(DECLARED, declared) ? DECLARED[declared]! : [];
  const [first] = possible;
  if (first === undefined) throw new XmlRefusal('unsupported_encoding', 1, 1, '', declared);
  const encoding = mark ?? first;
  // UTF-16 is told by its mark; a file whose declaration could be read without one is not in it.
  const isUnmarked16 = mark === undefined && encoding.startsWith('utf-16');
  if (isUnmarked16 || !possible.includes(encoding) || (encoding === 'gb18030' && looksLikeUtf8(head))) {
    throw new XmlRefusal('invalid_encoding', 1, 1, '', `declared as ${declared}`);
  }
  return encoding;
}

/** Undefined without a mark, null for one that is not read here. */
function markOf(head: Buffer): Encoding | null | undefined {
  const hex = head.toString('hex', 0, 4);
  return MARKS.find(([mark]) => hex.startsWith(mark))?.[1];
}

/** The encoding that the declaration names, in small letters; undefined where there is none. */
function declaredName(text: string): string | undefined {
  const declaration = /^(?:\u00ef\u00bb\u00bf|\u0084\u0031\u0095\u0033|\ufeff)?<\?xml\s([^?>]*)\?>/.exec(text)?.[1];
  const value = /(?:^|\s)encoding\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(declaration ?? '');
  return (value?.[1] ?? value?.[2])?.toLowerCase();
}

const swapped = (head: Buffer) =>
  Buffer.from(head.subarray(0, head.length & ~1))
    .swap16()
    .toString('utf16le');

/** A file saved anew in UTF-8 under its old declaration: as GB18030 it would decode, into rubbish. */
function looksLikeUtf8(head: Buffer): boolean {
  const lastWhole = head.length < HEAD_BYTES ? head.length : head.lastIndexOf(0x3c);
  const whole = head.subarray(0, Math.max(lastWhole, 0));
  let telling = 0;
  for (const byte of whole) if (byte >= 0x80) telling++;
  return telling >= TELLING_BYTES && isUtf8(whole);
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
