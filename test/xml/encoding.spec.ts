import { describe, expect, it } from '@jest/globals';
import { encode } from 'iconv-lite';
import { eventsOf, raw, recordsOf, refusalOf } from './reading.js';

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
const declared = (name: string) => `<?xml version="1.0" encoding="${name}"?>`;
const body = '<结算><行><部门>采煤一队㐀𠀀</部门><金额>1.50</金额></行></结算>';
const expected = [{ name: '行', ordinal: 1, line: 1, fields: { 部门: '采煤一队㐀𠀀', 金额: '1.50' } }];

describe('the same in every encoding', () => {
  const cases: [title: string, content: Buffer][] = [
    ['UTF-8', Buffer.from(body)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${body}`)],
    ['UTF-8 declared', Buffer.from(declared('utf-8') + body)],
    ['UTF-8 declared in single quotes', Buffer.from(`<?xml version='1.0' encoding='UTF-8' ?>${body}`)],
    ['UTF-8 with a mark and declared', Buffer.from(`\ufeff${declared('UTF-8')}${body}`)],
    ['GB18030 declared', encode(declared('GB18030') + body, 'gb18030')],
    ['GBK declared', encode(declared('gbk') + body, 'gb18030')],
    ['GB2312 declared', encode(declared('GB2312') + body, 'gb18030')],
    ['GB18030 with a mark', Buffer.concat([raw('\x84\x31\x95\x33'), encode(body, 'gb18030')])],
    ['UTF-16LE', utf16(body)],
    ['UTF-16BE', utf16(body).swap16()],
    ['UTF-16LE declared', utf16(declared('UTF-16') + body)],
    ['UTF-16BE declared', utf16(declared('UTF-16BE') + body).swap16()],
  ];
  it.each(cases)('%s', async (_title, content) => {
    expect(await recordsOf(content)).toEqual(expected);
  });

  it('in pieces that end anywhere', async () => {
    // 300,000 letters of two, three and four bytes cross the borders of the pieces in every way.
    const text = 'é采𠀀'.repeat(300_000);
    const content = (name: string) => `${declared(name)}<a><b>1</b><b>${text}</b></a>`;
    const limits = { maxDepth: 3, maxTextBytes: 3_000_000 };
    for (const bytes of [content('utf-8'), encode(content('gbk'), 'gb18030'), utf16(content('utf-16'))]) {
      expect((await eventsOf(bytes, limits))[4]).toBe(`>b ${text}`);
    }
  });
});

describe('refused', () => {
  const gb = (name: string, text: string) => encode(declared(name) + text, 'gb18030');
  const cases: [title: string, content: Buffer, refusal: string][] = [
    ['nothing', raw(''), 'empty_file@0:0'],
    ['white space', raw('\n \n'), 'empty_file@0:0'],
    ['a mark', raw('\xef\xbb\xbf'), 'empty_file@0:0'],
    ['a mark of UTF-16', raw('\xff\xfe'), 'empty_file@0:0'],
    ['UTF-32LE', raw('\xff\xfe\0\0<\0\0\0'), 'unsupported_encoding@1:1'],
    ['UTF-32BE', raw('\0\0\xfe\xff\0\0\0<'), 'unsupported_encoding@1:1'],
    ['UTF-16 without a mark', utf16(body).subarray(2), 'unsupported_encoding@1:1'],
    ['Big5', raw(`${declared('Big5')}<a/>`), 'unsupported_encoding@1:1'],
    ['Latin-1', raw(`${declared('ISO-8859-1')}<a/>`), 'unsupported_encoding@1:1'],
    ['a name that JavaScript knows', raw(`${declared('constructor')}<a/>`), 'unsupported_encoding@1:1'],
    ['a mark of UTF-8, declared GBK', Buffer.from(`\ufeff${declared('GBK')}${body}`), 'invalid_encoding@1:1'],
    ['a mark of UTF-16, declared UTF-8', utf16(declared('UTF-8') + body), 'invalid_encoding@1:1'],
    ['UTF-16LE, declared BE', utf16(declared('UTF-16BE') + body), 'invalid_encoding@1:1'],
    ['no mark, declared UTF-16', Buffer.from(declared('UTF-16') + body), 'invalid_encoding@1:1'],
    ['saved anew in UTF-8, declared GB18030', Buffer.from(declared('GB18030') + body), 'invalid_encoding@1:1'],
    // The column is that of the last good character: `<a>`, the end of the line, `<b>1`.
    ['GBK undeclared', Buffer.concat([raw('<a>\n<b>1'), gb('', '队').subarray(-2)]), 'invalid_encoding@2:4'],
    ['GBK, declared UTF-8', gb('utf-8', '\n<a>采'), 'invalid_encoding@2:3'],
    [
      'GBK with a byte that there is not',
      Buffer.concat([gb('gbk', '<a>\n采'), raw('\xff</a>')]),
      'invalid_encoding@2:1',
    ],
    // 36 characters of declaration, and `<a>`.
    ['GBK cut off', gb('gbk', '<a>采').subarray(0, -1), 'invalid_encoding@1:39'],
    ['UTF-8 cut off', Buffer.from('<a>采').subarray(0, -1), 'invalid_encoding@1:3'],
    ['half a surrogate pair', utf16('<a>\n\ud800</a>'), 'invalid_encoding@2:0'],
    ['overlong UTF-8', raw('<a>\xc0\xaf</a>'), 'invalid_encoding@1:3'],
  ];
  it.each(cases)('%s', async (_title, content, refusal) => {
    expect(await refusalOf(() => eventsOf(content))).toBe(refusal);
  });

  it('a fault far down, at its place', async () => {
    const content = Buffer.concat([raw(`<a>\n${'<b>1</b>\n'.repeat(100_000)}<b>`), raw('\xff'), raw('</b></a>')]);
    expect(await refusalOf(() => eventsOf(content))).toBe('invalid_encoding@100002:3');
  });

  it('what is wrong in front of it comes first', async () => {
    expect(await refusalOf(() => eventsOf(raw('<a>\n</b>\n\xff')))).toBe('malformed_xml@2:4');
  });
});
