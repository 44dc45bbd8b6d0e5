export { ApprovalModule } from './approval.module.js';
export { Approvals, type Which } from './app/approvals.js';
export { BULK_LIMIT } from './app/admit.js';
export { requireDone } from './app/refusals.js';
export type {
  Decided,
  NewSubmission,
  Refusal,
  Subject,
  SubjectKind,
  Submission,
  SubmissionState,
} from './app/subject.js';
export { isEvidenceMissing } from './db/evidence-queries.js';
