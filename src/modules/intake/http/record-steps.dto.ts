import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsISO8601,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { ProblemError } from '../../../platform/http/problem.js';
import { BULK_LIMIT } from '../../approval/index.js';

const MAX_REASON = 500;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export class EnterQuery {
  @ApiPropertyOptional({ type: Boolean, default: false, description: '录入后立即提交' })
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  submit: boolean = false;
}

class StepDto {
  @ApiPropertyOptional({ type: 'integer', description: '看到的步骤（从 1 起）；已不是这一步时不处理' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(9)
  step?: number;
}

export class ApproveDto extends StepDto {
  @ApiPropertyOptional({ description: '意见' }) @IsOptional() @IsString() @Length(1, MAX_REASON) reason?: string;
}

/** Of no ApproveDto: that a reason may be left out would be inherited with it. */
export class ReturnDto extends StepDto {
  @ApiProperty({ description: '退回原因，录入人会看到' })
  @IsString()
  @Length(1, MAX_REASON)
  @Matches(/\S/)
  reason!: string;
}

export class ReverseAllDto {
  @ApiProperty({ description: '冲销原因，写入冲销记录的摘要' })
  @IsString()
  @Length(1, MAX_REASON)
  @Matches(/\S/)
  reason!: string;

  @ApiPropertyOptional({
    description: '冲销记录的日期；省略时：原期间未结账用原日期，否则用今天并更正原期间',
    example: '2023-04-02',
  })
  @IsOptional()
  @Matches(DAY)
  @IsISO8601({ strict: true })
  date?: string;
}

export class ReverseDto extends ReverseAllDto {
  @ApiPropertyOptional({ description: '冲销记录的单据号；省略时为原单据号加 -R' })
  @IsOptional()
  @IsString()
  @Length(1, 64)
  id?: string;
}

/** The records that a step is asked for. */
export class ManyRecordsDto {
  @ApiProperty({ type: [String], maxItems: BULK_LIMIT, description: '单据号' })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(BULK_LIMIT)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  @Matches(/^[^\0]*$/, { each: true })
  ids!: string[];
}

export class ApproveManyDto extends IntersectionType(ManyRecordsDto, ApproveDto) {}
export class ReturnManyDto extends IntersectionType(ManyRecordsDto, ReturnDto) {}
export class ReverseManyDto extends IntersectionType(ManyRecordsDto, ReverseAllDto) {}

const OUTCOMES = ['submitted', 'reviewed', 'posted', 'returned', 'withdrawn', 'refused'] as const;

/** What became of one record. */
export class RecordStepDto {
  @ApiProperty({ description: '单据号' }) id!: string;
  @ApiProperty({ enum: [...OUTCOMES], description: 'refused：没有处理，原样不动' }) outcome!: string;
  @ApiPropertyOptional({ description: '冲销它的记录' }) reversal?: string;
  @ApiPropertyOptional({ description: '没有处理的原因：稳定代码' }) code?: string;
  @ApiPropertyOptional({ description: '没有处理的原因' }) message?: string;
  @ApiPropertyOptional({ type: [ProblemError] }) errors?: ProblemError[];
}

export class RecordStepsDto {
  @ApiProperty({ type: [RecordStepDto] }) data!: RecordStepDto[];
}
