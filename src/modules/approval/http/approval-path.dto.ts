import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { ListOf } from '../../../platform/http/nested.js';
import { KINDS, STEP_ROLES, type StepRole } from '../app/path.js';

/** Non-negative, as much as the table holds: yuan to the fen. */
const WAN = /^\d{1,12}(\.\d{1,6})?$/;
/** Fifteen kinds with a few amounts and five roles each. */
const MAX_STEPS = 500;

export class PathStepDto {
  @ApiProperty({ enum: KINDS, description: '类别' }) @IsIn(KINDS) kind!: string;

  @ApiProperty({ description: '从多少万元起（含），十进制文本', example: '50' })
  @IsString()
  @Matches(WAN)
  fromWan!: string;

  @ApiProperty({ enum: STEP_ROLES, description: '由什么角色审批；同类别、同数额的依次为第 1、2…步' })
  @IsIn(STEP_ROLES)
  role!: StepRole;
}

export class NewPathDto {
  @ApiProperty({ type: [PathStepDto], description: '没有提到的类别保持现行步骤' })
  @ArrayMaxSize(MAX_STEPS)
  @ListOf(() => PathStepDto)
  steps!: PathStepDto[];

  @ApiPropertyOptional({ type: String, nullable: true, description: '从多少万元起须有凭据；null 为不要求，省略为不变' })
  @IsOptional()
  @IsString()
  @Matches(WAN)
  evidenceFromWan?: string | null;
}

export class ProposalDto {
  @ApiProperty({ description: '审批事项的编号' }) submissionId!: string;
  @ApiProperty() maker!: string;
  @ApiProperty({ type: [PathStepDto] }) steps!: readonly PathStepDto[];
  @ApiProperty({ type: String, nullable: true }) evidenceFromWan!: string | null;
}

export class ApprovalPathDto {
  @ApiProperty({ type: [PathStepDto] }) steps!: readonly PathStepDto[];
  @ApiProperty({ type: String, nullable: true, description: '从多少万元起须有凭据' }) evidenceFromWan!: string | null;
  @ApiProperty({ type: ProposalDto, nullable: true, description: '尚在审批中的提议' }) proposal!: ProposalDto | null;
}
