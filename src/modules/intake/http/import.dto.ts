import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { FORMATS } from '../../formats/index.js';
import { TABLE_KINDS } from '../../rules/tables.js';

export const IMPORT_KINDS = [...TABLE_KINDS, 'folder'] as const;
const STATUSES = ['queued', 'running', 'refused', 'accepted'] as const;
const STATES = ['submitted', 'reviewed', 'posting', 'posted', 'returned', 'withdrawn'] as const;

/** 审批 */
export class ImportApprovalDto {
  @ApiProperty({ description: '审批事项的编号' }) submissionId!: string;
  @ApiProperty({
    enum: STATES,
    description: 'submitted、reviewed：等待审批，尚未计入任何数；posting：已批准，正在入账',
  })
  state!: string;
  @ApiProperty({ type: [String], description: '依次由哪些角色批准' }) steps!: readonly string[];
  @ApiProperty({ type: 'integer', description: '已批准几步' }) stepsDone!: number;
  @ApiProperty({ type: String, nullable: true, description: '退回的原因' }) reason!: string | null;
}

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
  @ApiProperty({ enum: [...TABLE_KINDS, 'method', 'auto'] }) kind!: string;
  @ApiProperty({ type: String, nullable: true, enum: [...FORMATS, null] }) format!: string | null;
  @ApiProperty() sha256!: string;
  @ApiProperty({ type: String, nullable: true, enum: ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', null] }) encoding!:
    string | null;
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
  @ApiProperty({ enum: [...IMPORT_KINDS, 'auto'], description: 'auto：按内容识别' }) kind!: string;
  @ApiProperty({ type: String, nullable: true, enum: [...FORMATS, null], description: '识别出的格式' })
  format!: string | null;
  @ApiProperty({ type: String, nullable: true, description: '映射模板' }) profile!: string | null;
  @ApiProperty({ type: 'integer', nullable: true }) profileVersion!: number | null;
  @ApiProperty({ type: String, nullable: true, description: '它替换的导入' }) supersedes!: string | null;
  @ApiProperty({ type: String, nullable: true, description: '替换它的导入' }) supersededBy!: string | null;
  @ApiProperty({ enum: STATUSES, description: 'accepted：检查无误；是否已计入，看 approval' }) status!: string;
  @ApiProperty({ type: ImportApprovalDto, nullable: true, description: '无需审批的为 null' })
  approval!: ImportApprovalDto | null;
  @ApiProperty({
    type: String,
    nullable: true,
    enum: ['interrupted', 'storage_full', 'internal_error', 'returned', 'withdrawn', null],
  })
  reason!: string | null;
  @ApiProperty({ type: String, nullable: true, enum: ['reading', 'checking', 'posting', null] }) phase!: string | null;
  @ApiProperty({ type: 'integer', description: '已读行数' }) rows!: number;
  @ApiProperty({ type: 'integer' }) accepted!: number;
  @ApiProperty({ type: 'integer' }) refused!: number;
  @ApiProperty({ type: 'integer', description: '跳过的空行、合计行和不成为记录的账簿行' }) skipped!: number;
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
  @ApiProperty({ type: String, nullable: true, description: '工作表，或 XML 元素' }) sheet!: string | null;
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
  @ApiPropertyOptional({ enum: IMPORT_KINDS, description: '省略时按内容识别' }) kind?: string;
  @ApiPropertyOptional({ description: '映射模板的名称；省略时用该格式的模板' }) profile?: string;
  @ApiPropertyOptional({ description: '结算单上的行数，用来核对', example: '120' }) controlRows?: string;
  @ApiPropertyOptional({ description: '结算单上的金额合计（元），用来核对', example: '186000.00' })
  controlAmount?: string;
  @ApiPropertyOptional({ description: '由本文件更正、替换的导入编号' }) supersedes?: string;
  @ApiProperty({
    type: 'string',
    format: 'binary',
    description: 'XLSX、CSV/TSV（UTF-8、UTF-16、GB18030）、U8 文本、GB/T 24589.1 XML，或示例文件夹的 zip',
  })
  file!: unknown;
}
