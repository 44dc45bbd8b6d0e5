import type { Sentence } from '../../platform/http/language.js';

/** What people read when a question about figures cannot be answered. */
export const SYNERGY_SENTENCES: Readonly<Record<string, Sentence>> = {
  no_such_period: { zh: '没有期间 {period}。', en: 'There is no period {period}.' },
  period_range_reversed: {
    zh: '起始期间 {from} 晚于终止期间 {to}。',
    en: 'The range begins with {from}, which is later than its end {to}.',
  },
  same_dimension: {
    zh: '行和列不能是同一维度（{dimension}）。',
    en: 'Rows and columns cannot be the same dimension ({dimension}).',
  },
  repeated_value: { zh: '列表中有重复的值。', en: 'The list names a value twice.' },
};
