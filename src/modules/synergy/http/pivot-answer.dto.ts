import { ApiProperty } from '@nestjs/swagger';
import { MEASURES } from '../../../../analytics/synergy/measures.js';
import { DIMENSIONS } from '../../../../analytics/synergy/roll-up.js';
import { MethodDto } from './synergy-answer.dto.js';

const ROUNDING = '尾差：合计减去所列各数 / total less the figures shown';
const SHARE = '六位小数；合计为零时 null / six decimals; null while the total is zero';

export class PivotByDto {
  @ApiProperty({ enum: DIMENSIONS })
  rows!: string;

  @ApiProperty({ enum: DIMENSIONS })
  columns!: string;
}

export class PivotRowDto {
  @ApiProperty({ example: 'CM1' })
  code!: string;

  @ApiProperty({
    ...{ type: 'array', items: { type: 'string', nullable: true }, example: ['3272.00', null] },
    description: '每列一个；null 即没有 / one per column; null where nothing stands there',
  })
  cells!: (string | null)[];

  @ApiProperty({ example: '3272.00' })
  total!: string;

  @ApiProperty({ type: 'integer', description: '名次，并列同名次 / 1 is the largest; equal totals share a rank' })
  rank!: number;

  @ApiProperty({ type: String, nullable: true, description: `占比；${SHARE}`, example: '0.120000' })
  share!: string | null;

  @ApiProperty({ type: String, nullable: true, description: `累计占比；${SHARE}`, example: '0.320000' })
  cumulativeShare!: string | null;

  @ApiProperty({ description: ROUNDING, example: '0.00' })
  roundingDifference!: string;
}

export class PivotDto {
  @ApiProperty({ type: PivotByDto })
  by!: PivotByDto;

  @ApiProperty({ enum: MEASURES })
  measure!: string;

  @ApiProperty({ type: MethodDto })
  method!: MethodDto;

  @ApiProperty({ type: 'integer' })
  methodVersion!: number;

  @ApiProperty({ type: 'integer' })
  oldestMethodVersion!: number;

  @ApiProperty({ example: '17' })
  dataVersion!: string;

  @ApiProperty({ type: [String], description: '列的编码 / codes of the columns', example: ['management', 'resource'] })
  columns!: string[];

  @ApiProperty({ type: [PivotRowDto] })
  rows!: PivotRowDto[];

  @ApiProperty({
    type: [String],
    description: '元，两位小数，各由精确和舍入一次 / yuan, each rounded from its own exact sum',
  })
  columnTotals!: string[];

  @ApiProperty({ example: '83147.00' })
  total!: string;

  @ApiProperty({ type: [String], description: ROUNDING })
  columnDifferences!: string[];

  @ApiProperty({ description: ROUNDING, example: '0.00' })
  totalDifference!: string;
}
