import { AppError } from '../../../platform/errors/app-error.js';

const CODE = /^\d{4}-\d{2}$/;

/** @throws AppError `no_such_period` for what cannot be the code of one */
export function periodNamed(code: string): string {
  if (!CODE.test(code)) throw new AppError('not_found', 'no_such_period', { period: code });
  return code;
}
