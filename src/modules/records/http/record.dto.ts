import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { DIRECT_SOURCE } from '../app/post-records.js';
import { PageQuery } from '../../../platform/http/paging.js';
import { rowAnswerDto, rowBodyDto } from '../../rules/row-dto.js';

const STATUSES = ['draft', 'submitted', 'reviewed', 'posted', 'reversed', 'withdrawn'] as const;

export const NewRecordDto = rowBodyDto('records', 'NewRecordDto');

export const RecordDto = rowAnswerDto('records', 'RecordDto', {
  source: { type: String, description: '来源：direct 直接录入，ledger 账簿，settlement 结算单；单据号在来源内唯一' },
  reversed_by: { type: String, nullable: true, description: '冲销它的导入' },
  status: { type: String, enum: [...STATUSES], description: '只有 posted 计入各项数字' },
  maker: { type: String, nullable: true, description: '录入人；所属导入不在您的范围内时为空' },
  posted_at: { type: String, nullable: true, format: 'date-time', description: '入账时间' },
  reverses: { type: String, nullable: true, description: '它冲销的记录' },
  reversed_by_record: { type: String, nullable: true, description: '冲销它的记录（含审批中的）' },
  returned_reason: { type: String, nullable: true, description: '被退回的草稿：退回原因' },
  returned_by: { type: String, nullable: true, description: '退回人' },
  returned_at: { type: String, nullable: true, format: 'date-time', description: '退回时间' },
  posted_period: { type: String, description: '入账期间', example: '2023-03' },
  valued_period: { type: String, description: '计价期间：更正记录为被更正期间', example: '2023-03' },
  import_id: { type: String, description: '所属导入' },
  row_no: { type: 'integer', description: '在导入文件（工作表）中的行号' },
});

export class RecordListDto {
  @ApiProperty({ type: [RecordDto] }) data!: object[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}

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
  @ApiPropertyOptional({ enum: ['me'], description: '自己录入的' }) @IsOptional() @IsIn(['me']) maker?: 'me';
  @ApiPropertyOptional({ description: '所属导入' }) @IsOptional() @Matches(/^\d{1,18}$/) import?: string;
}

export class RecordSourceQuery {
  @ApiPropertyOptional({ description: '来源', default: DIRECT_SOURCE })
  @IsString()
  @Length(1, 64)
  source: string = DIRECT_SOURCE;
}
