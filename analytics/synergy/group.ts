/**
 * The formulas. A *group* is the records of one department and period that match one baseline, or none; how it stands
 * against that baseline decides what each of its lines is worth (PRC-1, USE-1, AMT-1, IMP-2, COV-0 to COV-3).
 * Savings are linear in the sums, so one formula serves a single record, a cell and a whole group.
 */
import { ZERO, quotient, times, type Exact } from '../kernel/exact.js';
import type { StatedMeasures } from './measures.js';
import type { Baseline, IssueCode, Nature } from './types.js';

/** What the formulas need of any set of records; of implicit records given as a quantity, `amountOfQuantified` is 0: their worth is quantity × rate (IMP-1). */
export interface Sums {
  readonly quantified: number;
  readonly quantity: Exact;
  readonly amountOfQuantified: Exact;
  readonly unquantified: number;
  readonly amountOfUnquantified: Exact;
  readonly internal: Exact;
  readonly turnover: Exact;
}

export const NO_SUMS: Sums = {
  quantified: 0,
  quantity: ZERO,
  amountOfQuantified: ZERO,
  unquantified: 0,
  amountOfUnquantified: ZERO,
  internal: ZERO,
  turnover: ZERO,
};

export function addSums(a: Sums, b: Sums): Sums {
  return {
    quantified: a.quantified + b.quantified,
    quantity: a.quantity + b.quantity,
    amountOfQuantified: a.amountOfQuantified + b.amountOfQuantified,
    unquantified: a.unquantified + b.unquantified,
    amountOfUnquantified: a.amountOfUnquantified + b.amountOfUnquantified,
    internal: a.internal + b.internal,
    turnover: a.turnover + b.turnover,
  };
}

/** The driver volume and the rate in force in the group's period; null where there is none. */
export interface Surroundings {
  readonly volume: Exact | null;
  readonly rate: Exact | null;
}

/** How a group stands against its baseline. */
export type Standing =
  | { readonly how: 'no_baseline' }
  | { readonly how: 'price'; readonly unitPrice: Exact }
  | { readonly how: 'usage'; readonly unitPrice: Exact; readonly targetQuantity: Exact }
  | { readonly how: 'amount'; readonly target: Exact }
  | { readonly how: 'uncovered'; readonly issue: IssueCode }
  | { readonly how: 'not_reported'; readonly target: Exact | null };

/** Which baselines must be reported against (COV-3): norm, quantity and amount ones without a project. */
export function expectsReport(baseline: Pick<Baseline, 'kind' | 'project'>): boolean {
  return baseline.kind !== 'price' && baseline.project === null;
}

/** Decides the standing of a group from its totals. A group without records stands `not_reported` (COV-3). */
export function standingOf(baseline: Baseline | null, totals: Sums, around: Surroundings): Standing {
  if (baseline === null) return { how: 'no_baseline' };
  if (baseline.kind === 'price') return { how: 'price', unitPrice: baseline.unitPrice! };
  const isExplicit = baseline.nature === 'explicit';
  const target = targetOf(baseline, around.volume);
  if (totals.quantified + totals.unquantified === 0) {
    return { how: 'not_reported', target: isExplicit && target ? target.amount(baseline.unitPrice) : null };
  }
  if (target === null) return { how: 'uncovered', issue: 'missing_volume' };
  if (baseline.kind === 'amount') return { how: 'amount', target: target.amount(null) };
  if (totals.unquantified === 0) {
    const unitPrice = isExplicit ? baseline.unitPrice! : around.rate!;
    return { how: 'usage', unitPrice, targetQuantity: target.quantity };
  }
  return isExplicit
    ? { how: 'amount', target: target.amount(baseline.unitPrice) }
    : { how: 'uncovered', issue: 'not_comparable' };
}

/** BAS-1, BAS-4: Q0 = norm × volume or the fixed quantity; B0 flat or flexed. null where the driver volume is missing (COV-2). */
function targetOf(
  baseline: Baseline,
  volume: Exact | null,
): { quantity: Exact; amount: (unitPrice: Exact | null) => Exact } | null {
  if (baseline.driver !== null && volume === null) return null;
  if (baseline.kind === 'amount') {
    const amount = baseline.driver === null ? baseline.amount! : flexed(baseline, volume!);
    return { quantity: ZERO, amount: () => amount };
  }
  const quantity = baseline.kind === 'norm' ? times(baseline.norm!, volume!) : baseline.quantity!;
  return { quantity, amount: (unitPrice) => times(unitPrice!, quantity) };
}

function flexed(baseline: Baseline, volume: Exact): Exact {
  return (baseline.fixedAmount ?? ZERO) + quotient(times(baseline.amount!, volume), baseline.plannedVolume!, 12);
}

/** What records with these sums show: one record, a cell, or any other part of a group. */
export function recordMeasures(nature: Nature, standing: Standing, sums: Sums, rate: Exact | null): StatedMeasures {
  if (nature !== 'explicit') return implicitRecordMeasures(nature, standing, sums, rate);
  const amount = sums.amountOfQuantified + sums.amountOfUnquantified;
  const actual = { explicit_actual: amount, internal_actual: sums.internal, turnover: sums.turnover };
  switch (standing.how) {
    case 'price': {
      // COV-0: under a price baseline the part without a quantity stays uncovered.
      const base = times(standing.unitPrice, sums.quantity);
      const reduction = base - sums.amountOfQuantified;
      return {
        ...actual,
        baseline: base,
        price_base: base,
        price_reduction: reduction,
        covered_actual: sums.amountOfQuantified,
      };
    }
    case 'usage': {
      const base = times(standing.unitPrice, sums.quantity);
      return {
        ...actual,
        price_base: base,
        price_reduction: base - amount,
        usage_saving: -base,
        covered_actual: amount,
      };
    }
    case 'amount':
      return { ...actual, amount_saving: -amount, covered_actual: amount };
    case 'no_baseline':
    case 'uncovered':
    case 'not_reported':
      return actual;
  }
}

function implicitRecordMeasures(
  nature: Exclude<Nature, 'explicit'>,
  standing: Standing,
  sums: Sums,
  rate: Exact | null,
): StatedMeasures {
  const worth = (sums.quantified === 0 ? ZERO : times(rate!, sums.quantity)) + sums.amountOfUnquantified;
  const saving = standing.how === 'usage' || standing.how === 'amount' ? -worth : ZERO;
  return { [`${nature}_actual`]: worth, [`${nature}_saving`]: saving };
}

/** What the baseline line of a group shows (GRN-2); null where the baseline has none. */
export function baselineMeasures(nature: Nature, standing: Standing): StatedMeasures | null {
  switch (standing.how) {
    case 'no_baseline':
    case 'price':
      return null;
    case 'usage': {
      const target = times(standing.unitPrice, standing.targetQuantity);
      return nature === 'explicit' ? { baseline: target, usage_saving: target } : { [`${nature}_saving`]: target };
    }
    case 'amount':
      return nature === 'explicit'
        ? { baseline: standing.target, amount_saving: standing.target }
        : { [`${nature}_saving`]: standing.target };
    case 'not_reported':
      return standing.target === null ? {} : { unreported_baseline: standing.target };
    case 'uncovered':
      return {};
  }
}

/** What a group as a whole raises; null when nothing. */
export function issueOf(standing: Standing, totals: Sums): IssueCode | null {
  if (standing.how === 'uncovered') return standing.issue;
  if (standing.how === 'not_reported') return 'not_reported';
  if (standing.how === 'price' && totals.unquantified > 0) return 'missing_quantity';
  return null;
}
