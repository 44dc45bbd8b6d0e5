export {
  judgeRecords,
  postRecords,
  takenIds,
  valueRecords,
  type Posting,
  type RecordBatch,
} from './app/post-records.js';
