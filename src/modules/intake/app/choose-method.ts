import type { Method } from '../../../../analytics/synergy/types.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { loadMethod } from '../../synergy/index.js';

/** Makes a method the mine's; answers whether it is another than before, which every figure then follows. */
export async function chooseMethod(tx: Tx, mine: string, method: Method): Promise<boolean> {
  const now = await loadMethod(tx, mine);
  if (now.priceReduction === method.priceReduction && now.opportunitySaving === method.opportunitySaving) return false;
  await tx.rows('INSERT INTO methods (mine_id, version, price_reduction, opportunity_saving) VALUES ($1, $2, $3, $4)', [
    mine,
    now.version + 1,
    method.priceReduction,
    method.opportunitySaving,
  ]);
  return true;
}
