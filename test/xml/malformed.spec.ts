import { describe, expect, it } from '@jest/globals';
import { eventsOf, LIMITS, refusalOf } from './reading.js';

/** Each beside what it would be if it were well-formed, so that a reader that refuses everything is found out. */
const PAIRS: [title: string, malformed: string, wellFormed: string][] = [
  ['a root that is not closed', '<a>', '<a></a>'],
  ['an element that is not closed', '<a><b></a>', '<a><b/></a>'],
  ['elements that overlap', '<a><b><c></b></c></a>', '<a><b><c></c></b></a>'],
  ['an end tag of another name', '<a><b>1</c></a>', '<a><b>1</b></a>'],
  ['an end tag in other letters', '<a><b>1</B></a>', '<a><b>1</b></a>'],
  ['an end tag that goes on', '<a><b>1</bb></a>', '<a><b>1</b></a>'],
  ['an end tag that stops short', '<a><bb>1</b></a>', '<a><bb>1</bb></a>'],
  ['an end tag with another prefix', '<a xmlns:x="u"><x:b>1</b></a>', '<a xmlns:x="u"><x:b>1</x:b></a>'],
  ['an end tag alone', '</a>', '<a/>'],
  ['an end tag too many', '<a></a></a>', '<a></a>'],
  ['an end tag with an attribute', '<a></a b="1">', '<a b="1"></a>'],
  ['an end tag with a space in front of its name', '<a></ a>', '<a></a >'],
  ['an empty end tag', '<a></></a>', '<a></a>'],
  ['a start tag without a name', '<a><></></a>', '<a><b></b></a>'],
  ['a start tag with a space in front of its name', '<a>< b/></a>', '<a><b /></a>'],
  ['a start tag that breaks off', '<a><b', '<a><b/></a>'],
  ['a start tag that breaks off at the slash', '<a/', '<a/>'],
  ['a slash and a space', '<a/ >', '<a />'],
  ['a slash in the middle', '<a><b/c></b></a>', '<a><b></b></a>'],
  ['an end tag that breaks off', '<a>1</a', '<a>1</a>'],
  ['two roots', '<a/><b/>', '<a><b/></a>'],
  ['two roots, full of leaves', '<a><b>1</b></a>\n<a><b>1</b></a>', '<a><b>1</b>\n<b>1</b></a>'],
  ['text in front of the root', 'x<a/>', ' <a/>'],
  ['text behind the root', '<a/>x', '<a/> '],
  ['a reference behind the root', '<a/>&#32;', '<a>&#32;</a>'],
  ['CDATA in front of the root', '<![CDATA[]]><a/>', '<a><![CDATA[]]></a>'],
  ['CDATA behind the root', '<a/><![CDATA[x]]>', '<a><![CDATA[x]]></a>'],
  ['only a comment', '<!-- x -->', '<!-- x --><a/>'],
  ['only a declaration', '<?xml version="1.0"?>', '<?xml version="1.0"?><a/>'],
  ['only text', '科目编号,借方\n5001,1\n', '<a>科目编号,借方\n5001,1\n</a>'],
  ['an attribute twice', '<a b="1" b="2"/>', '<a b="1" c="2"/>'],
  ['an attribute twice, the same', '<a><c b="1" b="1">1</c></a>', '<a><c b="1">1</c></a>'],
  ['an attribute twice, empty', '<a b="" b=""/>', '<a b=""/>'],
  ['an attribute without a value', '<a b/>', '<a b=""/>'],
  ['an attribute without quotes', '<a b=1/>', '<a b="1"/>'],
  ['an attribute quoted in two ways', `<a b="1'/>`, `<a b='1'/>`],
  ['attributes side by side', '<a b="1"c="2"/>', '<a b="1" c="2"/>'],
  ['an attribute that is not closed', '<a b="1/>', '<a b="1"/>'],
  ['`<` in an attribute', '<a b="<"/>', '<a b="&lt;"/>'],
  ['a bare `&` in an attribute', '<a b="x & y"/>', '<a b="x &amp; y"/>'],
  ['an unknown entity in an attribute', '<a b="&nbsp;"/>', '<a b="&#160;"/>'],
  ['an equals sign alone', '<a ="1"/>', '<a b="1"/>'],
  ['an attribute that begins with a digit', '<a 1b="1"/>', '<a b1="1"/>'],
  ['a bare `&`', '<a><b>x & y</b></a>', '<a><b>x &amp; y</b></a>'],
  ['a bare `&` at the end of a leaf', '<a><b>1</b><b>x&</b></a>', '<a><b>1</b><b>x&gt;</b></a>'],
  ['an entity of HTML', '<a>&nbsp;</a>', '<a>&quot;&apos;</a>'],
  ['an entity without its semicolon', '<a>&lt</a>', '<a>&lt;</a>'],
  ['an entity without a name', '<a>&;</a>', '<a>;</a>'],
  ['an entity named as JavaScript’s own', '<a>&constructor;</a>', '<a>constructor</a>'],
  ['a reference to nothing', '<a>&#;</a>', '<a>&#48;</a>'],
  ['a reference with a letter', '<a>&#4A;</a>', '<a>&#x4A;</a>'],
  ['a reference with a capital X', '<a>&#X41;</a>', '<a>&#x41;</a>'],
  ['a reference to U+0000', '<a>&#0;</a>', '<a>&#9;</a>'],
  ['a reference to a control character', '<a>&#x1F;</a>', '<a>&#x20;</a>'],
  ['a reference to a surrogate', '<a>&#xD800;</a>', '<a>&#xD7FF;</a>'],
  ['a reference beyond Unicode', '<a>&#x110000;</a>', '<a>&#x10FFFF;</a>'],
  ['a reference to U+FFFE', '<a>&#xFFFE;</a>', '<a>&#xFFFD;</a>'],
  ['a control character', '<a>\u0001</a>', '<a>\u0009</a>'],
  ['a control character in a leaf among leaves', '<a><b>1</b><b>2\u001f3</b></a>', '<a><b>1</b><b>2\u007f3</b></a>'],
  ['U+0000', '<a><b>1</b><b>\0</b></a>', '<a><b>1</b><b>0</b></a>'],
  ['U+FFFE in a leaf', '<a><b>1</b><b>\ufffe</b></a>', '<a><b>1</b><b>\ufffd</b></a>'],
  ['a form feed between tags', '<a>\f<b/></a>', '<a>\t<b/></a>'],
  ['a control character in an attribute', '<a b="\u0002"/>', '<a b="\u0009"/>'],
  ['a control character in a comment', '<a><!-- \u0003 --></a>', '<a><!-- \u0085 --></a>'],
  ['a name that begins with a digit', '<1/>', '<_1/>'],
  ['a name that begins with a hyphen', '<-a/>', '<a-/>'],
  ['a name that begins with a dot', '<.a/>', '<a./>'],
  ['a name with a quotation mark', '<“金额”/>', '<金额/>'],
  ['a name with an apostrophe', "<a'b/>", '<a_b/>'],
  ['a name with `<`', '<a<b/></a>', '<a><b/></a>'],
  ['a name that is the sign ×', '<×/>', '<x/>'],
  ['`<` in text', '<a><b>1 < 2</b></a>', '<a><b>1 &lt; 2</b></a>'],
  ['`]]>` in text', '<a>x]]>y</a>', '<a>x]]&gt;y</a>'],
  ['`]]>` in a leaf among leaves', '<a><b>1</b><b>]]></b></a>', '<a><b>1</b><b>]] ></b></a>'],
  ['`]]]>` in text', '<a>]]]></a>', '<a>]]]</a>'],
  ['CDATA that is not closed', '<a><![CDATA[x]]</a>', '<a><![CDATA[x]]></a>'],
  ['CDATA in small letters', '<a><![cdata[x]]></a>', '<a><![CDATA[x]]></a>'],
  ['CDATA with a space', '<a><![ CDATA[x]]></a>', '<a><![CDATA[ x]]></a>'],
  ['CDATA in an attribute', '<a b="<![CDATA[x]]>"/>', '<a b="[CDATA[x]]"/>'],
  ['a comment with two hyphens', '<a><!-- x -- y --></a>', '<a><!-- x - y --></a>'],
  ['a comment that ends in three hyphens', '<a><!-- x ---></a>', '<a><!-- x --></a>'],
  ['a comment that is not closed', '<a><!-- x </a>', '<a><!-- x --></a>'],
  ['a comment in a tag', '<a <!-- x -->/>', '<a/><!-- x -->'],
  ['an instruction that is not closed', '<a><?x </a>', '<a><?x ?></a>'],
  ['an instruction without a target', '<a><? x?></a>', '<a><?x?></a>'],
  ['an instruction named XML', '<a><?XML x?></a>', '<a><?XMLX x?></a>'],
  ['a declaration behind a space', ' <?xml version="1.0"?><a/>', '<?xml version="1.0"?> <a/>'],
  ['a declaration inside the root', '<a><?xml version="1.0"?></a>', '<?xml version="1.0"?><a></a>'],
  ['a second declaration', '<?xml version="1.0"?><?xml version="1.0"?><a/>', '<?xml version="1.0"?><a/>'],
  ['a declaration without a version', '<?xml encoding="UTF-8"?><a/>', '<?xml version="1.0" encoding="UTF-8"?><a/>'],
  ['a declaration in another order', '<?xml encoding="UTF-8" version="1.0"?><a/>', '<?xml version="1.0"?><a/>'],
  ['a declaration without quotes', '<?xml version=1.0?><a/>', `<?xml version='1.0'?><a/>`],
  ['a version that there is not', '<?xml version="2.0"?><a/>', '<?xml version="1.0"?><a/>'],
  [
    'a standalone that is neither yes nor no',
    '<?xml version="1.0" standalone="1"?><a/>',
    '<?xml version="1.0" standalone="no"?><a/>',
  ],
  ['a declaration that is not closed', '<?xml version="1.0"><a/>', '<?xml version="1.0"?><a/>'],
  ['`<!` and nothing known', '<a><!ELEMENT b></a>', '<a><!--ELEMENT b--></a>'],
  ['a second mark', '\ufeff\ufeff<a/>', '\ufeff<a/>'],
];

