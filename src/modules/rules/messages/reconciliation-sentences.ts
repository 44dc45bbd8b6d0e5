/** What rows of sums, control totals and settlement summaries say against the rows beside them. */
import type { Sentences } from './sentence.js';

export const RECONCILIATION_SENTENCES: Sentences = {
  total_mismatch: {
    zh: '此行是合计，{column}[写的是 {stated}，而它上面各行之和为 {found}，相差 {difference}]，请核对是否有行缺失、重复或改动，补齐后重新导出。',
    en: 'This row is a total, but its {column} does not agree with the rows above it[: it is {stated}, they come to {found}, {difference} apart]; please check for rows that are missing, doubled or changed and export the file again.',
  },
  control_total_mismatch: {
    zh: '填写的控制数[ {stated} ]与文件不符[，文件中为 {found}，相差 {difference}]，请核对单据和文件是否为同一份。',
    en: 'The control total given does not agree with the file[: it is {stated}, the file has {found}, {difference} apart]; please check that slip and file belong together.',
  },
  too_many_totals: {
    zh: '合计、小计行过多[，最多 {limit} 行]，请导出不带小计的明细后再交。',
    en: 'There are too many rows of sums[, at most {limit}]; please export the details without subtotals.',
  },
  sum_mismatch: {
    zh: '{column}不等于不含税收入与税金之和[，应为 {sum}]，请核对这三项。',
    en: '{column} is not income and tax added up[, which would be {sum}]; please check all three.',
  },
};
