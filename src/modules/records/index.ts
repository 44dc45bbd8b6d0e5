export { judgeRecords, postRecords, takenIds, valueRecords, type RecordBatch } from './app/post-records.js';
export type { Posting } from './app/into-sums.js';
export { DecideRecords } from './app/decide-records.js';
export { judgeEntry, type RightEntry, type RowValues } from './app/judge-entry.js';
export { planSubmission, type Entering } from './app/plan-submission.js';
export { postEntered } from './app/post-entered.js';
export { done, refusal, refusedRow, unknownRecord, type RecordDecided } from './app/refuse-record.js';
export { insertPlanned, planReversals, type ReversalWish } from './app/reverse-entered.js';
export { DIRECT_SOURCE } from './app/post-records.js';
export {
  releaseVouchers,
  resumReversed,
  reverseRecords,
  standingRecords,
  type Reversal,
} from './app/reverse-records.js';
export { totalRecords, type RecordTotals } from './app/total-records.js';
export { compareSums, listDifferences, type ComparedRecord, type ComparedSums } from './db/import-comparison.js';
export {
  insertDraft,
  lockStanding,
  makerOf,
  replaceDraft,
  setStatus,
  withdrawUnposted,
  type StandingRecord,
} from './db/entered-records.js';
export { findRecord, type ShownRecord } from './db/record-queries.js';
export { NewRecordDto, RecordDto } from './http/record.dto.js';
export { RecordsModule } from './records.module.js';
