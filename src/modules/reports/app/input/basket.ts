import { ZERO, exact, times, type Exact } from '../../../../../analytics/kernel/exact.js';
import { groupedBy } from '../../../../../analytics/kernel/grouped-by.js';
import type { BasketLine } from '../../../../../analytics/report/input.js';
import type { Tx } from '../../../../platform/database/unit-of-work.js';
import {
  quantityBaselines,
  statedVolumes,
  usedUnderBaselines,
  type QuantityBaseline,
  type StatedVolume,
  type UsedUnderBaseline,
} from '../../db/input/basket-queries.js';

/**
 * FAC-1 to FAC-3: explicit norm and quantity baselines that anything was reported against in some periods, each with what
 * it planned and what was used. A baseline without a report is none of it: that nothing was used is not known (COV-3).
 * What corrects a period outside of them is none of it either: volumes of these periods say nothing of it. For a fixed
 * quantity both volumes are that quantity, once for each period.
 */
export async function loadBasket(tx: Tx, mine: string, periods: readonly string[]): Promise<BasketLine[]> {
  const used = groupedBy(await usedUnderBaselines(tx, mine, periods), ({ baseline }) => baseline);
  const baselines = await quantityBaselines(tx, mine, [...used.keys()]);
  const volumes = new Map((await statedVolumes(tx, mine, periods)).map((volume) => [nameOf(volume), volume]));
  return baselines.map((baseline) => lineOf(baseline, used.get(baseline.code)!, volumes));
}

const nameOf = ({ period, department, driver }: Pick<StatedVolume, 'period' | 'department' | 'driver'>) =>
  [period, department, driver].join('\u0000');

function lineOf(
  { code, quantity: fixed, ...baseline }: QuantityBaseline,
  used: readonly UsedUnderBaseline[],
  volumes: ReadonlyMap<string, StatedVolume>,
): BasketLine {
  const stated = used.map(({ period }) => volumes.get(nameOf({ ...baseline, period })));
  const planned = fixed === null ? sumOfAll(stated.map((volume) => volume?.planned)) : manyTimes(fixed, used.length);
  const actual = fixed === null ? sumOfAll(stated.map((volume) => volume?.actual)) : planned;
  return {
    ...{ ...baseline, baseline: code, plannedVolume: planned, actualVolume: actual },
    quantity: sumOfAll(used.map(({ quantity }) => quantity)),
    amount: used.reduce<Exact>((sum, { amount }) => sum + amount, ZERO),
  };
}

const manyTimes = (quantity: Exact, periods: number): Exact => times(quantity, exact(String(periods)));

/** null where one of them is not known. */
function sumOfAll(parts: readonly (Exact | null | undefined)[]): Exact | null {
  let sum: Exact = ZERO;
  for (const part of parts) {
    if (part === null || part === undefined) return null;
    sum += part;
  }
  return sum;
}
