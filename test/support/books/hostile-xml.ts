/** GB/T 24589.1 and other XML. */
import iconv from 'iconv-lite';
import { Random } from '../random-folder/random.js';
import {
  BANK,
  COST,
  DEPARTMENT,
  exactOr,
  exactOrAnyRefusal,
  refused,
  taken,
  type HostileFile,
  type Verdict,
} from './hostile-file.js';
import { AMOUNT } from './raw-journal.js';

const DECLARED = '<?xml version="1.0" encoding="UTF-8"?>';
type Fields = Readonly<Record<string, string>>;

const element = (name: string, fields: Fields) =>
  `<${name}>${Object.entries(fields)
    .map(([field, text]) => (text === '' ? `<${field}/>` : `<${field}>${text}</${field}>`))
    .join('')}</${name}>`;

function voucher(no: number, amount = AMOUNT, cost: Fields = {}): string {
  const own = {
    记账凭证日期: '20230305',
    会计年度: '2023',
    会计期间号: '3',
    记账凭证类型编号: '1',
    记账凭证编号: `记${no}`,
  };
  const debit = { 借方本币金额: amount, 贷方本币金额: '0' };
  const credit = { 借方本币金额: '0', 贷方本币金额: amount };
  return (
    element('记账凭证', {
      ...own,
      记账凭证行号: '1',
      记账凭证摘要: '检修',
      科目编号: COST.code,
      辅助项1编号: DEPARTMENT.code,
      ...debit,
      作废标志: '0',
      ...cost,
    }) +
    element('记账凭证', {
      ...own,
      记账凭证行号: '2',
      记账凭证摘要: '检修',
      科目编号: BANK.code,
      辅助项1编号: '',
      ...credit,
      作废标志: '0',
    })
  );
}

const AUXILIARIES = [COST.code, BANK.code]
  .map((code) => element('科目辅助核算', { 科目编号: code, 辅助项编号: '1', 辅助项名称: '部门', 对应档案: '部门' }))
  .join('');
const ledger = (inner: string) => `<总账>${AUXILIARIES}${inner}</总账>`;
const sound = (no: number) => DECLARED + ledger(voucher(no));

const file = (name: string, bytes: (no: number) => Buffer | string, verdict: Verdict): HostileFile => ({
  ...{ name: `xml: ${name}`, fileName: 'ledger.xml', bytes: (no) => Buffer.from(bytes(no)), verdict },
});
const changed = (name: string, from: string | RegExp, to: string, verdict: Verdict): HostileFile =>
  file(name, (no) => sound(no).replace(from, to), verdict);
const cost = (name: string, fields: Fields, verdict: Verdict): HostileFile =>
  file(name, (no) => DECLARED + ledger(voucher(no, AMOUNT, fields)), verdict);

const BROKEN = ['malformed_xml', 'invalid_character', 'invalid_encoding'];
const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
const FORBIDDEN = ['doctype_forbidden', 'malformed_xml'];

