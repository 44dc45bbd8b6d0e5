import { invariant } from '../kernel/invariant.js';
import type { PeriodRange } from '../synergy/compare.js';
import type { Spans } from './input.js';

/** The periods that a range within any span holds, in order. */
export function periodsIn({ order }: Pick<Spans, 'order'>, { from, to }: PeriodRange): readonly string[] {
  const [first, last] = [order.indexOf(from), order.indexOf(to)];
  invariant(first >= 0 && last >= first, `${from}..${to} is in no span`);
  return order.slice(first, last + 1);
}
