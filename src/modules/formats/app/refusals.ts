import { CsvRefusal } from '../../../platform/csv/refusal.js';
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
  if (!(error instanceof CsvRefusal)) return error;
  const column = error.column === null ? '' : String(error.column);
  return refusal(error.code, { row: error.row ?? 0, column });
}
