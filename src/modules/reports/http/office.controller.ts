import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ControlItem } from '../../../../analytics/report/input.js';
import { Clock, dayInChina } from '../../../platform/clock/clock.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import { periodsOf } from '../app/asked-periods.js';
import { writeControlItems } from '../app/control-items.js';
import { writeTexts } from '../app/office-texts.js';
import { loadControlItems, loadTexts } from '../db/office-queries.js';
import { loadSettings, saveSettings, type ReportSettings } from '../db/settings-queries.js';
import {
  ControlItemsDto,
  OfficeTextsBody,
  OfficeTextsDto,
  PeriodsQuery,
  ReportSettingsDto,
  presentTexts,
} from './office.dto.js';

interface ControlItems {
  readonly items: readonly ControlItem[];
}

/** What the general office says and sets itself; each is replaced whole. */
@ApiTags('report-office')
@Needs('reports.read')
@Controller('api/v1')
export class OfficeController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  @Get('report-texts')
  @ApiOperation({ operationId: 'texts', summary: '一期报告中办公室自己的文字 / the office’s own words' })
  @ApiOkResponse({ type: OfficeTextsDto })
  @ApiProblems({ 400: ['report_range_too_long'] })
  async texts(@By() { mine, reach }: CallerHere, @Query() { period }: PeriodsQuery): Promise<OfficeTextsDto> {
    return presentTexts(await this.uow.run(reach, (tx) => loadTexts(tx, mine, periodsOf(period))));
  }

  @Put('report-texts')
  @Needs('reports.make')
  @ApiOperation({
    operationId: 'writeTexts',
    summary: '改办公室的文字，到该期报告签署为止 / until the report is signed',
  })
  @ApiOkResponse({ type: OfficeTextsDto })
  @ApiProblems({ 400: ['report_range_too_long'], 409: ['report_signed'] })
  async writeTexts(@By() { reach }: CallerHere, @Body() { period, texts }: OfficeTextsBody): Promise<OfficeTextsDto> {
    const written = texts.map(({ cause, text, owner, due }) => ({ cause, text, owner, due }));
    return presentTexts(await this.uow.run(reach, (tx) => writeTexts(tx, reach, periodsOf(period), written)));
  }

  @Get('control-items')
  @ApiOperation({ operationId: 'controlItems', summary: '双六零：显性六项、隐性六项 / the double six zeros' })
  @ApiOkResponse({ type: ControlItemsDto })
  async controlItems(@By() { mine, reach }: CallerHere): Promise<ControlItems> {
    return { items: await this.uow.run(reach, (tx) => loadControlItems(tx, mine)) };
  }

  @Put('control-items')
  @Needs('reports.make')
  @ApiOperation({ operationId: 'writeControlItems', summary: '改双六零的名称、计量和责任人 / edits the list' })
  @ApiOkResponse({ type: ControlItemsDto })
  @ApiProblems({ 422: ['too_many_control_items', 'control_item_twice', 'not_an_implicit_item'] })
  async writeControlItems(@By() { reach }: CallerHere, @Body() { items }: ControlItemsDto): Promise<ControlItems> {
    return { items: await this.uow.run(reach, (tx) => writeControlItems(tx, reach, items)) };
  }

  @Get('report-settings')
  @ApiOperation({ operationId: 'settings', summary: '报告的设置 / how the mine wants its reports' })
  @ApiOkResponse({ type: ReportSettingsDto })
  async settings(@By() { mine, reach }: CallerHere): Promise<ReportSettings> {
    return this.uow.run(reach, (tx) => loadSettings(tx, mine));
  }

  @Put('report-settings')
  @Needs('reports.make')
  @ApiOperation({ operationId: 'saveSettings', summary: '改报告的设置；没有写到的为默认值 / sets all of them' })
  @ApiOkResponse({ type: ReportSettingsDto })
  async saveSettings(@By() { mine, reach }: CallerHere, @Body() body: ReportSettingsDto): Promise<ReportSettings> {
    const today = dayInChina(this.clock.now());
    return this.uow.run(reach, async (tx) => {
      await saveSettings(tx, mine, body, today);
      return loadSettings(tx, mine);
    });
  }
}
