import { ApiProperty } from '@nestjs/swagger';
import { FORMATS } from '../../formats/index.js';
import { TABLE_KINDS } from '../../rules/tables.js';
import { FindingDto } from './import.dto.js';

class PreviewPartDto {
  @ApiProperty({ type: String, nullable: true, description: '工作表或 XML 元素' }) sheet!: string | null;
  @ApiProperty({ enum: TABLE_KINDS }) document!: string;
  @ApiProperty({ type: 'integer', description: '表头所在的行' }) headerRow!: number;
  @ApiProperty({ type: [String], description: '用到的列' }) columns!: string[];
  @ApiProperty({ type: [String], description: '没有用到的列' }) ignored!: string[];
}

class SkippedPartDto {
  @ApiProperty() name!: string;
  @ApiProperty({ type: 'integer' }) rows!: number;
}

class PreviewRowDto {
  @ApiProperty({ enum: TABLE_KINDS }) document!: string;
  @ApiProperty({ type: 'integer', description: '在文件中的行号' }) row!: number;
  @ApiProperty({ type: Object, additionalProperties: { type: 'string', nullable: true } }) values!: object;
}

class UnmappedDto {
  @ApiProperty({ enum: ['account', 'department', 'project', 'service', 'indicator', 'item'] }) what!: string;
  @ApiProperty() code!: string;
  @ApiProperty({ type: String, nullable: true }) name!: string | null;
  @ApiProperty({ type: 'integer' }) lines!: number;
  @ApiProperty({ description: '涉及金额（元）', example: '12300.00' }) amount!: string;
}

class PreviewLeftOutDto {
  @ApiProperty({ description: 'not_cost、carry_over、fund_spending …' }) reason!: string;
  @ApiProperty({ type: 'integer' }) lines!: number;
  @ApiProperty({ example: '830000.00' }) amount!: string;
}

class SumRowsDto {
  @ApiProperty({ description: '合计、小计 …' }) reason!: string;
  @ApiProperty({ type: 'integer' }) rows!: number;
}

export class PreviewDto {
  @ApiProperty({ type: String, nullable: true, enum: [...FORMATS, null] }) format!: string | null;
  @ApiProperty({ type: String, nullable: true }) encoding!: string | null;
  @ApiProperty({ type: String, nullable: true }) delimiter!: string | null;
  @ApiProperty({ type: String, nullable: true, description: '所用的映射模板' }) profile!: string | null;
  @ApiProperty({ type: 'integer', nullable: true }) profileVersion!: number | null;
  @ApiProperty({ type: [PreviewPartDto] }) parts!: PreviewPartDto[];
  @ApiProperty({ type: [SkippedPartDto], description: '不认识、未读取的工作表和元素' }) skippedParts!: SkippedPartDto[];
  @ApiProperty({ type: [PreviewRowDto], description: '前二十行将成为的记录' }) rows!: PreviewRowDto[];
  @ApiProperty({ type: [UnmappedDto], description: '还没有映射的科目、部门 …，补上后再导入' }) unmapped!: UnmappedDto[];
  @ApiProperty({ type: [PreviewLeftOutDto], description: '不成为记录的账簿行' }) leftOut!: PreviewLeftOutDto[];
  @ApiProperty({ type: [SumRowsDto] }) sums!: SumRowsDto[];
  @ApiProperty({ type: [FindingDto], description: '前二百处问题' }) findings!: FindingDto[];
}
