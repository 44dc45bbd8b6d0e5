import type { IssueCode } from '../../../../analytics/synergy/types.js';
import type { CauseLine } from '../db/checklist-queries.js';

interface CauseRule {
  /** It holds the closing up while it stands and nobody waived it. */
  readonly blocks: boolean;
  /** Finance may let the period close all the same, and says why. */
  readonly isWaivable: boolean;
  /** It is found in the mine as a whole; who sees a part of it is not shown it. */
  readonly isOfWholeMine?: true;
}

/** The causes of the closing checklist, in the order in which they are shown (COV-4, and issue codes of the calculation). */
export const CAUSES = {
  not_declared: { blocks: true, isWaivable: false },
  missing_volume: { blocks: true, isWaivable: false },
  pending_approvals: { blocks: true, isWaivable: false },
  not_reported: { blocks: true, isWaivable: true },
  missing_quantity: { blocks: true, isWaivable: true },
  not_comparable: { blocks: true, isWaivable: true },
  unreconciled: { blocks: true, isWaivable: true, isOfWholeMine: true },
  possible_double_count: { blocks: true, isWaivable: true },
  draft_records: { blocks: false, isWaivable: false },
  earlier_open: { blocks: false, isWaivable: false },
} as const satisfies Readonly<Record<string, CauseRule>>;

export type CauseCode = keyof typeof CAUSES;
export const CAUSE_CODES = Object.keys(CAUSES) as CauseCode[];
export const WAIVABLE_CODES = CAUSE_CODES.filter((code) => CAUSES[code].isWaivable);
export const ruleOf = (code: CauseCode): CauseRule => CAUSES[code];

/** Those that are issues of the calculation. */
export const ISSUE_CAUSES = [
  ...(['missing_volume', 'not_reported', 'missing_quantity', 'not_comparable', 'possible_double_count'] as const),
] satisfies readonly (IssueCode & CauseCode)[];

export interface Waiver {
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
}

/** One cause as it stands. */
export interface Cause {
  readonly code: CauseCode;
  readonly count: number;
  /** It holds the closing up now. */
  readonly blocks: boolean;
  readonly isWaivable: boolean;
  readonly waiver: Waiver | null;
  /** At most 200 of them. */
  readonly lines: readonly CauseLine[];
}
