/** Words around an exported table. */
import type { Method } from '../../../../analytics/synergy/types.js';
import type { Sentence } from '../../../platform/http/language.js';
import type { Against } from '../app/compare-rows.js';
import type { RowKey, View } from '../db/cell-queries.js';
import type { MoneyUnit } from '../app/export-synergy.js';
import type { State } from '../app/answer-synergy.js';

const said = (zh: string, en: string): Sentence => ({ zh, en });

export const KEY_WORDS: Readonly<Record<RowKey | 'under', Sentence>> = {
  department: said('部门', 'Department'),
  under: said('部门及其下级', 'Department and below'),
  period: said('期间', 'Period'),
  priorPeriod: said('更正的以前期间', 'Earlier period corrected'),
  category: said('协同类别', 'Category'),
  item: said('成本项目', 'Cost item'),
  nature: said('成本性质', 'Nature'),
  project: said('协同项目', 'Project'),
};

export const CODE = said('编码', 'code');
export const UNIT = said('单位', 'Unit');
export const UNIT_NAMES: Readonly<Record<MoneyUnit, Sentence>> = {
  yuan: said('元', 'yuan'),
  wan: said('万元', '10,000 yuan'),
};
export const TITLE = said('协同创效明细', 'Synergy figures');
export const ALL_PERIODS = said('全部期间', 'all periods');
export const WHOLE = said('全矿', 'Whole mine');
export const TOTAL = said('合计', 'Total');
export const TAIL = said('尾差', 'Rounding difference');
export const STATE = said('状态', 'State');
export const NOTHING = '—';

export const STATE_WORDS: Readonly<Record<State, Sentence>> = {
  provisional: said('暂计', 'provisional'),
  complete: said('已报齐', 'complete'),
  closed: said('已结账', 'closed'),
};

export const RATIO_WORDS = {
  valueRate: said('创效率', 'value rate'),
  priceReductionRate: said('降价率', 'price-reduction rate'),
  coverage: said('基准覆盖率', 'coverage'),
} as const;

export const AGAINST_WORDS: Readonly<Record<Against, Sentence>> = {
  previous: said('环比', 'previous period'),
  last_year: said('同比', 'last year'),
  plan: said('对计划', 'plan'),
};

export const COMPARED_WORDS = {
  then: said('对比数', 'then'),
  amount: said('增减额', 'change'),
  rate: said('增减率', 'rate of change'),
} as const;

export const VIEW_WORDS: Readonly<Record<View, Sentence>> = {
  known: said('按现知', 'as known now'),
  reported: said('按报告时', 'as reported'),
};

export const FACT_WORDS = {
  period: said('期间', 'Period'),
  mine: said('矿', 'Mine'),
  filter: said('筛选', 'Filter'),
  reach: said('可见部门', 'Departments within reach'),
  view: said('口径', 'View'),
  state: said('状态', 'State'),
  method: said('方法', 'Method'),
  dataVersion: said('数据版本', 'Data version'),
  issues: said('问题', 'Issues'),
} as const;

export const ISSUES_SHEET = said('问题', 'Issues');
export const ISSUE_WORDS = { code: said('代码', 'Code'), says: said('说明', 'What is wrong') } as const;
export const BASELINE = said('基准', 'Baseline');

/** `方法版本 3（最早 2）；价格降本计入协同创效；机会损失节约计入协同创效` */
export function methodWords(method: Method, newest: number, oldest: number): Sentence {
  const isIn = { within: said('计入', 'within'), beside: said('另列，不计入', 'beside') };
  const [price, opportunity] = [isIn[method.priceReduction], isIn[method.opportunitySaving]];
  const range = newest === oldest ? said('', '') : said(`（最早 ${oldest}）`, ` (oldest ${oldest})`);
  return {
    zh: `版本 ${newest}${range.zh}；价格降本${price.zh}协同创效；账外机会损失节约${opportunity.zh}协同创效`,
    en: `version ${newest}${range.en}; price reduction ${price.en} synergy value; saving of opportunity losses ${opportunity.en} it`,
  };
}
