import type { Sentence } from '../../platform/http/language.js';

/** What people read when a question about figures cannot be answered. */
export const SYNERGY_SENTENCES: Readonly<Record<string, Sentence>> = {
  no_such_period: { zh: '没有期间 {period}。', en: 'There is no period {period}.' },
  period_range_reversed: {
    zh: '起始期间 {from} 晚于终止期间 {to}。',
    en: 'The range begins with {from}, which is later than its end {to}.',
  },
  closing_of_one_period: {
    zh: '指定第几次结账（closing）时，请只查一个期间，并用 asOf=reported。',
    en: 'A closing can be asked for only of one period and with asOf=reported.',
  },
  no_such_closing: {
    zh: '期间 {period} 没有第 {version} 次结账；GET /api/v1/periods/{period}/closings 列出已有的各次。',
    en: 'The period {period} has no closing {version}; GET /api/v1/periods/{period}/closings lists those there are.',
  },
  same_dimension: {
    zh: '行和列不能是同一维度（{dimension}）。',
    en: 'Rows and columns cannot be the same dimension ({dimension}).',
  },
  answer_too_large: {
    zh: '应答超过 {max} 行（格）：请缩小期间、加筛选条件，或减少分组维度。',
    en: 'The answer has more than {max} rows or cells: ask for fewer periods or dimensions, or add a filter.',
  },
  repeated_value: { zh: '列表中有重复的值。', en: 'The list names a value twice.' },
};
