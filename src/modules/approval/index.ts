export { ApprovalModule } from './approval.module.js';
export { Approvals } from './app/approvals.js';
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
