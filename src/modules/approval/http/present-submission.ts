import type { Language } from '../../../platform/http/language.js';
import type { Sentences } from '../../../platform/http/sentences.js';
import type { Decided } from '../app/subject.js';
import type { ShownDecision, ShownSubmission } from '../db/submission-answers.js';
import type { Waiting } from '../db/work-list.js';
import type { DecidedDto, DecisionMadeDto, SubmissionDto, WaitingDto } from './submission.dto.js';

/** Titles a code without a sentence; what is refused here stands in the way of a decision. */
const CONFLICT = 409;

/** `id` is the one that the caller asked by. */
export function presentDecided(
  { id, outcome, refusal }: Decided,
  sentences: Sentences,
  language: Language,
): DecidedDto {
  if (refusal === null) return { id, outcome };
  const { code, params, findings = [] } = refusal;
  const errors = findings.map((finding) => ({
    row: finding.row,
    column: finding.column,
    code: finding.code,
    message: sentences.sayFinding(finding, language),
  }));
  const message = sentences.say(code, params, CONFLICT, language);
  return { id, outcome, code, message, ...(errors.length === 0 ? {} : { errors }) };
}

type PathItem = Pick<
  Waiting,
  'id' | 'subject' | 'key' | 'title' | 'kinds' | 'departments' | 'periods' | 'amountYuan' | 'maker'
>;

const pathItem = ({ id, subject, key, title, kinds, departments, periods, amountYuan, maker }: PathItem) => ({
  ...{ id, subject, key, title, kinds, departments, periods, amountYuan, maker },
});

export function presentWaiting(waiting: Waiting, lacksEvidence: boolean): WaitingDto {
  const { step, role, onBehalfOf, since } = waiting;
  return { ...pathItem(waiting), step, role, onBehalfOf, since: since.toISOString(), lacksEvidence };
}

export function presentSubmission(one: ShownSubmission): SubmissionDto {
  const { state, steps, stepsDone, round, reason, submittedAt, dueSince, finishedAt } = one;
  return {
    ...{ ...pathItem(one), state, steps, stepsDone, round, reason },
    submittedAt: submittedAt.toISOString(),
    dueSince: dueSince.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}

export function presentDecision(made: ShownDecision): DecisionMadeDto {
  const { round, step, role, decision, actor, onBehalfOf, reason, decidedAt, waitedHours } = made;
  return { round, step, role, decision, actor, onBehalfOf, reason, waitedHours, decidedAt: decidedAt.toISOString() };
}
