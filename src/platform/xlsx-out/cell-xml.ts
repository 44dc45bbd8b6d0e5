/** Cells as XML. A text stays one whatever it begins with, and a number is written as the digits it was given. */
import { lookNumber, type LookName } from './looks.js';

/** Where a cell leads: an address, or a cell of the workbook (`'Sheet'!A1`). */
export interface CellLink {
  readonly target?: string;
  readonly place?: string;
  /** Said while the pointer is on it. */
  readonly tip?: string;
}

interface Shown {
  readonly look: LookName;
  readonly link?: CellLink;
}

export interface TextCell extends Shown {
  readonly text: string;
}

export interface NumberCell extends Shown {
  /** A plain decimal, at most 15 digits: more a spreadsheet does not hold. Of a formula, its value. */
  readonly number: string;
  /** Without its `=`; only ever put together by us, never from anybody’s text. */
  readonly formula?: string;
}

export type OutCell = TextCell | NumberCell;

/** What Excel holds in one cell. */
const MAX_CELL_CHARACTERS = 32_767;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Any text in XML, between tags or in an attribute; what XML has no room for becomes U+FFFD. */
export const xmlText = (text: string): string =>
  text
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
    .replace(/[&<>"]/g, (it) => ENTITIES[it]!);

/**
 * The text of a cell. In one `_x0041_` is a way to write A; what looks like it and is not meant has its own underscore
 * written that way, and so is a carriage return, which XML would read as a line feed.
 */
const cellText = (text: string): string =>
  xmlText(
    text
      .slice(0, MAX_CELL_CHARACTERS)
      .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
      .replaceAll('\r', '_x000D_'),
  );

/** `ref` is where it stands: `B7`. */
export function cellXml(ref: string, cell: OutCell): string {
  const look = lookNumber(cell.look);
  if ('text' in cell) {
    if (cell.text === '') return `<c r="${ref}" s="${look}"/>`;
    return `<c r="${ref}" s="${look}" t="inlineStr"><is><t xml:space="preserve">${cellText(cell.text)}</t></is></c>`;
  }
  const formula = cell.formula === undefined ? '' : `<f>${xmlText(cell.formula)}</f>`;
  return `<c r="${ref}" s="${look}">${formula}<v>${cell.number}</v></c>`;
}
