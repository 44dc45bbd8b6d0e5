/** Closed means closed (guarantee 5): what may not change once a period was closed, and how a change of it is found. */
import type { ReferenceProblem } from '../../../../analytics/synergy/reference-rules.js';
import { AppError } from '../../../platform/errors/app-error.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { departedFromClosing } from '../../synergy/index.js';
import { closedFiguresBelow } from '../db/closed-figures.js';
import type { ReferenceChange } from './apply-reference.js';
import { lockPeriods, type PeriodStatuses } from './open-periods.js';
import type { ReferenceKind } from '../db/reference-tables.js';

/** A problem of the staged rows of a kind. */
export type PlacedProblem = ReferenceProblem & { readonly kind: ReferenceKind };

export const closedIn = (statuses: PeriodStatuses): string[] =>
  [...statuses].filter(([, status]) => status === 'closed').map(([code]) => code);

/**
 * Holds the periods in whose reports recomputed cells stand, and refuses to go on where a closed one no longer reports
 * what it did. `within` are the periods that the cells count in.
 * @throws AppError `closed_period_changed` naming the closed periods; the caller undoes what it did
 */
export async function keepClosed(
  tx: Tx,
  mine: string,
  within: readonly string[],
  reportedIn: readonly string[],
): Promise<void> {
  const closed = closedIn(await lockPeriods(tx, mine, [...new Set([...within, ...reportedIn])]));
  if (closed.length === 0) return;
  const changed = await departedFromClosing(tx, mine, closed, within);
  if (changed.length > 0) throw new AppError('refused', 'closed_period_changed', { periods: changed.join(', ') });
}

/**
 * Locks the periods in whose reports something is about to be taken back.
 * @throws AppError `closed_period_changed` where one of them is closed
 */
export async function requireNotClosed(tx: Tx, mine: string, codes: readonly string[]): Promise<void> {
  const closed = closedIn(await lockPeriods(tx, mine, [...new Set(codes)]));
  if (closed.length > 0) throw new AppError('refused', 'closed_period_changed', { periods: closed.join(', ') });
}

/** Kinds whose rows belong to one period, which is then a part of their key or a column that decides where they count. */
const OF_A_PERIOD: readonly ReferenceKind[] = ['activities', 'adjustments', 'targets'];

/**
 * Changed rows that belong to a closed period, before or after; the redefinition of a closed period; and departments
 * moved in the tree with figures that a closing reported below them. Rows equal to what is kept pass.
 */
export async function changesOfClosed(
  tx: Tx,
  mine: string,
  changes: readonly ReferenceChange[],
): Promise<PlacedProblem[]> {
  const real = changes.filter(({ fate }) => fate !== 'unchanged');
  const touched = real.flatMap((change) => periodsOf(change).map((period) => ({ change, period })));
  const codes = [...new Set(touched.map(({ period }) => period))];
  const closed = new Set(codes.length === 0 ? [] : closedIn(await lockPeriods(tx, mine, codes)));
  const refused = touched.filter(({ period }) => closed.has(period));
  const ofPeriods = refused.map(({ change: { kind, rowNo }, period }) => {
    const isCalendar = kind === 'periods';
    const code = isCalendar ? 'closed_period_redefined' : 'row_of_closed_period';
    return { kind, rowNo, column: isCalendar ? 'code' : 'period', code, params: { period } };
  });
  return [...ofPeriods, ...(await movedDepartments(tx, mine, real))];
}

function periodsOf({ kind, before, after }: ReferenceChange): string[] {
  if (kind === 'periods') return before === null ? [] : [after.code!];
  if (!OF_A_PERIOD.includes(kind)) return [];
  return [...new Set([before?.period, after.period].filter((period) => typeof period === 'string'))];
}

async function movedDepartments(tx: Tx, mine: string, changes: readonly ReferenceChange[]): Promise<PlacedProblem[]> {
  const moved = changes.filter(
    ({ kind, before, after }) => kind === 'departments' && before !== null && before.parent !== after.parent,
  );
  if (moved.length === 0) return [];
  const periods = await closedFiguresBelow(
    tx,
    mine,
    moved.map(({ after }) => after.code!),
  );
  return moved.flatMap(({ rowNo, after }) => {
    const held = periods.get(after.code!);
    if (held === undefined) return [];
    const params = { periods: held.join(', ') };
    return [{ kind: 'departments' as const, rowNo, column: 'parent', code: 'department_in_closed_period', params }];
  });
}
