import { AppError } from '../../../platform/errors/app-error.js';
import type { Decided } from './subject.js';

/** For whoever asked about one thing only: @throws AppError as it was refused */
export function requireDone({ outcome, refusal }: Decided): Exclude<Decided['outcome'], 'refused'> {
  if (refusal !== null) throw new AppError(refusal.trouble, refusal.code, refusal.params, refusal.findings);
  return outcome as Exclude<Decided['outcome'], 'refused'>;
}
