import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { PageQuery } from '../../../platform/http/paging.js';

export class ComparativeQuery extends PageQuery {
  @ApiPropertyOptional({ description: '期间，不填 = 全部 / none = all', example: '2023-03' })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}$/)
  period?: string;
}

const NUMBER = { type: String, nullable: true, example: '612.5' } as const;

export class PairDto {
  @ApiProperty({ ...NUMBER, description: '单位价 / unit price, yuan' }) price!: string | null;

  @ApiProperty({ ...NUMBER, description: '总额；金额为元，其他按计量单位 / total, in yuan or in the unit' })
  total!: string | null;
}

export class ComparativeDto {
  @ApiProperty() period!: string;
  @ApiProperty({ description: '指标编码 / code of the indicator' }) code!: string;
  @ApiProperty({ description: '指标名称' }) name!: string;
  @ApiProperty({ type: String, nullable: true, description: '表中的单位 / unit of the mine, as the table writes it' })
  department!: string | null;

  @ApiProperty({ type: String, nullable: true, description: '计量单位，万已折算 / 万 counted out' }) unit!:
    string | null;
  @ApiProperty({ type: PairDto, description: '本年预算' }) budget!: PairDto;
  @ApiProperty({ type: PairDto, description: '本月实际' }) actual!: PairDto;
  @ApiProperty({ type: PairDto, description: '上年本月' }) lastYear!: PairDto;
  @ApiProperty({ type: PairDto, description: '上月实际' }) lastMonth!: PairDto;
  @ApiProperty({ type: PairDto, description: '本年累计' }) toDate!: PairDto;
  @ApiProperty({ type: PairDto, description: '上年同期累计' }) lastYearToDate!: PairDto;
  @ApiProperty() importId!: string;
  @ApiProperty({ type: 'integer', description: '第几张表 / which sheet, from 1' }) sheet!: number;
  @ApiProperty({ type: 'integer' }) row!: number;
}

export class ComparativeListDto {
  @ApiProperty({ type: [ComparativeDto] }) data!: ComparativeDto[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}
