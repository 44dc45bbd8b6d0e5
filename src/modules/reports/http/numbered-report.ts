import { AppError } from '../../../platform/errors/app-error.js';
import { keyNumber } from '../../../platform/http/paging.js';

/** @throws AppError `unknown_report` for what can be no number of one */
export function numberedReport(id: string): string {
  if (!keyNumber(id)) throw new AppError('not_found', 'unknown_report', { id });
  return id;
}
