import type { ControlItem } from '../../../../analytics/report/input.js';
import { AppError } from '../../../platform/errors/app-error.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Reach } from '../../mines/index.js';
import { loadControlItems, notImplicit, replaceControlItems } from '../db/office-queries.js';

const known = (code: string, name: string): ControlItem => ({
  ...{ group: 'explicit', code, name, items: [], measure: '', owner: null },
});

/**
 * What a mine begins with: the six zeros known in this mining group (双六零). The second six are not published, and what
 * measures any of them is the mine's to say.
 */
export const KNOWN_SIX: readonly ControlItem[] = [
  known('ZERO_SCRAP', '零废品'),
  known('ZERO_DISCARD', '零废弃'),
  known('ZERO_WASTE', '零浪费'),
  known('ZERO_IDLE_PEOPLE', '零闲人'),
  known('ZERO_IDLE_MACHINE', '零闲机'),
  known('ZERO_IDLE_GOODS', '零闲物'),
];

/** Of each part. */
export const MAX_OF_PART = 6;

/**
 * Replaces the list.
 * @throws AppError `too_many_control_items`, `control_item_twice`, `not_an_implicit_item`
 */
export async function writeControlItems(
  tx: Tx,
  { mine }: Reach,
  items: readonly ControlItem[],
): Promise<ControlItem[]> {
  for (const part of ['explicit', 'implicit'] as const) {
    if (items.filter(({ group }) => group === part).length > MAX_OF_PART)
      throw new AppError('refused', 'too_many_control_items', { part, max: String(MAX_OF_PART) });
  }
  const twice = items.find(({ code }, at) => items.findIndex((other) => other.code === code) !== at);
  if (twice !== undefined) throw new AppError('refused', 'control_item_twice', { code: twice.code });
  const [unknown] = await notImplicit(
    tx,
    mine,
    items.flatMap((item) => item.items),
  );
  if (unknown !== undefined) throw new AppError('refused', 'not_an_implicit_item', { item: unknown });
  // Two who replace the list at once would both take out the old one, and each put theirs in its places.
  await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 7))', [`control items ${mine}`]);
  await replaceControlItems(tx, mine, items);
  return loadControlItems(tx, mine);
}
