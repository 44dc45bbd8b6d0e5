import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayUnique, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import type { PeriodRange } from '../../../../analytics/synergy/compare.js';
import { MEASURES, type Measure } from '../../../../analytics/synergy/measures.js';
import { DEFAULT_DIMENSIONS, DIMENSIONS, type Dimension } from '../../../../analytics/synergy/roll-up.js';
import { CATEGORIES, NATURES } from '../../../../analytics/synergy/types.js';
import { WRITTEN_ENCODINGS, type WrittenEncoding } from '../../../platform/csv/write-csv.js';
import { PageQuery } from '../../../platform/http/paging.js';
import { MAX_CODE_LENGTH } from '../../rules/columns.js';
import { AGAINST, type Against } from '../app/compare-rows.js';
import { MONEY_UNITS, type MoneyUnit } from '../app/export-synergy.js';
import type { CellFilter } from '../db/cell-queries-filter.js';
import { VIEWS, type View } from '../db/cell-queries.js';

const PERIODS_PATTERN = /^\d{4}-\d{2}(\.\.\d{4}-\d{2})?$/;
export const EXPORT_FORMATS = ['xlsx', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const NONE = '空 = 没有 / blank = none';

/** Forms send fields that are not filled in; where blank cannot mean “none” it means “not asked”. */
const BlankIsAbsent = () => Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));

/** `a,b` → ['a', 'b']; blank → []. */
const CommaList = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.split(',').filter((part, _, parts) => part !== '' || parts.length > 1) : value,
  );

const listOf = (values: readonly string[], description: string, example: string) => ({
  ...{ type: String, example, description: `${description}：${values.join(', ')}` },
});

/** Which lines a question is about. */
export class FilterQuery {
  @ApiPropertyOptional({
    description:
      '期间或起止期间（按开始日期），不填 = 全部 / a period, or the first and last of a range by start date; none = all',
    example: '2023-01..2023-12',
    pattern: PERIODS_PATTERN.source,
  })
  @BlankIsAbsent()
  @IsOptional()
  @Matches(PERIODS_PATTERN)
  period?: string;

  @ApiPropertyOptional({ description: '部门（只含本部门）/ exactly this department', example: 'CM1' })
  @BlankIsAbsent()
  @IsOptional()
  @IsString()
  @MaxLength(MAX_CODE_LENGTH)
  department?: string;

  @ApiPropertyOptional({ description: '部门及其下级 / this department and those below it', example: 'MINE' })
  @BlankIsAbsent()
  @IsOptional()
  @IsString()
  @MaxLength(MAX_CODE_LENGTH)
  under?: string;

  @ApiPropertyOptional({ description: '协同类别 / category', enum: CATEGORIES })
  @BlankIsAbsent()
  @IsOptional()
  @IsIn(CATEGORIES)
  category?: string;

  @ApiPropertyOptional({ description: `成本项目（${NONE}）/ item`, example: '0104' })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_CODE_LENGTH)
  item?: string;

  @ApiPropertyOptional({ description: `成本性质（${NONE}）/ nature`, enum: [...NATURES, ''] })
  @IsOptional()
  @IsIn([...NATURES, ''])
  nature?: string;

  @ApiPropertyOptional({ description: `协同项目（${NONE}）/ project`, example: 'P01' })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_CODE_LENGTH)
  project?: string;
}

/** `GET /synergy`. */
export class SynergyQuery extends FilterQuery {
  @ApiPropertyOptional(
    listOf(
      DIMENSIONS,
      '分组维度，逗号分隔，任意顺序 / dimensions, by commas, in any order',
      DEFAULT_DIMENSIONS.join(','),
    ),
  )
  @CommaList()
  @IsIn(DIMENSIONS, { each: true })
  @ArrayUnique({ context: { code: 'repeated_value' } })
  by: Dimension[] = [...DEFAULT_DIMENSIONS];

  @ApiPropertyOptional(
    listOf(
      AGAINST,
      '环比、同比、对计划，逗号分隔 / compare with the previous period, last year, the plan',
      'previous,last_year',
    ),
  )
  @CommaList()
  @IsIn(AGAINST, { each: true })
  @ArrayUnique({ context: { code: 'repeated_value' } })
  compare: Against[] = [];

  @ApiPropertyOptional({
    description: '按现知（默认）或按报告时 / as known now, or as reported',
    enum: VIEWS,
    default: 'known',
  })
  @IsIn(VIEWS)
  asOf: View = 'known';

  @ApiPropertyOptional({
    description: '按报告时：第几次结账，不填 = 最近一次（只查一个期间时）/ as reported: which closing; none = the last',
    type: 'integer',
    minimum: 1,
  })
  @BlankIsAbsent()
  @IsOptional()
  @Matches(/^[1-9]\d{0,5}$/)
  closing?: string;
}

/** `GET /synergy/export`: any question of `GET /synergy`, and how its answer is written. */
export class ExportQuery extends SynergyQuery {
  @ApiPropertyOptional({ description: '文件格式 / format of the file', enum: EXPORT_FORMATS, default: 'xlsx' })
  @IsIn(EXPORT_FORMATS)
  format: ExportFormat = 'xlsx';

  @ApiPropertyOptional({
    description: 'CSV 的编码：带 BOM 的 UTF-8，或 GB18030 / of a CSV file: UTF-8 with a mark, or GB18030',
    enum: WRITTEN_ENCODINGS,
    default: 'utf8',
  })
  @IsIn(WRITTEN_ENCODINGS)
  encoding: WrittenEncoding = 'utf8';

  @ApiPropertyOptional({
    description: '金额单位：元或万元 / amounts in yuan, or 10,000 yuan',
    enum: MONEY_UNITS,
    default: 'yuan',
  })
  @IsIn(MONEY_UNITS)
  unit: MoneyUnit = 'yuan';
}

/** `GET /synergy/lines`: lines are shown as known now. */
export class LinesQuery extends IntersectionType(FilterQuery, PageQuery) {
  @ApiPropertyOptional({ description: '只有 known / known only', enum: ['known'], default: 'known' })
  @IsIn(['known'])
  asOf: View = 'known';
}

/** `GET /synergy/pivot`. */
export class PivotQuery extends FilterQuery {
  @ApiPropertyOptional({ enum: DIMENSIONS, default: 'department' })
  @IsIn(DIMENSIONS)
  rows: Dimension = 'department';

  @ApiPropertyOptional({ enum: DIMENSIONS, default: 'category' })
  @IsIn(DIMENSIONS)
  columns: Dimension = 'category';

  @ApiPropertyOptional({ enum: MEASURES, default: 'synergy_value' })
  @IsIn(MEASURES)
  measure: Measure = 'synergy_value';

  @ApiPropertyOptional({
    description: '按合计从大到小，或按编码 / by total, or by code',
    enum: ['total', 'code'],
    default: 'total',
  })
  @IsIn(['total', 'code'])
  order: 'total' | 'code' = 'total';
}

export function periodsOf({ period }: FilterQuery): PeriodRange | null {
  const [from, to] = period?.split('..') ?? [];
  return from === undefined ? null : { from, to: to ?? from };
}

const FILTERS = ['department', 'under', 'category', 'item', 'nature', 'project'] as const;

export function filterOf(query: FilterQuery): CellFilter {
  return Object.fromEntries(FILTERS.flatMap((name) => (query[name] === undefined ? [] : [[name, query[name]]])));
}
