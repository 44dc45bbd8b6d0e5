import { invariant } from '../../../../analytics/kernel/invariant.js';
import { AppError } from '../../../platform/errors/app-error.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { insertSubmissions, loadNewest, reviveSubmissions } from '../db/submission-queries.js';
import { rolesFor, type PathStep } from './path.js';
import type { NewSubmission, Submission, SubjectKind } from './subject.js';

/**
 * Puts things of one kind on their paths, by key: what came back to its maker begins another round of the same
 * submission, everything else a first one.
 * @throws AppError `already_submitted`
 */
export async function beginRound(
  tx: Tx,
  mine: string,
  kind: SubjectKind,
  submissions: readonly NewSubmission[],
  path: readonly PathStep[],
): Promise<Map<string, Submission>> {
  const keys = submissions.map(({ key }) => key);
  const before = await loadNewest(tx, mine, kind, keys, 'FOR UPDATE');

  const begun = submissions.map((one) => {
    const last = before.get(one.key);
    const steps = rolesFor(path, one.kinds, one.amountYuan);
    invariant(steps.length > 0, `nobody approves ${one.kinds.join(', ')}`);
    const departments = one.departments?.length ? one.departments : null;
    // Decisions name the maker of their submission: another maker's is another submission.
    const id = last?.state === 'returned' && last.maker === one.maker ? last.id : null;
    return { ...one, departments, steps, id };
  });

  const rows = [
    ...(await reviveSubmissions(
      tx,
      mine,
      begun.filter(({ id }) => id !== null),
    )),
    ...(await insertSubmissions(
      tx,
      mine,
      begun.filter(({ id }) => id === null),
    )),
  ];
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const lost = begun.find(({ key }) => !byKey.has(key));
  if (lost) throw new AppError('conflict', 'already_submitted', { title: lost.title });
  return byKey;
}
