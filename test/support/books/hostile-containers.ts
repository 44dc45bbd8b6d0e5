/** Workbooks that are wrong as archives or as XML. */
import { Random } from '../random-folder/random.js';
import { zipOf } from '../zip.js';
import { exactOr, exactOrAnyRefusal, refused, taken, type HostileFile, type Verdict } from './hostile-file.js';
import { AMOUNT, journalBook, journalParts, voucherRows } from './raw-journal.js';
import { packed, XML } from './raw-workbook.js';

const SHEET = 'xl/worksheets/sheet1.xml';
const PARTS = [
  '[Content_Types].xml',
  '_rels/.rels',
  'xl/workbook.xml',
  'xl/_rels/workbook.xml.rels',
  'xl/styles.xml',
  SHEET,
];
const NEEDED = ['xl/workbook.xml', 'xl/_rels/workbook.xml.rels', SHEET];

const file = (name: string, bytes: (no: number) => Buffer, verdict: Verdict): HostileFile => ({
  ...{ name: `workbook: ${name}`, fileName: 'journal.xlsx', bytes, verdict },
});
const sound = (no: number) => journalParts(voucherRows(no));
const changed = (name: string, change: (xml: string) => string) => (no: number) => {
  const parts = sound(no);
  return packed({ ...parts, [name]: change(parts[name]!) });
};

const DOCTYPE = '<!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>';
const BROKEN = ['broken_workbook', 'malformed_xml', 'not_a_workbook', 'not_a_zip', 'unknown_format', 'unknown_layout'];

/** What stands in it is not read: relations say what every part is. */
const UNREAD = '[Content_Types].xml';
const damaged = (name: string, ...codes: readonly string[]): Verdict =>
  name === UNREAD ? exactOr(AMOUNT, ...codes) : refused(...codes);

const perPart = PARTS.flatMap((name): HostileFile[] => [
  file(`a wrong CRC of ${name}`, (no) => packed(sound(no), { [name]: { crc: 1 } }), refused(...BROKEN)),
  file(`the encrypted flag on ${name}`, (no) => packed(sound(no), { [name]: { flags: 1 } }), refused('encrypted_zip')),
  file(
    `${name} twice`,
    (no) => {
      const entries = Object.entries(sound(no)).map(([part, content]) => ({
        name: part,
        content: Buffer.from(content),
      }));
      return zipOf([...entries, entries.find((entry) => entry.name === name)!]);
    },
    refused('doubled_entry'),
  ),
  file(
    `a DOCTYPE in ${name}`,
    changed(name, (xml) => xml.replace(XML, XML + DOCTYPE)),
    damaged(name, 'doctype_forbidden'),
  ),
  file(
    `${name} cut off`,
    changed(name, (xml) => xml.slice(0, xml.length / 2)),
    damaged(name, ...BROKEN),
  ),
  file(
    `${name} with a second root`,
    changed(name, (xml) => xml + xml.slice(XML.length)),
    damaged(name, ...BROKEN),
  ),
  file(
    `${name} with bytes that are no UTF-8`,
    (no) => {
      const parts = sound(no);
      const [head, tail] = [parts[name]!.slice(0, -20), parts[name]!.slice(-20)];
      return packed({
        ...parts,
        [name]: Buffer.concat([Buffer.from(head), Buffer.from([0xff, 0xc3]), Buffer.from(tail)]),
      });
    },
    damaged(name, ...BROKEN, 'invalid_encoding'),
  ),
  file(
    `${name} nested 5,000 deep`,
    changed(name, (xml) => xml.replace(/<\/[^<]+>$/, (end) => `${'<x>'.repeat(5_000)}${'</x>'.repeat(5_000)}${end}`)),
    damaged(name, 'too_deep', ...BROKEN),
  ),
  file(
    `without ${name}`,
    (no) => packed(Object.fromEntries(Object.entries(sound(no)).filter(([part]) => part !== name))),
    NEEDED.includes(name) ? refused(...BROKEN) : exactOr(AMOUNT, ...BROKEN, 'invalid_date', 'empty_zip'),
  ),
]);

const relations = (change: (xml: string) => string) => changed('xl/_rels/workbook.xml.rels', change);

