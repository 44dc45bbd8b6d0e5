/** What the calculation could not measure (docs/calculation-spec.md, COV-0 to COV-3, GAI-1). */
import type { IssueCode } from '../../../../analytics/synergy/types.js';
import type { Sentence } from './sentence.js';

export const ISSUE_SENTENCES: Readonly<Record<IssueCode, Sentence>> = {
  missing_quantity: {
    zh: '按价格基准衡量的记录没有填数量，未计算价格降本，请补录数量。',
    en: 'Records under a price baseline have no quantity and are not measured; please add the quantity.',
  },
  missing_volume: {
    zh: '缺少本期间该动因的实际量，整组未计算节约，请在 activities.csv 中补报。',
    en: 'The actual volume of the driver is missing and the whole group is not measured; please add it to activities.csv.',
  },
  not_comparable: {
    zh: '隐性成本按数量衡量，但有记录没有填数量，整组未计算，请补录数量。',
    en: 'Implicit cost is measured by quantity, but a record has none and the group is not computed; please add the quantity.',
  },
  not_reported: {
    zh: '基准在本期间有效却没有任何记录，其金额不算节约，请补报；确实没有发生的，请报一条数量和金额为 0 的记录。',
    en: 'A baseline is in force but nothing was reported against it, which is no saving; please report, with quantity and amount 0 if nothing was spent.',
  },
  possible_double_count: {
    zh: '增收可能与同一项目的成本节约或同一凭证的记录重复，请核对并剔除重复部分。',
    en: 'A gain may repeat a saving of the same project or a record of the same voucher; please check and take out what is counted twice.',
  },
};