describe('malformed XML', () => {
  it.each(PAIRS)('%s', async (_title, malformed, wellFormed) => {
    expect(await refusalOf(() => eventsOf(wellFormed))).toBe('');
    expect(await refusalOf(() => eventsOf(malformed))).toMatch(/^malformed_xml@/);
  });

  it.each([
    ['<a>\n  <b>1</b>\n  <b>2</c>\n</a>', 'malformed_xml@3:10'],
    ['<a>\r\n  <b>1</b>\r\n  <b>2</b><b>&x;</b>\r\n</a>', 'malformed_xml@3:16'],
    ['<a>\n<采煤>一\n\n队</采煤><采煤>二</采煤></b>', 'malformed_xml@4:20'],
    ['<a>\n<b>1</b>\n', 'malformed_xml@3:0'],
  ])('says where: %j', async (content, place) => {
    expect(await refusalOf(() => eventsOf(content))).toBe(place);
  });

  it('says in which element', async () => {
    await expect(eventsOf('<x:a><x:b><c>1</c>&x;</x:b></x:a>')).rejects.toMatchObject({ element: 'b' });
  });
});

describe('a DOCTYPE is refused before anything else is looked at', () => {
  // As bad-inputs/xml/{billion_laughs,doctype_only,xxe_file}.xml have it.
  const laughs = '<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">';
  const CASES: [title: string, content: string][] = [
    ['entities of entities', `<?xml version="1.0"?><!DOCTYPE lolz [${laughs}]><a>&b;</a>`],
    ['a DTD elsewhere', '<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://127.0.0.1:9/s.dtd"><a/>'],
    ['a file of the machine', '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r>&x;</r>'],
    ['parameter entities', '<!DOCTYPE r [<!ENTITY % x SYSTEM "file:///etc/hostname"> %x;]><r/>'],
    ['nothing in it', '<!DOCTYPE a><a/>'],
    ['behind a comment', '<!-- x -->\n<!DOCTYPE a><a/>'],
    ['no end', '<!DOCTYPE a [<!ENTITY x "'],
    ['no end for long', `<!DOCTYPE a [${'<!ENTITY x "y">'.repeat(100_000)}`],
    ['a fault in it', '<!DOCTYPE a [<!-- -- -->]><a/>'],
  ];
  it.each(CASES)('%s', async (_title, content) => {
    expect(await refusalOf(() => eventsOf(content))).toMatch(/^doctype_forbidden@/);
  });

  it('but the word in text is only a word', async () => {
    expect(await eventsOf('<a><![CDATA[<!DOCTYPE]]></a>')).toEqual(['<a @1', '>a <!DOCTYPE']);
    expect(await refusalOf(() => eventsOf('<a/><!DOCTYPE a>'))).toBe('malformed_xml@1:13');
  });
});

