/** The accounts on which the books stand: codes and names as mines use them under the standard of 2006 (财会〔2016〕21号). */

export interface Account {
  readonly code: string;
  /** With the names of its parents, as journals print it. */
  readonly name: string;
  readonly type: '资产' | '负债' | '共同' | '权益' | '成本' | '损益';
  readonly direction: '借' | '贷';
}

export interface CostAccount extends Account {
  /** The cost item that its debits are. */
  readonly item: string;
  /** null where no quantity is kept. */
  readonly unit: string | null;
  /** Fen per unit of quantity, or of a whole booking: the least and the most. */
  readonly price: readonly [low: number, high: number];
  readonly summaries: readonly string[];
}

const cost = (code: string, name: string, item: string, unit: string | null, more: Omit<CostAccount, keyof Facts>) => ({
  ...{ code, name, item, unit, direction: '借' as const },
  ...{ type: code.startsWith('5') ? ('成本' as const) : ('损益' as const), ...more },
});
type Facts = Account & Pick<CostAccount, 'item' | 'unit'>;

/** Texts hold what breaks careless readers: commas, quotes, markup, a character outside the basic plane. */
export const COST_ACCOUNTS: readonly CostAccount[] = [
  cost('5001010101', '生产成本_材料_坑木支护', '0101', '立方米', {
    ...{ price: [90_000, 130_000], summaries: ['坑木领用', '支护材料，锚杆'] },
  }),
  cost('5001010102', '生产成本_材料_火工品', '0102', '千克', { price: [1_150, 1_420], summaries: ['炸药、雷管领用'] }),
  cost('5001010104', '生产成本_材料_配件', '0104', '件', {
    ...{ price: [9_000, 18_600], summaries: ['截齿领用', '更换𠮷型截齿', '配件 A&B <大修>'] },
  }),
  cost('5001010105', '生产成本_材料_油脂', '0105', '升', { price: [1_310, 2_240], summaries: ['油脂"齿轮油",20升'] }),
  cost('5001010106', '生产成本_材料_劳保', '0106', '套', { price: [8_800, 21_000], summaries: ['劳保用品'] }),
  cost('50010102', '生产成本_电力', '02', '千瓦时', { price: [52, 71], summaries: ['电费'] }),
  cost('50010103', '生产成本_职工薪酬', '03', null, { price: [812_345, 31_200_000], summaries: ['计提工资'] }),
  cost('50010104', '生产成本_折旧', '04', null, { price: [120_000, 6_400_000], summaries: ['计提折旧'] }),
  cost('50010105', '生产成本_修理费', '05', null, { price: [50_001, 18_600_000], summaries: ['设备检修，三班'] }),
  cost('50010110', '生产成本_外包劳务', '10', '米', { price: [38_000, 43_500], summaries: ['钻探', '外包掘进'] }),
  cost('50010111', '生产成本_租赁费', '11', null, { price: [200_000, 900_000], summaries: ['设备租赁'] }),
  cost('510101', '制造费用_办公费', '15', null, { price: [1_001, 250_000], summaries: ['办公用品'] }),
  cost('510102', '制造费用_检测费', '15', null, { price: [30_000, 480_000], summaries: ['仪器检测'] }),
  cost('640301', '税金及附加_资源税', '20', null, { price: [100_000, 9_000_000], summaries: ['计提资源税'] }),
  cost('660101', '销售费用_运输费', '30', null, { price: [20_000, 700_000], summaries: ['铁路运费'] }),
  cost('660201', '管理费用_差旅费', '31', null, { price: [12_000, 520_000], summaries: ['报销差旅费'] }),
  cost('660301', '财务费用_利息支出', '32', null, { price: [10_000, 2_000_000], summaries: ['借款利息'] }),
];

/** Accruing a fund is the cost; spending it is not cost again. */
export const ACCRUAL: CostAccount = cost('50010106', '生产成本_安全费用', '06', null, {
  ...{ price: [1_500_000, 16_500_000], summaries: ['计提安全费用'] },
});
/** Where 制造费用 is carried at the month's end: no cost again either. */
export const OVERHEAD_CARRIED: Account = {
  ...{ code: '50010115', name: '生产成本_制造费用转入', type: '成本', direction: '借' },
};
export const FUND: Account = { code: '430101', name: '专项储备_安全生产费', type: '权益', direction: '贷' };
export const STOCK: Account = { code: '1405', name: '库存商品', type: '资产', direction: '借' };
export const PROFIT: Account = { code: '4103', name: '本年利润', type: '权益', direction: '贷' };
export const BANK: Account = { code: '1002', name: '银行存款', type: '资产', direction: '借' };
export const RECEIVABLE: Account = { code: '1122', name: '应收账款', type: '资产', direction: '借' };
export const INCOME: Account = { code: '6001', name: '主营业务收入', type: '损益', direction: '贷' };

const MATERIALS: Account = { code: '1403', name: '原材料', type: '资产', direction: '借' };
const DEPRECIATION: Account = { code: '1602', name: '累计折旧', type: '资产', direction: '贷' };
const PAYABLE: Account = { code: '2202', name: '应付账款', type: '负债', direction: '贷' };
const WAGES: Account = { code: '221101', name: '应付职工薪酬_工资', type: '负债', direction: '贷' };
const TAXES: Account = { code: '222101', name: '应交税费_资源税', type: '负债', direction: '贷' };

/** The other side of a cost. */
export function counterOf({ item }: CostAccount): Account {
  if (item.startsWith('01')) return MATERIALS;
  if (item === '03') return WAGES;
  if (item === '04') return DEPRECIATION;
  if (item === '20') return TAXES;
  return item === '31' ? BANK : PAYABLE;
}

export const ACCOUNTS: readonly Account[] = [
  ...[BANK, RECEIVABLE, MATERIALS, STOCK, DEPRECIATION, PAYABLE, WAGES, TAXES, PROFIT, FUND, ACCRUAL],
  ...[OVERHEAD_CARRIED, INCOME, ...COST_ACCOUNTS],
].sort((a, b) => (a.code < b.code ? -1 : 1));
