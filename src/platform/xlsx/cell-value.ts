import { decimalText, isPlainNumber } from './number-text.js';
import { isStorable, trimmed, unescaped } from './rich-text.js';
import { isoDate, serialDate } from './serial-date.js';
import { CELL } from './sheet-row.js';
import type { StringPages } from './string-pages.js';

/** What cells of a workbook are read with. */
export interface CellContext {
  readonly strings: StringPages | null;
  /** By style index. */
  readonly dateStyles: readonly boolean[];
  readonly isDate1904: boolean;
}

/** Turns what is written in a cell into its text and mark, the last result being kept in `text` and `mark`. */
export class CellValue {
  text: string | null = null;
  mark: number = CELL.TEXT;

  constructor(private readonly context: CellContext) {}

  /**
   * Takes the value as written in `v`, or the text of `is`; type and style as of the cell. Returns the code of what is
   * wrong with it: broken_workbook, invalid_character; null where nothing is.
   */
  take(type: string | undefined, style: string | undefined, raw: string): string | null {
    if (raw === '') return this.set(null, CELL.TEXT);
    switch (type) {
      case undefined:
      case 'n':
        return this.takeNumber(style, trimmed(raw));
      case 's':
        return this.takeShared(raw);
      case 'str':
      case 'inlineStr':
        return this.takeText(raw);
      case 'b':
        return this.takeBoolean(raw.trim());
      case 'e':
        return this.set(trimmed(raw), CELL.ERROR);
      case 'd':
        return this.takeDate(trimmed(raw));
      default:
        return 'broken_workbook';
    }
  }

  private takeNumber(style: string | undefined, raw: string | null): null {
    if (raw === null) return this.set(null, CELL.TEXT);
    if (this.context.dateStyles[style === undefined ? 0 : Number(style)] === true) {
      const day = serialDate(raw, this.context.isDate1904);
      return this.set(day ?? raw, day === null ? CELL.BAD_DATE : CELL.DATE);
    }
    if (isPlainNumber(raw)) return this.set(raw, CELL.NUMBER);
    const decimal = decimalText(raw);
    // What is no number at all is left to those who know what the column wants.
    if (decimal === undefined) return this.set(raw, CELL.TEXT);
    return this.set(decimal ?? raw, decimal === null ? CELL.INEXACT : CELL.NUMBER);
  }

  private takeShared(raw: string): string | null {
    const { strings } = this.context;
    const index = indexIn(raw);
    if (strings === null || index < 0 || index >= strings.length) return 'broken_workbook';
    return this.set(strings.at(index) || null, CELL.TEXT);
  }

  private takeText(raw: string): string | null {
    const text = unescaped(raw);
    if (text !== raw && !isStorable(text)) return 'invalid_character';
    return this.set(trimmed(text), CELL.TEXT);
  }

  private takeBoolean(raw: string): string | null {
    const isTrue = raw === '1' || raw === 'true';
    if (!isTrue && raw !== '0' && raw !== 'false') return 'broken_workbook';
    return this.set(isTrue ? 'TRUE' : 'FALSE', CELL.BOOLEAN);
  }

  private takeDate(raw: string | null): null {
    if (raw === null) return this.set(null, CELL.TEXT);
    const day = isoDate(raw);
    return this.set(day ?? raw, day === null ? CELL.BAD_DATE : CELL.DATE);
  }

  private set(text: string | null, mark: number): null {
    this.text = text;
    this.mark = mark;
    return null;
  }
}

/** A whole number of at most ten digits; -1 for anything else. */
function indexIn(raw: string): number {
  if (raw.length > 10) return -1;
  let index = 0;
  for (let at = 0; at < raw.length; at++) {
    const digit = raw.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    index = index * 10 + digit;
  }
  return index;
}
