import { CELL, type SheetInfo, type SheetRow, type Workbook } from '../../../../platform/xlsx/index.js';
import { COLUMNS, KEYS } from '../../../rules/columns.js';
import { isLedgerKind, type TableKind } from '../../../rules/tables.js';
import { contractColumns, contractHeader, knownContractHeader, type ContractTable } from '../contract-table.js';
import { checkHeader, formatOf, partUnder } from '../found-table.js';
import {
  findHeader,
  HEAD_ROWS,
  isFound,
  type FoundHeader,
  type HeadRow,
  type NearHeader,
} from '../layout/find-header.js';
import { NO_ROWS_ABOVE } from '../left-out-lines.js';
import type { FormatId, OpenRequest, Part } from '../opened-file.js';
import { refusal } from '../refusals.js';
import { shapeUnder, type RowShape } from '../row-shape.js';

/** A sheet whose rows are those of a table known here. */
export interface SheetTable {
  readonly format: FormatId;
  readonly part: Part;
  readonly shape: RowShape;
  /** Columns of the file whose dates stand for their month. */
  readonly months: ReadonlySet<number>;
  /** Columns that the header has; 0 where more are nobody's concern. */
  readonly columns: number;
}

/** The first rows of a sheet. */
export interface SheetHead {
  readonly sheet: SheetInfo;
  /** Those with content; formulas and errors are left out, since a header is what somebody wrote. */
  readonly rows: readonly HeadRow[];
  /** Hidden rows among them. */
  readonly hidden: ReadonlySet<number>;
  /** Whether there are more rows than that. */
  readonly hasMore: boolean;
}

export async function headOf(workbook: Workbook, sheet: SheetInfo): Promise<SheetHead> {
  const rows: HeadRow[] = [];
  const hidden = new Set<number>();
  for await (const batch of workbook.readSheet(sheet.index).rows) {
    for (const row of batch) {
      if (row.texts.every((text) => text === null)) continue;
      if (row.rowNo > HEAD_ROWS + 1) return { sheet, rows, hidden, hasMore: true };
      rows.push({ row: row.rowNo, fields: writtenTexts(row) });
      if (row.isHidden) hidden.add(row.rowNo);
    }
  }
  return { sheet, rows, hidden, hasMore: false };
}

function writtenTexts({ texts, marks }: SheetRow): readonly (string | null)[] {
  if (marks === null) return texts;
  return texts.map((text, i) => (marks[i] === CELL.FORMULA || marks[i] === CELL.ERROR ? null : text));
}

const namesOf = (row: HeadRow | undefined) => row?.fields.map((name) => name ?? '') ?? [];

/** The table of a sheet as its header tells it; a header that nothing fits comes back as what is nearest. */
export function tableOf(head: SheetHead, request: OpenRequest): SheetTable | NearHeader {
  const { kind, headers } = request;
  const first = head.rows[0];
  const contract = kind === null ? knownContractHeader(namesOf(first), headers) : statedTable(kind, first, request);
  if (contract !== null) return contractTable(head, contract);
  const found = findHeader(head.rows, headers);
  return isFound(found) ? ledgerTable(head, found, request) : found;
}

export const isTable = (table: SheetTable | NearHeader): table is SheetTable => 'shape' in table;

function statedTable(kind: TableKind, first: HeadRow | undefined, { headers }: OpenRequest): ContractTable | null {
  if (isLedgerKind(kind) || first === undefined) return null;
  const table = contractHeader(kind, namesOf(first), headers);
  return table.reading.problems.length === 0 ? table : null;
}

function contractTable(head: SheetHead, table: ContractTable): SheetTable {
  const { sheet, rows } = head;
  const { kind, reading } = table;
  const headerRow = rows[0]!.row;
  refuseHiddenHeader(head, headerRow);
  const columns = contractColumns(table);
  const { sources } = reading;
  const places = Object.entries(columns);
  const monthly = COLUMNS[kind].filter(({ type }) => type.is === 'period').map(({ name }) => columns[name]!);
  return {
    format: 'table',
    part: { sheet: sheet.name, sheetIndex: sheet.index, document: kind, headerRow, columns, ignored: [] },
    shape: {
      document: kind,
      values: sources.map((place) => (cells) => (place < 0 ? null : (cells[place] ?? null))),
      read: new Map(places.map(([column, place]) => [place, column])),
      keys: KEYS[kind].map((name) => columns[name]!),
      ...{ amounts: [], above: NO_ROWS_ABOVE, continued: null },
    },
    months: new Set(monthly),
    columns: rows[0]!.fields.length,
  };
}

function ledgerTable(head: SheetHead, found: FoundHeader, request: OpenRequest): SheetTable {
  const { sheet } = head;
  checkHeader(found, sheet.name, request.limits);
  refuseHiddenHeader(head, found.headerRow);
  const part = partUnder(found, sheet.name, sheet.index);
  return { format: formatOf(found), part, shape: shapeUnder(found), columns: 0, months: new Set() };
}

function refuseHiddenHeader({ sheet, hidden }: SheetHead, row: number): void {
  if (hidden.has(row)) throw refusal('hidden_row', { sheet: sheet.name, row });
}
