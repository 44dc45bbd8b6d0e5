import { AppError } from '../../../platform/errors/app-error.js';
import type { CallerHere } from '../../access/index.js';
import type { Reach } from '../../mines/index.js';

const CODE = /^\d{4}-\d{2}$/;

/** @throws AppError `no_such_period` for what cannot be the code of one */
export function periodNamed(code: string): string {
  if (!CODE.test(code)) throw new AppError('not_found', 'no_such_period', { period: code });
  return code;
}

/** @throws AppError `whole_mine_needed` where the caller answers only for a part of the mine */
export function reachOfWholeMine({ reach }: CallerHere): Reach {
  if (reach.departments !== null) throw new AppError('forbidden', 'whole_mine_needed');
  return reach;
}
