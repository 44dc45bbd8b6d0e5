/** What was planned against what was used, by department and driver, since volumes differ between them (FAC-1 to FAC-3). */
import { basketEffects, type BasketItem, type Used, type Volumes } from '../../factors/basket.js';
import { effectsOf, type Effect } from '../../factors/orders.js';
import { ZERO, exact, quotient, type Exact } from '../../kernel/exact.js';
import { Fraction, sumOf } from '../../kernel/fraction.js';
import { groupedBy } from '../../kernel/grouped-by.js';
import type { Category } from '../../synergy/types.js';
import type { BasketLine } from '../input.js';

/** In the order of substitution; what is dropped, new or cannot be split stands apart, behind them (FAC-2). */
export const PARTS = ['volume', 'consumption', 'price', 'dropped', 'new', 'unsplit'] as const;
export type Part = (typeof PARTS)[number];

/** All in yuan; a part is positive where the cost rises. The parts add up to actual − planned exactly. */
export interface BasketGroup {
  readonly department: string;
  /** '' : quantities that are planned whatever the volume. */
  readonly driver: string;
  readonly categories: readonly Category[];
  readonly planned: Fraction;
  readonly actual: Fraction;
  readonly parts: Readonly<Record<Part, Fraction>>;
}

export type Ordered = Extract<Part, 'volume' | 'consumption' | 'price' | 'dropped'>;

/** The whole mine, every order of substitution taken by all groups alike; new and unsplit are of no order. */
export interface WholeEffects {
  readonly planned: Fraction;
  readonly actual: Fraction;
  readonly ordered: Readonly<Record<Ordered, Effect>>;
  readonly new: Fraction;
  readonly unsplit: Fraction;
}

/** Why a line is not analysed. */
export type Obstacle = 'no_planned_volume' | 'no_actual_volume' | 'volume_not_positive';

export interface Baskets {
  readonly groups: readonly BasketGroup[];
  readonly whole: WholeEffects;
  readonly leftOut: ReadonlyMap<Obstacle, readonly BasketLine[]>;
}

/** Groups, and lines within them, stay in the order in which the lines come. */
export function basketsOf(lines: readonly BasketLine[]): Baskets {
  const used = lines.filter((line) => obstacleOf(line) === null);
  const others = lines.filter((line) => obstacleOf(line) !== null);
  const byPlace = groupedBy(used, ({ department, driver }) => JSON.stringify([department, driver]));
  const groups = [...byPlace.values()].map(groupOf);
  return { groups, whole: wholeOf(used, groups), leftOut: groupedBy(others, (line) => obstacleOf(line)!) };
}

/** A fixed quantity is planned in place of a volume and needs no actual one; a norm needs both, above zero. */
function obstacleOf({ driver, plannedVolume, actualVolume }: BasketLine): Obstacle | null {
  if (plannedVolume === null) return 'no_planned_volume';
  if (driver === '') return null;
  if (actualVolume === null) return 'no_actual_volume';
  return plannedVolume > ZERO && actualVolume > ZERO ? null : 'volume_not_positive';
}

const ONE = exact('1');
const of = (value: Exact): Fraction => Fraction.of(value, ONE);

/** Of a fixed quantity 1 in both states: its ratio is 1. */
const volumesOf = ({ driver, plannedVolume, actualVolume }: BasketLine): Volumes =>
  driver === ''
    ? { base: Fraction.ONE, actual: Fraction.ONE }
    : { base: of(plannedVolume!), actual: of(actualVolume!) };

/** Planned: norm × planned volume, at the baseline's price; nothing planned makes an item new, nothing used a dropped one. */
function itemOf(line: BasketLine): BasketItem {
  const planned = of(line.plannedVolume!).times(line.norm === null ? Fraction.ONE : of(line.norm));
  const base: Used = { quantity: planned, cost: planned.times(of(line.price)) };
  const actual: Used = { quantity: line.quantity === null ? null : of(line.quantity), cost: of(line.amount) };
  const isUsed = line.quantity !== ZERO || line.amount !== ZERO;
  return { code: line.baseline, base: planned.isZero ? null : base, actual: isUsed ? actual : null };
}

