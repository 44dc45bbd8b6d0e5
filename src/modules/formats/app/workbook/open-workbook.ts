import { openWorkbook, type SheetInfo, type Workbook } from '../../../../platform/xlsx/index.js';
import { isLedgerKind, type TableKind } from '../../../rules/tables.js';
import { contractHeader, faultsOf } from '../contract-table.js';
import type { NearHeader } from '../layout/find-header.js';
import type { DocumentLines, FileRefusal, OpenedFile, OpenRequest } from '../opened-file.js';
import { Reading } from '../reading.js';
import { asRefusal, refusal, refusalOf } from '../refusals.js';
import { checkKind, unknownLayout } from '../refuse-layout.js';
import { readSheet } from './read-sheet.js';
import { headOf, isTable, tableOf, type SheetHead, type SheetTable } from './sheet-table.js';

interface Sheets {
  readonly tables: readonly SheetTable[];
  readonly skipped: readonly SheetInfo[];
}

/** A workbook: every visible sheet with a known header is read, the others are counted. @throws FileRefusal */
export async function openXlsx(request: OpenRequest): Promise<OpenedFile> {
  const workbook = await asRefusal(openWorkbook(request.path, request.limits));
  try {
    const sheets = await asRefusal(sheetsOf(workbook, request));
    return openedWorkbook(workbook, sheets, new Reading(request.limits));
  } catch (error) {
    await workbook.close();
    throw error;
  }
}

function openedWorkbook(workbook: Workbook, { tables, skipped }: Sheets, reading: Reading): OpenedFile {
  const documents = bulkFirst(tables.map(({ part }) => part.document));
  return {
    format: tables.find(({ part }) => part.document === documents[0])!.format,
    ...{ container: 'xlsx', encoding: null, delimiter: null },
    ...{ documents, parts: tables.map(({ part }) => part), result: reading },
    read: (onRows) => readSheets(workbook, { tables, skipped }, reading, onRows),
    close: () => workbook.close(),
  };
}

async function* readSheets(
  workbook: Workbook,
  { tables, skipped }: Sheets,
  reading: Reading,
  onRows: (rows: number) => void,
): AsyncGenerator<DocumentLines, void, undefined> {
  try {
    for (const table of tables) yield* readSheet(workbook, table, reading, onRows);
    for (const { index, name } of skipped) {
      reading.skippedParts.push({ name, rows: await countRows(workbook, index) });
    }
  } catch (error) {
    throw refusalOf(error);
  }
}

async function countRows(workbook: Workbook, index: number): Promise<number> {
  let count = 0;
  for await (const batch of workbook.readSheet(index).rows) {
    count += batch.filter(({ texts }) => texts.some((text) => text !== null)).length;
  }
  return count;
}

/** What a workbook is mostly made of. */
const BULK: readonly TableKind[] = ['vouchers', 'records', 'settlements', 'balances'];

function bulkFirst(documents: readonly TableKind[]): TableKind[] {
  const rank = (document: TableKind) => (BULK.includes(document) ? BULK.indexOf(document) : BULK.length);
  return [...new Set(documents)].sort((a, b) => rank(a) - rank(b));
}

async function sheetsOf(workbook: Workbook, request: OpenRequest): Promise<Sheets> {
  const tables: SheetTable[] = [];
  const skipped: SheetInfo[] = [];
  const heads: { readonly head: SheetHead; readonly near: NearHeader }[] = [];
  for (const sheet of workbook.sheets) {
    const head = await headOf(workbook, sheet);
    if (sheet.state !== 'visible') refuseHidden(head, request);
    const table = sheet.state === 'visible' ? tableOf(head, request) : null;
    // Of a contract's table only one sheet is meant, the others are notes to it.
    if (table !== null && isTable(table) && !(isStated(request) && tables.length > 0)) tables.push(table);
    else skipped.push(sheet);
    if (table !== null && !isTable(table)) heads.push({ head, near: table });
  }
  if (tables.length === 0) throw nothingKnown(heads, request);
  checkKind(
    request,
    tables.map(({ part }) => part.document),
  );
  return { tables, skipped };
}

const isStated = ({ kind }: OpenRequest) => kind !== null && !isLedgerKind(kind);

/** A hidden sheet is not read; one with a table is not passed over either, for nobody would know. */
function refuseHidden(head: SheetHead, request: OpenRequest): void {
  const table = hiddenTable(head, request);
  const rows = table === null ? 0 : head.rows.filter(({ row }) => row > table.part.headerRow).length;
  if (rows > 0 || (table !== null && head.hasMore)) throw refusal('hidden_sheet', { sheet: head.sheet.name });
}

function hiddenTable(head: SheetHead, request: OpenRequest): SheetTable | null {
  const table = tableOf({ ...head, hidden: new Set() }, { ...request, kind: null });
  return isTable(table) ? table : null;
}

/** Why no sheet can be read: the faults of the first with content as the table it was said to be, or of the one that comes nearest. */
function nothingKnown(
  heads: readonly { readonly head: SheetHead; readonly near: NearHeader }[],
  { kind, headers }: OpenRequest,
): FileRefusal {
  const filled = heads.filter(({ head }) => head.rows.length > 0);
  if (filled.length === 0) return refusal('empty_file');
  if (kind !== null && !isLedgerKind(kind)) {
    const { sheet, rows } = filled[0]!.head;
    const names = rows[0]!.fields.map((name) => name ?? '');
    return faultsOf(contractHeader(kind, names, headers), rows[0]!.row, sheet.name);
  }
  const worth = ({ match }: NearHeader) => match?.fields.size ?? 0;
  const best = filled.reduce((a, b) => (worth(b.near) > worth(a.near) ? b : a));
  return unknownLayout(best.near, best.head.sheet.name);
}
