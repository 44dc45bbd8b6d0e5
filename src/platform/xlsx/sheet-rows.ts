import { columnLetter, columnOf, rowOf, SHEET_COLUMNS, SHEET_ROWS } from './cell-place.js';
import { type CellContext, CellValue } from './cell-value.js';
import { XlsxRefusal, type XlsxLimits } from './refusal.js';
import { RichText } from './rich-text.js';
import { CELL, type Merge, type SheetRow } from './sheet-row.js';
import { isTrue } from './workbook-part.js';
import type { Attributes } from './xml-part.js';

/** More merged ranges than any table has: the list lies in memory. */
const MAX_MERGES = 100_000;
/** As in RichText: no cell holds more. */
const MAX_VALUE_CHARACTERS = 32_767 * 7;

/** Where in the part the reader stands. */
const AT = {
  START: 0,
  SHEET: 1,
  DATA: 2,
  ROW: 3,
  CELL: 4,
  VALUE: 5,
  FORMULA: 6,
  STRING: 7,
  MERGES: 8,
  MERGE: 9,
} as const;
type At = (typeof AT)[keyof typeof AT];

/**
 * Makes rows of the elements of a sheet's part. What stands where no row, cell or value may stand is refused rather than
 * passed over: nothing of a table gets lost without a word.
 */
export class SheetRows {
  readonly merges: Merge[] = [];
  private at: At = AT.START;
  /** How deep inside an element that is of no interest. */
  private skipped = 0;
  private hasData = false;
  private batch: SheetRow[] = [];

  private rowNo = 0;
  private isHidden = false;
  private texts: (string | null)[] = [];
  private readonly marks = new Uint8Array(SHEET_COLUMNS);
  private isMarked = false;
  private rowCount = 0;
  private cellCount = 0;

  private column = -1;
  private type: string | undefined;
  private style: string | undefined;
  private value: string | null = null;
  private isFormula = false;
  private readonly item = new RichText();
  private readonly cell: CellValue;

  constructor(
    private readonly sheet: string,
    private readonly part: string,
    private readonly limits: XlsxLimits,
    context: CellContext,
  ) {
    this.cell = new CellValue(context);
  }

  /** The rows that are complete since the last call. */
  takeRows(): readonly SheetRow[] {
    const rows = this.batch;
    this.batch = [];
    return rows;
  }

  /** The place that the reader has reached. */
  refusal(code: string): XlsxRefusal {
    const column = this.at >= AT.CELL && this.at <= AT.STRING && this.column >= 0 ? columnLetter(this.column) : '';
    return new XlsxRefusal(code, this.sheet, this.rowNo, column, { entry: this.part });
  }

  /** To be called at the end of the part. */
  end(): void {
    if (!this.hasData) throw this.refusal('broken_workbook');
  }

  open(name: string, attributes: Attributes): void {
    if (this.skipped > 0) {
      this.skipped++;
      return;
    }
    switch (this.at) {
      case AT.ROW:
        if (isNamed(name, 'c')) return this.openCell(attributes);
        return this.skipExtension(name);
      case AT.CELL:
        return this.openInCell(name);
      case AT.DATA:
        if (!isNamed(name, 'row')) return this.skipExtension(name);
        return this.openRow(attributes);
      case AT.STRING:
        return this.item.open(name);
      case AT.SHEET:
        return this.openInSheet(name);
      case AT.MERGES:
        if (!isNamed(name, 'mergeCell')) return this.skipExtension(name);
        this.at = AT.MERGE;
        return this.addMerge(attributes.ref ?? '');
      case AT.START:
        if (!isNamed(name, 'worksheet')) throw this.refusal('broken_workbook');
        this.at = AT.SHEET;
        return;
      case AT.VALUE:
      case AT.FORMULA:
      case AT.MERGE:
        throw this.refusal('broken_workbook');
    }
  }

  text(text: string): void {
    if (this.skipped > 0) return;
    if (this.at === AT.VALUE) {
      this.value = this.value === '' ? text : (this.value as string) + text;
      if (this.value.length > MAX_VALUE_CHARACTERS) throw this.refusal('field_too_long');
    } else if (this.at === AT.STRING && !this.item.text(text)) throw this.refusal('field_too_long');
  }

  close(): void {
    if (this.skipped > 0) {
      this.skipped--;
      return;
    }
    switch (this.at) {
      case AT.VALUE:
      case AT.FORMULA:
        this.at = AT.CELL;
        return;
      case AT.CELL:
        this.closeCell();
        this.at = AT.ROW;
        return;
      case AT.ROW:
        this.closeRow();
        this.at = AT.DATA;
        return;
      case AT.STRING:
        if (this.item.isOpen) return this.item.close();
        this.value = this.item.end();
        this.at = AT.CELL;
        return;
      case AT.DATA:
      case AT.MERGES:
        this.at = AT.SHEET;
        return;
      case AT.MERGE:
        this.at = AT.MERGES;
        return;
      case AT.SHEET:
      case AT.START:
        return;
    }
  }

