import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
} from 'class-validator';
import { MAX_CODE_LENGTH } from '../../rules/columns.js';
import { CAUSE_CODES, WAIVABLE_CODES, type CauseCode } from '../app/causes.js';

const STATUSES = ['open', 'closing', 'closed'];
const MAX_REASON_LENGTH = 500;
const MAX_DEPARTMENTS = 1_000;

/** A reason that says something: what is only blanks does not. */
const Trimmed = () => Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

export class ReasonBody {
  @ApiProperty({ description: '理由 / why', maxLength: MAX_REASON_LENGTH, example: '漏报 12 日入库单' })
  @Trimmed()
  @IsString()
  @Length(1, MAX_REASON_LENGTH)
  reason!: string;
}

export class WaiverBody extends ReasonBody {
  @ApiProperty({ enum: WAIVABLE_CODES })
  @IsIn(WAIVABLE_CODES)
  code!: CauseCode;
}

export class DeclarationBody {
  @ApiProperty({ type: [String], example: ['CM1'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_DEPARTMENTS)
  @IsString({ each: true })
  @Length(1, MAX_CODE_LENGTH, { each: true })
  departments!: string[];

  @ApiPropertyOptional({ description: '含下级部门 / with those below them', default: false })
  @IsBoolean()
  below: boolean = false;
}

export class RestatementQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 2, description: '第几次结账，不填 = 最近一次 / none = the last' })
  @IsOptional()
  @Matches(/^[1-9]\d{0,5}$/)
  version?: string;
}

export class PeriodStateDto {
  @ApiProperty({ example: '2023-03' })
  code!: string;

  @ApiProperty({ example: '2023-03-01' })
  start!: string;

  @ApiProperty({ example: '2023-03-31' })
  end!: string;

  @ApiProperty({ enum: STATUSES })
  status!: string;

  @ApiProperty()
  hasData!: boolean;

  @ApiProperty({ description: '数据版本 / version of its figures', example: '17' })
  dataVersion!: string;

  @ApiProperty({ type: 'integer', description: '已结账几次 / how often it was closed' })
  closings!: number;
}

export class DepartmentReportingDto {
  @ApiProperty({ example: 'CM1' })
  department!: string;

  @ApiProperty({ description: '应声明报齐 / the closing waits for its declaration' })
  isExpected!: boolean;

  @ApiProperty({ type: String, nullable: true })
  declaredBy!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  declaredAt!: Date | null;
}

export class DeclarationsDto {
  @ApiProperty({ type: [DepartmentReportingDto] })
  data!: readonly DepartmentReportingDto[];
}

export class CauseLineDto {
  @ApiPropertyOptional()
  department?: string;

  @ApiPropertyOptional()
  category?: string;

  @ApiPropertyOptional()
  item?: string;

  @ApiPropertyOptional()
  baseline?: string;

  @ApiPropertyOptional()
  submissionId?: string;

  @ApiPropertyOptional()
  importId?: string;

  @ApiPropertyOptional()
  recordId?: string;

  @ApiPropertyOptional()
  account?: string;

  @ApiPropertyOptional()
  period?: string;

  @ApiPropertyOptional()
  title?: string;

  @ApiPropertyOptional({ example: '1200.00' })
  amountYuan?: string;
}

export class WaiverDto {
  @ApiProperty()
  reason!: string;

  @ApiProperty()
  by!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: Date;
}

export class CauseDto {
  @ApiProperty({ enum: CAUSE_CODES })
  code!: string;

  @ApiProperty({ type: 'integer' })
  count!: number;

  @ApiProperty({ description: '现在挡住结账 / holds the closing up now' })
  blocks!: boolean;

  @ApiProperty({ description: '可写明理由豁免 / can be waived with a reason' })
  isWaivable!: boolean;

  @ApiProperty({ type: WaiverDto, nullable: true })
  waiver!: WaiverDto | null;

  @ApiProperty({ type: [CauseLineDto], description: '至多 200 条 / at most 200' })
  lines!: readonly CauseLineDto[];
}

export class ChecklistDto {
  @ApiProperty({ example: '2023-03' })
  period!: string;

  @ApiProperty({ enum: STATUSES })
  status!: string;

  @ApiProperty({ type: 'integer', description: '第几次结账的清单 / of which closing' })
  version!: number;

  @ApiProperty({ description: '所见范围内没有挡住结账的 / nothing within reach holds the closing up' })
  isClear!: boolean;

  @ApiProperty({ type: [CauseDto] })
  causes!: readonly CauseDto[];
}

export class ClosedDto {
  @ApiProperty({ example: '2023-03' })
  period!: string;

  @ApiProperty({ type: 'integer', description: '第几次结账 / which closing it was' })
  version!: number;
}

export class ReopeningDto {
  @ApiProperty({ example: '12' })
  submissionId!: string;

  @ApiProperty({ example: 'submitted' })
  state!: string;
}

export class ClosingDto {
  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ type: 'integer' })
  methodVersion!: number;

  @ApiProperty({ example: '17' })
  dataVersion!: string;

  @ApiProperty({
    type: Object,
    nullable: true,
    description: '结账时的清单；范围不是全矿时为 null / as it was decided; for whoever sees the whole mine',
  })
  checklist!: object | null;

  @ApiProperty()
  closedBy!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  closedAt!: Date;

  @ApiProperty({ type: String, nullable: true })
  reopenRequestedBy!: string | null;

  @ApiProperty({ type: String, nullable: true })
  reopenReason!: string | null;

  @ApiProperty({ type: String, nullable: true })
  reopenedBy!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  reopenedAt!: Date | null;
}

export class ClosingsDto {
  @ApiProperty({ type: [ClosingDto] })
  data!: readonly ClosingDto[];
}
