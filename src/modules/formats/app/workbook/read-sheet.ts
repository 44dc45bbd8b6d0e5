import { CELL, columnLetter, type Merge, type SheetRow, type Workbook } from '../../../../platform/xlsx/index.js';
import { rowNumber } from '../../../rules/row-number.js';
import { CopyLines } from '../copy-lines.js';
import { isErrorText, isTotalText, shownDigits } from '../ledger-texts.js';
import { leftOutAs, type LeftOut } from '../left-out-lines.js';
import type { DocumentLines } from '../opened-file.js';
import type { Reading } from '../reading.js';
import type { SheetTable } from './sheet-table.js';

/** The rows of one sheet below its header. Throws XlsxRefusal, FileRefusal. */
export async function* readSheet(
  workbook: Workbook,
  table: SheetTable,
  reading: Reading,
  onRows: (rows: number) => void,
): AsyncGenerator<DocumentLines, void, undefined> {
  const { document, sheetIndex } = table.part;
  const { rows, merges } = workbook.readSheet(sheetIndex);
  const reader = new SheetReader(table, reading);
  for await (const batch of rows) {
    for (const row of batch) reader.take(row);
    const lines = reader.lines.take();
    if (lines !== null) yield { document, lines };
    onRows(reading.rows);
  }
  reader.judgeMerges(merges);
  yield { document, lines: reader.lines.rest() };
}

class SheetReader {
  readonly lines = new CopyLines();
  private readonly read: readonly (readonly [place: number, column: string])[];
  private readonly values: (string | null)[];
  /** Rows of sums and those left out: what is merged in them is only their title. */
  private readonly titled = new Set<number>();
  private lastRow = 0;

  constructor(
    private readonly table: SheetTable,
    private readonly reading: Reading,
  ) {
    this.read = [...table.shape.read];
    this.values = table.shape.values.map(() => null);
    reading.of(table.part.document);
  }

  take(row: SheetRow): void {
    const { table, reading } = this;
    const { document, headerRow, sheet } = table.part;
    const { rowNo, texts } = row;
    if (rowNo <= headerRow) return;
    if (texts.every((text) => text === null)) {
      reading.addBlank(document);
      return;
    }
    const leftOut = leftOutAs(table.shape, { cellAt: (place) => texts[place] ?? null, columns: texts.length });
    if (leftOut !== null) return this.leaveOut(rowNo, leftOut);
    reading.addRow(document, rowNo, texts.length, sheet!);
    this.lastRow = rowNo;
    if (row.isHidden) return this.addProblem(rowNo, '', 'hidden_row');
    if (table.columns > 0 && !this.isWithinHeader(texts)) {
      const params = { expected: String(table.columns), found: String(texts.length) };
      return this.addProblem(rowNo, '', 'column_count', params);
    }
    const cells = this.cellsOf(row);
    if (cells !== null) this.addRow(rowNo, cells);
  }

  private leaveOut(rowNo: number, as: LeftOut): void {
    this.titled.add(rowNo);
    this.table.shape.continued?.end();
    this.reading.addLeftOut(as);
  }

  /** What stands beside the header belongs to no column and must not vanish. */
  private isWithinHeader(texts: SheetRow['texts']): boolean {
    return texts.length <= this.table.columns || texts.slice(this.table.columns).every((text) => text === null);
  }

  private addRow(rowNo: number, cells: SheetRow['texts']): void {
    const { table, values } = this;
    const shapes = table.shape.values;
    for (let i = 0; i < shapes.length; i++) values[i] = shapes[i]!(cells);
    table.shape.continued?.fill(values);
    const unwritable = this.lines.add(rowNumber(table.part.sheetIndex, rowNo), values);
    if (unwritable >= 0) this.addProblem(rowNo, this.read[unwritable]?.[1] ?? '', 'invalid_character');
  }

  /** The cells to be read, or null where one cannot be taken as it stands. */
  private cellsOf(row: SheetRow): SheetRow['texts'] | null {
    const isTotal = this.isTotal(row.texts);
    if (isTotal) this.titled.add(row.rowNo);
    const { marks, texts } = row;
    if (marks === null) return this.isFreeOfErrorTexts(row) ? texts : null;
    let cells: (string | null)[] | null = null;
    let isSound = true;
    for (const [place, column] of this.read) {
      const text = texts[place] ?? null;
      const mark = marks[place] ?? CELL.TEXT;
      if (mark === CELL.DATE && this.table.months.has(place)) {
        // Spreadsheets make a date of 2023-03 as soon as it is typed.
        (cells ??= [...texts])[place] = text!.replace(/-01$/, '');
      } else if (isTotal && (mark === CELL.FORMULA || mark === CELL.INEXACT) && text !== null) {
        (cells ??= [...texts])[place] = shownDigits(text);
      } else {
        isSound = this.judge(row.rowNo, column, mark, text) && isSound;
      }
    }
    return isSound ? (cells ?? texts) : null;
  }

  private isFreeOfErrorTexts({ texts, rowNo }: SheetRow): boolean {
    let isFree = true;
    for (const [place, column] of this.read)
      isFree = this.judge(rowNo, column, CELL.TEXT, texts[place] ?? null) && isFree;
    return isFree;
  }

  private judge(rowNo: number, column: string, mark: number, text: string | null): boolean {
    const code = codeOf(mark, text);
    if (code === null) return true;
    this.addProblem(rowNo, column, code, text === null ? {} : { value: text });
    return false;
  }

  private isTotal(texts: SheetRow['texts']): boolean {
    for (const place of this.table.shape.keys) {
      const text = texts[place] ?? null;
      if (text !== null && !isTotalText(text)) return false;
    }
    return texts.some((text) => text !== null && isTotalText(text));
  }

  /** A value merged over several rows or columns is said once and meant who knows how often. */
  judgeMerges(merges: readonly Merge[]): void {
    for (const merge of merges) {
      const { firstRow, lastRow, firstColumn, lastColumn } = merge;
      if (lastRow <= this.table.part.headerRow || firstRow > this.lastRow) continue;
      if (this.isTitled(firstRow, lastRow)) continue;
      const column = this.read.find(([place]) => place >= firstColumn && place <= lastColumn)?.[1];
      if (column === undefined) continue;
      const range = `${columnLetter(firstColumn)}${firstRow}:${columnLetter(lastColumn)}${lastRow}`;
      this.addProblem(Math.max(firstRow, this.table.part.headerRow + 1), column, 'merged_cells', { range });
    }
  }

  private isTitled(firstRow: number, lastRow: number): boolean {
    let row = firstRow;
    while (row <= lastRow && this.titled.has(row)) row++;
    return row > lastRow;
  }

  private addProblem(row: number, column: string, code: string, params: Readonly<Record<string, string>> = {}): void {
    const { sheet, document } = this.table.part;
    this.reading.addProblem({ sheet: sheet!, row, column, code, params, document });
  }
}

function codeOf(mark: number, text: string | null): string | null {
  switch (mark) {
    case CELL.FORMULA:
      return 'formula_cell';
    case CELL.ERROR:
      return 'error_cell';
    case CELL.INEXACT:
      return 'float_tail';
    case CELL.BAD_DATE:
      return 'bad_date_cell';
    default:
      return text !== null && isErrorText(text) ? 'error_cell' : null;
  }
}
