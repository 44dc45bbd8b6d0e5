import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { FairTurns } from '../../../platform/limits/fair-turns.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import { TraceFigure } from '../app/trace-figure.js';
import { FigureDto, FigureQuery, presentFigure } from './figure.dto.js';

/** 穿透: from a figure on paper back to its records. */
@ApiTags('figures')
@Needs('figures.read')
@Controller('api/v1/lines')
export class FiguresController {
  constructor(
    private readonly figures: TraceFigure,
    private readonly turns: FairTurns,
  ) {}

  @Get(':code')
  @ApiOperation({
    operationId: 'trace',
    summary: '溯源码所指的数：从何而来、明细、是否已重述 / a printed figure, where it comes from, and its lines',
    description: '须能看到该数的全部范围，否则为 404。/ Only for who may see all that it is of.',
  })
  @ApiOkResponse({ type: FigureDto })
  @ApiProblems({ 404: ['no_such_figure', 'no_such_period'], 503: ['too_many_questions', 'report_file_damaged'] })
  async trace(
    @By() { mine, actor, reach }: CallerHere,
    @Param('code') code: string,
    @Query() { limit }: FigureQuery,
  ): Promise<FigureDto> {
    return presentFigure(await this.turns.run(`${mine}/${actor}`, () => this.figures.trace(reach, code, limit)));
  }
}
