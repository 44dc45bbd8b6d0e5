import { exact } from '../../../../../analytics/kernel/exact.js';
import type { BoughtItem } from '../../../../../analytics/report/input.js';
import type { Tx } from '../../../../platform/database/unit-of-work.js';

type BoughtRow = Omit<BoughtItem, 'quantity' | 'amount'> & {
  readonly span: string;
  readonly quantity: string;
  readonly amount: string;
};

/**
 * IDX-1: explicit records with a quantity, added up by department, item and unit, one list for each of some spans of
 * periods that do not overlap. Sums of cells mix units, records do not. What corrects a period outside of the span is
 * left out, as from the basket.
 */
export async function loadBought(
  tx: Tx,
  mine: string,
  spans: readonly (readonly string[])[],
): Promise<readonly BoughtItem[][]> {
  const spanOf = spans.map((_, at) => `WHEN r.posted_period = ANY ($${at + 2}) THEN ${at}`).join(' ');
  const isWithin = spans.map((_, at) => `r.posted_period = ANY ($${at + 2}) AND r.valued_period = ANY ($${at + 2})`);
  const rows = await tx.rows<BoughtRow>(
    `SELECT CASE ${spanOf} END::text AS span, r.department, r.item, coalesce(r.unit, '') AS unit,
       sum(r.quantity) AS quantity, sum(r.amount) AS amount
     FROM records r WHERE r.mine_id = $1 AND r.status = 'posted' AND r.nature = 'explicit' AND r.quantity IS NOT NULL
       AND (${isWithin.join(' OR ')})
     GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    [mine, ...spans],
  );
  return spans.map((_, at) => rows.filter(({ span }) => span === String(at)).map(boughtItem));
}

const boughtItem = ({ department, item, unit, quantity, amount }: BoughtRow): BoughtItem => ({
  ...{ department, item, unit, quantity: exact(quantity), amount: exact(amount) },
});