const others: readonly HostileFile[] = [
  file('sound', (no) => journalBook(voucherRows(no)), taken(AMOUNT)),
  file('no bytes but PK', () => Buffer.from('PK'), refused('unknown_layout', 'not_a_zip', 'unknown_format')),
  file('an empty archive', () => zipOf([]), refused('not_a_workbook', 'empty_zip', 'not_a_zip')),
  file(
    'an archive of something else',
    () => packed({ 'word/document.xml': XML }),
    refused('not_a_workbook', 'unknown_file', 'empty_zip'),
  ),
  file(
    'an old workbook (OLE2)',
    () => Buffer.from(`d0cf11e0a1b11ae1${'00'.repeat(600)}`, 'hex'),
    refused('old_or_encrypted_workbook'),
  ),
  file(
    'an archive with junk behind it',
    (no) => Buffer.concat([journalBook(voucherRows(no)), Buffer.alloc(100, 1)]),
    exactOr(AMOUNT, ...BROKEN),
  ),
  file(
    'an archive with junk before it',
    (no) => Buffer.concat([Buffer.from('PK\x03\x04junk'), journalBook(voucherRows(no))]),
    exactOr(AMOUNT, ...BROKEN),
  ),
  file(
    'a path that leaves the archive',
    (no) => packed({ ...sound(no), '../../../tmp/evil.xml': XML }),
    exactOr(AMOUNT, ...BROKEN),
  ),
  file(
    'parts that nobody needs',
    (no) => packed({ ...sound(no), 'xl/vbaProject.bin': Buffer.alloc(64), 'docProps/app.xml': '<a/>' }),
    taken(AMOUNT),
  ),
  file(
    '3,000 entries',
    (no) => packed({ ...sound(no), ...Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`x/${i}`, ''])) }),
    refused('too_many_entries'),
  ),
  file(
    'a sheet elsewhere: file',
    relations((xml) => xml.replace('worksheets/sheet1.xml', 'file:///etc/passwd')),
    refused(...BROKEN),
  ),
  file(
    'a sheet elsewhere: upwards',
    relations((xml) => xml.replace('worksheets/sheet1.xml', '../../../../etc/passwd')),
    refused(...BROKEN),
  ),
  file(
    'a sheet elsewhere: network',
    relations((xml) =>
      xml.replace('Target="worksheets/sheet1.xml"', 'TargetMode="External" Target="http://127.0.0.1:9/x"'),
    ),
    refused(...BROKEN),
  ),
  file(
    'a sheet that is the workbook itself',
    relations((xml) => xml.replace('worksheets/sheet1.xml', 'workbook.xml')),
    refused(...BROKEN, 'empty_file'),
  ),
  file(
    'an absolute target',
    relations((xml) => xml.replace('"worksheets/sheet1.xml"', '"/xl/worksheets/sheet1.xml"')),
    taken(AMOUNT),
  ),
  file(
    'no sheets at all',
    changed('xl/workbook.xml', (xml) => xml.replace(/<sheet .*\/>/, '')),
    refused(...BROKEN, 'empty_file'),
  ),
  file(
    'an entity that is none',
    changed(SHEET, (xml) => xml.replace('检修', '&evil;')),
    refused(...BROKEN),
  ),
  file(
    'a reference to NUL',
    changed(SHEET, (xml) => xml.replace('检修', '&#0;')),
    refused(...BROKEN),
  ),
  file(
    'an attribute twice',
    changed(SHEET, (xml) => xml.replace('<row r="2"', '<row r="2" r="3"')),
    refused(...BROKEN),
  ),
  file(
    'tags that cross',
    changed(SHEET, (xml) => xml.replace('</t></is>', '</is></t>')),
    refused(...BROKEN),
  ),
  file(
    'a mark before the XML',
    changed(SHEET, (xml) => `\ufeff${xml}`),
    taken(AMOUNT),
  ),
  file(
    'comments and instructions',
    changed(SHEET, (xml) => xml.replace('<sheetData>', '<!-- a --><?b c?><sheetData><!-- d -->')),
    taken(AMOUNT),
  ),
  file(
    'CDATA',
    changed(SHEET, (xml) => xml.replace('检修', '<![CDATA[检<修>]]>')),
    taken(AMOUNT),
  ),
  file(
    'prefixed names',
    changed(SHEET, (xml) =>
      xml.replace(/<(\/?)(worksheet|sheetData|row|c|v|is|t)(?=[ >/])/g, '<$1x:$2').replace('xmlns=', 'xmlns:x='),
    ),
    taken(AMOUNT),
  ),
  file(
    'strict names',
    (no) => packed(Object.fromEntries(Object.entries(sound(no)).map(([name, xml]) => [name, strict(xml)]))),
    taken(AMOUNT),
  ),
  file(
    'a sheet of 100 MB that is packed into 100 KB',
    changed(SHEET, (xml) => xml.replace('</sheetData>', `${' '.repeat(100 * 2 ** 20)}</sheetData>`)),
    refused('zip_too_large', ...BROKEN),
  ),
  file(
    'shared strings of 200 MB that are packed into 200 KB',
    (no) => packed({ ...sound(no), 'xl/sharedStrings.xml': `<sst><si><t>${'A'.repeat(200 * 2 ** 20)}</t></si></sst>` }),
    exactOr(AMOUNT, 'zip_too_large', 'shared_strings_too_large', ...BROKEN),
  ),
];

const strict = (xml: string): string =>
  xml
    .replaceAll(
      'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
      'http://purl.oclc.org/ooxml/spreadsheetml/main',
    )
    .replaceAll('http://schemas.openxmlformats.org/officeDocument/2006/', 'http://purl.oclc.org/ooxml/officeDocument/');

/** Chance: an archive that says what it said before its bytes were changed, or none. */
function spoilt(seed: number): HostileFile[] {
  const random = new Random(seed);
  const flips = Array.from({ length: 60 }, (_, i) => {
    const [place, bit] = [random.below(1_000_000), random.below(8)];
    return file(
      `bit ${bit} flipped at ${place} ‰‰ (${i})`,
      (no) => {
        const bytes = journalBook(voucherRows(no));
        const at = Math.floor((place / 1_000_000) * bytes.length);
        bytes[at]! ^= 1 << bit;
        return bytes;
      },
      exactOrAnyRefusal(AMOUNT),
    );
  });
  const cuts = Array.from({ length: 40 }, (_, i) =>
    file(
      `cut off at ${i + 1}/41`,
      (no) => {
        const bytes = journalBook(voucherRows(no));
        return bytes.subarray(0, Math.floor((bytes.length * (i + 1)) / 41));
      },
      refused('not_a_zip', 'broken_workbook', 'not_a_workbook', 'unknown_format', 'unknown_layout'),
    ),
  );
  return [...flips, ...cuts];
}

export const containerFiles = (seed: number): HostileFile[] => [...others, ...perPart, ...spoilt(seed)];
