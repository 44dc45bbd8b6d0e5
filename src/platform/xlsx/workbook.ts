import { open } from 'node:fs/promises';
import type { CellContext } from './cell-value.js';
import { readDateStyles } from './date-styles.js';
import { Package } from './package.js';
import { XlsxRefusal, type XlsxLimits } from './refusal.js';
import { readSharedStrings } from './shared-strings.js';
import type { SheetReading, SheetRow } from './sheet-row.js';
import { SheetRows } from './sheet-rows.js';
import { readWorkbookPart, type SheetEntry } from './workbook-part.js';
import { parseXml } from './xml-part.js';

export interface SheetInfo {
  /** Its place in `sheets`, from 0. */
  readonly index: number;
  readonly name: string;
  readonly state: 'visible' | 'hidden' | 'veryHidden';
}

export interface Workbook {
  /** Sheets of cells in the order of their tabs; sheets of a chart, a dialog or macros are not among them. */
  readonly sheets: readonly SheetInfo[];
  readonly isDate1904: boolean;
  /** May be called again for the same sheet, which is then read anew. Throws RangeError where there is no such sheet. */
  readSheet(index: number): SheetReading;
  /** Nothing may be read any more. */
  close(): Promise<void>;
}

/** The first bytes of a compound file (MS-CFB): .xls, or a workbook with a password. */
const COMPOUND_FILE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
const MAX_SHEETS = 1000;

/**
 * Opens an XLSX or XLSM workbook (ECMA-376, transitional or strict) and reads what all sheets share; memory does not
 * grow with the file. Throws XlsxRefusal, and the file system's own errors.
 */
export async function openWorkbook(path: string, limits: XlsxLimits): Promise<Workbook> {
  if (await isCompoundFile(path)) throw new XlsxRefusal('old_or_encrypted_workbook');
  const parts = await Package.open(path, limits);
  try {
    return await readWorkbook(parts, limits);
  } catch (error) {
    parts.close();
    throw error;
  }
}

async function readWorkbook(parts: Package, limits: XlsxLimits): Promise<Workbook> {
  const part = await workbookPartOf(parts);
  const { sheets, isDate1904 } = await readWorkbookPart(parts.read(part), parts.rulesOf(part));
  const relations = await parts.relationsOf(part);
  const known = sheets.flatMap((sheet) => {
    const related = relations.get(sheet.relation);
    if (related === undefined) throw parts.rulesOf(part).refusal('broken_workbook');
    return related.type === 'worksheet' ? [{ ...sheet, part: related.part }] : [];
  });
  if (known.length > MAX_SHEETS) throw new XlsxRefusal('too_many_sheets');
  checkParts(known, parts);
  const partOf = (type: string) => [...relations.values()].find((related) => related.type === type)?.part;
  const [styles, strings] = [partOf('styles'), partOf('sharedStrings')];
  await parts.checkAllBut([...known.map((sheet) => sheet.part), ...(strings === undefined ? [] : [strings])]);
  const dateStyles = await dateStylesOf(parts, styles);
  const context = { strings: await stringsOf(parts, strings, limits), dateStyles, isDate1904 };
  return new OpenWorkbook(parts, known, limits, context);
}

/** Without styles no number is a date; a part of styles that is named but not there would turn dates into numbers. */
async function dateStylesOf(parts: Package, part: string | undefined): Promise<readonly boolean[]> {
  return part === undefined ? [] : readDateStyles(parts.read(part), parts.rulesOf(part));
}

async function workbookPartOf(parts: Package): Promise<string> {
  const relations = await parts.relationsOf('');
  const main = [...relations.values()].find(({ type }) => type === 'officeDocument')?.part ?? 'xl/workbook.xml';
  if (!parts.has(main) || !main.toLowerCase().endsWith('.xml')) throw new XlsxRefusal('not_a_workbook');
  return main;
}

function checkParts(sheets: readonly (SheetEntry & { readonly part: string })[], parts: Package): void {
  const seen = new Set<string>();
  for (const { name, part } of sheets) {
    // A part under two names would be read twice.
    if (!parts.has(part) || seen.has(part)) throw new XlsxRefusal('broken_workbook', name, 0, '', { entry: part });
    seen.add(part);
  }
}

async function stringsOf(
  parts: Package,
  part: string | undefined,
  limits: XlsxLimits,
): Promise<CellContext['strings']> {
  if (part === undefined || !parts.has(part)) return null;
  const rules = parts.rulesOf(part);
  if (parts.sizeOf(part) > limits.maxSharedStringBytes) throw rules.refusal('shared_strings_too_large');
  return readSharedStrings(parts.read(part), rules);
}

class OpenWorkbook implements Workbook {
  readonly sheets: readonly SheetInfo[];

  constructor(
    private readonly parts: Package,
    private readonly entries: readonly (SheetEntry & { readonly part: string })[],
    private readonly limits: XlsxLimits,
    private readonly context: CellContext,
  ) {
    this.sheets = entries.map(({ name, state }, index) => ({ index, name, state }));
  }

  get isDate1904(): boolean {
    return this.context.isDate1904;
  }

  readSheet(index: number): SheetReading {
    const entry = this.entries[index];
    if (entry === undefined) throw new RangeError(`sheet ${index} of ${this.entries.length}`);
    const rows = new SheetRows(entry.name, entry.part, this.limits, this.context);
    return { rows: this.batches(entry.part, rows), merges: rows.merges };
  }

  async close(): Promise<void> {
    this.context.strings?.close();
    this.parts.close();
    return Promise.resolve();
  }

  private async *batches(part: string, rows: SheetRows): AsyncGenerator<readonly SheetRow[], void, undefined> {
    const rules = { maxXmlDepth: this.limits.maxXmlDepth, refusal: (code: string) => rows.refusal(code) };
    for await (const reached of parseXml(this.parts.read(part), rows, rules)) {
      const batch = reached.takeRows();
      if (batch.length > 0) yield batch;
    }
    rows.end();
  }
}

async function isCompoundFile(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.equals(COMPOUND_FILE);
  } finally {
    await file.close();
  }
}
