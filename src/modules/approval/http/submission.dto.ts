import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { PageQuery } from '../../../platform/http/paging.js';
import { ProblemError } from '../../../platform/http/problem.js';
import { BULK_LIMIT } from '../app/admit.js';
import { KINDS, STEP_ROLES } from '../app/path.js';
import { STATES, SUBJECTS, type SubjectKind, type SubmissionState } from '../app/subject.js';

const MAX_REASON = 1000;
const NOT_BLANK = /\S/;

class StepDto {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 9, description: '看到的是第几步；已到别的步骤时不办理' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(9)
  step?: number;
}

export class ApproveSubmissionDto extends StepDto {
  @ApiPropertyOptional({ description: '意见', maxLength: MAX_REASON })
  @IsOptional()
  @IsString()
  @Length(1, MAX_REASON)
  reason?: string;
}

export class ReturnSubmissionDto extends StepDto {
  @ApiProperty({ description: '退回的原因', maxLength: MAX_REASON })
  @IsString()
  @Length(1, MAX_REASON)
  @Matches(NOT_BLANK)
  reason!: string;
}

const Ids = (of: string) => (target: object, property: string) => {
  ApiProperty({ type: [String], minItems: 1, maxItems: BULK_LIMIT, description: of })(target, property);
  for (const rule of [IsArray(), ArrayMinSize(1), ArrayMaxSize(BULK_LIMIT)]) rule(target, property);
  for (const rule of [IsString({ each: true }), Length(1, 200, { each: true })]) rule(target, property);
};

/** Many at once; other modules decide over their own things in the same form. */
export class ApproveSubmissionsDto extends ApproveSubmissionDto {
  @Ids('编号') ids!: string[];
}

export class ReturnSubmissionsDto extends ReturnSubmissionDto {
  @Ids('编号') ids!: string[];
}

export class SubmissionIdsDto {
  @Ids('编号') ids!: string[];
}

export class DecidedDto {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: [...STATES, 'refused'], description: 'refused：没有办成，原样未动，原因见 code' })
  outcome!: string;
  @ApiPropertyOptional() code?: string;
  @ApiPropertyOptional({ description: '原因与办法' }) message?: string;
  @ApiPropertyOptional({ type: [ProblemError] }) errors?: object[];
}

export class DecidedListDto {
  @ApiProperty({ type: [DecidedDto] }) data!: DecidedDto[];
}

/** What every list of things on their paths shows of one. */
class PathItemDto {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: SUBJECTS }) subject!: string;
  @ApiProperty({ description: '单据号、导入号、方案名/版本、期间' }) key!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ type: [String], enum: KINDS, description: '内含的类别' }) kinds!: readonly string[];
  @ApiProperty({ type: [String], nullable: true, description: '涉及的部门；null 为全矿' }) departments!:
    readonly string[] | null;
  @ApiProperty({ type: [String], description: '涉及的期间' }) periods!: readonly string[];
  @ApiProperty({ description: '金额（元）', example: '12500.00' }) amountYuan!: string;
  @ApiProperty({ description: '录入（提交）人' }) maker!: string;
}

export class WaitingDto extends PathItemDto {
  @ApiProperty({ type: 'integer', description: '第几步' }) step!: number;
  @ApiProperty({ enum: STEP_ROLES, description: '以什么角色办理' }) role!: string;
  @ApiProperty({ type: String, nullable: true, description: '代谁办理；null 为本人' }) onBehalfOf!: string | null;
  @ApiProperty({ format: 'date-time', description: '从何时起等待这一步' }) since!: string;
  @ApiProperty({ description: '须先补凭据才能通过' }) lacksEvidence!: boolean;
}

export class WaitingCountsDto {
  @ApiProperty({ type: 'integer' }) total!: number;
  @ApiProperty({
    ...{ type: 'object', additionalProperties: { type: 'integer' }, description: '按事项（subject）分' },
    example: { record: 12, import: 3, profile: 0, rules: 0, reopening: 0 },
  })
  byKind!: Record<SubjectKind, number>;
}

export class WorkListDto {
  @ApiProperty({ type: WaitingCountsDto }) counts!: WaitingCountsDto;
  @ApiProperty({ type: [WaitingDto] }) data!: WaitingDto[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}

export class SubmissionDto extends PathItemDto {
  @ApiProperty({ enum: STATES }) state!: SubmissionState;
  @ApiProperty({ type: [String], enum: STEP_ROLES, description: '各步的角色，依次' }) steps!: readonly string[];
  @ApiProperty({ type: 'integer', description: '已通过几步' }) stepsDone!: number;
  @ApiProperty({ type: 'integer', description: '第几轮：退回后再提交为下一轮' }) round!: number;
  @ApiProperty({ type: String, nullable: true, description: '为何退回' }) reason!: string | null;
  @ApiProperty({ format: 'date-time' }) submittedAt!: string;
  @ApiProperty({ format: 'date-time', description: '从何时起等待下一步' }) dueSince!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) finishedAt!: string | null;
}

export class SubmissionListDto {
  @ApiProperty({ type: [SubmissionDto] }) data!: SubmissionDto[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}

export class DecisionMadeDto {
  @ApiProperty({ type: 'integer' }) round!: number;
  @ApiProperty({ type: 'integer' }) step!: number;
  @ApiProperty({ enum: STEP_ROLES }) role!: string;
  @ApiProperty({ enum: ['approved', 'returned'] }) decision!: string;
  @ApiProperty({ description: '办理人' }) actor!: string;
  @ApiProperty({ type: String, nullable: true, description: '代谁办理' }) onBehalfOf!: string | null;
  @ApiProperty({ type: String, nullable: true, description: '意见、原因' }) reason!: string | null;
  @ApiProperty({ format: 'date-time' }) decidedAt!: string;
  @ApiProperty({ description: '这一步等了多少小时', example: '3.25' }) waitedHours!: string;
}

export class SubmissionDetailDto extends SubmissionDto {
  @ApiProperty({ type: [DecisionMadeDto] }) decisions!: DecisionMadeDto[];
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, description: '提议的内容（审批路径等）' })
  content!: object | null;
}

export class SubmissionQuery extends PageQuery {
  @ApiPropertyOptional({ enum: STATES }) @IsOptional() @IsIn(STATES) state?: SubmissionState;
  @ApiPropertyOptional({ enum: SUBJECTS }) @IsOptional() @IsIn(SUBJECTS) subject?: SubjectKind;
  @ApiPropertyOptional({ enum: ['me'], description: '只看自己提交的' }) @IsOptional() @IsIn(['me']) maker?: 'me';
}
