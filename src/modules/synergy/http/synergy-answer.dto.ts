/** The answers of /synergy as OpenAPI describes them. Money in yuan and ratios are texts. */
import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { REASONS } from '../../../../analytics/synergy/compare.js';
import { MEASURES } from '../../../../analytics/synergy/measures.js';
import { DIMENSIONS } from '../../../../analytics/synergy/roll-up.js';
import { CATEGORIES, ISSUE_CODES, NATURES } from '../../../../analytics/synergy/types.js';
import { STATES } from '../app/answer-synergy.js';
import { LINE_KINDS } from '../app/list-lines.js';
import { VIEWS } from '../db/cell-queries.js';
import { MEASURE_NAMES } from './measure-names.js';

/** A class with a property for each measure. `describe` says what stands under one. */
function perMeasure(
  className: string,
  describe: (name: string) => Parameters<typeof ApiProperty>[0],
): new () => object {
  const type = { [className]: class {} }[className]!;
  for (const measure of MEASURES) ApiProperty(describe(MEASURE_NAMES[measure]))(type.prototype, measure);
  return type;
}

const YUAN = '元，两位小数 / yuan, two decimals';
const RATIO = '比率，六位小数；null 即“—” / ratio, six decimals; null where there is none';

export const MeasuresDto = perMeasure('MeasuresDto', (name) => ({
  ...{ type: String, description: `${name}；${YUAN}`, example: '83147.00' },
}));
export const ExactMeasuresDto = perMeasure('ExactMeasuresDto', (name) => ({
  ...{ type: String, description: `${name}；元，未舍入 / yuan, unrounded`, example: '2300.0000005' },
}));

export class ComparisonDto {
  @ApiProperty({ type: String, nullable: true, description: `对比数；${YUAN}`, example: '120.00' })
  then!: string | null;

  @ApiProperty({ type: String, nullable: true, description: `增减额 / now − then；${YUAN}`, example: '-40.00' })
  amount!: string | null;

  @ApiProperty({ type: String, nullable: true, description: `增减率 / amount ÷ then；${RATIO}`, example: '-0.333333' })
  rate!: string | null;

  @ApiPropertyOptional({ enum: REASONS, description: '没有增减率的原因 / why there is no rate' })
  reason?: string;
}

export const ComparisonsDto = perMeasure('ComparisonsDto', (name) => ({
  ...{ type: ComparisonDto, required: false, description: name },
}));

export class CompareDto {
  @ApiPropertyOptional({ type: ComparisonsDto, description: '环比 / previous period' })
  previous?: object;

  @ApiPropertyOptional({ type: ComparisonsDto, description: '同比 / last year' })
  last_year?: object;

  @ApiPropertyOptional({
    type: ComparisonsDto,
    description: '对计划，只含有计划的指标 / the plan; planned measures only',
  })
  plan?: object;
}

export class RatiosDto {
  @ApiProperty({ type: String, nullable: true, description: `创效率 / value rate；${RATIO}`, example: '0.447027' })
  valueRate!: string | null;

  @ApiProperty({ type: String, nullable: true, description: `降价率 / price-reduction rate；${RATIO}` })
  priceReductionRate!: string | null;

  @ApiProperty({ type: String, nullable: true, description: `基准覆盖率 / coverage；${RATIO}` })
  coverage!: string | null;
}

export class MethodDto {
  @ApiProperty({ enum: ['within', 'beside'] })
  priceReduction!: string;

  @ApiProperty({ enum: ['within', 'beside'] })
  opportunitySaving!: string;
}

/** The dimensions of a line; '' is none. */
class PlaceDto {
  @ApiProperty({ description: '部门 / department', example: 'CM1' })
  department!: string;

  @ApiProperty({ description: '期间 / period', example: '2023-01' })
  period!: string;

  @ApiProperty({ description: '协同类别 / category', enum: CATEGORIES })
  category!: string;

  @ApiProperty({ description: '成本项目，空 = 无 / item', example: '0104' })
  item!: string;

  @ApiProperty({ description: '成本性质，空 = 无 / nature', enum: [...NATURES, ''] })
  nature!: string;

  @ApiProperty({ description: '协同项目，空 = 无 / project', example: '' })
  project!: string;
}

/** Of the dimensions, a row has those that were asked for. */
export class SynergyRowDto {
  @ApiPropertyOptional({ example: 'CM1' })
  department?: string;

  @ApiPropertyOptional({ example: '2023-01' })
  period?: string;

  @ApiPropertyOptional({
    description: 'asOf=reported：所更正的以前期间，空 = 本期 / the earlier period that is corrected',
  })
  priorPeriod?: string;

