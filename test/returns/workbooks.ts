import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { runFolder } from '../support/database.js';
import { zipOf } from '../support/zip.js';

export const LIMITS = {
  ...{ maxEntries: 200, maxInflatedBytes: 64 * 2 ** 20, maxSharedStringBytes: 2 ** 20, maxRows: 100_000 },
  ...{ maxColumns: 1000, maxCells: 1_000_000, maxXmlDepth: 64 },
};

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Parts of a workbook as a program writes them, by name. */
export type Parts = Readonly<Record<string, string | Buffer>>;

export const relationships = (...relations: readonly (readonly [id: string, type: string, target: string])[]): string =>
  `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${TYPES}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

/** A sheet with these rows of XML, and what stands before and behind them. */
export const sheet = (rows: string, before = '', behind = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="${MAIN}" xmlns:r="${TYPES}">${before}<sheetData>${rows}</sheetData>${behind}</worksheet>`;

export const STYLES = `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy/m/d"/></numFmts><fonts count="1"><font><sz val="11"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"><alignment horizontal="right"/></xf></cellXfs></styleSheet>`;

/** The parts of a workbook with these sheets; `more` are added or replace. */
export function workbook(sheets: Readonly<Record<string, string>>, more: Parts = {}): Parts {
  const names = Object.keys(sheets);
  const list = names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('');
  const overrides = names
    .map((_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${CONTENT}.worksheet+xml"/>`)
    .join('');
  return {
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${CONTENT}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${CONTENT}.styles+xml"/>${overrides}</Types>`,
    '_rels/.rels': relationships(['rId1', 'officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${TYPES}"><sheets>${list}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships(
      ...names.map((_, i) => [`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`] as const),
      ['rId90', 'styles', 'styles.xml'],
    ),
    'xl/styles.xml': STYLES,
    ...Object.fromEntries(names.map((name, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheets[name]!])),
    ...more,
  };
}

/** Two paths in a folder of their own; the parts are zipped at the first. */
export async function stored(parts: Parts | Buffer): Promise<{ source: string; target: string }> {
  const folder = await mkdtemp(join(runFolder(), 'returned-'));
  const source = join(folder, 'source');
  const zip = Buffer.isBuffer(parts)
    ? parts
    : zipOf(Object.entries(parts).map(([name, content]) => ({ name, content: Buffer.from(content) })));
  await writeFile(source, zip);
  return { source, target: join(folder, 'target.xlsx') };
}

/** What a zip holds, in its order. */
export async function partsOf(path: string): Promise<Map<string, Buffer>> {
  const bytes = await readFile(path);
  const zip = await new Promise<ZipFile>((resolve, reject) =>
    fromBuffer(bytes, { lazyEntries: false }, (error, opened) => (error ? reject(error) : resolve(opened))),
  );
  const entries: Entry[] = [];
  await new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => entries.push(entry));
    zip.once('end', resolve);
    zip.once('error', reject);
  });
  return new Map(entries.map((entry) => [entry.fileName, inflated(bytes, entry)]));
}

function inflated(
  bytes: Buffer,
  { relativeOffsetOfLocalHeader: at, compressedSize, compressionMethod }: Entry,
): Buffer {
  const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  const packed = bytes.subarray(start, start + compressedSize);
  return compressionMethod === 0 ? packed : inflateRawSync(packed);
}
