/** What the basket of factor analysis is made of; put together in app/input/basket.ts. */
import { exact, type Exact } from '../../../../../analytics/kernel/exact.js';
import type { Category } from '../../../../../analytics/synergy/types.js';
import type { Tx } from '../../../../platform/database/unit-of-work.js';

/** What was reported against a baseline in a period; yuan, and quantities in the item's unit. */
export interface UsedUnderBaseline {
  readonly period: string;
  readonly baseline: string;
  /** null: a record has none. */
  readonly quantity: Exact | null;
  readonly amount: Exact;
}

type UsedRow = Pick<UsedUnderBaseline, 'period' | 'baseline'> & {
  readonly quantity: string | null;
  readonly amount: string;
};

/** Explicit records of some periods that were reported in them, by period and baseline. */
export async function usedUnderBaselines(
  tx: Tx,
  mine: string,
  periods: readonly string[],
): Promise<UsedUnderBaseline[]> {
  const rows = await tx.rows<UsedRow>(
    `SELECT period, baseline, CASE WHEN sum(unquantified) = 0 THEN sum(quantity) END AS quantity,
       sum(amount_of_quantified + amount_of_unquantified) AS amount
     FROM cell_sums WHERE mine_id = $1 AND nature = 'explicit' AND baseline <> '' AND period = ANY ($2)
       AND reported_in = ANY ($2)
     GROUP BY period, baseline HAVING sum(quantified + unquantified) > 0 ORDER BY period, baseline`,
    [mine, periods],
  );
  return rows.map(({ quantity, amount, ...key }) => ({
    ...{ ...key, quantity: orNone(quantity), amount: exact(amount) },
  }));
}

/** A baseline of a quantity: a norm per unit of a driver, or a fixed quantity a period. */
export interface QuantityBaseline {
  readonly code: string;
  readonly department: string;
  readonly category: Category;
  readonly item: string;
  /** '' for a fixed quantity. */
  readonly driver: string;
  readonly price: Exact;
  readonly norm: Exact | null;
  readonly quantity: Exact | null;
}

type BaselineRow = Pick<QuantityBaseline, 'code' | 'department' | 'category' | 'item' | 'driver'> & {
  readonly price: string;
  readonly norm: string | null;
  readonly quantity: string | null;
};

/** Those of norm or quantity among some baselines, by department, category, item and code. */
export async function quantityBaselines(tx: Tx, mine: string, codes: readonly string[]): Promise<QuantityBaseline[]> {
  const rows = await tx.rows<BaselineRow>(
    `SELECT code, department, category, item, coalesce(driver, '') AS driver, unit_price AS price, norm, quantity
     FROM baselines WHERE mine_id = $1 AND code = ANY ($2) AND kind IN ('norm', 'quantity')
     ORDER BY department, category, item, code`,
    [mine, codes],
  );
  return rows.map(({ price, norm, quantity, ...baseline }) => ({
    ...{ ...baseline, price: exact(price), norm: orNone(norm), quantity: orNone(quantity) },
  }));
}

/** BAS-4: of a department, driver and period; null is not stated. */
export interface StatedVolume {
  readonly period: string;
  readonly department: string;
  readonly driver: string;
  readonly planned: Exact | null;
  readonly actual: Exact | null;
}

type VolumeRow = Pick<StatedVolume, 'period' | 'department' | 'driver'> & {
  readonly planned: string | null;
  readonly actual: string | null;
};

export async function statedVolumes(tx: Tx, mine: string, periods: readonly string[]): Promise<StatedVolume[]> {
  const rows = await tx.rows<VolumeRow>(
    `SELECT period, department, driver, planned, actual FROM volumes WHERE mine_id = $1 AND period = ANY ($2)`,
    [mine, periods],
  );
  return rows.map(({ planned, actual, ...place }) => ({
    ...{ ...place, planned: orNone(planned), actual: orNone(actual) },
  }));
}

const orNone = (text: string | null): Exact | null => (text === null ? null : exact(text));
