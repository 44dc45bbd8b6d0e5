export {
  judgeRecords,
  postRecords,
  takenIds,
  valueRecords,
  type Posting,
  type RecordBatch,
} from './app/post-records.js';
export { DIRECT_SOURCE } from './app/post-records.js';
export { releaseVouchers, resumReversed, reverseRecords, type Reversal } from './app/reverse-records.js';
export { compareSums, listDifferences, type ComparedRecord, type ComparedSums } from './db/import-comparison.js';
export { findRecord, type ShownRecord } from './db/record-queries.js';
export { NewRecordDto, RecordDto } from './http/record.dto.js';
export { RecordsModule } from './records.module.js';