  @ApiPropertyOptional({ enum: CATEGORIES })
  category?: string;

  @ApiPropertyOptional({ description: '空 = 无 / blank = none' })
  item?: string;

  @ApiPropertyOptional({ enum: [...NATURES, ''] })
  nature?: string;

  @ApiPropertyOptional({ description: '空 = 无 / blank = none' })
  project?: string;

  @ApiProperty({ type: MeasuresDto })
  measures!: object;

  @ApiProperty({ type: RatiosDto })
  ratios!: RatiosDto;

  @ApiProperty({ enum: STATES, description: '暂计、已报齐、已结账；跨期取最弱 / the weakest of its periods' })
  state!: string;

  @ApiPropertyOptional({ type: CompareDto })
  compare?: CompareDto;
}

export class CellIssueDto extends PickType(PlaceDto, ['department', 'period', 'category', 'item', 'nature']) {
  @ApiProperty({ enum: ISSUE_CODES })
  code!: string;

  @ApiProperty({ description: '基准，空 = 无 / baseline', example: 'B01' })
  baseline!: string;
}

export class HeadlineDto {
  @ApiProperty({
    example: '2023年1月至12月，全矿协同4045.00万元，实现协同创效108.00万元（其中：价格降本83.00万元），创效率2.67%。',
  })
  zh!: string;

  @ApiProperty()
  en!: string;
}

export class SynergyDto {
  @ApiProperty({ type: MethodDto })
  method!: MethodDto;

  @ApiProperty({ enum: DIMENSIONS, isArray: true })
  by!: string[];

  @ApiProperty({ type: [SynergyRowDto], description: '按维度编码的码位排序 / in code point order of their dimensions' })
  rows!: SynergyRowDto[];

  @ApiProperty({ type: MeasuresDto, description: '各由精确和舍入一次 / rounded once, from exact sums' })
  total!: object;

  @ApiProperty({ type: [CellIssueDto], description: 'asOf=known' })
  issues!: CellIssueDto[];

  @ApiProperty({ type: 'integer', description: '所用方法的最新版本 / newest method that the figures were computed by' })
  methodVersion!: number;

  @ApiProperty({ type: 'integer', description: '所用方法的最早版本：已结账的期间保持结账时的方法 / oldest method' })
  oldestMethodVersion!: number;

  @ApiProperty({ description: '数据版本：每次变动都增大 / raised by every change', example: '17' })
  dataVersion!: string;

  @ApiProperty({ enum: VIEWS })
  asOf!: string;

  @ApiProperty({ type: RatiosDto })
  totalRatios!: RatiosDto;

  @ApiProperty({ enum: STATES })
  totalState!: string;

  @ApiPropertyOptional({ type: CompareDto })
  totalCompare?: CompareDto;

  @ApiPropertyOptional({ type: HeadlineDto, description: '只按期间筛选时 / where only the period is filtered' })
  headline?: HeadlineDto;
}

export class LineDto extends PlaceDto {
  @ApiProperty({ enum: LINE_KINDS })
  kind!: string;

  @ApiProperty({ description: '单据号、调整编号或基准编码 / id, or code of the baseline', example: 'R-0001' })
  id!: string;

  @ApiProperty({ description: '所对基准，空 = 无 / baseline it matches' })
  baseline!: string;

  @ApiPropertyOptional({
    description: '单据来源，单据号在来源内唯一 / source in which its id is unique',
    example: 'direct',
  })
  source?: string;

  @ApiPropertyOptional({ description: '单据日期 / date of the record', example: '2023-01-15' })
  date?: string;

  @ApiPropertyOptional({ type: String, nullable: true })
  summary?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true })
  voucher?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true })
  counterparty?: string | null;

  @ApiPropertyOptional({ description: '来自哪次导入 / the import it came with', example: '12' })
  importId?: string;

  @ApiPropertyOptional({ type: 'integer', description: '文件中的行号 / its row in the file' })
  rowNo?: number;

  @ApiProperty({ type: ExactMeasuresDto })
  measures!: object;
}

export class LinePageDto {
  @ApiProperty({ type: [LineDto], description: '先单据，次基准，后调整 / records, then baselines, then adjustments' })
  data!: readonly LineDto[];

  @ApiProperty({ type: String, nullable: true, description: '下一页的 cursor / cursor of the next page' })
  next!: string | null;

  @ApiProperty({
    description: '各页不同即数据已变动，应重新取 / where pages differ, data changed between them',
    example: '17',
  })
  dataVersion!: string;
}
