import type { Profile } from './profile.js';

/** Texts that mark rows of sums in books, compared without blanks. */
export const TOTALS = [
  ...['合计', '总计', '小计', '本页合计', '本页小计', '本日合计', '本月合计', '本期合计', '当前合计', '本季合计'],
  ...['本年合计', '本年累计', '累计', '过次页', '承前页', '借贷合计', '合计数', '共计', '凭证合计', '科目合计'],
  ...['合计：', '合计:', '总计：', '总计:', '小计：', '小计:'],
];

/** What a profile says where it says nothing. */
export const PROFILE_DEFAULTS: Omit<Profile, 'name' | 'title' | 'formats' | 'source'> = {
  version: 0,
  headers: {},
  totals: TOTALS,
  side: 'debit',
  zeroQuantity: 'none',
  taxBasis: 'excl',
  taxRate: null,
  accounts: [],
  services: [],
  departments: {},
  projects: {},
  internal: { counterparties: [], accounts: [] },
  indicators: [],
};
