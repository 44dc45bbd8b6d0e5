/** Price and quantity indices over matched items, and the Bennet indicator (IDX-1). */
import { quotient, type Exact } from '../kernel/exact.js';
import { Fraction, sumOf } from '../kernel/fraction.js';

/** An item that was used in both states: unit prices in yuan, quantities in its unit. */
export interface MatchedItem {
  readonly basePrice: Fraction;
  readonly baseQuantity: Fraction;
  readonly actualPrice: Fraction;
  readonly actualQuantity: Fraction;
}

/**
 * Ratios of the actual to the base state, 1 where nothing changed, to twelve decimals, of which six at most are shown;
 * null where one has no value.
 */
export interface Indices {
  /** Weighted by the base state. */
  readonly laspeyres: Exact | null;
  /** Weighted by the actual state. */
  readonly paasche: Exact | null;
  /** The geometric mean of both. */
  readonly fisher: Exact | null;
  /** Weighted by the mean shares in the cost of both states; needs positive prices and quantities. */
  readonly tornqvist: Exact | null;
}

/** Indices, and the indicator in yuan: both indicators together are the change of the cost exactly. */
export interface PriceAndQuantity {
  readonly price: Indices;
  readonly quantity: Indices;
  readonly bennet: { readonly price: Fraction; readonly quantity: Fraction };
}

const PLACES = 12;
const HALF = Fraction.of(1n, 2n);

export function indicesOf(items: readonly MatchedItem[]): PriceAndQuantity {
  const swapped = items.map(({ basePrice, baseQuantity, actualPrice, actualQuantity }): MatchedItem => ({
    ...{ basePrice: baseQuantity, baseQuantity: basePrice },
    ...{ actualPrice: actualQuantity, actualQuantity: actualPrice },
  }));
  return {
    ...{ price: priceIndices(items), quantity: priceIndices(swapped) },
    bennet: { price: bennetOf(items), quantity: bennetOf(swapped) },
  };
}

function priceIndices(items: readonly MatchedItem[]): Indices {
  const laspeyres = ratioOf(items, ({ baseQuantity }) => baseQuantity);
  const paasche = ratioOf(items, ({ actualQuantity }) => actualQuantity);
  const isBoth = laspeyres !== null && paasche !== null;
  return {
    ...{ laspeyres: laspeyres?.rounded(PLACES) ?? null, paasche: paasche?.rounded(PLACES) ?? null },
    fisher: isBoth ? rootOf(laspeyres.times(paasche)) : null,
    tornqvist: tornqvistOf(items),
  };
}

/** Null where a weighted sum is not positive: then there is nothing to compare. */
function ratioOf(items: readonly MatchedItem[], weight: (item: MatchedItem) => Fraction): Fraction | null {
  const base = sumOf(items.map((item) => item.basePrice.times(weight(item))));
  const actual = sumOf(items.map((item) => item.actualPrice.times(weight(item))));
  return [base, actual].every(isPositive) ? actual.over(base) : null;
}

const isPositive = (value: Fraction): boolean => Fraction.ZERO.isLessThan(value);

/** The square root, rounded half up. */
function rootOf({ numerator, denominator }: Fraction): Exact {
  // 2·10¹² times the root, cut off: its last bit says which way to round.
  const twice = integerRoot((numerator * 4n * 10n ** BigInt(2 * PLACES)) / denominator);
  return quotient((twice + 1n) / 2n, 10n ** BigInt(PLACES), PLACES);
}

function integerRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** A product of powers has no exact value: the one figure that is reckoned in binary numbers, good to twelve digits. */
function tornqvistOf(items: readonly MatchedItem[]): Exact | null {
  const isWhole = items.every((item) => Object.values(item).every(isPositive));
  if (items.length === 0 || !isWhole) return null;
  const costs = items.map((item) => ({
    base: item.basePrice.times(item.baseQuantity),
    actual: item.actualPrice.times(item.actualQuantity),
  }));
  const [base, actual] = [sumOf(costs.map((cost) => cost.base)), sumOf(costs.map((cost) => cost.actual))];
  const logarithms = items.map(({ basePrice, actualPrice }, at) => {
    const share = costs[at]!.base.over(base).plus(costs[at]!.actual.over(actual)).times(HALF);
    return share.approximately() * Math.log(actualPrice.over(basePrice).approximately());
  });
  const index = Math.exp(logarithms.reduce((sum, each) => sum + each, 0));
  return quotient(BigInt(Math.round(index * 10 ** PLACES)), 10n ** BigInt(PLACES), PLACES);
}

/** Price changes at the mean of both quantities. */
function bennetOf(items: readonly MatchedItem[]): Fraction {
  return sumOf(
    items.map(({ basePrice, baseQuantity, actualPrice, actualQuantity }) =>
      actualPrice.minus(basePrice).times(baseQuantity.plus(actualQuantity)).times(HALF),
    ),
  );
}
