/** Why the cost of a basket of items changed between two states: volume → consumption → price (FAC-1 to FAC-3). */
import { Fraction, sumOf } from '../kernel/fraction.js';
import { effectsOf, type Effect } from './orders.js';

/** What was used of an item, and what it cost in yuan. */
export interface Used {
  /** In the item's unit; null where it is not known, or as many units stand for it. */
  readonly quantity: Fraction | null;
  readonly cost: Fraction;
}

export interface BasketItem {
  readonly code: string;
  /** Null where nothing was used. */
  readonly base: Used | null;
  readonly actual: Used | null;
}

/** Of what the items are used for, such as tonnes of raw coal; above zero. */
export interface Volumes {
  readonly base: Fraction;
  readonly actual: Fraction;
}

/** Effects on one item; in the order volume → consumption → price. */
export interface ItemEffects {
  readonly code: string;
  /**
   * matched: used in both states, by quantity; unsplit: used in both, and a quantity is missing, so that all beside the
   * volume is one effect, `rest`; new and dropped stand on lines of their own, also `rest` (FAC-2).
   */
  readonly kind: 'matched' | 'unsplit' | 'new' | 'dropped';
  readonly volume: Fraction;
  readonly consumption: Fraction;
  readonly price: Fraction;
  readonly rest: Fraction;
}

/** All in yuan, positive where the cost rises. In their order the parts add up to the change exactly. */
export interface BasketEffects {
  readonly change: Fraction;
  /** The whole baseline × (V1 ÷ V0 − 1), dropped items included (FAC-2). */
  readonly volume: Effect;
  readonly consumption: Effect;
  readonly price: Effect;
  /** Last in order: at the actual volume. By Shapley, the dropped ones at their own, so that volume is of what stayed. */
  readonly dropped: Effect;
  readonly new: Fraction;
  /** What changed beside the volume where a quantity is missing. */
  readonly unsplit: Fraction;
  readonly items: readonly ItemEffects[];
}

const [VOLUME, CONSUMPTION, PRICE, DROPPING] = [0, 1, 2, 3] as const;

type Levels = (factor: number) => boolean;
type Matched = { readonly base: Known; readonly actual: Known };
type Known = { readonly quantity: Fraction; readonly cost: Fraction };

export function basketEffects(items: readonly BasketItem[], volumes: Volumes): BasketEffects {
  const growth = volumes.actual.over(volumes.base);
  const lines = items.filter(({ base, actual }) => base !== null || actual !== null);
  const effects = effectsOf(
    4,
    (isActual) => sumOf(lines.map((item) => costAt(item, growth, isActual))),
    ([first]) => first === DROPPING,
  );
  const own = lines.map((item) => itemEffects(item, growth));
  const rest = (kind: ItemEffects['kind']) => sumOf(own.filter((line) => line.kind === kind).map((line) => line.rest));
  return {
    change: sumOf(lines.map(({ base, actual }) => costOf(actual).minus(costOf(base)))),
    ...{ volume: effects[VOLUME]!, consumption: effects[CONSUMPTION]!, price: effects[PRICE]! },
    ...{ dropped: effects[DROPPING]!, new: rest('new'), unsplit: rest('unsplit'), items: own },
  };
}

const costOf = (used: Used | null): Fraction => used?.cost ?? Fraction.ZERO;

/** Items are new, and unsplit ones change beside the volume, in no order: that stands apart. */
function costAt({ base, actual }: BasketItem, growth: Fraction, isActual: Levels): Fraction {
  if (base === null) return Fraction.ZERO;
  if (actual === null && isActual(DROPPING)) return Fraction.ZERO;
  const matched = matchedIn({ base, actual });
  if (matched === null) return isActual(VOLUME) ? base.cost.times(growth) : base.cost;
  const price = isActual(PRICE) ? priceOf(matched.actual) : priceOf(matched.base);
  return quantityAt(matched, growth, isActual).times(price);
}

const priceOf = ({ quantity, cost }: Known): Fraction => cost.over(quantity);

/** V × U, where U = quantity ÷ V of its own state. */
function quantityAt({ base, actual }: Matched, growth: Fraction, isActual: Levels): Fraction {
  if (isActual(CONSUMPTION)) return isActual(VOLUME) ? actual.quantity : actual.quantity.over(growth);
  return isActual(VOLUME) ? base.quantity.times(growth) : base.quantity;
}

function matchedIn({ base, actual }: Pick<BasketItem, 'base' | 'actual'>): Matched | null {
  return isKnown(base) && isKnown(actual) ? { base, actual } : null;
}

/** Without a quantity there is no price. */
const isKnown = (used: Used | null): used is Known => used?.quantity != null && !used.quantity.isZero;

function itemEffects(item: BasketItem, growth: Fraction): ItemEffects {
  const { code, base, actual } = item;
  const none = { volume: Fraction.ZERO, consumption: Fraction.ZERO, price: Fraction.ZERO, rest: Fraction.ZERO };
  if (base === null) return { code, kind: 'new', ...none, rest: costOf(actual) };
  const grown = base.cost.times(growth);
  const volume = grown.minus(base.cost);
  if (actual === null) return { code, kind: 'dropped', ...none, volume, rest: Fraction.ZERO.minus(grown) };
  const matched = matchedIn(item);
  if (matched === null) return { code, kind: 'unsplit', ...none, volume, rest: actual.cost.minus(grown) };
  const atBasePrice = matched.actual.quantity.times(priceOf(matched.base));
  const [consumption, price] = [atBasePrice.minus(grown), actual.cost.minus(atBasePrice)];
  return { code, kind: 'matched', volume, consumption, price, rest: Fraction.ZERO };
}
