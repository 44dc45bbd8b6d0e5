/**
 * Workbooks of our own making: styled cells, formulas with their values, links, pictures. Numbers go in as the decimal text
 * they are, which a writer that takes JavaScript numbers cannot do; rows go out as they come.
 */
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { xmlText } from './cell-xml.js';
import { stylesXml } from './looks.js';
import { sheetPrefix } from './sheet-names.js';
import { Relations, drawingXml, sheetXml, type OutSheet } from './sheet-xml.js';
import { writeZip, type NewEntry } from './write-zip.js';

export interface OutWorkbook {
  readonly title: string;
  /** `2024-01-05`: when it says it was made. The bytes hang on nothing but what is given. */
  readonly date: string;
  readonly sheets: readonly OutSheet[];
}

/** Writes a workbook to `target` as its rows come. */
export const writeWorkbook = (workbook: OutWorkbook, target: string): Promise<void> =>
  writeZip(entriesOf(workbook), target);

/** The same in memory; the same workbook gives the same bytes, at any time and in any time zone. */
export async function workbookBytes(workbook: OutWorkbook): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const { name, content } of entriesOf(workbook)) {
    const parts: Buffer[] = [];
    for await (const part of content()) parts.push(part);
    // In the time zone of the machine, and no other time beside it, the first day of the format is always the same bytes.
    zip.addBuffer(Buffer.concat(parts), name, { mtime: FIRST_DAY, forceDosTimestamp: true });
  }
  zip.end();
  return buffer(zip.outputStream as Readable);
}

const FIRST_DAY = new Date(1980, 0, 1);
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function* entriesOf(workbook: OutWorkbook): Generator<NewEntry, void, undefined> {
  const { sheets } = workbook;
  yield part('[Content_Types].xml', contentTypes(sheets));
  yield part('_rels/.rels', ROOT_RELATIONS);
  yield part('docProps/core.xml', coreProperties(workbook));
  yield part('xl/workbook.xml', workbookXml(sheets));
  yield part('xl/_rels/workbook.xml.rels', workbookRelations(sheets));
  yield part('xl/styles.xml', stylesXml());
  for (const [at, sheet] of sheets.entries()) yield* sheetEntries(sheet, at + 1, firstPicture(sheets, at));
}

function* sheetEntries(sheet: OutSheet, no: number, firstImage: number): Generator<NewEntry, void, undefined> {
  const { pictures = [] } = sheet;
  const relations = new Relations();
  yield { ...entry(`xl/worksheets/sheet${no}.xml`), content: () => withHead(sheetXml(sheet, relations)) };
  const drawing = pictures.length === 0 ? null : `../drawings/drawing${no}.xml`;
  // Asked for only now, when the sheet is written and its links are known.
  yield {
    ...entry(`xl/worksheets/_rels/sheet${no}.xml.rels`),
    content: () => stream(Buffer.from(HEAD + relations.xml(drawing))),
  };
  if (drawing === null) return;
  yield part(`xl/drawings/drawing${no}.xml`, drawingXml(pictures));
  const images = pictures.map(
    (_, at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/image" Target="../media/image${firstImage + at}.png"/>`,
  );
  yield part(
    `xl/drawings/_rels/drawing${no}.xml.rels`,
    `<Relationships xmlns="${PACKAGE}/relationships">${images.join('')}</Relationships>`,
  );
  for (const [at, { png }] of pictures.entries()) {
    yield { ...entry(`xl/media/image${firstImage + at}.png`), content: () => stream(png) };
  }
}

const firstPicture = (sheets: readonly OutSheet[], at: number): number =>
  1 + sheets.slice(0, at).reduce((sum, { pictures = [] }) => sum + pictures.length, 0);

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

const entry = (name: string) => ({ name, modified: FIRST_DAY });
const part = (name: string, xml: string): NewEntry => ({
  ...entry(name),
  content: () => stream(Buffer.from(HEAD + xml)),
});

const stream = (bytes: Uint8Array): Readable => Readable.from([Buffer.from(bytes)]);

async function* withHead(xml: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  yield Buffer.from(HEAD);
  yield* xml;
}

const ROOT_RELATIONS =
  `<Relationships xmlns="${PACKAGE}/relationships">` +
  `<Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/>` +
  `<Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
  '</Relationships>';

function contentTypes(sheets: readonly OutSheet[]): string {
  const made = 'application/vnd.openxmlformats-officedocument';
  const override = (name: string, type: string) => `<Override PartName="/${name}" ContentType="${type}"/>`;
  return (
    `<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="png" ContentType="image/png"/>' +
    override('docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml') +
    override('xl/workbook.xml', `${made}.spreadsheetml.sheet.main+xml`) +
    override('xl/styles.xml', `${made}.spreadsheetml.styles+xml`) +
    sheets
      .map(
        ({ pictures = [] }, at) =>
          override(`xl/worksheets/sheet${at + 1}.xml`, `${made}.spreadsheetml.worksheet+xml`) +
          (pictures.length === 0 ? '' : override(`xl/drawings/drawing${at + 1}.xml`, `${made}.drawing+xml`)),
      )
      .join('') +
    '</Types>'
  );
}

function coreProperties({ title, date }: OutWorkbook): string {
  const at = (name: string) => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${date}T00:00:00Z</dcterms:${name}>`;
  return (
    `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" ` +
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${xmlText(title)}</dc:title>${at('created')}${at('modified')}</cp:coreProperties>`
  );
}

function workbookXml(sheets: readonly OutSheet[]): string {
  const titles = sheets.map(
    ({ name, repeated: [first, last] }, at) =>
      `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">` +
      `${xmlText(sheetPrefix(name))}$${first}:$${last}</definedName>`,
  );
  return (
    `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}"><sheets>` +
    sheets.map(({ name }, at) => `<sheet name="${xmlText(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('') +
    `</sheets><definedNames>${titles.join('')}</definedNames></workbook>`
  );
}

const workbookRelations = (sheets: readonly OutSheet[]): string =>
  `<Relationships xmlns="${PACKAGE}/relationships">` +
  sheets
    .map(
      (_, at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
    )
    .join('') +
  `<Relationship Id="styles" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`;
