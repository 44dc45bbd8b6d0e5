/** XFD, the last column of a sheet, and its last row (ECMA-376 has no limits; these are Excel's and WPS's). */
export const SHEET_COLUMNS = 16_384;
export const SHEET_ROWS = 1_048_576;

const A = 65;
const Z = 90;
const ZERO = 48;
const NINE = 57;

/** 0 → A, 25 → Z, 26 → AA. */
export function columnLetter(index: number): string {
  const last = String.fromCharCode(A + (index % 26));
  return index < 26 ? last : columnLetter(Math.floor(index / 26) - 1) + last;
}

/** The column of a reference such as AB12, from 0; -1 if it has no letters or too many. */
export function columnOf(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; i++) {
    const code = reference.charCodeAt(i);
    if (code < A || code > Z) break;
    if (i === 4) return -1;
    column = column * 26 + code - A + 1;
  }
  return column - 1;
}

/** The row of a reference such as AB12, from 1; 0 if it does not end in digits or they are too many. */
export function rowOf(reference: string): number {
  let at = 0;
  while (at < reference.length && reference.charCodeAt(at) >= A && reference.charCodeAt(at) <= Z) at++;
  if (at === reference.length || reference.length - at > 8) return 0;
  let row = 0;
  for (; at < reference.length; at++) {
    const code = reference.charCodeAt(at);
    if (code < ZERO || code > NINE) return 0;
    row = row * 10 + code - ZERO;
  }
  return row;
}
