import type { Submission } from '../../approval/index.js';
import type { ImportRow } from '../db/import-answers.js';

/** An import's status as the contract knows it. */
export type ShownStatus = 'queued' | 'running' | 'refused' | 'accepted';

/** Where an import stands on its path. */
export interface ShownApproval {
  readonly submissionId: string;
  readonly state: Submission['state'];
  /** Roles, in order. */
  readonly steps: readonly string[];
  readonly stepsDone: number;
  readonly reason: string | null;
}

/**
 * The state of an import as people and programs see it. What was checked is `accepted` and stays so while it waits and
 * while it is posted; whether it counts yet, its approval says. What came back is `refused`.
 */
export function stateOf(
  { status }: Pick<ImportRow, 'status'>,
  submission: Submission | undefined,
): { readonly status: ShownStatus; readonly approval: ShownApproval | null } {
  const approval = submission === undefined ? null : shown(submission);
  if (status === 'waiting' || (approval?.state === 'posting' && status !== 'refused'))
    return { status: 'accepted', approval };
  return { status: status === 'returned' ? 'refused' : status, approval };
}

const shown = ({ id, state, steps, stepsDone, reason }: Submission): ShownApproval => ({
  ...{ submissionId: id, state, steps, stepsDone, reason },
});
