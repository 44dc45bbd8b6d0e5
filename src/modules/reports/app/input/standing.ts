/** How the periods of a report stand: closed or not, and what their closings sealed. */
import type { ReportInput } from '../../../../../analytics/report/input.js';
import type { Basis } from '../../../../../analytics/report/model.js';
import type { Tx } from '../../../../platform/database/unit-of-work.js';
import { standingClosings, type StandingClosing } from '../../db/input/standing-closings.js';

/** The closings that stand of a report's own periods, and what follows from them. */
export interface Standing extends Pick<ReportInput, 'state' | 'date'> {
  readonly closings: readonly StandingClosing[];
  /** Moment of the last closing of a final report; null for a draft. */
  readonly closedAt: string | null;
}

/**
 * Final where the last period that was asked for has come and all that the mine has are closed; `periods` are those of the
 * report.
 */
export async function loadStanding(
  tx: Tx,
  mine: string,
  { periods, last }: { readonly periods: readonly string[]; readonly last: string },
): Promise<Standing> {
  const closings = await standingClosings(tx, mine, periods);
  const isFinal = periods.at(-1) === last && closings.length === periods.length;
  if (!isFinal) return { closings, state: 'draft', date: null, closedAt: null };
  const { day, closedAt } = closings.find(({ isLast }) => isLast)!;
  return { closings, state: 'final', date: day, closedAt };
}

/**
 * What a final report says of its data: what was sealed. The version is that of the closings, added up as the mine's own
 * is, so that it stays as it is while other periods change.
 */
export function sealedBasis(
  { state, closings }: Standing,
  dataVersion: string,
): Pick<Basis, 'dataVersion' | 'closings'> {
  if (state === 'draft') return { dataVersion, closings: [] };
  const sealed = closings.reduce((sum, closing) => sum + BigInt(closing.dataVersion), 0n);
  return {
    dataVersion: String(sealed),
    closings: closings.map(({ period, version, cellsSha256, auditEntries, auditHash }) => ({
      ...{ period, version, cellsSha256, auditEntries, auditHash },
    })),
  };
}
