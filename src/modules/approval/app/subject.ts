import type { Finding, Trouble } from '../../../platform/errors/app-error.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Role } from '../../access/index.js';
import type { Reach } from '../../mines/index.js';

/** What can wait for approval. */
export const SUBJECTS = ['record', 'import', 'profile', 'rules', 'reopening'] as const;
export type SubjectKind = (typeof SUBJECTS)[number];

export const STATES = ['submitted', 'reviewed', 'posting', 'posted', 'returned', 'withdrawn'] as const;
export type SubmissionState = (typeof STATES)[number];

/** One thing that somebody asks to be approved. */
export interface NewSubmission {
  readonly subject: SubjectKind;
  /** Which of its kind: a record's id, an import's number, a profile's `name/version`, `path`, a period's code. */
  readonly key: string;
  /** What a checker reads in the list. */
  readonly title: string;
  /** The kinds of things in it; together they decide the path. */
  readonly kinds: readonly string[];
  readonly maker: string;
  /** All departments that it is about; null, or none named, is the whole mine. */
  readonly departments: readonly string[] | null;
  readonly periods: readonly string[];
  /** A plain decimal; its magnitude decides the path. */
  readonly amountYuan: string;
  readonly content?: object;
}

/** A thing on its path. Each time it is handed in anew after it came back is another round of the same submission. */
export interface Submission extends NewSubmission {
  readonly id: string;
  readonly state: SubmissionState;
  /** The roles that approve it, in order, as the path stood when the round began. */
  readonly steps: readonly Role[];
  readonly stepsDone: number;
  readonly round: number;
  /** Why it came back; null while nothing says so. */
  readonly reason: string | null;
}

/** Why one submission did not go the way that was asked. */
export interface Refusal {
  /** Of the submission. */
  readonly id: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
  readonly findings?: readonly Finding[];
}

/** What became of one submission; a refused one stands as it stood. */
export interface Decided {
  readonly id: string;
  readonly outcome: SubmissionState | 'refused';
  readonly refusal: (Refusal & { readonly trouble: Trouble }) | null;
}

/** What a module does for the things of its own that wait for approval. */
export interface Subject {
  readonly kind: SubjectKind;

  /**
   * The things follow the state of their submissions: in the same transaction, with the submissions locked and already
   * in their new state.
   */
  follow(
    tx: Tx,
    mine: string,
    submissions: readonly Submission[],
    to: 'submitted' | 'reviewed' | 'returned' | 'withdrawn',
  ): Promise<void>;

  /**
   * The last step was approved: make them count, with the sight of the whole mine. `posting` means that a job goes on
   * and says how it ended (`Approvals.finish`). What cannot be posted is answered as refused, has changed nothing, and
   * stays undecided.
   */
  post(
    tx: Tx,
    mine: string,
    submissions: readonly Submission[],
    actor: string,
  ): Promise<{ readonly done: 'posted' | 'posting'; readonly refused: readonly Refusal[] }>;

  /**
   * Who made the thing; null where none such is within the reach, under which the transaction runs too. Evidence can be
   * added only to kinds that answer this.
   */
  makerOf?(tx: Tx, mine: string, key: string, reach: Reach): Promise<string | null>;
}
