/** Small workbooks of several sheets, written by hand as Excel and WPS lay them out. */
import { zipOf } from '../support/zip.js';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A cell as the inside of its element with its attributes; a text is an inline string, null is no cell. */
export type Cell = string | { readonly attributes: string; readonly inside: string } | null;

export const number = (text: string): Cell => ({ attributes: '', inside: `<v>${text}</v>` });
/** A number under a date format. */
export const serial = (text: string): Cell => ({ attributes: ' s="1"', inside: `<v>${text}</v>` });
export const formula = (cached: string): Cell => ({ attributes: '', inside: `<f>SUM(A1)</f><v>${cached}</v>` });
export const failed = (text: string): Cell => ({ attributes: ' t="e"', inside: `<v>${text}</v>` });

export interface Sheet {
  readonly name: string;
  readonly state?: 'hidden' | 'veryHidden';
  readonly rows: readonly (readonly Cell[])[];
  /** Numbers of hidden rows. */
  readonly hidden?: readonly number[];
  /** `A1:B2`. */
  readonly merges?: readonly string[];
}

const letter = (column: number) => String.fromCharCode(65 + column);
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function cellXml(cell: Cell, place: string): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return `<c r="${place}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`;
  return `<c r="${place}"${cell.attributes}>${cell.inside}</c>`;
}

function sheetXml({ rows, hidden = [], merges = [] }: Sheet): string {
  const xml = rows.map((cells, i) => {
    const row = i + 1;
    const inside = cells.map((cell, column) => cellXml(cell, `${letter(column)}${row}`)).join('');
    return `<row r="${row}"${hidden.includes(row) ? ' hidden="1"' : ''}>${inside}</row>`;
  });
  const merged = merges.map((range) => `<mergeCell ref="${range}"/>`).join('');
  return `<worksheet xmlns="${MAIN}"><sheetData>${xml.join('')}</sheetData><mergeCells>${merged}</mergeCells></worksheet>`;
}

export function bookOf(...sheets: readonly Sheet[]): Buffer {
  const named = sheets.map(({ name, state }, i) => {
    return `<sheet name="${name}" sheetId="${i + 1}" r:id="r${i + 1}"${state === undefined ? '' : ` state="${state}"`}/>`;
  });
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
  const relations = [
    ...sheets.map((_, i) => relation(`r${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)),
    relation('styles', 'styles', 'styles.xml'),
  ];
  const related = (inside: string) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inside}</Relationships>`;
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': related(relation('main', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${named.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': related(relations.join('')),
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
  };
  sheets.forEach((sheet, i) => (parts[`xl/worksheets/sheet${i + 1}.xml`] = sheetXml(sheet)));
  return zipOf(Object.entries(parts).map(([name, content]) => ({ name, content: Buffer.from(content) })));
}
