import { Body, Controller, Get, Headers, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { attachment } from '../../../platform/http/attachment.js';
import { LANGUAGE_TAGS } from '../../../platform/http/language.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { decodeCursor, keyNumber, pageOf } from '../../../platform/http/paging.js';
import { FairTurns } from '../../../platform/limits/fair-turns.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import { periodText, periodsOf } from '../app/asked-periods.js';
import { requireReport, seesDrafts } from '../app/find-report.js';
import { MakeReport } from '../app/make-report.js';
import { ReportDocuments } from '../app/report-documents.js';
import { FORMATS, type Format } from '../db/report-file-queries.js';
import { listReports } from '../db/report-queries.js';
import { SERVED } from '../render/renderers.js';
import { numberedReport } from './numbered-report.js';
import {
  DocumentQuery,
  MadeReportDto,
  NewReportBody,
  ReportListDto,
  ReportQuery,
  presentMade,
  presentReport,
} from './report.dto.js';

const BYTES = { schema: { type: 'string', format: 'binary' } } as const;
const MODEL = {
  schema: { type: 'object', description: '报告的模型，规范 JSON / the model, as canonical JSON' },
} as const;
const CONTENT = Object.fromEntries(
  FORMATS.map((format) => [SERVED[format].mediaType.split(';')[0]!, format === 'json' ? MODEL : BYTES]),
);

@ApiTags('reports')
@Needs('reports.read')
@Controller('api/v1/reports')
export class ReportsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly makeReport: MakeReport,
    private readonly documents: ReportDocuments,
    private readonly turns: FairTurns,
  ) {}

  @Post()
  @Needs('reports.make')
  @ApiOperation({
    summary: '生成月度协同报告：期间都结了账为正式版，否则为草稿；内容没有变则答已存的那份 / makes a report',
  })
  @ApiCreatedResponse({ type: MadeReportDto })
  @ApiProblems({
    400: ['no_such_period', 'period_range_reversed', 'report_range_too_long'],
    409: ['report_made_meanwhile'],
    503: ['too_many_questions', 'took_too_long', 'report_file_damaged', 'report_not_written'],
  })
  async make(@By() { mine, actor, reach }: CallerHere, @Body() body: NewReportBody): Promise<MadeReportDto> {
    const { language, period } = body;
    const report = await this.turns.run(`${mine}/${actor}`, () =>
      this.makeReport.make(reach, periodsOf(period), language),
    );
    return presentMade(report);
  }

  @Get()
  @ApiOperation({ summary: '已存的报告，新的在前 / stored reports, newest first' })
  @ApiOkResponse({ type: ReportListDto })
  @ApiProblems({ 400: ['invalid_cursor', 'report_range_too_long'] })
  async list(@By() by: CallerHere, @Query() { period, cursor, limit }: ReportQuery): Promise<ReportListDto> {
    const before = decodeCursor(cursor, [keyNumber])?.[0] ?? null;
    const rows = await this.uow.run(by.reach, async (tx) => {
      const isFinalOnly = !(await seesDrafts(tx, by));
      const filter = { periods: period === undefined ? null : periodsOf(period), isFinalOnly, before };
      return listReports(tx, by.mine, filter, limit + 1);
    });
    const { data, next } = pageOf(rows, limit, ({ id }) => [id]);
    return { data: data.map(presentReport), next };
  }

  @Get(':id.:format')
  @ApiOperation({
    operationId: 'document',
    summary: '报告文件，一个字节不改；ETag 为 SHA-256 / a document, byte for byte',
  })
  @ApiParam({ name: 'format', enum: FORMATS })
  @ApiOkResponse({ content: CONTENT })
  @ApiResponse({ status: 304, description: '与 If-None-Match 相同' })
  @ApiProblems({
    404: ['unknown_report'],
    503: ['too_many_questions', 'took_too_long', 'report_file_damaged', 'report_not_written'],
  })
  async document(
    @By() by: CallerHere,
    @Param('id') id: string,
    @Param('format') format: string,
    @Query() { language }: DocumentQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-none-match') known?: string,
  ): Promise<StreamableFile | undefined> {
    if (!isFormat(format)) throw new AppError('not_found', 'unknown_report', { id: `${id}.${format}` });
    const report = await this.uow.run(by.reach, (tx) => requireReport(tx, by, numberedReport(id)));
    const { file, content } = await this.turns.run(`${by.mine}/${by.actor}`, () =>
      this.documents.get(by.reach, report, format, language),
    );
    const etag = `"${file.sha256}"`;
    reply
      .headers({ etag, 'cache-control': 'private, no-cache', 'x-content-type-options': 'nosniff' })
      .header('content-language', LANGUAGE_TAGS[language]);
    if ((known ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)) {
      reply.status(304);
      return undefined;
    }
    const { mediaType, isPage } = SERVED[format];
    const name = `${by.mine}-${periodText(report.periods)}-v${report.version}-${language}.${format}`;
    const disposition = isPage ? 'inline' : attachment(name);
    return new StreamableFile(content, { type: mediaType, disposition, length: content.length });
  }
}

const isFormat = (text: string): text is Format => (FORMATS as readonly string[]).includes(text);
