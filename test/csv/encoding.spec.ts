import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isUtf8 } from 'node:buffer';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCsv } from '../../src/platform/csv/csv-text.js';
import { detectEncoding, utf8Chunks } from '../../src/platform/csv/decode.js';
import { Gb18030Reader } from '../../src/platform/csv/gb18030.js';
import { readHeader } from '../../src/platform/csv/header.js';
import { Utf8Reader } from '../../src/platform/csv/utf8.js';
import { refusalOf } from './reading.js';

const HEADER = 'period,dept,element,amount\n';
/** Bytes from ASCII text with \xNN for the rest. */
const raw = (text: string) => Buffer.from(text, 'latin1');
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
const utf16be = (text: string) => utf16(text).swap16();
const row = (cell: string) => raw(`${HEADER}2024-01,${cell},x,1\n`);

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'csv-'))));
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(bytes: Buffer): Promise<string> {
  const path = join(folder, 'file.csv');
  await writeFile(path, bytes);
  return path;
}

async function textOf(path: string): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of utf8Chunks(path)) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

describe('good files', () => {
  const cases: [title: string, bytes: Buffer, encoding: string, second: string | null][] = [
    ['ASCII', row('D01'), 'utf-8', 'D01'],
    ['UTF-8', row('\xe9\x87\x87\xe7\x85\xa4\xf0\xa0\x80\x80'), 'utf-8', '采煤𠀀'],
    ['UTF-8 with a mark', Buffer.concat([raw('\xef\xbb\xbf'), row('D01')]), 'utf-8', 'D01'],
    ['a mark that is not at the start stays', row('D\xef\xbb\xbf01'), 'utf-8', 'D\ufeff01'],
    ['U+FFFD itself', row('\xef\xbf\xbd'), 'utf-8', '\ufffd'],
    ['GBK', row('\xb2\xc9\xc3\xba\xd2\xbb\xb6\xd3'), 'gb18030', '采煤一队'],
    ['GB18030, four bytes', row('\x81\x39\xee\x39\x81\x39\xef\x30\x95\x32\x82\x36'), 'gb18030', '㐀㐁𠀀'],
    ['GB18030 with a mark', Buffer.concat([raw('\x84\x31\x95\x33'), row('D01')]), 'gb18030', 'D01'],
    ['UTF-16LE', utf16(`${HEADER}2024-01,采煤𠀀,x,1\r\n`), 'utf-16le', '采煤𠀀'],
    ['UTF-16BE', utf16be(`${HEADER}2024-01,采煤𠀀,x,1\r\n`), 'utf-16be', '采煤𠀀'],
    [
      'UTF-16 with characters whose bytes are a comma and a line end',
      utf16(`${HEADER}x,，Ⰺ\u0a2c,x,1`),
      'utf-16le',
      '，Ⰺ\u0a2c',
    ],
    ['GBK ending in the byte of a backslash', row('"\xd5\x5c\\"'), 'gb18030', '誠\\'],
    ['GBK ending in the byte of a bar', row('\x81\x7c|'), 'gb18030', '亅|'],
    ['Big5 is rubbish that the code list will not know', row('\xb1\xc4\xb7\xd1'), 'gb18030', '蹦费'],
    ['GBK and UTF-8 mixed are rubbish too', row('\xb2\xc9\xe9\x87\x87\xe7\x85\xa4'), 'gb18030', '采閲囩叅'],
  ];
  it.each(cases)('%s', async (_title, bytes, encoding, second) => {
    const path = await fileOf(bytes);
    const detected = await detectEncoding(path);
    expect(detected.encoding).toBe(encoding);
    const text = await textOf(path);
    expect(Buffer.byteLength(text)).toBe(detected.utf8Bytes);
    expect((await readHeader(utf8Chunks(path, detected))).names).toEqual(['period', 'dept', 'element', 'amount']);
    expect(parseCsv(text).rows[0]?.fields[1]).toBe(second);
    expect(parseCsv(bytes)).toEqual(parseCsv(text));
  });
});

it('a mark is taken from the start of a long file and from nowhere else', async () => {
  for (const [mark, letter] of [
    ['\xef\xbb\xbf', '\xe9\x87\x87'],
    ['\x84\x31\x95\x33', '\xb2\xc9'],
  ] as const) {
    const path = await fileOf(raw(`${mark}a\n${letter.repeat(300_000)}`));
    expect(await textOf(path)).toBe(`a\n${'采'.repeat(300_000)}`);
    expect((await detectEncoding(path)).utf8Bytes).toBe(900_002);
  }
});

