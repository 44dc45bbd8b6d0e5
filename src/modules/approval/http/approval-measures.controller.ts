import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import { KINDS, STEP_ROLES } from '../app/path.js';
import { measureSteps } from '../db/measure-queries.js';

export class MeasureQuery {
  @ApiPropertyOptional({ description: '只看涉及这一期间的', example: '2023-01' })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}$/)
  period?: string;
}

export class StepMeasureDto {
  @ApiProperty({ enum: STEP_ROLES }) role!: string;
  @ApiProperty({ enum: KINDS }) kind!: string;
  @ApiProperty({ type: 'integer', description: '办理次数（通过与退回）' }) decisions!: number;
  @ApiProperty({ description: '等待的中位数（小时）', example: '3.50' }) medianHours!: string;
  @ApiProperty({ description: '等待的平均数（小时）' }) meanHours!: string;
  @ApiProperty({ description: '最长的等待（小时）' }) longestHours!: string;
  @ApiProperty({ type: 'integer', description: '退回次数' }) returns!: number;
  @ApiProperty({ description: '退回的比例', example: '0.1250' }) returnShare!: string;
}

export class StepMeasureListDto {
  @ApiProperty({ type: [StepMeasureDto] }) data!: StepMeasureDto[];
}

@ApiTags('approval-measures')
@Needs('approvals.measure')
@Controller('api/v1/approval-measures')
export class ApprovalMeasuresController {
  constructor(private readonly uow: UnitOfWork) {}

  @Get()
  @ApiOperation({ summary: '各步骤等了多久、退回多少：沟通协调、重复审批（隐性成本）的数量依据' })
  @ApiOkResponse({ type: StepMeasureListDto })
  @ApiProblems({ 400: ['invalid_request'] })
  async list(@By() { reach }: CallerHere, @Query() { period }: MeasureQuery): Promise<StepMeasureListDto> {
    return { data: await this.uow.run(reach, (tx) => measureSteps(tx, reach, period ?? null)) };
  }
}
