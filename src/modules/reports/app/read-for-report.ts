import type { ReportInput } from '../../../../analytics/report/input.js';
import type { PeriodRange } from '../../../../analytics/synergy/compare.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Reach } from '../../mines/index.js';
import { loadControlItems, loadTexts } from '../db/office-queries.js';
import { lastFinal, type LastFinal } from '../db/report-queries.js';
import { loadSettings } from '../db/settings-queries.js';
import { templateInForce } from '../db/template-queries.js';
import { loadReportInput } from './load-report-input.js';

/** How the documents of a report look, and where their links lead. */
export interface Look {
  readonly templateSha256: string;
  readonly baseUrl: string;
}

export interface ReadForReport {
  readonly input: ReportInput;
  /** The final report of these periods that there is. */
  readonly last: LastFinal | null;
  readonly look: Look;
}

/**
 * All that a report of some periods is made from, as of one moment.
 * @throws AppError `no_such_period`, `period_range_reversed`
 */
export async function readForReport(tx: Tx, reach: Reach, periods: PeriodRange): Promise<ReadForReport> {
  const { mine } = reach;
  await tx.rows('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
  // Thousands of groups of a few cells each: to put together what several processes added takes longer than to add it.
  await tx.rows('SET LOCAL max_parallel_workers_per_gather = 0');
  const last = await lastFinal(tx, mine, periods);
  const { outputDriver, baseUrl } = await loadSettings(tx, mine);
  const kept = {
    controlItems: await loadControlItems(tx, mine),
    officeTexts: (await loadTexts(tx, mine, periods)).texts,
    outputDriver,
  };
  const template = await templateInForce(tx, mine);
  const input = await loadReportInput(tx, reach, { periods, version: last?.version ?? 1 }, kept);
  return { input, last, look: { templateSha256: template?.sha256 ?? '', baseUrl } };
}
