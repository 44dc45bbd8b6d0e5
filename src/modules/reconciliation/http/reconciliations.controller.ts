import { Controller, Get, Headers, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { languageOf } from '../../../platform/http/language.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { Sentences } from '../../../platform/http/sentences.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import { answerReconciliation } from '../app/answer-reconciliation.js';
import { RECONCILIATION_ERRORS } from '../reconciliation.errors.js';
import { presentReconciliation } from './present-reconciliation.js';
import { ReconciliationDto } from './reconciliation.dto.js';

const PERIOD = /^\d{4}-\d{2}$/;

@ApiTags('reconciliations')
@Needs('reconciliations.read')
@Controller('api/v1/reconciliations')
export class ReconciliationsController {
  constructor(
    private readonly uow: UnitOfWork,
    sentences: Sentences,
  ) {
    sentences.register(RECONCILIATION_ERRORS);
  }

  @Get(':period')
  @ApiOperation({
    summary: '对账：每个科目在凭证中、计入、未计入、余额、差额及原因；外部显性成本与余额表 / what ties, and why not',
  })
  @ApiOkResponse({ type: ReconciliationDto })
  @ApiProblems({ 404: ['no_such_period', 'unknown_mine'] })
  async get(
    @By() { mine, reach }: CallerHere,
    @Param('period') period: string,
    @Headers('accept-language') languages?: string,
  ): Promise<ReconciliationDto> {
    if (!PERIOD.test(period)) throw new AppError('not_found', 'no_such_period', { period });
    const answer = await this.uow.run(reach, (tx) => answerReconciliation(tx, mine, period));
    return presentReconciliation(answer, languageOf(languages));
  }
}
