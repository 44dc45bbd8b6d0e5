/** Workbooks written part by part, so that any part may be wrong. */
import { zipOf, type ZipEntry } from '../zip.js';

export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
export const XML = '<?xml version="1.0" encoding="UTF-8"?>';

export type Parts = Readonly<Record<string, string | Buffer>>;

export interface RawSheet {
  readonly name: string;
  readonly xml: string;
  readonly state?: 'hidden' | 'veryHidden';
}

export interface RawWorkbook {
  readonly sheets: readonly RawSheet[];
  /** Texts of the shared strings, as XML between `<si>` and `</si>`. */
  readonly shared?: readonly string[];
  readonly is1904?: boolean;
}

/** The parts of a workbook by their names in the package. */
export function partsOf({ sheets, shared, is1904 }: RawWorkbook): Record<string, string> {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
  const relations = (inner: string) => `${XML}<Relationships xmlns="${PACKAGE}/relationships">${inner}</Relationships>`;
  const override = (part: string, type: string) =>
    `<Override PartName="/${part}" ContentType="${CONTENT}.${type}+xml"/>`;
  const list = sheets.map(({ name, state }, i) => {
    const hidden = state === undefined ? '' : ` state="${state}"`;
    return `<sheet name="${name}" sheetId="${i + 1}"${hidden} r:id="rId${i + 1}"/>`;
  });
  return {
    '[Content_Types].xml':
      `${XML}<Types xmlns="${PACKAGE}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      override('xl/workbook.xml', 'sheet.main') +
      sheets.map((_, i) => override(`xl/worksheets/sheet${i + 1}.xml`, 'worksheet')).join('') +
      `${override('xl/styles.xml', 'styles')}${shared === undefined ? '' : override('xl/sharedStrings.xml', 'sharedStrings')}</Types>`,
    '_rels/.rels': relations(relation('rId1', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml':
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}">${is1904 === true ? '<workbookPr date1904="1"/>' : ''}` +
      `<sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      sheets.map((_, i) => relation(`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)).join('') +
        relation('rIdS', 'styles', 'styles.xml') +
        (shared === undefined ? '' : relation('rIdT', 'sharedStrings', 'sharedStrings.xml')),
    ),
    'xl/styles.xml': STYLES,
    ...(shared === undefined
      ? {}
      : {
          'xl/sharedStrings.xml': `${XML}<sst xmlns="${MAIN}">${shared.map((si) => `<si>${si}</si>`).join('')}</sst>`,
        }),
    ...Object.fromEntries(sheets.map(({ xml }, i) => [`xl/worksheets/sheet${i + 1}.xml`, xml])),
  };
}

/** Style 1 is a day, 2 a day as people write it, 3 an hour alone. */
const STYLES =
  `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>` +
  '</numFmts><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="20"/></cellXfs></styleSheet>';

export const packed = (parts: Parts, claims: Readonly<Record<string, ZipEntry['claims']>> = {}): Buffer =>
  zipOf(
    Object.entries(parts).map(([name, content]) => {
      const claimed = claims[name];
      return { name, content: Buffer.from(content), ...(claimed === undefined ? {} : { claims: claimed }) };
    }),
  );

/** A cell as XML, told its place. */
export type RawCell = (place: string) => string;

export const blank: RawCell = () => '';
export const text =
  (content: string): RawCell =>
  (place) =>
    `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(content)}</t></is></c>`;
export const number =
  (content: string): RawCell =>
  (place) =>
    `<c r="${place}"><v>${content}</v></c>`;
/** A serial number under one of the styles above. */
export const styled =
  (style: number, content: string): RawCell =>
  (place) =>
    `<c r="${place}" s="${style}"><v>${content}</v></c>`;
/** Anything: `{place}` is put in. */
export const raw =
  (xml: string): RawCell =>
  (place) =>
    xml.replaceAll('{place}', place);

export const escaped = (content: string): string =>
  content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export interface SheetParts {
  readonly before?: string;
  readonly after?: string;
  /** Attributes of a row by its number. */
  readonly rowAttributes?: Readonly<Record<number, string>>;
}

export function sheetXml(rows: readonly (readonly RawCell[])[], parts: SheetParts = {}): string {
  const written = rows.map((cells, i) => {
    const inner = cells.map((cell, column) => cell(`${letterOf(column)}${i + 1}`)).join('');
    return `<row r="${i + 1}"${parts.rowAttributes?.[i + 1] ?? ''}>${inner}</row>`;
  });
  return `${XML}<worksheet xmlns="${MAIN}">${parts.before ?? ''}<sheetData>${written.join('')}</sheetData>${parts.after ?? ''}</worksheet>`;
}

const LETTERS = 26;
export const letterOf = (index: number): string =>
  (index < LETTERS ? '' : letterOf(Math.floor(index / LETTERS) - 1)) + String.fromCharCode(65 + (index % LETTERS));
