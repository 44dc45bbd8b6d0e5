import { ApiProperty } from '@nestjs/swagger';
import { MEASURES } from '../../../../analytics/synergy/measures.js';

class RestatedDto {
  @ApiProperty({ enum: MEASURES })
  measure!: string;

  @ApiProperty({ description: '原报告数，元 / as reported, yuan', example: '2300.00' })
  reported!: string;

  @ApiProperty({ description: '重述数 / as restated', example: '2540.00' })
  restated!: string;

  @ApiProperty({ example: '240.00' })
  difference!: string;
}

export class RestatedRowDto extends RestatedDto {
  @ApiProperty()
  department!: string;

  @ApiProperty()
  category!: string;
}

export class RestatedTotalDto extends RestatedDto {
  @ApiProperty({ description: '尾差：总差额减各行差额之和 / total less the rows as shown', example: '0.00' })
  rounding!: string;
}

export class RecordCauseDto {
  @ApiProperty({ enum: ['posted', 'reversed'] })
  change!: string;

  @ApiProperty()
  source!: string;

  @ApiProperty()
  id!: string;

  @ApiProperty()
  importId!: string;

  @ApiProperty({ example: '2023-03-12' })
  date!: string;

  @ApiProperty()
  department!: string;

  @ApiProperty()
  category!: string;

  @ApiProperty()
  item!: string;

  @ApiProperty({ type: String, nullable: true })
  quantity!: string | null;

  @ApiProperty({ type: String, nullable: true })
  amountYuan!: string | null;

  @ApiProperty({ type: String, nullable: true })
  correctsPeriod!: string | null;
}

const COLUMNS = { type: 'object', additionalProperties: { type: 'string', nullable: true } } as const;

export class ReferenceCauseDto {
  @ApiProperty({ example: 'baselines' })
  kind!: string;

  @ApiProperty()
  key!: string;

  @ApiProperty({ type: String, nullable: true, description: '哪次导入 / the import that brought it' })
  importId!: string | null;

  @ApiProperty({
    ...COLUMNS,
    nullable: true,
    description: '只列有变的列，空 = 新增 / columns that differ; null: added',
  })
  before!: Readonly<Record<string, string | null>> | null;

  @ApiProperty(COLUMNS)
  after!: Readonly<Record<string, string | null>>;
}

export class MethodCauseDto {
  @ApiProperty({ type: 'integer' })
  before!: number;

  @ApiProperty({ type: 'integer' })
  after!: number;
}

export class RestatementCausesDto {
  @ApiProperty({ type: [RecordCauseDto], description: '至多 1000 条 / at most 1000' })
  records!: readonly RecordCauseDto[];

  @ApiProperty({ type: 'integer' })
  recordCount!: number;

  @ApiProperty({ type: [ReferenceCauseDto] })
  references!: readonly ReferenceCauseDto[];

  @ApiProperty({ type: MethodCauseDto, nullable: true })
  method!: MethodCauseDto | null;
}

export class RestatementDto {
  @ApiProperty({ example: '2023-03' })
  period!: string;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ type: [RestatedRowDto], description: '部门、类别、指标中有变的 / what differs' })
  rows!: readonly RestatedRowDto[];

  @ApiProperty({ type: [RestatedTotalDto] })
  totals!: readonly RestatedTotalDto[];

  @ApiProperty({ type: RestatementCausesDto })
  causes!: RestatementCausesDto;
}
