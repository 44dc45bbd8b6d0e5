import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { languageOf } from '../../../platform/http/language.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { decodeCursor, keyNumber, pageOf } from '../../../platform/http/paging.js';
import { Sentences } from '../../../platform/http/sentences.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import { Approvals } from '../app/approvals.js';
import { requireDone } from '../app/refusals.js';
import type { Decided } from '../app/subject.js';
import { findSubmission, listDecisions, listSubmissions } from '../db/submission-answers.js';
import { presentDecided, presentDecision, presentSubmission } from './present-submission.js';
import {
  ApproveSubmissionsDto,
  SubmissionIdsDto,
  ReturnSubmissionsDto,
  DecidedDto,
  DecidedListDto,
  ApproveSubmissionDto,
  ReturnSubmissionDto,
  SubmissionDetailDto,
  SubmissionListDto,
  SubmissionQuery,
} from './submission.dto.js';

const UNDECIDED = ['already_decided', 'step_moved', 'own_work', 'approved_before', 'not_your_step', 'evidence_missing'];

/** Things on their paths of approval: what became of them, and one step of one or of many. */
@ApiTags('submissions')
@Needs('approvals.read')
@Controller('api/v1/submissions')
export class SubmissionsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly approvals: Approvals,
    private readonly sentences: Sentences,
  ) {}

  @Get()
  @ApiOperation({ summary: '审批事项，新的在前' })
  @ApiOkResponse({ type: SubmissionListDto })
  @ApiProblems({ 400: ['invalid_request', 'invalid_cursor'] })
  async list(@By() by: CallerHere, @Query() query: SubmissionQuery): Promise<SubmissionListDto> {
    const { limit, cursor, state, subject } = query;
    const before = decodeCursor(cursor, [keyNumber])?.[0] ?? null;
    const filter = {
      ...(state === undefined ? {} : { state }),
      ...(subject === undefined ? {} : { subject }),
      ...(query.maker === undefined ? {} : { maker: by.actor }),
    };
    const rows = await this.uow.run(by.reach, (tx) => listSubmissions(tx, by.reach, filter, before, limit + 1));
    const { data, next } = pageOf(rows, limit, ({ id }) => [id]);
    return { data: data.map(presentSubmission), next };
  }

  @Get(':id')
  @ApiOperation({ summary: '一件审批事项：每一步谁办的、代谁、何时、等了多久、意见' })
  @ApiOkResponse({ type: SubmissionDetailDto })
  @ApiProblems({ 404: ['unknown_submission'] })
  async get(@By() { reach }: CallerHere, @Param('id') id: string): Promise<SubmissionDetailDto> {
    return this.uow.run(reach, async (tx) => {
      const found = keyNumber(id) ? await findSubmission(tx, reach, id) : null;
      if (found === null) throw new AppError('not_found', 'unknown_submission', { id });
      const decisions = (await listDecisions(tx, reach.mine, id)).map(presentDecision);
      return { ...presentSubmission(found), decisions, content: found.content ?? null };
    });
  }

  @Post('approve')
  @HttpCode(200)
  @Needs('approvals.decide')
  @ApiOperation({ summary: '成批通过一步；逐件成功或被拒，互不影响' })
  @ApiOkResponse({ type: DecidedListDto })
  @ApiProblems({ 400: ['invalid_request'] })
  async approveMany(
    @By() by: CallerHere,
    @Body() body: ApproveSubmissionsDto,
    @Headers('accept-language') languages?: string,
  ) {
    const { ids, ...options } = body;
    return this.answer(await this.approvals.approve(by, ids, options), languages);
  }

  @Post('return')
  @HttpCode(200)
  @Needs('approvals.decide')
  @ApiOperation({ summary: '成批退回，须写原因' })
  @ApiOkResponse({ type: DecidedListDto })
  @ApiProblems({ 400: ['invalid_request'] })
  async returnMany(
    @By() by: CallerHere,
    @Body() body: ReturnSubmissionsDto,
    @Headers('accept-language') languages?: string,
  ) {
    const { ids, ...options } = body;
    return this.answer(await this.approvals.return(by, ids, options), languages);
  }

  @Post('withdraw')
  @HttpCode(200)
  @ApiOperation({ summary: '成批撤回自己提交的' })
  @ApiOkResponse({ type: DecidedListDto })
  @ApiProblems({ 400: ['invalid_request'] })
  async withdrawMany(
    @By() by: CallerHere,
    @Body() { ids }: SubmissionIdsDto,
    @Headers('accept-language') languages?: string,
  ) {
    return this.answer(await this.approvals.withdraw(by, ids), languages);
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Needs('approvals.decide')
  @ApiOperation({ summary: '通过一步；最后一步通过即入账' })
  @ApiOkResponse({ type: DecidedDto })
  @ApiProblems({ 404: ['unknown_submission'], 409: UNDECIDED, 422: ['row_refused'] })
  async approve(
    @By() by: CallerHere,
    @Param('id') id: string,
    @Body() options: ApproveSubmissionDto,
  ): Promise<DecidedDto> {
    return one(await this.approvals.approve(by, [id], options));
  }

  @Post(':id/return')
  @HttpCode(200)
  @Needs('approvals.decide')
  @ApiOperation({ summary: '退回录入人，须写原因' })
  @ApiOkResponse({ type: DecidedDto })
  @ApiProblems({ 404: ['unknown_submission'], 409: UNDECIDED })
  async return(
    @By() by: CallerHere,
    @Param('id') id: string,
    @Body() options: ReturnSubmissionDto,
  ): Promise<DecidedDto> {
    return one(await this.approvals.return(by, [id], options));
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @ApiOperation({ summary: '撤回自己提交的' })
  @ApiOkResponse({ type: DecidedDto })
  @ApiProblems({ 404: ['unknown_submission'], 409: ['already_decided'] })
  async withdraw(@By() by: CallerHere, @Param('id') id: string): Promise<DecidedDto> {
    return one(await this.approvals.withdraw(by, [id]));
  }

  private answer(decided: readonly Decided[], languages: string | undefined): DecidedListDto {
    const language = languageOf(languages);
    return { data: decided.map((each) => presentDecided(each, this.sentences, language)) };
  }
}

function one([decided]: readonly Decided[]): DecidedDto {
  return { id: decided!.id, outcome: requireDone(decided!) };
}