const documents: readonly HostileFile[] = [
  file('sound', sound, taken(AMOUNT)),
  file('without a declaration', (no) => ledger(voucher(no)), taken(AMOUNT)),
  file('GB18030', (no) => iconv.encode(sound(no).replace('UTF-8', 'GB18030'), 'gb18030'), taken(AMOUNT)),
  file('GBK by name', (no) => iconv.encode(sound(no).replace('UTF-8', 'gbk'), 'gb18030'), taken(AMOUNT)),
  file(
    'UTF-16',
    (no) => Buffer.from(`\ufeff${sound(no).replace('UTF-8', 'UTF-16')}`, 'utf16le'),
    exactOr(AMOUNT, 'unsupported_encoding', ...BROKEN),
  ),
  file(
    'UTF-8 that says it is GB18030',
    (no) => sound(no).replace('UTF-8', 'GB18030'),
    refused(...BROKEN, 'unknown_layout'),
  ),
  file('GB18030 that says it is UTF-8', (no) => iconv.encode(sound(no), 'gb18030'), refused(...BROKEN)),
  changed('an encoding that nobody has', 'UTF-8', 'EBCDIC-9', refused('unsupported_encoding', ...BROKEN)),
  file('a mark before the declaration', (no) => `\ufeff${sound(no)}`, taken(AMOUNT)),
  file('blanks before the declaration', (no) => `\n ${sound(no)}`, exactOr(AMOUNT, ...BROKEN)),
  changed('a DOCTYPE', '<总账>', '<!DOCTYPE 总账><总账>', refused(...FORBIDDEN)),
  changed(
    'a DOCTYPE elsewhere',
    '<总账>',
    '<!DOCTYPE 总账 SYSTEM "http://127.0.0.1:9/s.dtd"><总账>',
    refused(...FORBIDDEN),
  ),
  changed(
    'an entity that reads a file',
    '<总账>',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><总账>',
    refused(...FORBIDDEN),
  ),
  changed('a billion laughs', '<总账>', `<!DOCTYPE a [<!ENTITY l0 "lol">${laughs}]><总账>`, refused(...FORBIDDEN)),
  changed('an entity that is none', '检修', '&evil;', refused(...BROKEN)),
  changed('the five entities', '检修', '&lt;&gt;&amp;&quot;&apos;&#26816;', taken(AMOUNT)),
  changed('a reference to NUL', '检修', '&#0;', refused(...BROKEN)),
  changed('a reference beyond all characters', '检修', '&#x110000;', refused(...BROKEN)),
  changed('a control character', '检修', '\u0001', refused(...BROKEN)),
  changed('a bare ampersand', '检修', 'A & B', refused(...BROKEN)),
  changed('a bare <', '检修', 'a < b', refused(...BROKEN)),
  changed('CDATA', '检修', '<![CDATA[a < b & c]]>', taken(AMOUNT)),
  changed('the end of CDATA in text', '检修', 'a ]]> b', refused(...BROKEN)),
  changed('comments', '<记账凭证>', '<!-- 记账凭证 --><记账凭证>', taken(AMOUNT)),
  changed('a comment with two dashes', '<记账凭证>', '<!-- a -- b --><记账凭证>', refused(...BROKEN)),
  changed('a comment inside a field', '检修', '检<!-- a -->修', taken(AMOUNT)),
  changed('an instruction', '<记账凭证>', '<?php evil ?><记账凭证>', taken(AMOUNT)),
  changed('not closed', '</总账>', '', refused(...BROKEN)),
  changed('closed twice', '</总账>', '</总账></总账>', refused(...BROKEN)),
  changed('two roots', '</总账>', '</总账><总账/>', refused(...BROKEN)),
  changed('text behind the root', '</总账>', '</总账>x', refused(...BROKEN)),
  changed('tags that cross', '检修</记账凭证摘要>', '<a>检修</记账凭证摘要></a>', refused(...BROKEN)),
  changed('another case', '<总账>', '<总帐>', refused(...BROKEN)),
  changed('an attribute twice', '<记账凭证>', '<记账凭证 a="1" a="2">', refused(...BROKEN)),
  changed('an attribute without quotes', '<记账凭证>', '<记账凭证 a=1>', refused(...BROKEN)),
  changed('a prefix that is not declared', /<(\/?)总账>/g, '<$1企业:总账>', exactOr(AMOUNT, ...BROKEN)),
  changed('prefixed names', /<(\/?)([总记科辅会借贷作])/g, '<$1企:$2', exactOr(AMOUNT, ...BROKEN)),
  file(
    'prefixed names, declared',
    (no) =>
      sound(no)
        .replace(/<(\/?)([总记科辅会借贷作])/g, '<$1企:$2')
        .replace('<企:总账>', '<企:总账 xmlns:企="http://example.org/a">'),
    taken(AMOUNT),
  ),
  file('another root', (no) => sound(no).replaceAll('总账>', '导出>'), exactOr(AMOUNT, 'unknown_layout')),
  file(
    'nested 5,000 deep',
    (no) => sound(no).replace('检修', '<a>'.repeat(5_000) + '</a>'.repeat(5_000)),
    refused('too_deep', ...BROKEN),
  ),
  file(
    'a text of 3 MB',
    (no) => sound(no).replace('检修', '检'.repeat(1_000_000)),
    refused('text_too_long', 'element_too_long'),
  ),
  file(
    'a text of 2,001 characters',
    (no) => sound(no).replace('检修', '检'.repeat(2_001)),
    refused('text_too_long', 'element_too_long'),
  ),
  file(
    'a name of 1 MB',
    (no) => sound(no).replaceAll('记账凭证摘要', '摘'.repeat(300_000)),
    exactOr(AMOUNT, 'text_too_long', 'element_too_long', ...BROKEN),
  ),
  file(
    '10,000 attributes',
    (no) => sound(no).replace('<总账>', `<总账 ${Array.from({ length: 10_000 }, (_, i) => `a${i}="1"`).join(' ')}>`),
    exactOr(AMOUNT, 'text_too_long', 'element_too_long', ...BROKEN),
  ),
  file(
    'nothing known',
    () => `${DECLARED}<settlement><row><dept>D01</dept></row></settlement>`,
    refused('unknown_layout'),
  ),
  file('a root alone', () => '<总账/>', refused('unknown_layout', 'empty_file')),
  file(
    'SVG',
    () => '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
    refused('unknown_layout', 'unknown_format'),
  ),
  file(
    'a workbook of 2003',
    () =>
      '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    refused('unknown_format'),
  ),
  file(
    'NC vouchers',
    () =>
      '<ufinterface billtype="vouchergl"><voucher><voucher_head><year>2018</year></voucher_head></voucher></ufinterface>',
    refused('nc_voucher_unsupported'),
  ),
];

