import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { DERIVED_RULES, UNITS, type Source } from '../../../../analytics/report/model.js';
import { MEASURES } from '../../../../analytics/synergy/measures.js';
import { LineDto } from '../../synergy/index.js';
import { queryOf, type Part, type TracedFigure } from '../app/trace-figure.js';
import { MadeReportDto, presentMade } from './report.dto.js';

const DEFAULT_LINES = 50;
const MAX_LINES = 200;
const KINDS = ['sum', 'plan', 'derived', 'stated'] as const;

export class FigureQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_LINES, default: DEFAULT_LINES })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value,
  )
  @IsInt()
  @Min(1)
  @Max(MAX_LINES)
  limit: number = DEFAULT_LINES;
}

export class SaidDto {
  @ApiProperty() zh!: string;
  @ApiProperty() en!: string;
}

export class QuestionDto {
  @ApiProperty({ enum: KINDS, description: '合计、计划、推算、计数或查得 / how it was come by' })
  kind!: (typeof KINDS)[number];

  @ApiPropertyOptional({ enum: MEASURES })
  measure?: string;

  @ApiPropertyOptional({ description: 'GET /synergy 的同一问题 / the same question to GET /synergy' })
  synergy?: string;

  @ApiPropertyOptional({ description: '全部明细，逐页 / all its lines, page by page' })
  lines?: string;

  @ApiPropertyOptional({ enum: DERIVED_RULES, description: '如何推算 / how it was reckoned' })
  rule?: string;

  @ApiPropertyOptional({ type: SaidDto, description: '数的是什么 / what was counted or looked up' })
  what?: SaidDto;
}

export class FigurePartDto {
  @ApiProperty({
    type: String,
    nullable: true,
    description: '溯源码；null 为报告中没有单独印出 / not printed by itself',
  })
  code!: string | null;

  @ApiProperty({ type: String, nullable: true, description: '元或比率，未舍入 / unrounded' }) exact!: string | null;
  @ApiProperty({ type: QuestionDto }) question!: QuestionDto;
}

export class SumNowDto {
  @ApiProperty({ description: '按报告（各期最近一次结账）/ as reported, yuan' }) reported!: string;
  @ApiProperty({ description: '按现知，即各明细之和 / as known, which the lines add up to, yuan' }) known!: string;
}

export class PlannedRowDto {
  @ApiProperty() period!: string;
  @ApiProperty() department!: string;
  @ApiProperty() category!: string;
  @ApiProperty({ description: '元 / yuan' }) amount!: string;
}

export class RestatedFigureDto {
  @ApiProperty({ description: '现在报告的数，元 / as it is reported now, yuan' }) exact!: string;

  @ApiProperty({
    ...{ type: String, format: 'date-time', nullable: true },
    description: '哪一次结账以来；null 为未结账期间后来变动 / since which closing; null: an open period moved on',
  })
  since!: string | null;
}

export class FigureDto {
  @ApiProperty({ example: '17-120.3' }) code!: string;
  @ApiProperty({ type: MadeReportDto }) report!: MadeReportDto;
  @ApiProperty({ type: SaidDto, description: '报告的标题 / title of the report' }) title!: SaidDto;
  @ApiProperty({ enum: UNITS }) unit!: string;
  @ApiProperty({ type: String, nullable: true, description: '元或比率，未舍入 / unrounded' }) exact!: string | null;
  @ApiProperty({ description: '所印 / as printed', example: '2.51' }) shown!: string;
  @ApiProperty({ type: SaidDto, nullable: true, description: '为何没有数 / why there is none' })
  reason!: SaidDto | null;
  @ApiProperty({ type: QuestionDto }) question!: QuestionDto;
  @ApiPropertyOptional({ type: SumNowDto }) now?: SumNowDto;
  @ApiPropertyOptional({ type: [LineDto] }) lines?: readonly LineDto[];
  @ApiPropertyOptional() hasMoreLines?: boolean;
  @ApiPropertyOptional({ type: [PlannedRowDto] }) planned?: readonly PlannedRowDto[];
  @ApiPropertyOptional({ type: [FigurePartDto] }) parts?: readonly FigurePartDto[];

  @ApiPropertyOptional({
    ...{ type: RestatedFigureDto, nullable: true },
    description: '印出之后是否重述；null 为没有 / whether it was restated since it was printed',
  })
  restated?: RestatedFigureDto | null;
}

export function presentFigure({ code, report, title, figure, parts, restated, ...found }: TracedFigure): FigureDto {
  const { unit, exact, shown, reason, source } = figure;
  return {
    ...{ code, report: presentMade(report), title, unit, exact, shown, reason: reason ?? null },
    question: questionOf(source),
    ...found,
    ...(parts === undefined ? {} : { parts: parts.map(presentPart) }),
    ...(restated === undefined
      ? {}
      : {
          restated: restated && { exact: restated.exact, since: restated.closedAt?.toISOString() ?? null },
        }),
  };
}

const presentPart = ({ source, code, exact }: Part): FigurePartDto => ({ code, exact, question: questionOf(source) });

function questionOf(source: Source): QuestionDto {
  const { kind } = source;
  if (kind === 'stated') return { kind, what: source.what };
  if (kind === 'derived') return { kind, rule: source.rule };
  const { measure, place } = source;
  const query = queryOf(place);
  // The plan of a place is what it is compared with.
  if (kind === 'plan') return { kind, measure, synergy: `/api/v1/synergy?${query}&by=&compare=plan` };
  return {
    ...{ kind, measure, synergy: `/api/v1/synergy?${query}&by=&asOf=reported` },
    lines: `/api/v1/synergy/lines?${query}`,
  };
}
