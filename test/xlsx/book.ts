import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CELL, openWorkbook, type Merge, type SheetRow, type XlsxLimits } from '../../src/platform/xlsx/index.js';
import { zipOf, type ZipEntry } from '../support/zip.js';

export const LIMITS: XlsxLimits = {
  maxEntries: 100,
  maxInflatedBytes: 64 * 1024 * 1024,
  maxSharedStringBytes: 16 * 1024 * 1024,
  maxRows: 1000,
  maxColumns: 100,
  maxCells: 10_000,
  maxXmlDepth: 32,
};

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relationships = (...items: readonly string[]) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items.join('')}</Relationships>`;
const relation = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;

export const sheetXml = (rows: string, behind = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData>${behind}</worksheet>`;
export const stringsXml = (...items: readonly string[]): string =>
  `<sst xmlns="${MAIN}">${items.map((item) => `<si>${item}</si>`).join('')}</sst>`;
export const stylesXml = (formats: readonly number[], custom: Readonly<Record<number, string>> = {}): string => {
  const named = Object.entries(custom).map(([id, code]) => `<numFmt numFmtId="${id}" formatCode="${code}"/>`);
  const cells = formats.map((id) => `<xf numFmtId="${id}"/>`);
  // The styles of named styles and of conditional formats must not be taken for those of cells.
  return `<styleSheet xmlns="${MAIN}"><numFmts>${named.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
    <cellXfs>${cells.join('')}</cellXfs><dxfs><dxf><numFmt numFmtId="164" formatCode="0"/></dxf></dxfs></styleSheet>`;
};

/** The parts of a workbook with one sheet, by name: what is given replaces what stands there, null takes a part out. */
export type Parts = Readonly<Record<string, string | Buffer | null>>;

export const SHEET = 'xl/worksheets/sheet1.xml';
const PLAIN: Parts = {
  '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
  '_rels/.rels': relationships(relation('rId1', 'officeDocument', 'xl/workbook.xml')),
  'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': relationships(
    relation('rId1', 'worksheet', 'worksheets/sheet1.xml'),
    relation('rId2', 'sharedStrings', 'sharedStrings.xml'),
    relation('rId3', 'styles', 'styles.xml'),
  ),
  'xl/styles.xml': `<styleSheet xmlns="${MAIN}"/>`,
  [SHEET]: sheetXml(''),
};

export function entriesOf(parts: Parts): ZipEntry[] {
  return Object.entries({ ...PLAIN, ...parts }).flatMap(([name, content]) =>
    content === null ? [] : [{ name, content: Buffer.from(content) }],
  );
}

export interface ReadSheet {
  readonly name: string;
  readonly state: string;
  readonly rows: readonly SheetRow[];
  readonly merges: readonly Merge[];
}

/** What is read of all sheets of the file whose bytes these are. */
export async function readBytes(bytes: Buffer, limits: Partial<XlsxLimits> = {}): Promise<ReadSheet[]> {
  const folder = await mkdtemp(join(tmpdir(), 'xlsx-'));
  try {
    const path = join(folder, 'book.xlsx');
    await writeFile(path, bytes);
    return await readBook(path, { ...LIMITS, ...limits });
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function readBook(path: string, limits: XlsxLimits): Promise<ReadSheet[]> {
  const book = await openWorkbook(path, limits);
  try {
    const read: ReadSheet[] = [];
    for (const { index, name, state } of book.sheets) {
      const { rows, merges } = book.readSheet(index);
      const all: SheetRow[] = [];
      for await (const batch of rows) all.push(...batch);
      read.push({ name, state, rows: all, merges });
    }
    return read;
  } finally {
    await book.close();
  }
}

export const readParts = (parts: Parts, limits: Partial<XlsxLimits> = {}): Promise<ReadSheet[]> =>
  readBytes(zipOf(entriesOf(parts)), limits);

/** Rows of the only sheet. */
export async function rowsOf(rows: string, parts: Parts = {}): Promise<readonly SheetRow[]> {
  const [sheet] = await readParts({ [SHEET]: sheetXml(rows), ...parts });
  return (sheet as ReadSheet).rows;
}

const MARKS = Object.keys(CELL);

/** Cells of a row as `MARK text`; a plain text as itself; a blank cell as null. */
export function shown({ texts, marks }: SheetRow): (string | null)[] {
  return texts.map((text, column) => {
    const mark = marks?.[column] ?? CELL.TEXT;
    return mark === CELL.TEXT ? text : `${MARKS[mark]} ${text}`;
  });
}