/** A baseline that holds for some of the periods has volumes of its own: a basket is of one pair of volumes. */
function groupOf(lines: readonly BasketLine[]): BasketGroup {
  const { department, driver } = lines[0]!;
  const byVolumes = groupedBy(lines, (line) => (driver === '' ? '' : `${line.plannedVolume}/${line.actualVolume}`));
  const baskets = [...byVolumes.values()].map((basket) => basketEffects(basket.map(itemOf), volumesOf(basket[0]!)));
  const inOrder = (part: Ordered) => sumOf(baskets.map((basket) => basket[part].inOrder));
  return {
    ...{ department, driver, categories: [...new Set(lines.map(({ category }) => category))].sort() },
    ...costsOf(lines),
    parts: {
      ...{ volume: inOrder('volume'), consumption: inOrder('consumption'), price: inOrder('price') },
      ...{ dropped: inOrder('dropped'), new: sumOf(baskets.map((basket) => basket.new)) },
      unsplit: sumOf(baskets.map((basket) => basket.unsplit)),
    },
  };
}

function costsOf(lines: readonly BasketLine[]): { planned: Fraction; actual: Fraction } {
  const items = lines.map(itemOf);
  return {
    planned: sumOf(items.map(({ base }) => base?.cost ?? Fraction.ZERO)),
    actual: sumOf(items.map(({ actual }) => actual?.cost ?? Fraction.ZERO)),
  };
}

const ORDERED: readonly Ordered[] = ['volume', 'consumption', 'price', 'dropped'];
const DROPPED = ORDERED.indexOf('dropped');

/**
 * The band of the whole is of one order for all groups, and not the sum of their bands (FAC-3). Shapley as in `basketEffects`:
 * what is dropped goes first.
 */
function wholeOf(lines: readonly BasketLine[], groups: readonly BasketGroup[]): WholeEffects {
  const levels = lines.map(levelsOf).filter((each) => each !== null);
  const effects = effectsOf(
    ORDERED.length,
    (isActual) => costWhere(levels, isActual),
    ([first]) => first === DROPPED,
  );
  const ordered = Object.fromEntries(ORDERED.map((part, at) => [part, effects[at]!])) as Record<Ordered, Effect>;
  const apart = (part: 'new' | 'unsplit') => sumOf(groups.map(({ parts }) => parts[part]));
  return { ...costsOf(lines), ordered, new: apart('new'), unsplit: apart('unsplit') };
}

/** What each factor of ORDERED stands at; the product is the cost. The last is 1 while the item is used, else 0. */
interface Levels {
  readonly base: readonly Fraction[];
  readonly actual: readonly Fraction[];
}

/** null: a new item, which no factor explains. */
function levelsOf(line: BasketLine): Levels | null {
  const [{ base, actual }, volumes] = [itemOf(line), volumesOf(line)];
  if (base === null) return null;
  const [norm, price] = [base.quantity!.over(volumes.base), of(line.price)];
  const levels = (consumption: Fraction, actualPrice: Fraction, isUsed: Fraction): Levels => ({
    base: [volumes.base, norm, price, Fraction.ONE],
    actual: [volumes.actual, consumption, actualPrice, isUsed],
  });
  if (actual === null) return levels(norm, price, Fraction.ZERO);
  const { quantity, cost } = actual;
  if (quantity === null || quantity.isZero) return levels(norm, price, Fraction.ONE);
  return levels(quantity.over(volumes.actual), cost.over(quantity), Fraction.ONE);
}

/**
 * Each cost is rounded to 18 decimals: the sum of exact fractions of hundreds of items has a denominator without end. Where
 * all factors are planned, or all actual, a cost has no more decimals than that (RND-4), so effects add up exactly.
 */
function costWhere(lines: readonly Levels[], isActual: (factor: number) => boolean): Fraction {
  const costs = lines.map(({ base, actual }) => {
    const levels = base.map((level, factor) => (isActual(factor) ? actual[factor]! : level));
    const product = (side: 'numerator' | 'denominator') => levels.reduce((all, level) => all * level[side], 1n);
    return quotient(product('numerator'), product('denominator'), 18);
  });
  return of(costs.reduce<Exact>((sum, cost) => sum + cost, ZERO));
}
