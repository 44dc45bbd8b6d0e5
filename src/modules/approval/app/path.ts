import { exact, magnitude } from '../../../../analytics/kernel/exact.js';
import type { Role } from '../../access/index.js';

/** The kinds of things that a path is set for. */
export const KINDS = [
  ...(['records', 'projects', 'rates', 'baselines', 'activities', 'adjustments', 'targets'] as const),
  ...(['departments', 'items', 'periods', 'method', 'books', 'profile', 'rules', 'reopening'] as const),
];
export type ApprovalKind = (typeof KINDS)[number];

/** The roles that can approve. Of two that come at the same place, the earlier here goes first. */
export const STEP_ROLES = ['reviewer', 'quality', 'supervisor', 'committee', 'finance'] as const;
export type StepRole = (typeof STEP_ROLES)[number];

/** One step of the path of a kind, which holds from an amount on. */
export interface PathStep {
  readonly kind: string;
  readonly fromYuan: string;
  /** From 1. */
  readonly step: number;
  readonly role: StepRole;
}

/** What no mine can leave to one person: the path itself, and opening a closed month. */
export const BY_FINANCE_AT_LEAST: readonly string[] = ['rules', 'reopening'];

/** Records by their department, then by finance; everything else by finance. A mine begins with it. */
export const DEFAULT_PATH: readonly PathStep[] = KINDS.flatMap((kind) =>
  (kind === 'records' ? (['reviewer', 'finance'] as const) : (['finance'] as const)).map((role, index) => ({
    ...{ kind, fromYuan: '0', step: index + 1, role },
  })),
);

/**
 * The roles that approve something of these kinds and this amount (yuan, its magnitude counts), in order: of each kind
 * the steps from the highest amount that is reached; of all kinds together each role once, as late as any of them has it.
 */
export function rolesFor(path: readonly PathStep[], kinds: readonly string[], amountYuan: string): Role[] {
  const latest = new Map<StepRole, number>();
  for (const kind of new Set(kinds)) {
    const steps = stepsFor(path, kind, amountYuan);
    for (const { role, step } of steps) latest.set(role, Math.max(step, latest.get(role) ?? 0));
    const last = Math.max(0, ...steps.map(({ step }) => step));
    if (BY_FINANCE_AT_LEAST.includes(kind) && !latest.has('finance')) latest.set('finance', last + 1);
  }
  const rank = (role: StepRole) => STEP_ROLES.indexOf(role);
  return [...latest].sort(([a, stepA], [b, stepB]) => stepA - stepB || rank(a) - rank(b)).map(([role]) => role);
}

function stepsFor(path: readonly PathStep[], kind: string, amountYuan: string): PathStep[] {
  const amount = magnitude(exact(amountYuan));
  const reached = path.filter((each) => each.kind === kind && exact(each.fromYuan) <= amount);
  const highest = reached.reduce((most, { fromYuan }) => (exact(fromYuan) > most ? exact(fromYuan) : most), 0n);
  return reached.filter(({ fromYuan }) => exact(fromYuan) === highest);
}
