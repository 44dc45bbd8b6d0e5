/** What each of several factors did to a value, in one order of substitution (连环替代), over all orders, and without one. */
import { Fraction, sumOf } from '../kernel/fraction.js';

/** The value when these factors, and no others, stand at their actual level. */
export type ValueAt = (isActual: (factor: number) => boolean) => Fraction;

/** Positive: the value rises. */
export interface Effect {
  /** In the order 0, 1, 2 … (FAC-1). Over all factors the sum is the change. */
  readonly inOrder: Fraction;
  /** The smallest and the largest over all orders (FAC-3). */
  readonly least: Fraction;
  readonly most: Fraction;
  /** The mean over the orders that `isFair` lets through (FAC-3). Over all factors the sum is the change. */
  readonly shapley: Fraction;
}

export type Order = readonly number[];

/** Effects of `count` factors; between two and five of them, since all orders are gone through. */
export function effectsOf(count: number, valueAt: ValueAt, isFair: (order: Order) => boolean = () => true): Effect[] {
  const valueOf = remembered(valueAt);
  const natural = Array.from({ length: count }, (_, factor) => factor);
  const orders = permutations(natural);
  const effects = orders.map((order) => inOrder(order, valueOf));
  const fair = effects.filter((_, at) => isFair(orders[at]!));
  return natural.map((factor) => {
    const own = effects.map((effect) => effect[factor]!);
    return {
      inOrder: inOrder(natural, valueOf)[factor]!,
      least: own.reduce((least, each) => (each.isLessThan(least) ? each : least)),
      most: own.reduce((most, each) => (most.isLessThan(each) ? each : most)),
      shapley: sumOf(fair.map((effect) => effect[factor]!)).over(Fraction.of(BigInt(fair.length), 1n)),
    };
  });
}

/** Effects by factor, substituted one after the other: from the base to the actual level. */
function inOrder(order: Order, valueOf: (actual: number) => Fraction): Fraction[] {
  const effects: Fraction[] = [];
  let actual = 0;
  for (const factor of order) {
    const next = actual | (1 << factor);
    effects[factor] = valueOf(next).minus(valueOf(actual));
    actual = next;
  }
  return effects;
}

/** By the set of factors at their actual level, as bits. */
function remembered(valueAt: ValueAt): (actual: number) => Fraction {
  const known = new Map<number, Fraction>();
  return (actual) => {
    const value = known.get(actual) ?? valueAt((factor) => (actual & (1 << factor)) !== 0);
    known.set(actual, value);
    return value;
  };
}

function permutations(items: readonly number[]): Order[] {
  if (items.length <= 1) return [items];
  return items.flatMap((first) => permutations(items.filter((item) => item !== first)).map((rest) => [first, ...rest]));
}

/** FAC-1: factors that are multiplied, such as volume × unit consumption × price. */
export function productEffects(base: readonly Fraction[], actual: readonly Fraction[]): Effect[] {
  return effectsOf(base.length, (isActual) =>
    base.reduce((product, level, factor) => product.times(isActual(factor) ? actual[factor]! : level), Fraction.ONE),
  );
}
