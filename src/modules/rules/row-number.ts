/**
 * The row number of a staged row also says on which sheet it stands: spreadsheets have at most 2^20 rows, so the sheet's
 * index stands above 2^21. Text files and XML have one sheet, index 0, and at most 2^21 − 1 rows.
 */
const ROWS = 2 ** 21;

export const MAX_ROWS = ROWS - 1;
export const MAX_SHEETS = 1000;

export const rowNumber = (sheet: number, row: number): number => sheet * ROWS + row;

export const rowPlace = (rowNumber: number): { readonly sheet: number; readonly row: number } => ({
  sheet: Math.floor(rowNumber / ROWS),
  row: rowNumber % ROWS,
});