describe('limits', () => {
  const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
  const leaf = (text: string) => `<a><b>1</b><b>${text}</b></a>`;

  it('how deep', async () => {
    expect(await refusalOf(() => eventsOf(nested(8)))).toBe('');
    expect(await refusalOf(() => eventsOf(nested(9)))).toBe('too_deep@1:27');
    expect(await refusalOf(() => eventsOf('<a>'.repeat(7) + '<b>1</b><b>1</b>' + '</a>'.repeat(7)))).toBe('');
    expect(await refusalOf(() => eventsOf('<a>'.repeat(8) + '<b>1</b>'))).toBe('too_deep@1:27');
    expect(await refusalOf(() => eventsOf('<a>'.repeat(1_000_000)))).toBe('too_deep@1:27');
  });

  it('how long a text, in bytes', async () => {
    // 3,333 characters of three bytes and one of one are 10,000 bytes.
    const longest = '采'.repeat(3333) + 'x';
    for (const text of [longest, 'x'.repeat(10_000), `${'采'.repeat(3332)}<![CDATA[采]]>x`]) {
      expect(await refusalOf(() => eventsOf(leaf(text)))).toBe('');
      expect(await refusalOf(() => eventsOf(leaf(`${text}y`)))).toMatch(/^element_too_long@1:/);
    }
  });

  it.each([
    ['text', '<a>' + 'x'.repeat(2_000_000)],
    ['a name', '<' + 'x'.repeat(2_000_000)],
    ['an attribute', '<a b="' + 'x'.repeat(2_000_000)],
    ['attributes', '<a ' + Array.from({ length: 200_000 }, (_, k) => `b${k}="1" `).join('')],
    ['attributes with `>`', '<a ' + Array.from({ length: 200_000 }, (_, k) => `b${k}=">" `).join('')],
    ['a comment', '<a><!--' + 'x>'.repeat(1_000_000)],
    ['CDATA', '<a><![CDATA[' + 'x>'.repeat(1_000_000)],
    ['an instruction', '<?x ' + 'x'.repeat(2_000_000)],
    ['an entity', '<a>&' + 'x'.repeat(2_000_000)],
    ['an end tag', '<a></' + 'x'.repeat(2_000_000)],
    ['references', '<a>' + '&#48;'.repeat(400_000)],
  ])('what never ends: %s', async (_title, content) => {
    expect(await refusalOf(() => eventsOf(content))).toMatch(/^element_too_long@/);
  });

  it('white space between elements may be as long as it likes', async () => {
    const content = `<a>${`<b/>${' '.repeat(5000)}`.repeat(10)}</a>`;
    expect(await refusalOf(() => eventsOf(content, { ...LIMITS, maxTextBytes: 6000 }))).toBe('');
  });
});
