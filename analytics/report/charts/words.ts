/** What legends and axes say. */
import type { Said } from '../model.js';

const words = (zh: string, en: string): Said => ({ zh, en });

export const CHART_WORDS = {
  level: words('基准、实际', 'baseline, actual'),
  saving: words('节约', 'saving'),
  loss: words('超支', 'overspending'),
  gap: words('未对基准、应报未报', 'without baseline, not reported'),
  cutAxis: words('纵轴不从零起（柱上有折断标记）', 'axis does not start at zero (bars are cut by a zigzag)'),
  ownScale: words('单列，另用刻度', 'apart, own scale'),
  amount: words('金额', 'amount'),
  cumulativeShare: words('累计占比（%，下轴）', 'cumulative share (%, lower axis)'),
  month: words('期间', 'period'),
  now: words('当期', 'this period'),
  lastYear: words('上年同期', 'year before'),
  reached: words('实际（达到计划）', 'actual, plan reached'),
  below: words('实际（未达计划）', 'actual, below plan'),
  plan: words('计划', 'plan'),
  actualAndPlan: words('实际 / 计划', 'actual / plan'),
} as const;
