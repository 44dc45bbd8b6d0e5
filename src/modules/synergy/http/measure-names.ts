import type { Measure } from '../../../../analytics/synergy/measures.js';

/** What the measures of docs/calculation-spec.md are called. */
export const MEASURE_NAMES: Readonly<Record<Measure, string>> = {
  explicit_actual: '显性成本实际 / explicit cost',
  internal_actual: '其中：内部结算 / of which internal settlement',
  implicit_booked_actual: '账内隐性成本（其中数）/ implicit cost in the books, an “of which”',
  implicit_opportunity_actual: '账外机会损失 / opportunity loss outside the ledger',
  baseline: '基准成本 / baseline cost',
  price_base: '降价计算基数 / base of the price-reduction rate',
  price_reduction: '价格降本 / price reduction',
  usage_saving: '用量节约 / usage saving',
  amount_saving: '金额节约 / amount saving',
  explicit_saving: '显性成本节约 / explicit saving',
  implicit_booked_saving: '账内隐性节约（只列示）/ implicit booked saving, shown and not added',
  implicit_opportunity_saving: '账外机会损失节约 / saving of opportunity losses',
  gains: '增收 / gains',
  inputs: '投入 / inputs',
  booked_value: '账内创效 / booked value',
  synergy_value: '协同创效 / synergy value',
  turnover: '协同额 / synergy turnover',
  covered_actual: '已对基准的显性成本 / explicit cost measured against a baseline',
  unreported_baseline: '应报未报的基准 / baselines with nothing reported',
};
