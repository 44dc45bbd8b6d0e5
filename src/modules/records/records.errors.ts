export const RECORD_SENTENCES = {
  unknown_record: { zh: '没有单据号为 {id} 的记录。', en: 'There is no record {id}.' },
} as const;
