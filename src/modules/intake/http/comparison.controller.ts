import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { exact, fixed } from '../../../../analytics/kernel/exact.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { ApiProblems } from '../../../platform/http/openapi.js';
import { decodeCursor, keyNumber, keyText, pageOf, PageQuery } from '../../../platform/http/paging.js';
import { By, Needs, type CallerHere } from '../../access/index.js';
import { compareSums, listDifferences, type ComparedSums } from '../../records/index.js';
import { findImport } from '../db/import-answers.js';

const FATES = ['added', 'gone', 'changed', 'unchanged'] as const;

class ComparedSumDto {
  @ApiProperty({ type: 'integer' }) rows!: number;
  @ApiProperty({ description: '替换前金额（元）', example: '19300.00' }) before!: string;
  @ApiProperty({ description: '替换后金额（元）', example: '19200.00' }) after!: string;
}

class ComparisonSummaryDto {
  @ApiProperty({ type: ComparedSumDto, description: '新增' }) added!: ComparedSumDto;
  @ApiProperty({ type: ComparedSumDto, description: '消失' }) gone!: ComparedSumDto;
  @ApiProperty({ type: ComparedSumDto, description: '有改动' }) changed!: ComparedSumDto;
  @ApiProperty({ type: ComparedSumDto, description: '不变' }) unchanged!: ComparedSumDto;
}

class ComparedRecordDto {
  @ApiProperty({ enum: ['added', 'gone', 'changed'] }) fate!: string;
  @ApiProperty() source!: string;
  @ApiProperty() id!: string;
  @ApiProperty({ type: Object, nullable: true, additionalProperties: { type: 'string', nullable: true } })
  before!: object | null;
  @ApiProperty({ type: Object, nullable: true, additionalProperties: { type: 'string', nullable: true } })
  after!: object | null;
}

class ImportComparisonDto {
  @ApiProperty({ description: '更正后的导入' }) import!: string;
  @ApiProperty({ description: '被替换的导入' }) supersedes!: string;
  @ApiProperty({ type: ComparisonSummaryDto }) summary!: ComparisonSummaryDto;
  @ApiProperty({ type: [ComparedRecordDto] }) data!: ComparedRecordDto[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}

@ApiTags('imports')
@Needs('imports.read')
@Controller('api/v1/imports')
export class ComparisonController {
  constructor(private readonly uow: UnitOfWork) {}

  @Get(':id/comparison')
  @ApiOperation({ summary: '更正文件与被它替换的文件：新增、消失、改动的单据和金额' })
  @ApiOkResponse({ type: ImportComparisonDto })
  @ApiProblems({
    400: ['invalid_request', 'invalid_cursor', 'mine_missing'],
    404: ['unknown_import', 'unknown_mine'],
    409: ['nothing_to_compare'],
  })
  async compare(
    @By() { mine, reach }: CallerHere,
    @Param('id') id: string,
    @Query() page: PageQuery,
  ): Promise<ImportComparisonDto> {
    const after = decodeCursor(page.cursor, [keyText, keyText]) ?? ['', ''];
    return this.uow.run(reach, async (tx) => {
      const found = keyNumber(id) ? await findImport(tx, reach, id) : null;
      if (!found) throw new AppError('not_found', 'unknown_import', { id });
      if (found.supersedes === null || found.status !== 'accepted') {
        throw new AppError('conflict', 'nothing_to_compare', { id });
      }
      const pair = [id, found.supersedes] as const;
      const sums = await compareSums(tx, mine, ...pair);
      const rows = await listDifferences(tx, mine, pair, after as [string, string], page.limit + 1);
      const { data, next } = pageOf(rows, page.limit, ({ source, id: record }) => [source, record]);
      return { import: id, supersedes: found.supersedes, summary: summaryOf(sums), data: [...data], next };
    });
  }
}

function summaryOf(sums: readonly ComparedSums[]): ComparisonSummaryDto {
  const yuan = (text: string | undefined) => fixed(exact(text ?? '0'), 2);
  const entries = FATES.map((fate) => {
    const found = sums.find((sum) => sum.fate === fate);
    return [fate, { rows: Number(found?.rows ?? 0), before: yuan(found?.before), after: yuan(found?.after) }] as const;
  });
  return Object.fromEntries(entries) as unknown as ComparisonSummaryDto;
}
