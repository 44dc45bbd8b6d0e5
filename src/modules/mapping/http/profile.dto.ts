import { ApiProperty, ApiPropertyOptional, OmitType, PartialType, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsObject, IsOptional, IsString, Max, Min } from 'class-validator';
import { CATEGORIES, NATURES, type Category, type Nature } from '../../../../analytics/synergy/types.js';
import { ListOf, ObjectOf } from '../../../platform/http/nested.js';
import { FORMATS, type FormatId } from '../../formats/index.js';
import type { AccountRule, IndicatorRule, Profile, ServiceRule, Side } from '../app/profile.js';

const SIDES = ['debit', 'credit', 'net'] as const;
const RULE_KINDS = ['cost', 'fund', 'left_out'] as const;
const BECOMES = ['price_baseline', 'amount_baseline', 'target', 'volume', 'comparative'] as const;

export class AccountRuleDto implements AccountRule {
  @ApiProperty({ description: '科目编码的开头；空白表示任何科目', example: '500101' })
  @IsString()
  account!: string;

  @ApiPropertyOptional({ description: '科目名称（按级次）中的一段', example: '生产成本' })
  @IsOptional()
  @IsString()
  name?: string;

  @ApiPropertyOptional({ description: '分录上的部门，按账上的写法' })
  @IsOptional()
  @IsString()
  department?: string;

  @ApiPropertyOptional({ description: '分录上的项目，按账上的写法' })
  @IsOptional()
  @IsString()
  project?: string;

  @ApiProperty({ enum: RULE_KINDS, description: 'cost 成本；fund 专项储备；left_out 不计入' })
  @IsIn(RULE_KINDS)
  is!: AccountRule['is'];

  @ApiPropertyOptional({ description: '不计入的原因', example: 'not_cost' })
  @IsOptional()
  @IsString()
  reason?: string;

  @ApiPropertyOptional({ description: '成本项目编码；@rest：编码的其余部分；@name：科目名称的末段', example: '@rest' })
  @IsOptional()
  @IsString()
  item?: string;

  @ApiPropertyOptional({ enum: CATEGORIES })
  @IsOptional()
  @IsIn(CATEGORIES)
  category?: Category;

  @ApiPropertyOptional({ description: 'true：有协同项目时也用这个类别' })
  @IsOptional()
  @IsBoolean()
  isCategoryFixed?: boolean;

  @ApiPropertyOptional({ enum: NATURES })
  @IsOptional()
  @IsIn(NATURES)
  nature?: Nature;

  @ApiPropertyOptional({ enum: SIDES })
  @IsOptional()
  @IsIn(SIDES)
  side?: Side;

  @ApiPropertyOptional({ description: '账上没有部门时归入的部门' })
  @IsOptional()
  @IsString()
  toDepartment?: string;

  @ApiPropertyOptional({ description: '账上没有项目时归入的协同项目' })
  @IsOptional()
  @IsString()
  toProject?: string;
}

export class ServiceRuleDto implements ServiceRule {
  @ApiProperty({ description: '服务内容中含有的文字', example: '修理' })
  @IsString()
  contains!: string;

  @ApiProperty({ example: '05' })
  @IsString()
  item!: string;

  @ApiPropertyOptional({ enum: CATEGORIES })
  @IsOptional()
  @IsIn(CATEGORIES)
  category?: Category;
}

export class IndicatorRuleDto implements IndicatorRule {
  @ApiProperty({ description: '指标编码或名称' })
  @IsString()
  indicator!: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  item?: string;

  @ApiPropertyOptional({ enum: CATEGORIES })
  @IsOptional()
  @IsIn(CATEGORIES)
  category?: Category;

  @ApiProperty({ enum: BECOMES })
  @IsIn(BECOMES)
  becomes!: IndicatorRule['becomes'];

  @ApiPropertyOptional({ description: '业务量的动因' })
  @IsOptional()
  @IsString()
  driver?: string;
}

export class InternalDto {
  @ApiProperty({ type: [String] })
  @IsArray()
  @IsString({ each: true })
  counterparties!: string[];

  @ApiProperty({ type: [String], description: '科目编码的开头' })
  @IsArray()
  @IsString({ each: true })
  accounts!: string[];
}

const CODE_MAP = { type: 'object', additionalProperties: { type: 'string' } } as const;

