import { ApiProperty } from '@nestjs/swagger';
import { ImportApprovalDto } from './import.dto.js';

const STATUSES = ['queued', 'running', 'refused', 'accepted'] as const;
const nullable = { nullable: true, type: String } as const;

class ReceiptMineDto {
  @ApiProperty() code!: string;
  @ApiProperty() name!: string;
}

class ReceiptProfileDto {
  @ApiProperty() name!: string;
  @ApiProperty({ type: 'integer', nullable: true }) version!: number | null;
}

class ReceiptRowsDto {
  @ApiProperty({ type: 'integer' }) read!: number;
  @ApiProperty({ type: 'integer', description: '入账' }) posted!: number;
  @ApiProperty({ type: 'integer' }) skipped!: number;
  @ApiProperty({ type: 'integer' }) refused!: number;
}

class ReceiptSkippedDto {
  @ApiProperty({ description: 'blank，或合计行的文字', example: '合计' }) reason!: string;
  @ApiProperty({ type: 'integer' }) rows!: number;
}

class ReceiptTotalsDto {
  @ApiProperty({ type: 'integer' }) rows!: number;
  @ApiProperty({ description: '元', example: '11400.00' }) amount!: string;
}

class ReceiptDepartmentDto {
  @ApiProperty() department!: string;
  @ApiProperty({ type: 'integer' }) rows!: number;
  @ApiProperty({ description: '元', example: '11400.00' }) amount!: string;
}

class ReceiptTypedTotalsDto {
  @ApiProperty({ type: 'integer', nullable: true }) rows!: number | null;
  @ApiProperty({ ...nullable, description: '元' }) amount!: string | null;
}

class ReceiptComparisonDto {
  @ApiProperty({ enum: ['file_total', 'typed'] }) kind!: string;
  @ApiProperty() document!: string;
  @ApiProperty({ type: 'integer', nullable: true }) row!: number | null;
  @ApiProperty() label!: string;
  @ApiProperty() stated!: string;
  @ApiProperty() found!: string;
  @ApiProperty({ description: '写明的减实有的' }) difference!: string;
}

class ReceiptLeftOutDto {
  @ApiProperty({ example: 'carry_over' }) reason!: string;
  @ApiProperty({ type: 'integer' }) lines!: number;
  @ApiProperty({ description: '元' }) amount!: string;
}

class ReceiptAccountDto {
  @ApiProperty({ example: '2023-03' }) period!: string;
  @ApiProperty() account!: string;
  @ApiProperty(nullable) name!: string | null;
  @ApiProperty({ description: 'imported，或未入账的原因' }) reason!: string;
  @ApiProperty() isCost!: boolean;
  @ApiProperty({ type: 'integer' }) lines!: number;
  @ApiProperty() debit!: string;
  @ApiProperty() credit!: string;
  @ApiProperty() imported!: string;
  @ApiProperty({ description: '其中内部结算' }) internal!: string;
}

class ReceiptPartDto {
  @ApiProperty() file!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ type: 'integer' }) rows!: number;
}

class ReceiptFileDto {
  @ApiProperty() name!: string;
  @ApiProperty() kind!: string;
  @ApiProperty() sha256!: string;
  @ApiProperty(nullable) format!: string | null;
  @ApiProperty(nullable) encoding!: string | null;
  @ApiProperty(nullable) delimiter!: string | null;
  @ApiProperty({ type: 'integer' }) read!: number;
  @ApiProperty({ type: 'integer' }) added!: number;
  @ApiProperty({ type: 'integer' }) changed!: number;
  @ApiProperty({ type: 'integer' }) unchanged!: number;
  @ApiProperty({ type: 'integer' }) skipped!: number;
  @ApiProperty() amount!: string;
}

class ReceiptFindingDto {
  @ApiProperty() file!: string;
  @ApiProperty(nullable) sheet!: string | null;
  @ApiProperty(nullable) document!: string | null;
  @ApiProperty({ type: 'integer', description: '0 表示整个文件' }) row!: number;
  @ApiProperty() column!: string;
  @ApiProperty() code!: string;
  @ApiProperty({ type: Object, additionalProperties: { type: 'string' } }) params!: Readonly<Record<string, string>>;
  @ApiProperty({ description: '一句话：哪里不对，怎么办' }) message!: string;
}

/** 导入回执 */
export class FullReceiptDto {
  @ApiProperty() importId!: string;
  @ApiProperty({ type: ReceiptMineDto }) mine!: ReceiptMineDto;
  @ApiProperty({ enum: STATUSES }) status!: string;
  @ApiProperty({ type: ImportApprovalDto, nullable: true, description: '无需审批的为 null' })
  approval!: ImportApprovalDto | null;
  @ApiProperty(nullable) reason!: string | null;
  @ApiProperty() kind!: string;
  @ApiProperty() actor!: string;
  @ApiProperty() fileName!: string;
  @ApiProperty({ type: 'integer' }) sizeBytes!: number;
  @ApiProperty() sha256!: string;
  @ApiProperty(nullable) format!: string | null;
  @ApiProperty({ type: ReceiptProfileDto, nullable: true }) profile!: ReceiptProfileDto | null;
  @ApiProperty() createdAt!: string;
  @ApiProperty(nullable) startedAt!: string | null;
  @ApiProperty(nullable) finishedAt!: string | null;
  @ApiProperty({ type: ReceiptRowsDto }) rows!: ReceiptRowsDto;
  @ApiProperty({ type: [ReceiptSkippedDto] }) skipped!: readonly ReceiptSkippedDto[];
  @ApiProperty({ type: ReceiptTotalsDto, description: '入账的单据；等待审批的，批准后入账' })
  controlTotals!: ReceiptTotalsDto;
  @ApiProperty({ type: [ReceiptDepartmentDto], description: '各部门的单据' })
  departments!: readonly ReceiptDepartmentDto[];
  @ApiProperty({ type: ReceiptTypedTotalsDto, nullable: true, description: '交件人填写的控制数' })
  typedTotals!: ReceiptTypedTotalsDto | null;
  @ApiProperty({ type: [ReceiptComparisonDto] }) comparisons!: readonly ReceiptComparisonDto[];
  @ApiProperty({ type: [ReceiptLeftOutDto] }) leftOut!: readonly ReceiptLeftOutDto[];
  @ApiProperty({ type: [ReceiptAccountDto], description: '前 1000 行' }) accounts!: readonly ReceiptAccountDto[];
  @ApiProperty({ type: 'integer' }) accountCount!: number;
  @ApiProperty({ type: [ReceiptPartDto], description: '未读取的工作表和部分' })
  skippedParts!: readonly ReceiptPartDto[];
  @ApiProperty({ type: [ReceiptFileDto] }) files!: readonly ReceiptFileDto[];
  @ApiProperty({ type: [ReceiptFindingDto], description: '前 200 处' }) findings!: readonly ReceiptFindingDto[];
  @ApiProperty({ type: 'integer' }) findingCount!: number;
  @ApiProperty({ ...nullable, description: '被本次替换的导入' }) supersedes!: string | null;
  @ApiProperty({ ...nullable, description: '替换本次的导入' }) supersededBy!: string | null;
}
