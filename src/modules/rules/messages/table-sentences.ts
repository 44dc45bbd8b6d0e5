/** What reference rows say against one another, or against what the mine already has. */
import type { Sentences } from './sentence.js';

export const TABLE_SENTENCES: Sentences = {
  baseline_overlap: {
    zh: '此基准与基准 {other} 同样具体且有效期重叠，请错开生效、失效日期，或删去其中一个。',
    en: 'This baseline is as specific as baseline {other} and valid on the same days; please change the dates or delete one.',
  },
  baseline_beside_project: {
    zh: '此基准与基准 {other} 不能并存，请错开有效期或删去其中一个：有协同项目的基准与不分项目的定额、数量、金额基准并列，会把项目的消耗算成部门的节约。',
    en: 'This baseline cannot stand beside baseline {other}; please change the dates or delete one: with a project baseline beside a norm, quantity or amount without project, what the project uses would count as saved.',
  },
  rate_overlap: {
    zh: '此费率与项目 {item} [自 {valid_from} 起]的另一费率有效期重叠，请改正生效或失效日期。',
    en: 'This rate and another of item {item}[ valid from {valid_from}] are in force on the same days; please correct the dates.',
  },
  period_overlap: {
    zh: '此期间与期间 {other} 的日期重叠，请改正开始日期或结束日期。',
    en: 'This period and period {other} share days; please correct the start or the end.',
  },
  not_on_period_boundary: {
    zh: '{column}落在期间中间，请改为期间的边界 {boundary}。',
    en: '{column} lies inside a period; please use the boundary of the period, {boundary}.',
  },
  department_cycle: {
    zh: '此部门逐级向上会绕回自己，请改正{column}。',
    en: 'Going up from this department leads back to itself; please correct {column}.',
  },
  period_in_use: {
    zh: '此期间已有数据，起止日期不能再改，请恢复原来的日期。',
    en: 'This period holds data and its dates cannot change; please restore them.',
  },
  item_in_use: {
    zh: '此成本项目已在使用，成本性质不能再改，请恢复原来的性质，或另设新的项目。',
    en: 'This cost item is in use and its nature cannot change; please restore it or add a new item.',
  },
  period_cut_by_validity: {
    zh: '此期间被 {other} 的有效期从中间截断，请先使 {other} 的生效、失效日期与期间对齐。',
    en: 'The validity of {other} begins or ends inside this period; please align it with the period first.',
  },
  conflicts_with_posted_record: {
    zh: '此改动与已入账的记录 {record} 不符，请改正{column}，或先冲销该记录。',
    en: 'This change does not agree with record {record}, which is posted; please correct {column} or reverse the record first.',
  },
};
