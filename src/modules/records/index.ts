export {
  judgeRecords,
  postRecords,
  takenIds,
  valueRecords,
  type RecordBatch,
} from './app/post-records.js';
export type { Posting } from './app/into-sums.js';
export { DIRECT_SOURCE } from './app/post-records.js';
export { releaseVouchers, resumReversed, reverseRecords, standingRecords, type Reversal } from './app/reverse-records.js';
export { totalRecords, type RecordTotals } from './app/total-records.js';
export { compareSums, listDifferences, type ComparedRecord, type ComparedSums } from './db/import-comparison.js';
export { findRecord, type ShownRecord } from './db/record-queries.js';
export { NewRecordDto, RecordDto } from './http/record.dto.js';
export { RecordsModule } from './records.module.js';
