import type { Tx } from '../../../platform/database/unit-of-work.js';
import { requireNotClosed } from '../../reference/index.js';
import { resumRecords, type GroupKey, type Triple } from '../../synergy/index.js';

/** What an import posted and another reverses: it stays, and no longer counts. */
export interface Reversal {
  readonly triples: readonly Triple[];
  /** Periods the records were dated or valued in. */
  readonly periods: readonly string[];
  readonly datedIn: readonly string[];
  readonly sources: readonly string[];
  readonly departments: readonly string[];
}

/**
 * Marks the standing records of an import as reversed by another; their ids may be taken again.
 * @throws AppError `closed_period_changed` where some of them were posted in a period that is closed
 */
export async function reverseRecords(tx: Tx, mine: string, importId: string, by: string): Promise<Reversal> {
  const found = await tx.rows<ReversedRow>(
    `WITH reversed AS (UPDATE records SET status = 'reversed', reversed_by = $3
       WHERE mine_id = $1 AND import_id = $2 AND status = 'posted' RETURNING ${REVERSED})
     SELECT DISTINCT * FROM reversed`,
    [mine, importId, by],
  );
  return reversalOf(tx, mine, found);
}

/**
 * What `reverseRecords` would reverse; nothing is written.
 * @throws AppError `closed_period_changed` as it does
 */
export async function standingRecords(tx: Tx, mine: string, importId: string): Promise<Reversal> {
  const found = await tx.rows<ReversedRow>(
    `SELECT DISTINCT ${REVERSED} FROM records WHERE mine_id = $1 AND import_id = $2 AND status = 'posted'`,
    [mine, importId],
  );
  return reversalOf(tx, mine, found);
}

interface ReversedRow extends Triple {
  readonly department: string;
  readonly posted_period: string;
  readonly valued_period: string;
  readonly source: string;
}

const REVERSED = 'category, item, nature, department, posted_period, valued_period, source';

async function reversalOf(tx: Tx, mine: string, found: readonly ReversedRow[]): Promise<Reversal> {
  const distinct = (values: readonly string[]) => [...new Set(values)].sort();
  await requireNotClosed(
    tx,
    mine,
    found.map(({ posted_period }) => posted_period),
  );
  const triples = found.map(({ category, item, nature }) => ({ category, item, nature }));
  return {
    triples: [...new Map(triples.map((t) => [Object.values(t).join('\u0000'), t])).values()],
    periods: distinct(found.flatMap(({ posted_period, valued_period }) => [posted_period, valued_period])),
    datedIn: distinct(found.map(({ posted_period }) => posted_period)),
    sources: distinct(found.map(({ source }) => source)),
    departments: distinct(found.map(({ department }) => department)),
  };
}

/** Takes reversed records out of the sums; answers the groups touched. Before their successors are posted. */
export async function resumReversed(
  tx: Tx,
  mine: string,
  reversal: Reversal,
  scratch: `scratch.${string}`,
): Promise<GroupKey[]> {
  return (await resumRecords(tx, mine, reversal.triples, scratch)).touched;
}

/**
 * GAI-1: gains whose voucher only reversed records carried are no longer recorded; answers their periods. After the
 * successors are posted, which may carry the same vouchers.
 */
export async function releaseVouchers(tx: Tx, mine: string, reversedBy: string): Promise<string[]> {
  const released = await tx.rows<{ period: string }>(
    `UPDATE adjustments a SET is_voucher_recorded = false
     WHERE a.mine_id = $1 AND a.is_voucher_recorded
       AND a.voucher IN (SELECT r.voucher FROM records r WHERE r.mine_id = $1 AND r.reversed_by = $2)
       AND NOT EXISTS (SELECT FROM records r WHERE r.mine_id = $1 AND r.status = 'posted' AND r.voucher = a.voucher)
     RETURNING a.period`,
    [mine, reversedBy],
  );
  return [...new Set(released.map(({ period }) => period))];
}
