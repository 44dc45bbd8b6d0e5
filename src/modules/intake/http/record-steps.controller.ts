import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { languageOf } from '../../../platform/http/language.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { keyText } from '../../../platform/http/paging.js';
import { Sentences } from '../../../platform/http/sentences.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import { requireDone } from '../../approval/index.js';
import { DecideRecords, type RecordDecided } from '../../records/index.js';
import { EnterRecord } from '../app/enter-record.js';
import { WithdrawRecords } from '../app/withdraw-records.js';
import {
  ApproveDto,
  ManyRecordsDto,
  RecordStepDto,
  RecordStepsDto,
  ReturnDto,
  ReverseDto,
} from './record-steps.dto.js';
import { ApproveManyDto, ReturnManyDto, ReverseManyDto } from './record-steps.dto.js';
import { presentSteps } from './present-steps.js';

const MAKERS = { 403: ['not_the_maker'], 404: ['unknown_record', 'unknown_mine'] };
const CHECKERS = {
  404: ['unknown_record', 'unknown_mine'],
  409: ['not_submitted', 'already_decided', 'own_work', 'approved_before', 'not_your_step', 'step_moved'],
};

/** One step of single records each; `id` is of the source direct. Steps over several never fail as a whole. */
@ApiTags('records')
@Controller('api/v1/records')
export class RecordStepsController {
  constructor(
    private readonly sentences: Sentences,
    private readonly entry: EnterRecord,
    private readonly withdrawal: WithdrawRecords,
    private readonly decision: DecideRecords,
  ) {}

  @Post('submit')
  @HttpCode(200)
  @Needs('records.write')
  @ApiOperation({ operationId: 'submitMany', summary: '提交多条草稿' })
  @ApiOkResponse({ type: RecordStepsDto })
  async submitMany(
    @By() by: CallerHere,
    @Body() { ids }: ManyRecordsDto,
    @Headers('accept-language') languages?: string,
  ) {
    return this.steps(await this.entry.submit(by, ids), languages);
  }

  @Post('approve')
  @HttpCode(200)
  @Needs('approvals.decide')
  @ApiOperation({ operationId: 'approveMany', summary: '通过多条记录的当前一步；最后一步通过即入账' })
  @ApiOkResponse({ type: RecordStepsDto })
  async approveMany(
    @By() by: CallerHere,
    @Body() { ids, ...options }: ApproveManyDto,
    @Headers('accept-language') languages?: string,
  ) {
    return this.steps(await this.decision.approve(by, ids, options), languages);
  }

  @Post('return')
  @HttpCode(200)
  @Needs('approvals.decide')
  @ApiOperation({ operationId: 'returnMany', summary: '退回多条记录' })
  @ApiOkResponse({ type: RecordStepsDto })
  async returnMany(
    @By() by: CallerHere,
    @Body() { ids, ...options }: ReturnManyDto,
    @Headers('accept-language') languages?: string,
  ) {
    return this.steps(await this.decision.return(by, ids, options), languages);
  }

  @Post('withdraw')
  @HttpCode(200)
  @Needs('records.write')
  @ApiOperation({ operationId: 'withdrawMany', summary: '撤回自己的多条未入账记录' })
  @ApiOkResponse({ type: RecordStepsDto })
  async withdrawMany(
    @By() by: CallerHere,
    @Body() { ids }: ManyRecordsDto,
    @Headers('accept-language') languages?: string,
  ) {
    return this.steps(await this.withdrawal.withdraw(by, ids), languages);
  }

  @Post('reverse')
  @HttpCode(200)
  @Needs('records.write')
  @ApiOperation({ operationId: 'reverseMany', summary: '冲销多条已入账记录：各录入并提交一条相反的记录' })
  @ApiOkResponse({ type: RecordStepsDto })
  async reverseMany(
    @By() by: CallerHere,
    @Body() { ids, reason, date }: ReverseManyDto,
    @Headers('accept-language') languages?: string,
  ) {
    return this.steps(await this.entry.reverse(by, ids, { reason, date: date ?? null, id: null }), languages);
  }

  @Post(':id/submit')
  @HttpCode(200)
  @Needs('records.write')
  @ApiOperation({ summary: '提交草稿' })
  @ApiOkResponse({ type: RecordStepDto })
  @ApiProblems({ ...MAKERS, 409: ['not_a_draft', 'evidence_missing'], 422: ['row_refused'] })
  async submit(@By() by: CallerHere, @Param('id') id: string): Promise<RecordStepDto> {
    return one(await this.entry.submit(by, [known(id)]));
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Needs('approvals.decide')
  @ApiOperation({ summary: '通过当前一步；最后一步通过即入账' })
  @ApiOkResponse({ type: RecordStepDto })
  @ApiProblems({ ...CHECKERS, 422: ['row_refused'] })
  async approve(@By() by: CallerHere, @Param('id') id: string, @Body() options: ApproveDto): Promise<RecordStepDto> {
    return one(await this.decision.approve(by, [known(id)], options));
  }

  @Post(':id/return')
  @HttpCode(200)
  @Needs('approvals.decide')
  @ApiOperation({ summary: '退回给录入人' })
  @ApiOkResponse({ type: RecordStepDto })
  @ApiProblems(CHECKERS)
  async return(@By() by: CallerHere, @Param('id') id: string, @Body() options: ReturnDto): Promise<RecordStepDto> {
    return one(await this.decision.return(by, [known(id)], options));
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Needs('records.write')
  @ApiOperation({ summary: '撤回自己的未入账记录；单据号可再用' })
  @ApiOkResponse({ type: RecordStepDto })
  @ApiProblems({ ...MAKERS, 409: ['already_posted', 'already_decided'] })
  async withdraw(@By() by: CallerHere, @Param('id') id: string): Promise<RecordStepDto> {
    return one(await this.withdrawal.withdraw(by, [known(id)]));
  }

  @Post(':id/reverse')
  @HttpCode(200)
  @Needs('records.write')
  @ApiOperation({ summary: '冲销已入账记录：录入并提交一条相反的记录，应答中 reversal 为其单据号' })
  @ApiOkResponse({ type: RecordStepDto })
  @ApiProblems({
    404: ['unknown_record', 'unknown_mine'],
    409: ['not_posted', 'already_reversed', 'is_a_reversal', 'reversal_id_taken', 'evidence_missing'],
    422: ['row_refused'],
  })
  async reverse(@By() by: CallerHere, @Param('id') id: string, @Body() wish: ReverseDto): Promise<RecordStepDto> {
    const { reason, date, id: newId } = wish;
    return one(await this.entry.reverse(by, [known(id)], { reason, date: date ?? null, id: newId ?? null }));
  }

  private steps(decided: readonly RecordDecided[], languages: string | undefined): RecordStepsDto {
    return presentSteps(decided, this.sentences, languageOf(languages));
  }
}

/** What became of the only one. @throws AppError as it was refused */
function one([decided]: readonly (RecordDecided & { readonly reversal?: string | null })[]): RecordStepDto {
  const { id, reversal } = decided!;
  return { id, outcome: requireDone(decided!), ...(reversal == null ? {} : { reversal }) };
}

/** @throws AppError `unknown_record` for a text that PostgreSQL cannot hold */
function known(id: string): string {
  if (!keyText(id)) throw new AppError('not_found', 'unknown_record', { id });
  return id;
}
