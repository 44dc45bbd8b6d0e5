export {
  judgeRecords,
  postRecords,
  takenIds,
  valueRecords,
  type Posting,
  type RecordBatch,
} from './app/post-records.js';
export { DIRECT_SOURCE } from './app/post-records.js';
export { findRecord, type ShownRecord } from './db/record-queries.js';
export { NewRecordDto, RecordDto } from './http/record.dto.js';
export { RecordsModule } from './records.module.js';
