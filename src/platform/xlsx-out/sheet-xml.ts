/** A worksheet, written row by row: memory does not grow with it, but for the places of its links. */
import { columnLetter } from '../xlsx/index.js';
import { cellXml, xmlText, type CellLink, type OutCell } from './cell-xml.js';

export interface OutRow {
  /** null leaves a cell out. */
  readonly cells: readonly (OutCell | null)[];
  /** In points; absent: as the reading program likes it. */
  readonly height?: number;
  /** First and last column of cells that are shown as one, from 0. */
  readonly merged?: readonly [number, number];
}

/** A PNG over the cells, its upper left corner in a cell. */
export interface OutPicture {
  readonly png: Uint8Array;
  readonly row: number;
  readonly column: number;
  /** In pixels of 1/96 inch. */
  readonly width: number;
  readonly height: number;
  readonly alt: string;
}

/** Printed on A4 landscape, as wide as the page. */
export interface OutSheet {
  /** As `sheetNames` made it. */
  readonly name: string;
  /** Of the columns, in characters. */
  readonly widths: readonly number[];
  readonly rows: Iterable<OutRow> | AsyncIterable<OutRow>;
  /** What stays in view: rows at the top, columns at the left. */
  readonly frozen: { readonly rows: number; readonly columns: number };
  /** First and last of the rows that stand at the top of each printed page too. */
  readonly repeated: readonly [number, number];
  /** `A4:I200`: where a reader can filter. */
  readonly filter?: string;
  /** In the middle above each printed page, and left below it beside the number of the page. */
  readonly header: string;
  readonly footer: string;
  readonly pictures?: readonly OutPicture[];
  /** Rows after which a new page begins. */
  readonly breaks?: readonly number[];
}

/** What a sheet refers to, by the id of the relation. */
export class Relations {
  private readonly targets: string[] = [];

  add(target: string): string {
    this.targets.push(target);
    return `rId${this.targets.length}`;
  }

  xml(ofDrawing: string | null): string {
    const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const links = this.targets.map(
      (target, at) =>
        `<Relationship Id="rId${at + 1}" Type="${type}/hyperlink" Target="${xmlText(target)}" TargetMode="External"/>`,
    );
    if (ofDrawing !== null) links.push(`<Relationship Id="drawing" Type="${type}/drawing" Target="${ofDrawing}"/>`);
    return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${links.join('')}</Relationships>`;
  }
}

const PIECE = 2 ** 16;
/** Excel repairs a sheet that has more. */
const MAX_LINKS = 65_530;

/** `relations` is filled while the rows are written. */
export async function* sheetXml(sheet: OutSheet, relations: Relations): AsyncGenerator<Buffer, void, undefined> {
  const [merges, links]: [string[], string[]] = [[], []];
  let text = `${begin(sheet)}<sheetData>`;
  let no = 0;
  for await (const row of sheet.rows) {
    no += 1;
    text += rowXml(no, row);
    const [first, last] = row.merged ?? [0, 0];
    if (first < last) merges.push(`<mergeCell ref="${refOf(first, no)}:${refOf(last, no)}"/>`);
    row.cells.forEach((cell, column) => {
      if (cell?.link === undefined || links.length === MAX_LINKS) return;
      links.push(linkXml(refOf(column, no), cell.link, relations));
    });
    if (text.length < PIECE) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(`${text}</sheetData>${end(sheet, merges, links)}`);
}

/** Columns count from 0, rows from 1. */
const refOf = (column: number, row: number): string => `${columnLetter(column)}${row}`;

function rowXml(no: number, { cells, height }: OutRow): string {
  const written = cells.map((cell, column) => (cell === null ? '' : cellXml(refOf(column, no), cell))).join('');
  const size = height === undefined ? '' : ` ht="${height}" customHeight="1"`;
  return `<row r="${no}"${size}>${written}</row>`;
}

function linkXml(ref: string, { target, place, tip }: CellLink, relations: Relations): string {
  const to = target === undefined ? `location="${xmlText(place ?? '')}"` : `r:id="${relations.add(target)}"`;
  return `<hyperlink ref="${ref}" ${to}${tip === undefined ? '' : ` tooltip="${xmlText(tip)}"`}/>`;
}

function begin({ widths, frozen }: OutSheet): string {
  const columns = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`);
  return (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ' +
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">' +
    `<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">${paneXml(frozen)}` +
    '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>' +
    (columns.length === 0 ? '' : `<cols>${columns.join('')}</cols>`)
  );
}

function paneXml({ rows, columns }: OutSheet['frozen']): string {
  if (rows === 0 && columns === 0) return '';
  const pane = rows === 0 ? 'topRight' : columns === 0 ? 'bottomLeft' : 'bottomRight';
  const split = `${columns === 0 ? '' : ` xSplit="${columns}"`}${rows === 0 ? '' : ` ySplit="${rows}"`}`;
  const first = refOf(columns, rows + 1);
  return `<pane${split} topLeftCell="${first}" activePane="${pane}" state="frozen"/><selection pane="${pane}"/>`;
}

/** `&` begins a code in them. */
const printed = (text: string): string => xmlText(text.replaceAll('&', '&&'));

/** In the order that the format wants. */
function end(
  { filter, header, footer, pictures = [], breaks = [] }: OutSheet,
  merges: string[],
  links: string[],
): string {
  return [
    filter === undefined ? '' : `<autoFilter ref="${filter}"/>`,
    merges.length === 0 ? '' : `<mergeCells count="${merges.length}">${merges.join('')}</mergeCells>`,
    links.length === 0 ? '' : `<hyperlinks>${links.join('')}</hyperlinks>`,
    '<printOptions horizontalCentered="1"/>',
    '<pageMargins left="0.5" right="0.5" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>',
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
    `<headerFooter><oddHeader>&amp;C${printed(header)}</oddHeader>`,
    `<oddFooter>&amp;L${printed(footer)}&amp;R&amp;P / &amp;N</oddFooter></headerFooter>`,
    breaksXml(breaks),
    pictures.length === 0 ? '' : '<drawing r:id="drawing"/>',
    '</worksheet>',
  ].join('');
}

function breaksXml(rows: readonly number[]): string {
  if (rows.length === 0) return '';
  const breaks = rows.map((row) => `<brk id="${row}" max="16383" man="1"/>`);
  return `<rowBreaks count="${rows.length}" manualBreakCount="${rows.length}">${breaks.join('')}</rowBreaks>`;
}

/** `xl/drawings/drawingN.xml`; picture k is the relation `rIdk`. */
export function drawingXml(pictures: readonly OutPicture[]): string {
  const anchors = pictures.map(
    ({ row, column, width, height, alt }, at) =>
      `<xdr:oneCellAnchor><xdr:from><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row - 1}</xdr:row>` +
      `<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="${emu(width)}" cy="${emu(height)}"/><xdr:pic><xdr:nvPicPr>` +
      `<xdr:cNvPr id="${at + 2}" name="Picture ${at + 1}" descr="${xmlText(alt)}"/><xdr:cNvPicPr>` +
      '<a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr><xdr:blipFill>' +
      `<a:blip r:embed="rId${at + 1}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:xfrm>` +
      `<a:off x="0" y="0"/><a:ext cx="${emu(width)}" cy="${emu(height)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>` +
      '</a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor>',
  );
  return (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" ' +
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ' +
    `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">${anchors.join('')}</xdr:wsDr>`
  );
}

const emu = (pixels: number): number => Math.round(pixels * 9525);
