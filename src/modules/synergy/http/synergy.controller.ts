import { Controller, Get, Headers, Inject, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { LoadLimits } from '../../../platform/config/limits.js';
import { CHARSETS } from '../../../platform/csv/write-csv.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { languageOf } from '../../../platform/http/language.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { FairTurns } from '../../../platform/limits/fair-turns.js';
import { LOAD_LIMITS } from '../../../platform/limits/limits.module.js';
import { decodeCursor, encodeCursor, keyText } from '../../../platform/http/paging.js';
import { Sentences } from '../../../platform/http/sentences.js';
import { requestValidation } from '../../../platform/http/validation.js';
import { writtenDownload } from '../../../platform/http/written-download.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import type { Reach } from '../../mines/index.js';
import { answerSynergy, type SynergyQuestion } from '../app/answer-synergy.js';
import { exportSynergy } from '../app/export-synergy.js';
import { KEY_LENGTHS, LINE_KINDS, listLines, type LineKind, type LinePosition } from '../app/list-lines.js';
import { layOut, sumPivot } from '../app/pivot-synergy.js';
import { ApiQueries } from './api-queries.js';
import { WORKBOOK_TYPE, writeExportCsv, writeExportWorkbook } from './export-files.js';
import { exportTable } from './export-table.js';
import { PivotDto } from './pivot-answer.dto.js';
import { ReadyAnswers } from './ready-answers.js';
import { LinePageDto, SynergyDto } from './synergy-answer.dto.js';
import {
  ExportQuery,
  FilterQuery,
  LinesQuery,
  PivotQuery,
  SynergyQuery,
  filterOf,
  periodsOf,
} from './synergy-query.dto.js';
import { SYNERGY_SENTENCES } from '../synergy.errors.js';

const PERIOD_PROBLEMS = ['invalid_request', 'no_such_period', 'period_range_reversed', 'mine_missing'];
const TOO_MUCH = { 422: ['answer_too_large'], 503: ['too_many_questions', 'took_too_long'] };
const SHOW_PROBLEMS = {
  400: [...PERIOD_PROBLEMS, 'closing_of_one_period'],
  404: ['unknown_mine', 'no_such_closing'],
  ...TOO_MUCH,
};
const BYTES = { type: 'string', format: 'binary' } as const;
const NOT_MODIFIED = { status: 304, description: 'If-None-Match 所示的应答仍然有效 / the answer named still holds' };

@ApiTags('synergy')
@Needs('figures.read')
@Controller('api/v1/synergy')
export class SynergyController {
  private readonly validation = requestValidation();

  constructor(
    private readonly uow: UnitOfWork,
    private readonly ready: ReadyAnswers,
    private readonly turns: FairTurns,
    @Inject(LOAD_LIMITS) private readonly limits: LoadLimits,
    sentences: Sentences,
  ) {
    sentences.register(SYNERGY_SENTENCES);
  }

  @Get()
  @ApiOperation({
    summary: '协同创效：各行、合计、问题，与 compute 同数 / rows, total and issues, the same as compute',
  })
  @ApiQueries(SynergyQuery)
  @ApiOkResponse({ type: SynergyDto })
  @ApiResponse(NOT_MODIFIED)
  @ApiProblems(SHOW_PROBLEMS)
  async show(@By() by: CallerHere, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.ready.send(by, request, reply, async () => {
      const question = this.question(await this.checked(request, SynergyQuery), by.reach);
      return this.uow.run(by.reach, (tx) => answerSynergy(tx, by.mine, question));
    });
  }

  @Get('export')
  @ApiOperation({
    operationId: 'exportSynergy',
    summary: '同样的问题，应答为工作簿或 CSV 文件 / the answer to the same question as a workbook or a CSV file',
    description:
      '文件中的文字按 Accept-Language；各数与 /synergy 相同，由精确和舍入一次。/ Words by Accept-Language; the figures of /synergy.',
  })
  @ApiOkResponse({ content: { [WORKBOOK_TYPE]: { schema: BYTES }, 'text/csv': { schema: BYTES } } })
  @ApiProblems({ ...SHOW_PROBLEMS, 503: [...TOO_MUCH[503], 'too_many_transfers'] })
  async export(
    @By() { mine, actor, reach }: CallerHere,
    @Query() query: ExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('accept-language') languages?: string,
  ): Promise<StreamableFile> {
    reply.header('cache-control', 'no-store').header('vary', 'Accept-Language');
    const { format, encoding, unit } = query;
    const language = languageOf(languages);
    const type = format === 'xlsx' ? WORKBOOK_TYPE : `text/csv; charset=${CHARSETS[encoding]}`;
    return writtenDownload(type, (path) =>
      this.turns.run(`${mine}/${actor}`, async () => {
        const question = this.question(query, reach);
        const exported = await this.uow.run(reach, (tx) => exportSynergy(tx, mine, question, unit));
        const table = await exportTable(exported, language);
        if (format === 'csv') await writeExportCsv(table, encoding, path);
        else await writeExportWorkbook(table, exported.answer, language, path);
        return `${table.title}.${format}`;
      }),
    );
  }

  @Get('pivot')
  @ApiOperation({ summary: '供人阅读的交叉表，带占比和名次 / the table a person reads, with shares and ranks' })
  @ApiQueries(PivotQuery)
  @ApiOkResponse({ type: PivotDto })
  @ApiResponse(NOT_MODIFIED)
  @ApiProblems({ 400: [...PERIOD_PROBLEMS, 'same_dimension'], 404: ['unknown_mine'], ...TOO_MUCH })
  async pivot(@By() by: CallerHere, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.ready.send(by, request, reply, async () => {
      const query = await this.checked(request, PivotQuery);
      const { rows, columns, measure, order } = query;
      if (rows === columns) throw new AppError('malformed', 'same_dimension', { dimension: rows });
      const { answerRows: maxRows } = this.limits;
      const question = { ...asked(query, by.reach), rows, columns, measure, order, maxRows };
      return layOut(await this.uow.run(by.reach, (tx) => sumPivot(tx, by.mine, question)), question);
    });
  }

  @Get('lines')
  @ApiOperation({
    summary: '任何一行或合计背后的明细，各指标未舍入 / the lines behind any row or total, their measures unrounded',
    description:
      '筛选条件与 /synergy 相同；各页之和舍入一次即为该数。/ The filter is that of /synergy; all pages add up to its figure.',
  })
  @ApiOkResponse({ type: LinePageDto })
  @ApiProblems({ 400: [...PERIOD_PROBLEMS, 'invalid_cursor'], 404: ['unknown_mine'], 503: TOO_MUCH[503] })
  async lines(@By() { mine, actor, reach }: CallerHere, @Query() query: LinesQuery): Promise<LinePageDto> {
    const question = { ...asked(query, reach), after: positionOf(query.cursor), limit: query.limit };
    const { lines, last, dataVersion } = await this.turns.run(`${mine}/${actor}`, () =>
      this.uow.run(reach, (tx) => listLines(tx, mine, question)),
    );
    return { data: lines, next: last && cursorOf(last), dataVersion };
  }

  private question(query: SynergyQuery, reach: Reach): SynergyQuestion {
    const { by, compare, asOf, closing } = query;
    return {
      ...asked(query, reach),
      ...{ by, against: compare, view: asOf, maxRows: this.limits.answerRows },
      ...(closing === undefined ? {} : { closing: Number(closing) }),
    };
  }

  /** The request's query, checked as Nest would: here only when the answer is not in memory. */
  private async checked<Dto extends object>(request: FastifyRequest, metatype: new () => Dto): Promise<Dto> {
    return (await this.validation.transform(request.query, { type: 'query', metatype })) as Dto;
  }
}

const asked = (query: FilterQuery, { departments }: Reach) => ({
  periods: periodsOf(query),
  filter: { ...filterOf(query), ...(departments === null ? {} : { within: departments }) },
});

/** A cursor holds a kind and a key, filled up with blanks to the longest. */
const KEY_ROOM = Math.max(...Object.values(KEY_LENGTHS));
const isLineKind = (text: string): text is LineKind => LINE_KINDS.some((kind) => kind === text);

function cursorOf({ kind, key }: LinePosition): string {
  return encodeCursor([kind, ...Array.from({ length: KEY_ROOM }, (_, i) => key[i] ?? '')]);
}

/** @throws AppError `invalid_cursor` */
function positionOf(cursor: string | undefined): LinePosition | null {
  const parts = decodeCursor(cursor, [isLineKind, ...Array.from({ length: KEY_ROOM }, () => keyText)]);
  if (parts === null) return null;
  const [kind, ...key] = parts as [LineKind, ...string[]];
  return { kind, key: key.slice(0, KEY_LENGTHS[kind]) };
}
