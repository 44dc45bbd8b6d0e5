/** The words of docs/calculation-spec.md: per file, the columns (code, Chinese header), optional ones marked. */
export interface Column {
  readonly code: string;
  readonly chinese: string;
  readonly optional?: true;
}

export type FileName =
  | 'departments.csv'
  | 'periods.csv'
  | 'items.csv'
  | 'projects.csv'
  | 'records.csv'
  | 'baselines.csv'
  | 'activities.csv'
  | 'rates.csv'
  | 'adjustments.csv'
  | 'targets.csv';

const columns = (text: string): readonly Column[] =>
  text.split(',').map((entry) => {
    const [code = '', chinese = '', optional] = entry.trim().split(' ');
    return { code, chinese, ...(optional === undefined ? {} : { optional: true as const }) };
  });

export const COLUMNS: Readonly<Record<FileName, readonly Column[]>> = {
  'departments.csv': columns('code 编码, name 名称, parent 上级'),
  'periods.csv': columns('code 期间, start 开始日期, end 结束日期'),
  'items.csv': columns('code 编码, name 名称, nature 成本性质'),
  'projects.csv': columns(
    'code 编码, name 名称, category 协同类别, lead 牵头部门, approved_on 立项日期, closed_on 结项日期',
  ),
  'records.csv': columns(
    'id 单据号, date 日期, department 部门, category 协同类别, item 成本项目, nature 成本性质, quantity 数量, ' +
      'unit 计量单位, unit_price 单价, amount 金额, project 协同项目, counterparty 对方单位, internal 内部结算, ' +
      'voucher 凭证号, summary 摘要, tax_basis 税口径 ?, tax_rate 税率 ?, corrects_period 更正期间 ?',
  ),
  'baselines.csv': columns(
    'code 编码, department 部门, category 协同类别, item 成本项目, nature 成本性质, project 协同项目, ' +
      'valid_from 生效日期, valid_to 失效日期, basis 基准类型, unit_price 单价, norm 单耗定额, driver 动因, ' +
      'quantity 数量, amount 金额, planned_volume 计划产量, fixed_amount 固定金额 ?, unit 计量单位 ?, ' +
      'tax_basis 税口径 ?, tax_rate 税率 ?',
  ),
  'activities.csv': columns('period 期间, department 部门, driver 动因, actual 实际, planned 计划'),
  'rates.csv': columns('item 项目, unit 计量单位, rate 费率, valid_from 生效日期, valid_to 失效日期, basis 依据'),
  'adjustments.csv': columns(
    'id 编号, period 期间, department 部门, category 协同类别, project 协同项目, kind 类型, amount 金额, ' +
      'recognition 计入方式, status 状态, voucher 凭证号',
  ),
  'targets.csv': columns('period 期间, department 部门, category 协同类别, measure 指标, amount 金额'),
};

/** Chinese value → code, by column. Free text (names, summaries, the basis of a rate) is not listed and stays as it is. */
export const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  category: {
    管理: 'management',
    资源: 'resource',
    业务: 'business',
    人员: 'personnel',
    市场: 'market',
    产业: 'industry',
  },
  nature: { 显性: 'explicit', 账内隐性: 'implicit_booked', 账外机会损失: 'implicit_opportunity' },
  internal: { 是: 'yes', 否: 'no' },
  basis: { 预算: 'budget', 上年: 'prior_year', 市场价: 'market', 合同: 'contract', 内部价: 'internal' },
  tax_basis: { 不含税: 'excl', 含税: 'incl' },
  kind: { 增收: 'gain', 投入: 'input' },
  recognition: { 已实现: 'realised', 年化: 'annualised', 计划: 'planned' },
  status: { 申报: 'claimed', 财务确认: 'confirmed' },
};
