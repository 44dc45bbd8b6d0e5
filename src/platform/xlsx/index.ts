export { columnLetter } from './cell-place.js';
export { XlsxRefusal, type XlsxLimits } from './refusal.js';
export { CELL, type Merge, type SheetReading, type SheetRow } from './sheet-row.js';
export { openWorkbook, type SheetInfo, type Workbook } from './workbook.js';
