import type { HeldRole } from '../../access/index.js';
import type { Submission } from './subject.js';

/** Who took part in a decision: the one who decided, and whose role it was if not their own. */
export interface Took {
  readonly actor: string;
  readonly onBehalfOf: string | null;
}

/** The next step may be taken, by this role. */
export interface Standing {
  readonly role: string;
  /** Whose role it is; null: the caller's own. */
  readonly onBehalfOf: string | null;
}

export interface Objection {
  readonly code: 'already_decided' | 'step_moved' | 'own_work' | 'approved_before' | 'not_your_step';
  readonly params: Readonly<Record<string, string>>;
}

export const isOpen = ({ state }: Submission): boolean => state === 'submitted' || state === 'reviewed';

/**
 * Whether somebody may take the next step of a submission: not its maker, nobody twice in a round, and only who holds
 * the role of the step over all of it. A role that is held for another counts as that person's: neither the maker nor
 * who took part already decides through somebody else. `taken` are the decisions of this round.
 */
export function verdictOn(
  submission: Submission,
  taken: readonly Took[],
  by: { readonly actor: string; readonly roles: readonly HeldRole[] },
  step?: number,
): Standing | Objection {
  const next = submission.stepsDone + 1;
  if (!isOpen(submission)) return { code: 'already_decided', params: { state: submission.state } };
  if (step !== undefined && step !== next) return { code: 'step_moved', params: { step: String(next) } };
  if (submission.maker === by.actor) return { code: 'own_work', params: {} };
  const people = new Set(taken.flatMap(({ actor, onBehalfOf }) => [actor, onBehalfOf]));
  if (people.has(by.actor)) return { code: 'approved_before', params: {} };

  const role = submission.steps[submission.stepsDone]!;
  const held = by.roles
    .filter((each) => each.role === role && covers(each, submission.departments))
    .sort((a, b) => Number(a.onBehalfOf !== null) - Number(b.onBehalfOf !== null));
  const usable = held.find(
    ({ onBehalfOf }) => onBehalfOf === null || !(onBehalfOf === submission.maker || people.has(onBehalfOf)),
  );
  if (usable) return { role, onBehalfOf: usable.onBehalfOf };
  if (held.length === 0) return { code: 'not_your_step', params: { role, step: String(next) } };
  const isMakers = held.some(({ onBehalfOf }) => onBehalfOf === submission.maker);
  return { code: isMakers ? 'own_work' : 'approved_before', params: {} };
}

const covers = ({ departments }: HeldRole, all: readonly string[] | null): boolean =>
  departments === null || (all !== null && all.every((department) => departments.includes(department)));
