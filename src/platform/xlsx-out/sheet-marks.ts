import { columnLetter, XlsxRefusal } from '../xlsx/index.js';
import { SHEET_COLUMNS, columnOf, rowOf } from '../xlsx/cell-place.js';
import { formatOfTag } from './fill-styles.js';
import { attributeOf, localName, nextTag, opened, prefixOf, withAttribute, type Tag } from './xml-edit.js';

/** What may come behind `legacyDrawing` in a sheet (ECMA-376 part 1, 18.3.1.99, CT_Worksheet). */
const BEHIND_DRAWING = new Set([
  ...['legacyDrawingHF', 'drawingHF', 'picture', 'oleObjects', 'controls', 'AlternateContent', 'webPublishItems'],
  ...['tableParts', 'extLst'],
]);

/** A tag longer than this is none of a workbook. */
const MAX_TAG_CHARACTERS = 4 * 1024 * 1024;

export interface SheetPlan {
  /** Columns to be marked, from 0 and ascending, by row from 1. */
  readonly cells: ReadonlyMap<number, readonly number[]>;
  /** A format's index → that of its filled copy. */
  readonly filled: (format: number) => number;
  /** The element that names the drawing of comments, where the sheet has none yet. */
  readonly drawing: string;
  /** Whether a relation of the sheet is a drawing that more can be added to. */
  readonly isDrawing: (relation: string) => boolean;
}

/**
 * Rewrites the XML of a sheet piece by piece: cells get the filled copy of their format, missing cells and rows are put in
 * where they belong, and the drawing of comments is named. Text goes in and out as Latin-1, so that bytes stay as they
 * are; all that is added is ASCII.
 */
export class SheetMarks {
  /** The relation by which the sheet names its drawing of comments; null: the plan's own was put in. */
  drawingRelation: string | null = null;

  private text = '';
  private position = 0;
  private state: 'head' | 'rows' | 'cells' | 'tail' | 'end' = 'head';
  private prefix = '';
  private depth = 0;
  private isDrawn = false;
  private isInOtherRow = false;
  private row = 0;
  private column = -1;
  /** Of the row in hand: its columns still to be marked, and its own format. */
  private columnsLeft: number[] = [];
  private rowFormat: number | null = null;
  private readonly rowsLeft: number[];
  private readonly columnFormats: { readonly min: number; readonly max: number; readonly format: number }[] = [];

  constructor(private readonly plan: SheetPlan) {
    this.rowsLeft = [...plan.cells.keys()].sort((a, b) => a - b);
  }

  /** Takes the next piece and answers what is finished. @throws XlsxRefusal malformed_xml */
  push(piece: string): string {
    const out: string[] = [];
    this.text = this.text.slice(this.position) + piece;
    this.position = 0;
    while (this.state !== 'end') {
      if (this.state === 'rows' && this.isInOtherRow && !this.skipRow(out)) break;
      const tag = nextTag(this.text, this.position);
      if (typeof tag === 'number') {
        this.copyTo(out, tag);
        break;
      }
      this.copyTo(out, tag.start);
      this.position = tag.end;
      out.push(this.taken(tag, this.text.slice(tag.start, tag.end)));
    }
    if (this.state === 'end') this.copyTo(out, this.text.length);
    if (this.text.length - this.position > MAX_TAG_CHARACTERS) throw new XlsxRefusal('malformed_xml');
    return out.join('');
  }

  /** @throws XlsxRefusal malformed_xml for a sheet that breaks off */
  end(): void {
    if (this.state !== 'end') throw new XlsxRefusal('malformed_xml');
  }

  private copyTo(out: string[], end: number): void {
    if (end > this.position) out.push(this.text.slice(this.position, end));
    this.position = end;
  }

  /** Rows without a mark are most of a sheet: they are passed over at the speed of a search. */
  private skipRow(out: string[]): boolean {
    const close = `</${this.prefix}row`;
    const at = this.text.indexOf(close, this.position);
    // The close may be cut in two by the end of the piece.
    this.copyTo(out, at < 0 ? Math.max(this.position, this.text.length - close.length) : at);
    if (at >= 0) this.isInOtherRow = false;
    return at >= 0;
  }

  private taken(tag: Tag, text: string): string {
    switch (this.state) {
      case 'head':
        return this.inHead(tag, text);
      case 'rows':
        return this.amongRows(tag, text);
      case 'cells':
        return this.amongCells(tag, text);
      case 'tail':
        return this.inTail(tag, text);
      case 'end':
        return text;
    }
  }

  private inHead(tag: Tag, text: string): string {
    const name = localName(tag.name);
    if (name === 'col' && this.columnFormats.length < SHEET_COLUMNS) this.columnFormats.push(columnFormat(text));
    if (name !== 'sheetData' || tag.isClosing) return text;
    this.prefix = prefixOf(tag.name);
    this.state = tag.isEmpty ? 'tail' : 'rows';
    if (!tag.isEmpty) return text;
    return `${opened(text)}${this.missingRows(Infinity)}</${tag.name}>`;
  }

