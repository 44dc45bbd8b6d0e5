/** What a change of usage owes to the mix of inputs that stand for one another, and what to their yield (FAC-2). */
import { Fraction, sumOf } from '../kernel/fraction.js';

/** One of several inputs in the same unit: its planned quantity at the actual volume, its actual one, its planned price. */
export interface MixInput {
  readonly planned: Fraction;
  readonly actual: Fraction;
  /** Yuan. */
  readonly price: Fraction;
}

/** In yuan, positive where the cost rises; mix + yield = Σ (actual − planned) · price, exactly. */
export interface MixEffects {
  /** The actual total quantity in other shares than planned. */
  readonly mix: Fraction;
  /** More or less in total, in the planned shares. */
  readonly yield: Fraction;
}

/** Null where nothing was planned: then there are no shares. */
export function mixEffects(inputs: readonly MixInput[]): MixEffects | null {
  const planned = sumOf(inputs.map((input) => input.planned));
  if (planned.isZero) return null;
  const growth = sumOf(inputs.map((input) => input.actual)).over(planned);
  const inPlannedShares = (input: MixInput) => input.planned.times(growth);
  return {
    mix: sumOf(inputs.map((input) => input.actual.minus(inPlannedShares(input)).times(input.price))),
    yield: sumOf(inputs.map((input) => inPlannedShares(input).minus(input.planned).times(input.price))),
  };
}
