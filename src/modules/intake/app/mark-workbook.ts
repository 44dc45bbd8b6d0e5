import { open, rm } from 'node:fs/promises';
import { markCells, type Mark } from '../../../platform/xlsx-out/mark-cells.js';
import { writePlainWorkbook, type PlainSheet } from '../../../platform/xlsx-out/plain-workbook.js';
import { XlsxRefusal } from '../../../platform/xlsx/index.js';
import type { FormatLimits } from '../../formats/index.js';
import { findingMarks } from './mark-places.js';
import { ReturnedTable, findingsTable } from './mark-tables.js';
import type { FileToReturn } from './mark-file.js';
import { rowsOfText } from './mark-text-rows.js';
import { rowsOfXml } from './mark-xml-rows.js';

/** Findings that are looked at for a workbook; it holds 5,000 marked cells, and several may be about one. */
export const RETURNED_FINDINGS = 10_000;
const AUTHOR = '六大协同';

/** Workbooks whose XML is broken somewhere: a copy would be as broken, and no program would open it. */
const BROKEN = new Set(['malformed_xml', 'doctype_forbidden', 'too_deep', 'broken_workbook']);

/**
 * Writes to `target` what the clerk gets back: the same workbook with the bad cells coloured and commented in Chinese; of a
 * text or XML a workbook of its rows with their numbers; of what cannot be read at all the list of findings. Memory does not
 * grow with the file.
 */
export async function markedWorkbook(
  file: FileToReturn,
  target: string,
  limits: FormatLimits,
): Promise<{ readonly isSameWorkbook: boolean }> {
  const container = file.details.container ?? (await containerOf(file.path));
  const isBroken = file.findings.some(({ code }) => BROKEN.has(code));
  const isSameWorkbook = container === 'xlsx' && !isBroken && (await isCopyMarked(file, target, limits));
  if (container === 'csv' || container === 'text') await writeMarked(rowsOfText(file), target, limits);
  else if (container === 'xml') await writeMarked(rowsOfXml(file, limits), target, limits);
  else if (!isSameWorkbook) await writePlainWorkbook(findingsTable(file), target);
  return { isSameWorkbook };
}

/** False where the workbook cannot be copied. */
async function isCopyMarked(file: FileToReturn, target: string, limits: FormatLimits): Promise<boolean> {
  try {
    await markCells(file.path, target, await findingMarks(file, limits), AUTHOR, limits);
    return true;
  } catch (error) {
    if (error instanceof XlsxRefusal) return false;
    throw error;
  }
}

async function writeMarked(table: ReturnedTable, target: string, limits: FormatLimits): Promise<void> {
  const plain = `${target}.plain`;
  try {
    const sheet: PlainSheet = await table.sheet();
    await writePlainWorkbook(sheet, plain);
    const marks: readonly Mark[] = table.marks();
    // The workbook is our own: the caps for others' files do not concern it.
    await markCells(plain, target, marks, AUTHOR, {
      ...limits,
      maxEntries: 100,
      maxInflatedBytes: 2 ** 32,
      isOwn: true,
    });
  } finally {
    await rm(plain, { force: true });
  }
}

/** Of a file that was refused before it was told what it is. */
async function containerOf(path: string): Promise<'xlsx' | 'xml' | 'text' | null> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    const head = buffer.subarray(0, bytesRead).toString('latin1');
    if (head.startsWith('PK')) return 'xlsx';
    if (/^[\xef\xbb\xbf\xfe\xff\s\0]*</.test(head)) return 'xml';
    // Text has no control characters but blanks; UTF-16 has zeros, and a mark before them.
    return /^(\xff\xfe|\xfe\xff)|^[^\x01-\x08\x0e-\x1f]*$/.test(head) ? 'text' : null;
  } finally {
    await file.close();
  }
}
