import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import { PathRules, type Rules } from '../app/path-rules.js';
import type { Submission } from '../app/subject.js';
import { ApprovalPathDto, NewPathDto, ProposalDto } from './approval-path.dto.js';

@ApiTags('approval-path')
@Controller('api/v1/approval-path')
export class ApprovalPathController {
  constructor(private readonly rules: PathRules) {}

  @Get()
  @Needs('references.read')
  @ApiOperation({ summary: '审批路径：每类事项、从多少万元起、依次由谁审批；须有凭据的数额' })
  @ApiOkResponse({ type: ApprovalPathDto })
  async get(@By() { reach }: CallerHere): Promise<ApprovalPathDto> {
    const { rules, proposal } = await this.rules.current(reach);
    return { ...rules, proposal: proposal === null ? null : presentProposal(proposal) };
  }

  @Post()
  @Needs('rules.propose')
  @ApiOperation({ summary: '提议改变审批路径；由另一人以财务角色批准后才生效' })
  @ApiCreatedResponse({ type: ProposalDto })
  @ApiProblems({ 409: ['already_submitted'], 422: ['kind_without_step', 'role_twice', 'nothing_changes'] })
  async propose(@By() by: CallerHere, @Body() body: NewPathDto): Promise<ProposalDto> {
    return presentProposal(await this.rules.propose(by, body));
  }

  @Post('withdraw')
  @HttpCode(204)
  @Needs('rules.propose')
  @ApiOperation({ summary: '撤回自己的提议' })
  @ApiNoContentResponse()
  @ApiProblems({ 404: ['no_proposal'], 409: ['already_decided'] })
  async withdraw(@By() by: CallerHere): Promise<void> {
    await this.rules.withdraw(by);
  }
}

function presentProposal({ id, maker, content }: Submission): ProposalDto {
  const { steps, evidenceFromWan } = content as Rules;
  return { submissionId: id, maker, steps, evidenceFromWan };
}
