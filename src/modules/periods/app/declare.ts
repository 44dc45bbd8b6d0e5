import { AppError } from '../../../platform/errors/app-error.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Reach } from '../../mines/index.js';
import { lockPeriods, openPeriods } from '../../reference/index.js';
import {
  insertDeclarations,
  listReporting,
  reachedDepartments,
  withdrawDeclarations,
  type DepartmentReporting,
} from '../db/declaration-queries.js';
import { raiseDataVersion } from '../db/period-queries.js';
import { requirePeriod } from './checklist.js';

export interface Declaring {
  readonly departments: readonly string[];
  /** With those below them. */
  readonly below: boolean;
}

/**
 * COV-4: departments declare the reporting of a period complete, or take that back. What stands already stays as it is.
 * Answers how all of them within reach stand.
 * @throws AppError `no_such_period`, `period_already_closed`, `no_such_department`
 */
export async function changeDeclarations(
  tx: Tx,
  reach: Reach,
  code: string,
  { departments: named, below }: Declaring,
  change: 'declare' | 'withdraw',
): Promise<DepartmentReporting[]> {
  await openPeriods(tx, reach.mine, [code]);
  await lockPeriods(tx, reach.mine, [code]);
  const { status } = await requirePeriod(tx, reach.mine, code);
  if (status === 'closed') throw new AppError('conflict', 'period_already_closed', { period: code });
  const departments = await reachedDepartments(tx, reach, named, below);
  const unknown = named.find((department) => !departments.includes(department));
  if (unknown !== undefined) throw new AppError('not_found', 'no_such_department', { department: unknown });
  const write = change === 'declare' ? insertDeclarations : withdrawDeclarations;
  const changed = await write(tx, reach, code, departments);
  if (changed > 0) await raiseDataVersion(tx, reach.mine, code);
  return listReporting(tx, reach, code);
}
