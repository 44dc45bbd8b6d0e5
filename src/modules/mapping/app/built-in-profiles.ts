import { COAL_PROFILE } from './map-coal-settlements.js';
import { MANAGEMENT_PROFILE } from './map-management.js';
import { PROFILE_DEFAULTS } from './profile-defaults.js';
import type { AccountRule, Profile, ServiceRule } from './profile.js';

/** A cost account by its number under 企业会计准则 (2006) and by its name under any other chart. */
const cost = (item: string, account: string, ...names: string[]): AccountRule[] => [
  ...(account === '' ? [] : [{ account, is: 'cost' as const, item }]),
  ...names.map((name) => ({ account: '', name, is: 'cost' as const, item })),
];

/** Accounts that bear the number of a cost account under another standard; their name outweighs the number. */
const otherwise = (name: string, reason: string, ...accounts: string[]): AccountRule[] =>
  accounts.map((account) => ({ account, name, is: 'left_out', reason }));

const LEDGER_ACCOUNTS: readonly AccountRule[] = [
  // The mine's chart numbers the cost items of 财会〔2016〕21号 below 生产成本: 5001010104 is 配件.
  ...cost('@rest', '500101'),
  ...cost('@name', '5001', '生产成本', '基本生产成本', '辅助生产成本'),
  ...cost('15', '5101', '制造费用'),
  ...cost('20', '6403', '税金及附加', '主营业务税金及附加', '营业税金及附加'),
  ...cost('30', '6601', '销售费用', '营业费用', '产品销售费用'),
  ...cost('31', '6602', '管理费用'),
  ...cost('32', '6603', '财务费用'),
  // 财会〔2009〕8号: accruing the fund is cost, spending it is not cost again.
  { account: '4301', is: 'fund' },
  { account: '', name: '专项储备', is: 'fund' },
  // What is sold was cost when it was made.
  { account: '6401', is: 'left_out', reason: 'carry_over' },
  ...otherwise('主营业务成本', 'carry_over', '', '5401'),
  ...otherwise('主营业务收入', 'not_cost', '500101', '5001', '5101'),
];

/** The longest text that is contained in what a slip says was delivered. */
const SERVICES: readonly ServiceRule[] = [
  ...['修理', '维修', '检修', '大修', '中修', '小修', '保养'].map((contains) => ({ contains, item: '05' })),
  ...['钻探', '掘进', '开拓', '施工', '劳务', '外包', '运输', '装卸', '安装', '拆除'].map((contains) => ({
    ...{ contains, item: '10' },
  })),
  ...['租赁', '租用', '出租'].map((contains) => ({ contains, item: '11' })),
  ...['供电', '电费', '电力', '供热', '供水', '压风'].map((contains) => ({ contains, item: '02' })),
  ...['坑木', '支护'].map((contains) => ({ contains, item: '0101' })),
  ...['火工品', '炸药', '雷管'].map((contains) => ({ contains, item: '0102' })),
  ...['配件', '备件'].map((contains) => ({ contains, item: '0104' })),
  ...['油脂', '润滑油'].map((contains) => ({ contains, item: '0105' })),
  ...['劳保'].map((contains) => ({ contains, item: '0106' })),
];

/** Every format of books is one source: the same voucher by another format is the same record. */
const LEDGER_PROFILE: Profile = {
  ...PROFILE_DEFAULTS,
  name: 'ledger',
  title: '账簿凭证 / ledger vouchers',
  formats: ['journal', 'k3', 'u8', 'gbt24589', 'balance_sheet'],
  source: 'ledger',
  accounts: LEDGER_ACCOUNTS,
};

const SETTLEMENT_PROFILE: Profile = {
  ...PROFILE_DEFAULTS,
  name: 'settlement',
  title: '内部结算单 / internal settlement slips',
  formats: ['settlement'],
  source: 'settlement',
  services: SERVICES,
};

/** Version 0 of their names; a mine's own of the same name takes their place. */
export const BUILT_IN_PROFILES: readonly Profile[] = [
  LEDGER_PROFILE,
  SETTLEMENT_PROFILE,
  COAL_PROFILE,
  MANAGEMENT_PROFILE,
];
