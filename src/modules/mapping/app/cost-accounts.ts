/**
 * What an account is by the tables of accounts in force, where a mine's profile says nothing of it: names first, since
 * 企业会计准则 (2006), 小企业会计准则 and the old 企业会计制度 number the same accounts differently, then the code.
 */

/** The parts of an account's name from the top: 生产成本_材料_配件, 生产成本\材料, 生产成本-材料. */
export function accountParts(name: string | null): string[] {
  return (name ?? '').split(/[_\\/＼／|>→:：—–-]+/).flatMap((part) => part.replaceAll(/[\s　]/g, '') || []);
}

const COST_NAMES = [
  /生产成本$/,
  /^制造费用$/,
  /^劳务成本$/,
  /^机械作业$/,
  /^工程施工$/,
  /^研发支出$/,
  /^(产品)?销售费用$/,
  /^营业费用$/,
  /^管理费用$/,
  /^财务费用$/,
  /税金及附加$/,
  /^(地质)?勘探费用$/,
  /^其他业务(成本|支出)$/,
];

/** Bear the numbers of cost accounts under another standard, or are cost of what is sold, not of what is made. */
const OTHER_NAMES = new RegExp(
  '^(主营业务成本|主营业务收入|其他业务收入|营业外收入|营业外支出|投资收益|补贴收入|其他收益|公允价值变动损益|' +
    '资产处置损益|资产减值损失|信用减值损失|所得税(费用)?|以前年度损益调整|本年利润)$',
);

/** 企业会计准则 (2006): the first four digits. */
const COST_ROOTS = ['5001', '5101', '5201', '5301', '5401', '5403', '6402', '6403', '6601', '6602', '6603', '6604'];

/** Assets, liabilities and equity have 1 to 3 under every standard, whatever their sub-accounts are called. */
const BALANCE_SHEET = /^[123]/;

/**
 * Whether an account is a cost account by the standard tables of accounts. `name`: the name or its whole path; `type`:
 * 科目类型 as the books state it.
 */
export function isCostAccount(account: string, name: string | null, type: string | null): boolean {
  const parts = accountParts(name);
  if (BALANCE_SHEET.test(account)) return false;
  if (parts.some((part) => OTHER_NAMES.test(part))) return false;
  if (parts.some((part) => COST_NAMES.some((pattern) => pattern.test(part)))) return true;
  if (COST_ROOTS.some((root) => account.startsWith(root))) return true;
  return (type ?? '').includes('成本');
}

/**
 * What a voucher does that moves cost on: `profit` is 本年利润, whose vouchers close the month; `product` takes up what
 * production cost (库存商品, 主营业务成本).
 */
export type CarryTarget = 'profit' | 'product';

export function carryTarget(account: string, name: string | null): CarryTarget | null {
  const parts = accountParts(name);
  const is = (pattern: RegExp) => parts.some((part) => pattern.test(part));
  if (is(/^(本年利润|利润结转)$/)) return 'profit';
  if (is(/^(库存商品|产成品|自制半成品|发出商品|主营业务成本|煤炭产品|库存煤)$/)) return 'product';
  if (/^(4103|3131|3103)/.test(account)) return 'profit';
  return /^(1405|1406|1243|6401)/.test(account) ? 'product' : null;
}
