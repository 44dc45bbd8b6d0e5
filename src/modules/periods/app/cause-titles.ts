import type { Sentence } from '../../../platform/http/language.js';
import type { CauseCode } from './causes.js';

/** What a cause of the closing checklist is called where it is counted in a table. */
export const CAUSE_TITLES: Readonly<Record<CauseCode, Sentence>> = {
  not_declared: { zh: '未声明报齐的部门', en: 'departments that have not declared their reporting complete' },
  missing_volume: { zh: '缺少业务量而未计算的组', en: 'groups not measured for want of their volume' },
  pending_approvals: { zh: '未办完的提交或导入', en: 'submissions or imports that are not finished' },
  not_reported: { zh: '应报未报的基准', en: 'baselines with nothing reported' },
  missing_quantity: {
    zh: '单据缺数量而未计算价格降本的组',
    en: 'groups whose price reduction is not measured for want of a quantity',
  },
  not_comparable: {
    zh: '单据缺数量而未计算的隐性成本组',
    en: 'implicit groups that are not measured for want of a quantity',
  },
  unreconciled: { zh: '与账簿的差异', en: 'differences to the books' },
  possible_double_count: { zh: '可能重复计算的增收', en: 'gains that may be counted twice' },
  draft_records: { zh: '尚为草稿的单据', en: 'records that are still drafts' },
  earlier_open: { zh: '尚未结账的更早期间', en: 'earlier periods that are not closed' },
};