/** 映射方案 */
class ProfileSaidDto {
  @ApiProperty({ example: 'ledger' })
  name!: string;

  @ApiProperty({ type: 'integer', description: '0：内置' })
  version!: number;

  @ApiProperty({ example: '账簿凭证' })
  @IsString()
  title!: string;

  @ApiProperty({ enum: FORMATS, isArray: true, description: '没有指定方案时，这些格式用这个方案' })
  @IsArray()
  @IsIn(FORMATS, { each: true })
  formats!: FormatId[];

  @ApiProperty({ description: '记录的来源；单据号在同一来源内不重复', example: 'ledger' })
  @IsString()
  source!: string;

  @ApiProperty({
    description: '表头的别名：表 → 列 → 表头',
    ...{
      type: 'object',
      additionalProperties: { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } },
    },
  })
  @IsObject()
  headers!: Profile['headers'];

  @ApiProperty({ type: [String], description: '合计行的文字' })
  @IsArray()
  @IsString({ each: true })
  totals!: string[];

  @ApiProperty({ enum: SIDES, description: '成本科目的哪一方是成本；红字是负数' })
  @IsIn(SIDES)
  side!: Side;

  @ApiProperty({ enum: ['none', 'zero'], description: '数量 0：没有数量，或价格调整' })
  @IsIn(['none', 'zero'])
  zeroQuantity!: Profile['zeroQuantity'];

  @ApiProperty({ enum: ['excl', 'incl'] })
  @IsIn(['excl', 'incl'])
  taxBasis!: Profile['taxBasis'];

  @ApiProperty({ type: String, nullable: true, example: '0.13' })
  @IsOptional()
  @IsString()
  taxRate!: string | null;

  @ApiProperty({ type: [AccountRuleDto] })
  @ListOf(() => AccountRuleDto)
  accounts!: AccountRuleDto[];

  @ApiProperty({ type: [ServiceRuleDto] })
  @ListOf(() => ServiceRuleDto)
  services!: ServiceRuleDto[];

  @ApiProperty({ ...CODE_MAP, description: '账上的部门 → 本矿部门；空白键：账上没有部门时' })
  @IsObject()
  departments!: Record<string, string>;

  @ApiProperty({ ...CODE_MAP, description: '账上的项目 → 协同项目；空白值：不是协同项目' })
  @IsObject()
  projects!: Record<string, string>;

  @ApiProperty({ type: InternalDto })
  @ObjectOf(() => InternalDto)
  internal!: InternalDto;

  @ApiProperty({ type: [IndicatorRuleDto] })
  @ListOf(() => IndicatorRuleDto)
  indicators!: IndicatorRuleDto[];
}

class ProfileApprovalDto {
  @ApiProperty({ description: '审批事项的编号' }) submissionId!: string;
  @ApiProperty({ enum: ['submitted', 'reviewed', 'posting', 'posted', 'returned', 'withdrawn'] }) state!: string;
}

/** A version as it is shown. */
export class ProfileDto extends ProfileSaidDto {
  @ApiProperty({ description: '是否在用；新版本经批准后才用' }) inUse!: boolean;
  @ApiProperty({ type: ProfileApprovalDto, nullable: true }) approval!: ProfileApprovalDto | null;
}

/** What is left out is not said; null says something, and is no list and no object. */
const LEFT_OUT = { skipNullProperties: false };

/** What is not said has its default (profile-defaults.ts). */
export class ProfileContentDto extends PartialType(OmitType(ProfileSaidDto, ['name', 'version'] as const), LEFT_OUT) {
  // What was answered may be sent back changed; these two are the mine's to say.
  @ApiPropertyOptional({ description: '不看' }) @IsOptional() inUse?: boolean;
  @ApiPropertyOptional({ type: ProfileApprovalDto, nullable: true, description: '不看' })
  @IsOptional()
  approval?: ProfileApprovalDto | null;
}

export class MappingAdditionsDto extends PartialType(
  PickType(ProfileSaidDto, ['accounts', 'services', 'indicators', 'departments', 'projects', 'internal'] as const),
  LEFT_OUT,
) {}

export class ProfileListDto {
  @ApiProperty({ type: [ProfileDto] })
  data!: ProfileDto[];
}

export class ProfileVersionQuery {
  @ApiPropertyOptional({ type: 'integer', description: '版本；没有时为最新' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(2_147_483_647)
  version?: number;
}
