import { invariant } from './invariant.js';

/**
 * RND-2: splits a whole number of units (fen) into parts proportional to `weights`, which sum to it exactly.
 * Largest remainder on the absolute value (Hamilton's method); ties go to the smaller code, that is, to the earlier weight.
 */
export function largestRemainder(totalUnits: bigint, weights: readonly bigint[]): bigint[] {
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0n);
  invariant(
    weightSum > 0n && weights.every((weight) => weight >= 0n),
    'weights must be positive in sum, none negative',
  );
  const sign = totalUnits < 0n ? -1n : 1n;
  const total = totalUnits * sign;
  const parts = weights.map((weight) => (total * weight) / weightSum);
  const missing = total - parts.reduce((sum, part) => sum + part, 0n);
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % weightSum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder.slice(0, Number(missing))) parts[index]! += 1n;
  return parts.map((part) => part * sign);
}