  private openInSheet(name: string): void {
    if (isNamed(name, 'sheetData')) {
      if (this.hasData) throw this.refusal('broken_workbook');
      this.hasData = true;
      this.at = AT.DATA;
    } else if (isNamed(name, 'mergeCells')) this.at = AT.MERGES;
    else this.skipped = 1;
  }

  private openRow({ r, hidden, ht }: Attributes): void {
    const rowNo = r === undefined ? this.rowNo + 1 : rowOf(r);
    if (rowNo <= this.rowNo) throw this.refusal(rowNo === 0 ? 'broken_workbook' : 'doubled_cell');
    if (rowNo > SHEET_ROWS) throw this.refusal('too_many_rows');
    this.rowNo = rowNo;
    this.isHidden = isTrue(hidden) || (ht !== undefined && Number(ht) === 0);
    this.column = -1;
    this.at = AT.ROW;
  }

  private openCell({ r, t, s }: Attributes): void {
    const before = this.column;
    this.column = r === undefined ? before + 1 : columnOf(r);
    this.at = AT.CELL;
    if (this.column < 0) throw this.refusal('broken_workbook');
    if (this.column >= SHEET_COLUMNS) throw this.refusal('too_many_columns');
    if (this.column <= before || (r !== undefined && rowOf(r) !== this.rowNo)) throw this.refusal('doubled_cell');
    if (++this.cellCount > this.limits.maxCells) throw this.refusal('too_many_cells');
    this.type = t;
    this.style = s;
    this.value = null;
    this.isFormula = false;
  }

  private openInCell(name: string): void {
    if (isNamed(name, 'v') || isNamed(name, 'is')) {
      if (this.value !== null) throw this.refusal('broken_workbook');
      this.value = '';
      this.at = isNamed(name, 'v') ? AT.VALUE : AT.STRING;
      if (this.at === AT.STRING) this.item.start();
    } else if (isNamed(name, 'f')) {
      this.isFormula = true;
      this.at = AT.FORMULA;
    } else this.skipExtension(name);
  }

  /** `extLst` is the one place for what other programs add; anything else would be part of the table. */
  private skipExtension(name: string): void {
    if (!isNamed(name, 'extLst')) throw this.refusal('broken_workbook');
    this.skipped = 1;
  }

  private closeCell(): void {
    if (this.value === null && !this.isFormula) return;
    const { cell, texts, column } = this;
    const wrong = cell.take(this.type, this.style, this.value ?? '');
    if (wrong !== null) throw this.refusal(wrong);
    const mark = this.isFormula ? CELL.FORMULA : cell.mark;
    if (cell.text === null && mark === CELL.TEXT) return;
    if (column >= this.limits.maxColumns) throw this.refusal('too_many_columns');
    while (texts.length < column) texts.push(null);
    texts.push(cell.text);
    if (mark === CELL.TEXT) return;
    this.marks[column] = mark;
    this.isMarked = true;
  }

  private closeRow(): void {
    const { texts } = this;
    if (texts.length > 0 && ++this.rowCount > this.limits.maxRows) throw this.refusal('too_many_rows');
    const marks = this.isMarked ? this.marks.slice(0, texts.length) : null;
    this.batch.push({ rowNo: this.rowNo, isHidden: this.isHidden, texts, marks });
    this.texts = [];
    if (this.isMarked) this.marks.fill(0, 0, texts.length);
    this.isMarked = false;
  }

  private addMerge(range: string): void {
    const [first = '', last = first] = range.split(':');
    const merge = {
      firstRow: rowOf(first),
      lastRow: rowOf(last),
      firstColumn: columnOf(first),
      lastColumn: columnOf(last),
    };
    if (merge.firstRow === 0 || merge.firstColumn < 0 || merge.lastRow < merge.firstRow)
      throw this.refusal('broken_workbook');
    if (merge.lastColumn < merge.firstColumn) throw this.refusal('broken_workbook');
    if (this.merges.length === MAX_MERGES) throw this.refusal('too_many_merges');
    this.merges.push(merge);
  }
}

/** Whether an element has this name, under any prefix of a namespace. */
function isNamed(name: string, local: string): boolean {
  return name === local || (name.endsWith(local) && name.charCodeAt(name.length - local.length - 1) === 58);
}