const vouchers: readonly HostileFile[] = [
  cost('a cancelled line', { 作废标志: '1' }, exactOr('0.00', 'voucher_unbalanced')),
  file('a cancelled voucher', (no) => sound(no).replaceAll('<作废标志>0', '<作废标志>1'), taken('0.00')),
  cost('unbalanced', { 借方本币金额: '1234.57' }, refused('voucher_unbalanced')),
  file(
    'unbalanced as the standard’s own sample',
    (no) => DECLARED + ledger(voucher(no, '2500', { 借方本币金额: '2500.01' })),
    refused('voucher_unbalanced'),
  ),
  cost('both sides', { 贷方本币金额: '5' }, refused('both_sides', 'voucher_unbalanced')),
  file('negative', (no) => DECLARED + ledger(voucher(no, '-1234.56')), taken('-1234.56')),
  cost('an unknown department', { 辅助项1编号: 'D99' }, refused('unmapped_department')),
  cost('a code with its name', { 辅助项1编号: 'D01(采煤一区)' }, taken(AMOUNT)),
  cost(
    'a month that its day is not in',
    { 会计期间号: '4' },
    refused('period_differs_from_date', 'voucher_unbalanced'),
  ),
  cost('a month that is none', { 会计期间号: '99' }, refused('invalid_period', 'voucher_unbalanced')),
  cost('a day that is none', { 记账凭证日期: '20230230' }, refused('invalid_date')),
  cost('no account', { 科目编号: '' }, refused('value_missing')),
  changed(
    'a field twice',
    '<科目编号>50010105</科目编号><辅助项1',
    '<科目编号>50010105</科目编号><科目编号>1001</科目编号><辅助项1',
    refused('doubled_field'),
  ),
  changed(
    'a field within a field',
    '<科目编号>50010105</科目编号><辅助项1',
    '<科目编号><a>50010105</a></科目编号><辅助项1',
    refused('nested_field', 'value_missing'),
  ),
  changed(
    'fields in another order',
    /(<科目编号>50010105<\/科目编号>)(<辅助项1编号>D01<\/辅助项1编号>)/,
    '$2$1',
    taken(AMOUNT),
  ),
  changed(
    'fields that nobody knows',
    '<记账凭证日期>',
    '<__proto__>x</__proto__><constructor/><记账凭证日期>',
    taken(AMOUNT),
  ),
  ...['1e3', '１００', 'NaN', '1.005', '0x10', '1,00', '100元', '9'.repeat(30)].map((amount) =>
    file(
      `an amount ${amount}`,
      (no) => DECLARED + ledger(voucher(no, amount)),
      refused('invalid_number', 'too_many_decimals', 'number_out_of_range'),
    ),
  ),
  file(
    'an amount of 2^53 + 1',
    (no) => DECLARED + ledger(voucher(no, '9007199254740993')),
    taken('9007199254740993.00'),
  ),
];

function spoilt(seed: number): HostileFile[] {
  const random = new Random(seed);
  const cuts = Array.from({ length: 40 }, (_, i) =>
    file(
      `cut off at ${i + 1}/41`,
      (no) => {
        const bytes = Buffer.from(sound(no));
        return bytes.subarray(0, Math.floor((bytes.length * (i + 1)) / 41));
      },
      refused(...BROKEN, 'unknown_layout', 'empty_file', 'unknown_format'),
    ),
  );
  const lost = Array.from({ length: 60 }, (_, i) => {
    const place = random.below(1_000_000);
    return file(
      `a byte lost at ${place} ‰‰ (${i})`,
      (no) => {
        const bytes = Buffer.from(sound(no));
        const at = Math.floor((place / 1_000_000) * bytes.length);
        return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
      },
      exactOrAnyRefusal('0.00', AMOUNT),
    );
  });
  return [...cuts, ...lost];
}

export const xmlFiles = (seed: number): HostileFile[] => [...documents, ...vouchers, ...spoilt(seed)];
