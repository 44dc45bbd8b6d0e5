import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { DIRECT_SOURCE } from '../app/post-records.js';
import { PageQuery } from '../../../platform/http/paging.js';
import { rowAnswerDto, rowBodyDto } from '../../rules/row-dto.js';

export const NewRecordDto = rowBodyDto('records', 'NewRecordDto');

export const RecordDto = rowAnswerDto('records', 'RecordDto', {
  source: { type: String, description: '来源：direct 直接录入，ledger 账簿，settlement 结算单；单据号在来源内唯一' },
  reversed_by: { type: String, nullable: true, description: '冲销它的导入' },
  status: { type: String, enum: ['draft', 'submitted', 'reviewed', 'posted', 'reversed'] },
  posted_period: { type: String, description: '入账期间', example: '2023-03' },
  valued_period: { type: String, description: '计价期间：更正记录为被更正期间', example: '2023-03' },
  import_id: { type: String, description: '所属导入' },
  row_no: { type: 'integer', description: '在导入文件（工作表）中的行号' },
});

export class RecordListDto {
  @ApiProperty({ type: [RecordDto] }) data!: object[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}

const STATUSES = ['posted', 'reversed'] as const;

export class RecordQuery extends PageQuery {
  @ApiPropertyOptional({ description: '来源' }) @IsOptional() @IsString() @Length(1, 64) source?: string;

  @ApiPropertyOptional({ enum: STATUSES, default: 'posted' })
  @IsIn(STATUSES)
  status: string = 'posted';

  @ApiPropertyOptional({ description: '计价期间', example: '2023-03' })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}$/)
  period?: string;

  @ApiPropertyOptional() @IsOptional() @IsString() @Length(1, 64) department?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @Length(1, 64) category?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @Length(1, 64) item?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @Length(1, 64) project?: string;
  @ApiPropertyOptional({ description: '所属导入' }) @IsOptional() @Matches(/^\d{1,18}$/) import?: string;
}

export class RecordSourceQuery {
  @ApiPropertyOptional({ description: '来源', default: DIRECT_SOURCE })
  @IsString()
  @Length(1, 64)
  source: string = DIRECT_SOURCE;
}
