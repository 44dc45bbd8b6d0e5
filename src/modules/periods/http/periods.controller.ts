import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { Sentences } from '../../../platform/http/sentences.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import { loadChecklist, requirePeriod, waiveCause, type Checklist } from '../app/checklist.js';
import { beginClosing, cancelClosing } from '../app/close-period.js';
import { Reopenings } from '../app/reopen-period.js';
import { loadRestatement, type RestatementTable } from '../app/restatement.js';
import { SealPeriod } from '../app/seal-period.js';
import { listClosings, type ClosingRow } from '../db/closing-queries.js';
import type { PeriodRow } from '../db/period-queries.js';
import { PERIOD_SENTENCES } from '../periods.errors.js';
import {
  ChecklistDto,
  ClosedDto,
  ClosingsDto,
  PeriodStateDto,
  ReasonBody,
  ReopeningDto,
  RestatementQuery,
  WaiverBody,
} from './periods.dto.js';
import { periodNamed } from './require-period.js';
import { RestatementDto } from './restatement.dto.js';

const UNKNOWN = { 404: ['no_such_period'] };

@ApiTags('periods')
@Needs('periods.read')
@Controller('api/v1/periods/:code')
export class PeriodsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reopenings: Reopenings,
    private readonly seal: SealPeriod,
    sentences: Sentences,
  ) {
    sentences.register(PERIOD_SENTENCES);
  }

  @Get()
  @ApiOperation({ summary: '一个期间和它的状态 / a period and how it stands' })
  @ApiOkResponse({ type: PeriodStateDto })
  @ApiProblems(UNKNOWN)
  async get(@By() { mine, reach }: CallerHere, @Param('code') code: string): Promise<PeriodRow> {
    return this.uow.run(reach, (tx) => requirePeriod(tx, mine, periodNamed(code)));
  }

  @Get('checklist')
  @ApiOperation({ summary: '结账清单：每个原因、条数和明细 / what stands in the way of closing' })
  @ApiOkResponse({ type: ChecklistDto })
  @ApiProblems(UNKNOWN)
  async checklist(@By() { mine, reach }: CallerHere, @Param('code') code: string): Promise<Checklist> {
    return this.uow.run(reach, async (tx) =>
      loadChecklist(tx, reach, await requirePeriod(tx, mine, periodNamed(code))),
    );
  }

  @Post('waivers')
  @Needs('periods.close')
  @ApiOperation({ summary: '豁免清单上的一个原因，写明理由 / lets a cause stand, with a reason' })
  @ApiOkResponse({ type: ChecklistDto })
  @HttpCode(200)
  @ApiProblems({ ...UNKNOWN, 409: ['period_already_closed', 'nothing_to_waive', 'already_waived'] })
  async waive(@By() { reach }: CallerHere, @Param('code') code: string, @Body() body: WaiverBody): Promise<Checklist> {
    return this.uow.run(reach, (tx) => waiveCause(tx, reach, periodNamed(code), body));
  }

  @Post('begin-closing')
  @Needs('periods.close')
  @HttpCode(200)
  @ApiOperation({ summary: '开始结账：此后只有财务能再入账 / from here on only finance adds to it' })
  @ApiOkResponse({ type: PeriodStateDto })
  @ApiProblems({ ...UNKNOWN, 409: ['period_not_open'] })
  async begin(@By() by: CallerHere, @Param('code') code: string): Promise<PeriodRow> {
    return this.changeStatus(by, code, beginClosing);
  }

  @Post('cancel-closing')
  @Needs('periods.close')
  @HttpCode(200)
  @ApiOperation({ summary: '取消结账中，恢复未结账 / open to everybody again' })
  @ApiOkResponse({ type: PeriodStateDto })
  @ApiProblems({ ...UNKNOWN, 409: ['period_not_closing'] })
  async cancel(@By() by: CallerHere, @Param('code') code: string): Promise<PeriodRow> {
    return this.changeStatus(by, code, cancelClosing);
  }

  @Post('close')
  @Needs('periods.close')
  @HttpCode(200)
  @ApiOperation({ summary: '结账：封存本期报告的各单元 / seals what the period reports' })
  @ApiOkResponse({ type: ClosedDto })
  @ApiProblems({ ...UNKNOWN, 409: ['not_ready_to_close', 'period_already_closed'] })
  async close(@By() { reach }: CallerHere, @Param('code') code: string): Promise<ClosedDto> {
    const version = await this.seal.close(reach, periodNamed(code));
    return { period: code, version };
  }

  @Post('reopen')
  @Needs('periods.close')
  @HttpCode(202)
  @ApiOperation({ summary: '申请重开：由另一人审批后生效 / asks for the reopening, which another person approves' })
  @ApiAcceptedResponse({ type: ReopeningDto })
  @ApiProblems({ ...UNKNOWN, 409: ['period_not_closed', 'corrected_by_closed_period', 'already_submitted'] })
  async reopen(
    @By() { reach }: CallerHere,
    @Param('code') code: string,
    @Body() body: ReasonBody,
  ): Promise<ReopeningDto> {
    const submission = await this.uow.run(reach, (tx) =>
      this.reopenings.request(tx, reach, periodNamed(code), body.reason),
    );
    return { submissionId: submission.id, state: submission.state };
  }

  @Get('closings')
  @ApiOperation({ summary: '历次结账和重开 / its closings and reopenings' })
  @ApiOkResponse({ type: ClosingsDto })
  @ApiProblems(UNKNOWN)
  async closings(@By() { mine, reach }: CallerHere, @Param('code') code: string): Promise<{ data: ClosingRow[] }> {
    return this.uow.run(reach, async (tx) => {
      await requirePeriod(tx, mine, periodNamed(code));
      const closings = await listClosings(tx, mine, code);
      // The checklist names departments and papers of the whole mine.
      return { data: reach.departments === null ? closings : closings.map((one) => ({ ...one, checklist: null })) };
    });
  }

  @Get('restatement')
  @ApiOperation({ summary: '重述表：与上一次结账不同的数和原因 / what a later closing reports otherwise, and why' })
  @ApiOkResponse({ type: RestatementDto })
  @ApiProblems({ 404: ['no_such_period', 'no_such_restatement'] })
  async restatement(
    @By() { reach }: CallerHere,
    @Param('code') code: string,
    @Query() { version }: RestatementQuery,
  ): Promise<RestatementTable> {
    const asked = version === undefined ? null : Number(version);
    return this.uow.run(reach, (tx) => loadRestatement(tx, reach, periodNamed(code), asked));
  }

  private async changeStatus({ reach }: CallerHere, code: string, change: typeof beginClosing): Promise<PeriodRow> {
    return this.uow.run(reach, async (tx) => {
      await change(tx, reach, periodNamed(code));
      return requirePeriod(tx, reach.mine, code);
    });
  }
}
