import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import { requirePeriod } from '../app/checklist.js';
import { changeDeclarations } from '../app/declare.js';
import { listReporting } from '../db/declaration-queries.js';
import { DeclarationBody, DeclarationsDto } from './periods.dto.js';
import { periodNamed } from './require-period.js';

@ApiTags('declarations')
@Needs('periods.declare')
@Controller('api/v1/periods/:code/declarations')
export class DeclarationsController {
  constructor(private readonly uow: UnitOfWork) {}

  @Get()
  @Needs('periods.read')
  @ApiOperation({ summary: '各部门报齐与否 / which departments have declared their reporting complete' })
  @ApiOkResponse({ type: DeclarationsDto })
  @ApiProblems({ 404: ['no_such_period'] })
  async list(@By() { mine, reach }: CallerHere, @Param('code') code: string): Promise<DeclarationsDto> {
    return this.uow.run(reach, async (tx) => {
      await requirePeriod(tx, mine, periodNamed(code));
      return { data: await listReporting(tx, reach, code) };
    });
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: '声明报齐；已声明的不变 / declares reporting complete; what stands already stays' })
  @ApiOkResponse({ type: DeclarationsDto })
  @ApiProblems({ 404: ['no_such_period', 'no_such_department'], 409: ['period_already_closed'] })
  async declare(
    @By() by: CallerHere,
    @Param('code') code: string,
    @Body() body: DeclarationBody,
  ): Promise<DeclarationsDto> {
    return this.change(by, code, body, 'declare');
  }

  @Post('withdraw')
  @HttpCode(200)
  @ApiOperation({ summary: '撤回报齐声明 / takes declarations back' })
  @ApiOkResponse({ type: DeclarationsDto })
  @ApiProblems({ 404: ['no_such_period', 'no_such_department'], 409: ['period_already_closed'] })
  async withdraw(
    @By() by: CallerHere,
    @Param('code') code: string,
    @Body() body: DeclarationBody,
  ): Promise<DeclarationsDto> {
    return this.change(by, code, body, 'withdraw');
  }

  private async change(
    { reach }: CallerHere,
    code: string,
    body: DeclarationBody,
    change: 'declare' | 'withdraw',
  ): Promise<DeclarationsDto> {
    return this.uow.run(reach, async (tx) => ({
      data: await changeDeclarations(tx, reach, periodNamed(code), body, change),
    }));
  }
}