  private amongRows(tag: Tag, text: string): string {
    if (tag.isClosing && tag.name === `${this.prefix}sheetData`) {
      this.state = 'tail';
      return this.missingRows(Infinity) + text;
    }
    if (tag.isClosing || tag.name !== `${this.prefix}row`) return text;
    this.row = Number(attributeOf(text, 'r') ?? this.row + 1);
    const missing = this.missingRows(this.row);
    const columns = this.plan.cells.get(this.row);
    if (columns === undefined) {
      this.isInOtherRow = !tag.isEmpty;
      return missing + text;
    }
    if (this.rowsLeft[0] === this.row) this.rowsLeft.shift();
    this.beginCells(text, columns);
    // Excel writes which columns a row spans, as a hint; it would be wrong now.
    const bare = text.replace(/\sspans\s*=\s*["'][^"']*["']/, '');
    if (!tag.isEmpty) this.state = 'cells';
    else return `${missing}${opened(bare)}${this.missingCells(Infinity)}</${tag.name}>`;
    return missing + bare;
  }

  private beginCells(rowTag: string, columns: readonly number[]): void {
    this.columnsLeft = [...columns];
    this.column = -1;
    const isOwn = /^(1|true)$/.test(attributeOf(rowTag, 'customFormat') ?? '');
    this.rowFormat = isOwn ? formatOfTag(rowTag, 's') : null;
  }

  private amongCells(tag: Tag, text: string): string {
    if (tag.isClosing && tag.name === `${this.prefix}row`) {
      this.state = 'rows';
      return this.missingCells(Infinity) + text;
    }
    if (tag.isClosing || tag.name !== `${this.prefix}c`) return text;
    const reference = attributeOf(text, 'r');
    this.column = reference === null ? this.column + 1 : columnOf(reference);
    const missing = this.missingCells(this.column);
    if (this.columnsLeft[0] !== this.column) return missing + text;
    this.columnsLeft.shift();
    return missing + withAttribute(text, 's', String(this.plan.filled(formatOfTag(text, 's'))));
  }

  private inTail(tag: Tag, text: string): string {
    const name = localName(tag.name);
    if (tag.isClosing && this.depth === 0) {
      this.state = 'end';
      return this.drawn() + text;
    }
    const isChild = !tag.isClosing && this.depth === 0;
    if (!tag.isEmpty) this.depth += tag.isClosing ? -1 : 1;
    if (!isChild) return text;
    if (name === 'legacyDrawing' && !this.isDrawn) return this.givenDrawing(text);
    return BEHIND_DRAWING.has(name) ? this.drawn() + text : text;
  }

  private givenDrawing(text: string): string {
    const relation = attributeOf(text, 'id') ?? '';
    this.isDrawn = true;
    if (!this.plan.isDrawing(relation)) return withAttribute(text, 'id', attributeOf(this.plan.drawing, 'id')!);
    this.drawingRelation = relation;
    return text;
  }

  private drawn(): string {
    if (this.isDrawn) return '';
    this.isDrawn = true;
    return this.plan.drawing.replace('<', `<${this.prefix}`);
  }

  private missingRows(before: number): string {
    let rows = '';
    while (this.rowsLeft.length > 0 && this.rowsLeft[0]! < before) {
      const row = this.rowsLeft.shift()!;
      this.beginCells('', this.plan.cells.get(row)!);
      const cells = this.missingCells(Infinity, row);
      rows += `<${this.prefix}row r="${row}">${cells}</${this.prefix}row>`;
    }
    return rows;
  }

  private missingCells(before: number, row = this.row): string {
    let cells = '';
    while (this.columnsLeft.length > 0 && this.columnsLeft[0]! < before) {
      const column = this.columnsLeft.shift()!;
      const format = this.plan.filled(this.rowFormat ?? this.formatOfColumn(column));
      cells += `<${this.prefix}c r="${columnLetter(column)}${row}" s="${format}"/>`;
    }
    return cells;
  }

  private formatOfColumn(column: number): number {
    return this.columnFormats.find(({ min, max }) => min <= column + 1 && column + 1 <= max)?.format ?? 0;
  }
}

const columnFormat = (tag: string) => ({
  min: Number(attributeOf(tag, 'min')),
  max: Number(attributeOf(tag, 'max')),
  format: formatOfTag(tag, 'style'),
});

/** `B12` → its row and column; null for what is no reference of one cell. */
export function cellOf(reference: string): { readonly row: number; readonly column: number } | null {
  const row = rowOf(reference);
  const column = columnOf(reference);
  return row > 0 && column >= 0 ? { row, column } : null;
}
