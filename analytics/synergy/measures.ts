/** The measures of docs/calculation-spec.md, their sums and the ones that follow from others. */
import { ZERO, fixed, type Exact } from '../kernel/exact.js';
import type { Method } from './types.js';

/** Sums of lines, as each line states them. */
const STATED = [
  'explicit_actual',
  'internal_actual',
  'implicit_booked_actual',
  'implicit_opportunity_actual',
  'baseline',
  'price_base',
  'price_reduction',
  'usage_saving',
  'amount_saving',
  'implicit_booked_saving',
  'implicit_opportunity_saving',
  'gains',
  'inputs',
  'turnover',
  'covered_actual',
  'unreported_baseline',
] as const;
type Stated = (typeof STATED)[number];

/** Every measure, in the order in which it is shown. */
export const MEASURES = [
  'explicit_actual',
  'internal_actual',
  'implicit_booked_actual',
  'implicit_opportunity_actual',
  'baseline',
  'price_base',
  'price_reduction',
  'usage_saving',
  'amount_saving',
  'explicit_saving',
  'implicit_booked_saving',
  'implicit_opportunity_saving',
  'gains',
  'inputs',
  'booked_value',
  'synergy_value',
  'turnover',
  'covered_actual',
  'unreported_baseline',
] as const;
export type Measure = (typeof MEASURES)[number];

export type Measures = Readonly<Record<Measure, Exact>>;
export type StatedMeasures = Readonly<Partial<Record<Stated, Exact>>>;

/** SAV-1, VAL-1, VAL-2, IMP-4: the measures that follow, linear in the stated ones, so that they add up over any lines. */
export function complete(stated: StatedMeasures, method: Method): Measures {
  const of = (name: Stated): Exact => stated[name] ?? ZERO;
  const explicitSaving = of('price_reduction') + of('usage_saving') + of('amount_saving');
  const priceBeside = method.priceReduction === 'beside' ? of('price_reduction') : ZERO;
  const bookedValue = explicitSaving + of('gains') - of('inputs') - priceBeside;
  const opportunityWithin = method.opportunitySaving === 'within' ? of('implicit_opportunity_saving') : ZERO;
  const all = Object.fromEntries(STATED.map((name) => [name, of(name)])) as Record<Measure, Exact>;
  all.explicit_saving = explicitSaving;
  all.booked_value = bookedValue;
  all.synergy_value = bookedValue + opportunityWithin;
  return all;
}

export function sumOf(parts: Iterable<Measures>): Measures {
  const total = Object.fromEntries(MEASURES.map((name) => [name, ZERO])) as Record<Measure, Exact>;
  for (const part of parts) for (const name of MEASURES) total[name] += part[name];
  return total;
}

export function difference(a: Measures, b: Measures): Measures {
  return Object.fromEntries(MEASURES.map((name) => [name, a[name] - b[name]])) as Record<Measure, Exact>;
}

/** How an amount in yuan is printed: rounded once, with two decimals of yuan or of 万元 (RND-1). */
export type PrintedAmount = (yuan: Exact) => string;
export const inYuan: PrintedAmount = (yuan) => fixed(yuan, 2);

/** RND-1, RND-3: each rounded once from its own exact value. */
export function shown(measures: Measures, print = inYuan): Record<Measure, string> {
  return Object.fromEntries(MEASURES.map((name) => [name, print(measures[name])])) as Record<Measure, string>;
}
