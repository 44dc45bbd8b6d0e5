/** The periods of a report, as they are asked for: `2023-12` or `2023-01..2023-12`. */
import type { PeriodRange } from '../../../../analytics/synergy/compare.js';
import { AppError } from '../../../platform/errors/app-error.js';

export const PERIODS_PATTERN = /^\d{4}-\d{2}(\.\.\d{4}-\d{2})?$/;

/** Natural months have no end: a range of all of them would be walked month by month for every figure. */
const MAX_YEARS = 5;

/**
 * Of a text of the pattern.
 * @throws AppError `report_range_too_long`
 */
export function periodsOf(text: string): PeriodRange {
  const [from, to = from] = text.split('..') as [string, string?];
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4)) + 1;
  if (years > MAX_YEARS) throw new AppError('malformed', 'report_range_too_long', { max: String(MAX_YEARS) });
  return { from, to };
}

export const periodText = ({ from, to }: PeriodRange): string => (from === to ? from : `${from}..${to}`);
