import { AppError } from '../../../platform/errors/app-error.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { holds, type Caller } from '../../access/index.js';
import { findReport, type StoredReport } from '../db/report-queries.js';
import { loadSettings } from '../db/settings-queries.js';

/** Whether the caller sees drafts: who is of the committee alone, only where the mine shows them to it. */
export async function seesDrafts(tx: Tx, { mine, roles }: Pick<Caller, 'mine' | 'roles'>): Promise<boolean> {
  const isMoreThanCommittee = roles.some(
    ({ role, departments, onBehalfOf }) =>
      departments === null && onBehalfOf === null && role !== 'committee' && holds(role, 'reports.read'),
  );
  return isMoreThanCommittee || (await loadSettings(tx, mine)).committeeSees === 'all';
}

/** @throws AppError `unknown_report`, also for a draft that the caller does not see */
export async function requireReport(tx: Tx, by: Pick<Caller, 'mine' | 'roles'>, id: string): Promise<StoredReport> {
  const report = await findReport(tx, by.mine, id);
  if (report === null || (report.state === 'draft' && !(await seesDrafts(tx, by))))
    throw new AppError('not_found', 'unknown_report', { id });
  return report;
}