describe('refused files', () => {
  const good = row('D01').subarray(HEADER.length);
  const cases: [title: string, bytes: Buffer, refusal: string][] = [
    ['UTF-16LE, half a pair', utf16(`${HEADER}x,\ud83d,`), 'invalid_encoding@2:2'],
    ['UTF-16BE, the other half', utf16be(`${HEADER}x,y\n\udc77`), 'invalid_encoding@3:1'],
    ['UTF-16, half a pair as the last', utf16(`${HEADER}x,y,\ud83d`), 'invalid_encoding@2:3'],
    ['UTF-16 cut off inside a character', utf16(`${HEADER}x,y`).subarray(0, -1), 'invalid_encoding@2:2'],
    ['UTF-16 in front of UTF-8', Buffer.concat([utf16(HEADER), raw('x')]), 'invalid_encoding@2:1'],
    ['U+0000 in UTF-16', utf16(`${HEADER}x,采\0`), 'invalid_character@2:2'],
    ['UTF-32LE', raw('\xff\xfe\0\0a\0\0\0'), 'unsupported_encoding@-:-'],
    ['UTF-32BE', raw('\0\0\xfe\xff\0\0\0a'), 'unsupported_encoding@-:-'],
    ['UTF-16 without a mark', raw('a\0,\0b\0'), 'invalid_character@1:1'],
    ['overlong UTF-8', row('\xc0\xaf\xe0\x80\xaf'), 'invalid_encoding@2:2'],
    ['half a surrogate pair in UTF-8', row('\xed\xa0\x80'), 'invalid_encoding@2:2'],
    [
      'UTF-8 cut off at the end',
      raw(`${HEADER}2024-01,\xe9\x87\x87\xe7\x85\xa4\xe4\xb8\x80\xe9\x98`),
      'invalid_encoding@2:2',
    ],
    ['GBK cut off at the end', raw(`${HEADER}2024-01,\xb2\xc9\xc3\xba\xd2\xbb\xb6`), 'invalid_encoding@2:2'],
    ['GBK cut off before a line end', raw(`${HEADER}2024-01,D01,x,\xb2\n`), 'invalid_encoding@2:4'],
    ['four bytes cut off after three', raw(`${HEADER}2024-01,\x81\x39\xee`), 'invalid_encoding@2:2'],
    ['the byte 0x80', row('\x80'), 'invalid_encoding@2:2'],
    ['the byte 0xFF', row('\xff'), 'invalid_encoding@2:2'],
    ['0xFF after good GBK: the better reading counts', row('\xb2\xc9,\xff'), 'invalid_encoding@2:3'],
    ['a trail byte that there is not', row('\xb2\xc9\xb2\x7f'), 'invalid_encoding@2:2'],
    ['four bytes without a meaning', row('\xb2\xc9\xe3\x32\x9a\x36'), 'invalid_encoding@2:2'],
    [
      'a mark says UTF-8, the rest is GBK',
      Buffer.concat([raw('\xef\xbb\xbf'), row('\xb2\xc9')]),
      'invalid_encoding@2:2',
    ],
    ['far down', Buffer.concat([row('D01'), good, raw('\n'), good, raw('x,y,\xff')]), 'invalid_encoding@6:3'],
    ['at the start of a row', Buffer.concat([row('D01'), raw('\xff')]), 'invalid_encoding@3:1'],
    ['behind a quoted newline', Buffer.concat([row('"\n\n"'), raw('"a\n\xff')]), 'invalid_encoding@3:1'],
    [
      'behind an unclosed quote',
      Buffer.concat([row('"'), Buffer.alloc(20_000, 'x'), raw('\n\xff')]),
      'invalid_encoding@2:2',
    ],
    ['U+0000', row('D\x0001'), 'invalid_character@2:2'],
    ['U+0000 in GBK', row('\xb2\xc9,\x00'), 'invalid_character@2:3'],
    ['U+0000 rows in front of it', Buffer.concat([row('D\x00'), good, raw('\xff')]), 'invalid_encoding@2:2'],
    ['U+0000 in front of what is no text either', raw('PK\x03\x04\x14\x00\x06\xff'), 'invalid_encoding@1:1'],
  ];
  it.each(cases)('%s', async (_title, bytes, refusal) => {
    const path = await fileOf(bytes);
    expect(await refusalOf(() => detectEncoding(path))).toBe(refusal);
    expect(await refusalOf(() => textOf(path))).toBe(refusal);
    expect(await refusalOf(() => parseCsv(bytes))).toBe(refusal);
  });

  it('says so before the first row, even if the fault is the last byte of a long file', async () => {
    const line = raw('2024-01,D01,x,1\n');
    const path = await fileOf(Buffer.concat([raw(HEADER), ...Array<Buffer>(100_000).fill(line), raw('\xe9')]));
    const chunks = utf8Chunks(path);
    expect(await refusalOf(() => chunks.next())).toBe('invalid_encoding@100002:1');
  });

  it('notices a file that changed since it was checked', async () => {
    const path = await fileOf(row('\xb2\xc9'));
    const detected = await detectEncoding(path);
    await writeFile(path, row('\xff'));
    const read = async () => {
      for await (const chunk of utf8Chunks(path, detected)) expect(chunk.includes(0xff)).toBe(false);
    };
    expect(await refusalOf(read)).toBe('invalid_encoding@-:-');
  });
});

