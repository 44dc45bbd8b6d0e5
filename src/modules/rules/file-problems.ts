import type { CsvRefusal, CsvRowError } from '../../platform/csv/refusal.js';
import type { Problem } from './problem.js';

/** A row that does not have the header's columns. */
export function rowShapeProblem(file: string, error: CsvRowError): Problem {
  const params: Record<string, string> =
    error.code === 'column_count' ? { expected: String(error.expected), found: String(error.found) } : {};
  const column = 'column' in error ? String(error.column) : '';
  return { file, row: error.row, column, code: error.code, params };
}

/** A file that cannot be read as CSV at all. */
export function refusalProblem(file: string, refusal: CsvRefusal): Problem {
  const column = refusal.column === null ? '' : String(refusal.column);
  return { file, row: refusal.row ?? 0, column, code: refusal.code, params: {} };
}
