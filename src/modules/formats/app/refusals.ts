import { CsvRefusal } from '../../../platform/csv/refusal.js';
import { XlsxRefusal } from '../../../platform/xlsx/index.js';
import { XmlRefusal } from '../../../platform/xml/refusal.js';
import { FileRefusal, type FileProblem } from './opened-file.js';

/** A refusal with one problem; row 0 is the whole file. */
export function refusal(
  code: string,
  at: Partial<Pick<FileProblem, 'sheet' | 'row' | 'column' | 'document'>> = {},
  params: Readonly<Record<string, string>> = {},
): FileRefusal {
  return new FileRefusal([{ row: 0, column: '', ...at, code, params }]);
}

/** What the platform says of a text that cannot be read on, as a refusal of the file. */
export async function asRefusal<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw refusalOf(error);
  }
}

export function refusalOf(error: unknown): unknown {
  if (error instanceof CsvRefusal) {
    const column = error.column === null ? '' : String(error.column);
    return refusal(error.code, { row: error.row ?? 0, column });
  }
  if (error instanceof XlsxRefusal) {
    const { code, sheet, row, column, params } = error;
    return refusal(code, { ...(sheet === null ? {} : { sheet }), row, column: numberOfColumn(column) }, params);
  }
  if (error instanceof XmlRefusal) {
    const { code, line, element } = error;
    return refusal(code, { row: line }, { element });
  }
  return error;
}

/** A column's letter as its number from 1, which is how sentences name a column without a header. */
function numberOfColumn(letter: string): string {
  if (letter === '') return '';
  return String([...letter].reduce((number, character) => number * 26 + character.charCodeAt(0) - 64, 0));
}