describe('chunks', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });

  function readIn(
    reader: Utf8Reader | Gb18030Reader,
    bytes: Buffer,
    turns: number[],
  ): { text: string; failedAt: number } {
    const parts: Buffer[] = [];
    for (let at = 0, turn = 0; at < bytes.length; turn++) {
      const size = turns[turn % turns.length] as number;
      parts.push(reader.push(Buffer.from(bytes.subarray(at, at + size))));
      at += size;
    }
    reader.end();
    return { text: Buffer.concat(parts).toString('utf8'), failedAt: reader.failedAt };
  }

  it('strict UTF-8 is found good or bad at the same byte however it is cut', () => {
    // Bytes that begin, continue, overrun and break characters of every length.
    const byte = fc.constantFrom(0x41, 0x80, 0x9f, 0xa0, 0xbf, 0xc1, 0xc3, 0xe0, 0xe9, 0xed, 0xf0, 0xf4, 0xf5, 0xff);
    const bytes = fc.oneof(
      fc.array(byte, { maxLength: 12 }).map((list) => Buffer.from(list)),
      fc
        .tuple(fc.string({ unit: 'grapheme' }), fc.array(byte, { maxLength: 3 }))
        .map(([text, list]) => Buffer.concat([Buffer.from(text), Buffer.from(list)])),
    );
    fc.assert(
      fc.property(bytes, sizes, (data, turns) => {
        const { failedAt, text } = readIn(new Utf8Reader(), data, turns);
        expect(failedAt < 0).toBe(isUtf8(data));
        expect(readIn(new Utf8Reader(), data, [1]).failedAt).toBe(failedAt);
        if (failedAt < 0) expect(text).toBe(data.toString('utf8'));
        // All before the fault is good, and no character that begins at it is.
        else {
          expect(isUtf8(data.subarray(0, failedAt))).toBe(true);
          expect(
            [1, 2, 3, 4].some((n) => failedAt + n <= data.length && isUtf8(data.subarray(failedAt, failedAt + n))),
          ).toBe(false);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('a byte that begins no character is noticed at once', () => {
    const reader = new Gb18030Reader();
    reader.push(raw('a\x80'));
    expect(reader.failedAt).toBe(1);
  });

  it('strict GB18030 is decoded the same however it is cut, up to the same fault', () => {
    const good = fc.constantFrom(
      'a',
      ',',
      '\n',
      '\xb2\xc9',
      '\x81\x40',
      '\xfe\xfe',
      '\x81\x30\x81\x30',
      '\x95\x32\x82\x36',
      '\xe3\x32\x9a\x35',
    );
    const bad = fc.constantFrom(
      '',
      '',
      '\x80',
      '\xff',
      '\xb2',
      '\xb2\n',
      '\x81\x7f',
      '\x81\x30\x81',
      '\x81\x30\x81\x40',
      '\xe3\x32\x9a\x36',
    );
    const text = (parts: string[]) => raw(parts.join(''));
    fc.assert(
      fc.property(fc.array(good), bad, sizes, (front, fault, turns) => {
        const before = new TextDecoder('gb18030', { fatal: true }).decode(text(front));
        const read = readIn(new Gb18030Reader(), text([...front, fault]), turns);
        expect(read.failedAt).toBe(fault === '' ? -1 : text(front).length);
        if (fault === '') expect(read.text).toBe(before);
        else expect(before.startsWith(read.text)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
