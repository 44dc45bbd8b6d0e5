import { describe, expect, it } from '@jest/globals';
import { encode } from 'iconv-lite';
import { LIMITS, recordsOf, refusalOf } from './reading.js';

/** The layout of GB/T 24589.1-2010, annex sample 总账 (formats/gbt24589), shortened. */
const LEDGER = `<?xml version="1.0" encoding="GB18030"?>
<总账 xsi:schemaLocation="http://sxbw.audit.gov.cn/x 总账.xsd" xmlns:企业="http://sxbw.audit.gov.cn/x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<会计科目>
<科目编号>1001</科目编号>
<科目名称>现金</科目名称>
</会计科目>
<企业:会计科目>
\t<企业:科目编号> 1002\t</企业:科目编号>
\t<科目名称/>
</企业:会计科目>
<记账凭证><记账凭证编号>付001</记账凭证编号><摘要>A &amp; B<![CDATA[ <C>]]> &#x4E00;</摘要><借方本币金额></借方本币金额></记账凭证>
<会计科目/>
</总账>
`;

describe('records', () => {
  const expected = [
    { name: '会计科目', ordinal: 1, line: 3, fields: { 科目编号: '1001', 科目名称: '现金' } },
    { name: '会计科目', ordinal: 2, line: 7, fields: { 科目编号: '1002', 科目名称: '' } },
    {
      name: '记账凭证',
      ordinal: 1,
      line: 11,
      fields: { 记账凭证编号: '付001', 摘要: 'A & B <C> 一', 借方本币金额: '' },
    },
    { name: '会计科目', ordinal: 3, line: 12, fields: {} },
  ];

  it('are the elements below the root, their fields the elements below those', async () => {
    expect(await recordsOf(encode(LEDGER, 'gb18030'))).toEqual(expected);
    expect(await recordsOf(encode(LEDGER.replaceAll('\n', '\r\n'), 'gb18030'))).toEqual(expected);
  });

  it('keep only the white space that is no margin, and no-break and wide spaces', async () => {
    const content = '<a><b><c>\n x  y\t\r\n</c><d>\u3000z\u00a0</d></b></a>';
    expect((await recordsOf(content))[0]?.fields).toEqual({ c: 'x  y', d: '\u3000z\u00a0' });
  });

  it('say which fields come twice, and which are no fields', async () => {
    const content = '<a><b><c>1</c><d/><c>2</c><c>1</c><e><f>1</f></e><g>3</g></b></a>';
    expect(await recordsOf(content)).toEqual([
      { name: 'b', ordinal: 1, line: 1, fields: { c: '1', d: '', g: '3' }, doubledFields: ['c'], nestedFields: ['e'] },
    ]);
  });

  it('say what text an element has that has no children', async () => {
    expect(await recordsOf('<a><单位> 元 </单位></a>')).toEqual([
      { name: '单位', ordinal: 1, line: 1, fields: {}, text: '元' },
    ]);
  });

  it('are filled anew, with nothing left of those before', async () => {
    // Enough for several pieces of the file, so that records are used again.
    const odd = '<b><c>1</c><c>2</c><e><f/></e></b><g>x</g>';
    const content = `<a>\n${`${odd}\n<b><d>${'y'.repeat(50)}</d></b>\n`.repeat(6000)}</a>`;
    const records = await recordsOf(content);
    expect(records).toHaveLength(18_000);
    const expected = Array.from({ length: 6000 }, (_, turn) => [
      {
        name: 'b',
        ordinal: 2 * turn + 1,
        line: 2 * turn + 2,
        fields: { c: '1' },
        doubledFields: ['c'],
        nestedFields: ['e'],
      },
      { name: 'g', ordinal: turn + 1, line: 2 * turn + 2, fields: {}, text: 'x' },
      { name: 'b', ordinal: 2 * turn + 2, line: 2 * turn + 3, fields: { d: 'y'.repeat(50) } },
    ]);
    expect(records).toEqual(expected.flat());
  });
});

describe('refused as records', () => {
  it.each([
    ['text below the root', '<a><b><c>1</c></b>x</a>', 'mixed_content@1:0'],
    ['text beside fields', '<a>\n<b><c>1</c>100.00</b></a>', 'mixed_content@2:0'],
    ['text in front of fields', '<a>\n<b>100.00<c>1</c></b></a>', 'mixed_content@2:0'],
    ['a root that is all text', '<a>x</a>', 'mixed_content@1:0'],
    ['too many kinds', `<a>${Array.from({ length: 1025 }, (_, k) => `<b${k}/>`).join('')}</a>`, 'too_many_names@1:0'],
    [
      'too many fields',
      `<a><b>${Array.from({ length: 1025 }, (_, k) => `<c${k}/>`).join('')}</b></a>`,
      'too_many_names@1:0',
    ],
    ['what is malformed', '<a><b><c>1</c></a></b>', 'malformed_xml@1:18'],
  ])('%s', async (_title, content, refusal) => {
    expect(await refusalOf(() => recordsOf(content))).toBe(refusal);
  });

  it('not at the most names there may be', async () => {
    const fields = Array.from({ length: 1024 }, (_, k) => `<c${k}/>`).join('');
    expect(await refusalOf(() => recordsOf(`<a>${'<b/>'.repeat(2000)}<b>${fields}</b></a>`, LIMITS))).toBe('');
  });
});
