import type { PeriodRange } from '../../../../analytics/synergy/compare.js';
import { AppError } from '../../../platform/errors/app-error.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Reach } from '../../mines/index.js';
import { loadTexts, saveTexts, type OfficeTexts, type WrittenText } from '../db/office-queries.js';
import { lastFinal } from '../db/report-queries.js';

/**
 * Replaces the office's words for the report of some periods, until all have signed it; a reopened month begins anew.
 * @throws AppError `report_signed`
 */
export async function writeTexts(
  tx: Tx,
  { mine, actor }: Reach,
  periods: PeriodRange,
  texts: readonly WrittenText[],
): Promise<OfficeTexts> {
  const last = await lastFinal(tx, mine, periods);
  if (last !== null && last.isSigned && last.isStanding) {
    throw new AppError('conflict', 'report_signed', { id: last.id, version: String(last.version) });
  }
  await saveTexts(tx, mine, periods, texts, actor);
  return loadTexts(tx, mine, periods);
}
