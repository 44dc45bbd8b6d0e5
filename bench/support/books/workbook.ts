import { Readable } from 'node:stream';
import yazl from 'yazl';
import { xmlText } from './xml-text.js';

/** A cell: a text, a number by its decimal text, a day as `2023-03-05`, or none. */
export type Cell = string | { readonly number: string } | { readonly day: string } | null;

export interface WorkbookWanted {
  readonly sheetName: string;
  /** Read once, row after row from the first. */
  readonly rows: Iterable<readonly Cell[]>;
  /** Shared strings as Excel and WPS write them, or texts in their cells as programs do. */
  readonly strings: 'shared' | 'inline';
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const CHUNK_LENGTH = 128 * 1024;
/** Of the sheet, whose text is long and much alike. */
const QUICK_COMPRESSION = 3;

/** A workbook of one sheet, streamed. */
export function workbookBytes({ sheetName, rows, strings }: WorkbookWanted): AsyncIterable<Buffer> {
  const table = strings === 'shared' ? new Map<string, number>() : null;
  const zip = new yazl.ZipFile();
  for (const [name, text] of Object.entries(partsOf(sheetName, strings))) zip.addBuffer(Buffer.from(text), name);
  const options = { compressionLevel: QUICK_COMPRESSION };
  const stream = (pieces: Iterable<string>) => Readable.from(inChunks(pieces), { objectMode: false });
  zip.addReadStream(stream(sheetXml(rows, table)), 'xl/worksheets/sheet1.xml', options);
  if (table !== null) {
    // Made when the sheet is written: then its strings are known.
    zip.addReadStreamLazy('xl/sharedStrings.xml', options, (give) => give(null, stream(sharedStringsXml(table))));
  }
  zip.end();
  return zip.outputStream as unknown as AsyncIterable<Buffer>;
}

function partsOf(sheetName: string, strings: WorkbookWanted['strings']): Record<string, string> {
  const part = (name: string, type: string) =>
    `<Override PartName="/xl/${name}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`;
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
  const relations = (inner: string) => `${XML}<Relationships xmlns="${PACKAGE}/relationships">${inner}</Relationships>`;
  const isShared = strings === 'shared';
  return {
    '[Content_Types].xml':
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      `<Default Extension="xml" ContentType="application/xml"/>${part('workbook', 'sheet.main')}${part('worksheets/sheet1', 'worksheet')}` +
      `${part('styles', 'styles')}${isShared ? part('sharedStrings', 'sharedStrings') : ''}</Types>`,
    '_rels/.rels': relations(relation(1, 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml':
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>` +
      `<sheet name="${xmlText(sheetName)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      relation(1, 'worksheet', 'worksheets/sheet1.xml') +
        relation(2, 'styles', 'styles.xml') +
        (isShared ? relation(3, 'sharedStrings', 'sharedStrings.xml') : ''),
    ),
    'xl/styles.xml': STYLES,
  };
}

/** Style 1 is a day (built-in format 14), style 2 money. */
const STYLES =
  `${XML}<styleSheet xmlns="${MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>` +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>';

function* sheetXml(rows: Iterable<readonly Cell[]>, table: Map<string, number> | null): Generator<string> {
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetData>`;
  let rowNo = 0;
  for (const cells of rows) {
    rowNo += 1;
    let row = `<row r="${rowNo}">`;
    for (let i = 0; i < cells.length; i += 1) row += cellXml(cells[i]!, `${letterOf(i)}${rowNo}`, table);
    yield `${row}</row>`;
  }
  yield '</sheetData></worksheet>';
}

function cellXml(cell: Cell, place: string, table: Map<string, number> | null): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'object') {
    if ('day' in cell) return `<c r="${place}" s="1"><v>${serialOf(cell.day)}</v></c>`;
    return `<c r="${place}" s="2"><v>${cell.number}</v></c>`;
  }
  if (table === null) return `<c r="${place}" t="inlineStr"><is><t>${xmlText(cell)}</t></is></c>`;
  let index = table.get(cell);
  if (index === undefined) table.set(cell, (index = table.size));
  return `<c r="${place}" t="s"><v>${index}</v></c>`;
}

function* sharedStringsXml(table: ReadonlyMap<string, number>): Generator<string> {
  yield `${XML}<sst xmlns="${MAIN}" uniqueCount="${table.size}">`;
  for (const text of table.keys()) yield `<si><t>${xmlText(text)}</t></si>`;
  yield '</sst>';
}

function* inChunks(pieces: Iterable<string>): Generator<Buffer> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield Buffer.from(chunk);
    chunk = '';
  }
  yield Buffer.from(chunk);
}

const LETTERS = 26;
const letters: string[] = [];

function letterOf(index: number): string {
  return (letters[index] ??=
    (index < LETTERS ? '' : letterOf(Math.floor(index / LETTERS) - 1)) + String.fromCharCode(65 + (index % LETTERS)));
}

const MS_PER_DAY = 86_400_000;
/** Day 0 of the 1900 system for days behind 1900-02-28: the system counts a 29th that never was. */
const DAY_ZERO = Date.UTC(1899, 11, 30);
const serials = new Map<string, number>();

function serialOf(day: string): number {
  let serial = serials.get(day);
  if (serial === undefined) serials.set(day, (serial = (Date.parse(day) - DAY_ZERO) / MS_PER_DAY));
  return serial;
}
