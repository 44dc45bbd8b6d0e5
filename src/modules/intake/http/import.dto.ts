import { ApiProperty } from '@nestjs/swagger';
import { KINDS } from '../../rules/columns.js';

export const IMPORT_KINDS = [...KINDS, 'folder'] as const;
const STATUSES = ['queued', 'running', 'refused', 'accepted'] as const;

export class NewImportDto {
  @ApiProperty({ description: '导入编号', example: '12' })
  id!: string;

  @ApiProperty({ enum: STATUSES })
  status!: string;

  @ApiProperty({ description: '内容相同的文件只导入一次：true 表示这是新的导入' })
  isNew!: boolean;
}

export class ControlTotalsDto {
  @ApiProperty({ type: 'integer', description: '入账单据行数' })
  rows!: number;

  @ApiProperty({ description: '入账金额合计（元，不含税）', example: '11400.00' })
  amount!: string;
}

export class ImportFileDto {
  @ApiProperty() name!: string;
  @ApiProperty({ enum: [...KINDS, 'method'] }) kind!: string;
  @ApiProperty() sha256!: string;
  @ApiProperty({ type: String, nullable: true, enum: ['utf-8', 'gb18030', null] }) encoding!: string | null;
  @ApiProperty({ type: 'integer' }) read!: number;
  @ApiProperty({ type: 'integer' }) added!: number;
  @ApiProperty({ type: 'integer' }) changed!: number;
  @ApiProperty({ type: 'integer' }) unchanged!: number;
  @ApiProperty({ type: 'integer', description: '跳过的空行' }) skipped!: number;
  @ApiProperty() amount!: string;
}

/** 回执 */
export class ReceiptDto {
  @ApiProperty() actor!: string;
  @ApiProperty() fileName!: string;
  @ApiProperty({ type: 'integer' }) sizeBytes!: number;
  @ApiProperty() createdAt!: string;
  @ApiProperty({ type: String, nullable: true }) finishedAt!: string | null;
  @ApiProperty({ type: [ImportFileDto] }) files!: ImportFileDto[];
}

export class ImportSummaryDto {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: IMPORT_KINDS }) kind!: string;
  @ApiProperty({ enum: STATUSES }) status!: string;
  @ApiProperty({ type: String, nullable: true, enum: ['interrupted', 'internal_error', null] }) reason!: string | null;
  @ApiProperty({ type: String, nullable: true, enum: ['reading', 'checking', 'posting', null] }) phase!: string | null;
  @ApiProperty({ type: 'integer', description: '已读行数' }) rows!: number;
  @ApiProperty({ type: 'integer' }) accepted!: number;
  @ApiProperty({ type: 'integer' }) refused!: number;
  @ApiProperty({ type: ControlTotalsDto }) controlTotals!: ControlTotalsDto;
  @ApiProperty() sha256!: string;
}

export class ImportDto extends ImportSummaryDto {
  @ApiProperty({ type: ReceiptDto }) receipt!: ReceiptDto;
}

export class ImportListDto {
  @ApiProperty({ type: [ImportSummaryDto] }) data!: ImportSummaryDto[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}

export class FindingDto {
  @ApiProperty() file!: string;
  @ApiProperty({ type: 'integer', description: '行号，表头为第 1 行；0 表示整个文件' }) row!: number;
  @ApiProperty() column!: string;
  @ApiProperty() code!: string;
  @ApiProperty({ description: '一句话：哪里不对，怎么办' }) message!: string;
}

export class FindingListDto {
  @ApiProperty({ type: [FindingDto] }) data!: FindingDto[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}

/** Only for the OpenAPI document: the multipart body is read part by part. */
export class ImportUploadDto {
  @ApiProperty({ enum: IMPORT_KINDS }) kind!: string;
  @ApiProperty({ type: 'string', format: 'binary', description: 'CSV（UTF-8 或 GB18030），或示例文件夹的 zip' })
  file!: unknown;
}
